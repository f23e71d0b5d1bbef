"""Keep how much of what happened in each state nothing explains, for the draws that ship.

    python tools/unexplained.py     # half a minute; after new draws of the states

A test says when it is to be made again.
"""

import sys

from upriver.experiments.placed import place_draws
from upriver.experiments.placed_unexplained import KEPT, keep


def main() -> None:
    """Reckon it for all states, and write it beside their draws."""
    keep(place_draws(), progress=_tell)
    print(f"Wrote {KEPT.name}.")


def _tell(done: int, total: int) -> None:
    print(f"\r{done} of {total} states", end="\n" if done == total else "", file=sys.stderr)


if __name__ == "__main__":
    main()
