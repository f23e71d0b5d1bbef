"""Synthetic worlds: is what the fit says of a record what made it? Slow, and resumable.

    python tools/worlds.py 100 --folder worlds                 # a minute each, on two cores
    python tools/worlds.py 100 --folder worlds --start         # what all begin from, and stop
    python tools/worlds.py 100 --folder worlds --chunk 3/20    # a share of them, and stop
    python tools/worlds.py 100 --folder worlds --workers 8     # in eight processes, by Dask

Each world is one draw and the record that it would have made; what was done stays in the folder.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from upriver.inference.ranks import ranked
from upriver.inference.worlds import BEGIN, infer, job, start
from upriver.work import Store
from upriver.work.here import share, share_of


def main() -> None:
    """Infer as many worlds as asked, and print how truths rank."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("worlds", type=int, help="how many")
    options.add_argument("--folder", type=Path, default=Path("worlds"))
    options.add_argument("--start", action="store_true", help="make what all begin from, and stop")
    options.add_argument("--chunk", type=share, metavar="I/N", help="a share of them, and stop")
    options.add_argument("--workers", type=int, metavar="N", help="processes, by Dask")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    prior = start(_tell, given.folder / BEGIN)
    if given.start:
        return
    if given.workers:
        from upriver.work.cluster import run_with_dask

        store = Store.make(given.folder / "done.zarr", job(given.worlds, given.folder))
        run_with_dask(store, workers=given.workers, say=print)
    found = []
    for number in share_of(given.worlds, given.chunk):
        begun = time.perf_counter()
        one, now = infer(number, given.folder)
        if now:
            print(f"{number:03d}: {time.perf_counter() - begun:.0f} s", flush=True)
        found.append(one)
    if given.chunk:
        print(f"{len(found)} of {given.worlds} worlds; without --chunk all are put together")
        return
    rows = ranked(found, prior.model.unknowns.names)
    print(f"{'quantity or unknown':<48}{'in 90 %':>8}{'rank':>7}{'uneven':>8}{'off':>7}")
    for one in rows:
        print(
            f"{one.name:<48}{one.inside:>8.0%}{one.middle:>7.2f}{one.uneven:>8.2f}{one.off:>7.2f}"
        )
    print(f"mean {np.mean([one.inside for one in rows]):.1%} of {given.worlds} worlds")
    climbed = np.mean([one.climbed for one in found])
    print(
        f"density over the last quarter of leaps: {climbed:+.2f} deviations on the quarter before"
    )


def _tell(what: str, done: int, total: int) -> None:
    if done % 8 == 0:
        print(f"{what}: {done} of {total}", flush=True)


if __name__ == "__main__":
    main()
