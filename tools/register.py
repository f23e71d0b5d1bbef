"""Register today's forecast before the fact: quantiles in hubverse's form, with digests and a date.

    python tools/register.py

Writes forecasts/; a file that is registered is never written over.
"""

import csv
import datetime
import hashlib
import subprocess
import sys
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
        known = {row["file"]: row["sha256"] for row in csv.DictReader(file)}
    before = {name: (FOLDER / name).read_bytes() for name in known}
    command = [sys.executable, "-m", "upriver.cli.main", "forecast", "--json"]
    options = ["--hub", str(FOLDER), "--months", str(AHEAD)]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    for name, data in before.items():
        if (FOLDER / name).read_bytes() != data:
            (FOLDER / name).write_bytes(data)
            print(f"{name} is registered, and stays as it was.")
    with REGISTER.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        for made in sorted(FOLDER.glob("*/*.csv")):
            name = made.relative_to(FOLDER).as_posix()
            if name not in known:
                digest = hashlib.sha256(made.read_bytes()).hexdigest()
                equations = load().manifest["wasm_sha256"]
                today = datetime.date.today().isoformat()
                lines.writerow((today, name, digest, __version__, equations))


if __name__ == "__main__":
    main()
