"""Make what is reckoned once and told often: answers, ranking, costs, why deaths changed, claims.

    python tools/told.py           # all of them, some minutes on two cores
    python tools/told.py ranking   # one

After a change of draws, levers, costs, scenarios or records: a test says when.
"""

import argparse
import sys
from collections.abc import Callable

from upriver.report.told.store import NAMES, make, save


def main() -> None:
    """Make the subjects that are named, or all."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    for name in options.parse_args().names or NAMES:
        print(f"Wrote {save(name, make(name, _progress)).name}.")


def _progress(what: str) -> Callable[[int, int], None]:
    """A line that is written over."""

    def tell(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        print(f"\r{what}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    main()
