"""Writes the recorded figures that ship from raw files of their publishers.

    python tools/evidence/make.py RAW            writes src/upriver/data
    python tools/evidence/make.py RAW --check    compares, and says which file differs

RAW is a folder of raw files, which are not part of the repository. Each module here reads one
publisher's files, says what it leaves out, and gives texts by name of file, below `data/`.
"""

import argparse
import sys
from pathlib import Path

import canada
import cbp
import controls
import cooperation
import dispensing
import first_dates
import homelessness
import jails
import kiang
import laws
import methadone
import mexico
import nflis
import nsduh
import population
import purity
import quoted
import vsrr
import vsrr_decembers
import wonder
import wonder_states
from table import BrokenError

DATA = Path(__file__).parents[2] / "src" / "upriver" / "data"
FOLDERS = {
    "figures": (
        vsrr,
        vsrr_decembers,
        cbp,
        nflis,
        purity,
        homelessness,
        population,
        quoted,
        canada,
        mexico,
        wonder,
        wonder_states,
        kiang,
        dispensing,
        nsduh,
        methadone,
        jails,
    ),
    "events": (laws, controls, cooperation),
    "places": (first_dates,),
}
"""Modules, by the folder below `data/` that their texts stand in."""


def make(raw: Path) -> dict[Path, str]:
    """Texts of all files, by where they stand.

    Raises:
        BrokenError: a raw file is not as expected.
    """
    return {
        DATA / folder / name: text
        for folder, modules in FOLDERS.items()
        for one in modules
        for name, text in one.tables(raw).items()
    }


def main(arguments: list[str]) -> int:
    """Exit code: 1 if a file differs, or a raw file is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    given = parser.parse_args(arguments)
    try:
        texts = make(given.raw)
    except BrokenError as problem:
        print(problem, file=sys.stderr)
        return 1
    differing = [
        file
        for file, text in texts.items()
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    ]
    for file in differing:
        print(f"{'differs' if given.check else 'wrote'}: {file.relative_to(DATA).as_posix()}")
        if not given.check:
            file.parent.mkdir(exist_ok=True)
            file.write_text(texts[file], encoding="utf-8", newline="\n")
    return 1 if given.check and differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
