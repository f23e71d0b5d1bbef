"""Register today's forecast before the fact: quantiles in hubverse's form, with digests and a date.

    python tools/register.py

Writes forecasts/; a file that is registered is never written over. After another fit, what differs
goes to a folder of the day in forecasts/again/ (DAY, then DAY-2 if the day has one): all were made
before the fact, and all will be held to it.
"""

import csv
import datetime
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from upriver import __version__
from upriver.engine.run import load
from upriver.inference.forecasts.levels import AHEAD

FOLDER = Path(__file__).resolve().parents[1] / "forecasts"
REGISTER = FOLDER / "registered.csv"
COLUMNS = ("registered", "file", "sha256", "upriver_version", "equations_sha256")


def main() -> None:
    """Write all forecasters' files and a line for each that is new."""
    with REGISTER.open(encoding="utf-8") as file:
        known = {row["sha256"] for row in csv.DictReader(file)}
    today = datetime.date.today().isoformat()
    again = _folder_of(today)
    with tempfile.TemporaryDirectory() as made, REGISTER.open("a", newline="") as register:
        _forecast(Path(made))
        lines = csv.writer(register, lineterminator="\n")
        for one in sorted(Path(made).glob("*/*.csv")):
            digest = hashlib.sha256(one.read_bytes()).hexdigest()
            if digest not in known:
                name = _put(one, one.relative_to(made), again)
                equations = load().manifest["wasm_sha256"]
                lines.writerow((today, name, digest, __version__, equations))


def _forecast(folder: Path) -> None:
    command = [sys.executable, "-m", "upriver.cli.main", "forecast", "--json"]
    options = ["--hub", str(folder), "--months", str(AHEAD)]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)


def _folder_of(today: str) -> Path:
    """The first folder of the day in which nothing is registered yet."""
    number, found = 1, Path("again", today)
    while (FOLDER / found).exists():
        number += 1
        found = Path("again", f"{today}-{number}")
    return found


def _put(made: Path, name: Path, again: Path) -> str:
    """Put a file where none is: beside the first one, or among those that came again."""
    place = again / name if (FOLDER / name).exists() else name
    (FOLDER / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, FOLDER / place)
    print(f"Registered {place}.")
    return place.as_posix()


if __name__ == "__main__":
    main()
