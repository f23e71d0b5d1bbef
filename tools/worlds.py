"""Synthetic worlds: is what the fit says of a record what made it? Slow, and resumable.

    python tools/worlds.py 100 --folder worlds    # a minute each, on two cores

Each world is one draw and the record that it would have made; what was done stays in the folder.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from upriver.inference.ranks import ranked
from upriver.inference.worlds import Effort, World, read, save, start, world


def main() -> None:
    """Infer as many worlds as asked, and print how truths rank."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("worlds", type=int, help="how many")
    options.add_argument("--folder", type=Path, default=Path("worlds"))
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    prior = start(_tell, given.folder / "start.npz")
    found: list[World] = []
    for number in range(given.worlds):
        file = given.folder / f"{number:03d}.npz"
        if not file.exists():
            begun = time.perf_counter()
            save(world(number, prior, Effort()), file)
            print(f"{file}: {time.perf_counter() - begun:.0f} s", flush=True)
        found.append(read(file))
    rows = ranked(found, prior.model.unknowns.names)
    print(f"{'quantity or unknown':<48}{'in 90 %':>8}{'rank':>7}{'uneven':>8}{'off':>7}")
    for one in rows:
        print(
            f"{one.name:<48}{one.inside:>8.0%}{one.middle:>7.2f}{one.uneven:>8.2f}{one.off:>7.2f}"
        )
    print(f"mean {np.mean([one.inside for one in rows]):.1%} of {given.worlds} worlds")


def _tell(what: str, done: int, total: int) -> None:
    if done % 200 == 0:
        print(f"{what}: {done} of {total}", flush=True)


if __name__ == "__main__":
    main()
