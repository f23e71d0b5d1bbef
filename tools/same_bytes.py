"""Do several Pythons give the same bytes: report, page, results, CSV, JSON, the engine made again?

    python tools/same_bytes.py .venv/bin/python .venv312/bin/python .venv313/bin/python

Each is a Python in which Upriver is installed, with `constraints.txt`. Where its development
dependencies are installed too, the engine is made again, in a folder of its own. It prints the
digest of each thing, and ends with 1 if one differs.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

DRAWS = ("--draws", "50")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("run", *DRAWS),
    ("run", "base", "--world", "reference", "--json", *DRAWS),
    ("compare", "base", "fentanyl_low", "fentanyl_high", "--json", *DRAWS),
    ("page", "-o", "upriver.html"),
    ("flow", "2021", "--json"),
    ("prior", "--draws", "200", "--json"),
    ("verify", "--json"),
    ("claims", "--json"),
    ("evidence", "--json"),
    ("evidence", "show", "deaths_any_opioid", "--csv"),
    ("levers", "--json"),
    ("parameters", "--json"),
    ("scenarios", "--schema"),
)


def main() -> int:
    """Compare the Pythons that the command line names; gives the exit code."""
    pythons = sys.argv[1:]
    if len(pythons) < 2:
        print(__doc__)
        return 2
    found = [made_by(python) for python in pythons]
    differ = 0
    for what in dict.fromkeys(name for one in found for name in one):
        digests = [one.get(what, "-") for one in found]
        same = len({digest for digest in digests if digest != "-"}) == 1
        differ += not same
        print(
            f"{'same' if same else 'DIFFER':<7}{' '.join(f'{d[:12]:<13}' for d in digests)}{what}"
        )
    print(f"{differ} differ")
    return 1 if differ else 0


def made_by(python: str) -> dict[str, str]:
    """Digests of all that one Python makes, by what it is."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for command in COMMANDS:
            found[f"upriver {' '.join(command)}"] = digest(
                run([python, "-m", "upriver", *command], folder)
            )
        try:
            run([python, "-c", "import jax, ziglang"], folder)
        except SystemExit:
            pass
        else:
            run([python, "-m", "upriver.engine.build", "made"], folder)
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found[str(file.relative_to(folder))] = digest(file.read_bytes())
    return found


def run(command: list[str], folder: Path) -> bytes:
    """What a command prints.

    Raises:
        SystemExit: it failed.
    """
    python = Path(command[0]).absolute()  # not resolved: a link says which environment it is of
    done = subprocess.run(
        [str(python), *command[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()[-400:]}")
    return done.stdout


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
