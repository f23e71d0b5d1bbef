"""Writes the pages of the documentation that follow from code and data.

    python docs/generate.py            write them
    python docs/generate.py --check    exit 1 if one is missing, stale or no longer made

Pages of the model book come from `ROOM/NAME.py` and `ROOM/NAME.yaml`, the reference from the
command line, the levers, the handles, the scenarios, the parameters, the engine's manifest and the
docstrings, evidence and claims from their catalogues, credibility from its rows. Pages written by
hand may hold blocks that are made (`tools/state.py`); answers.md is written by `upriver answers`.
JAX is not needed.
"""

import sys
from pathlib import Path

from tools import claims, credibility, evidence, model_book, reference, signs, state

from upriver.core.errors import UpriverError

DOCS = Path(__file__).resolve().parent
MARK = "<!-- Made by `python docs/generate.py`; change its source, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """Text of every generated page, by path below docs/."""
    made = {**model_book.pages(), **reference.pages(), **evidence.pages(), **claims.pages()}
    made["model/signs.md"] = signs.page()
    made.update(credibility.pages())
    return {path: MARK + text.rstrip() + "\n" for path, text in made.items()}


def stale(made: dict[str, str], folder: Path = DOCS) -> list[str]:
    """What is wrong with the pages in a folder, a line each; empty if they are as made."""
    found = []
    for path, text in sorted(made.items()):
        file = folder / path
        if not file.is_file():
            found.append(f"docs/{path} is missing")
        elif file.read_text(encoding="utf-8") != text:
            found.append(f"docs/{path} is stale")
    for file in sorted(folder.rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        if path not in made and file.read_text(encoding="utf-8").startswith(MARK):
            found.append(f"docs/{path} is no longer made; delete it")
    return found


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; gives the exit code."""
    try:
        made, filled = pages(), state.filled()
    except UpriverError as error:  # as after a change of an equation, until draws are made anew
        print(error)
        return 1
    if arguments == ["--check"]:
        found = stale(made)
        found += [
            f"{file.relative_to(state.ROOT)} holds a stale block"
            for file, text in filled.items()
            if file.read_text(encoding="utf-8") != text
        ]
        for line in found:
            print(line)
        if found:
            print("Run `python docs/generate.py`.")
        return 1 if found else 0
    if arguments:
        print("usage: python docs/generate.py [--check]")
        return 2
    for path, text in made.items():
        file = DOCS / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for file, text in filled.items():
        file.write_text(text, encoding="utf-8")
    for line in stale(made):
        print(line)
    print(f"{len(made)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
