"""Independent fits of one explanation held against each other: slow, and resumable.

    python tools/fits.py 8 --rival together --folder fits    # some six minutes each, on two cores
    python tools/fits.py 8 --rival together --chunk 1/2      # a share of them, and stop

Each fit has a seed, and so a start, of its own; what was done stays in the folder. Fits are held
against each other, and one half of them against the other.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from upriver.inference.agreement import agreement
from upriver.inference.calibrate import LEAPING, calibrate
from upriver.inference.likelihood import END, recorded
from upriver.inference.model import Model
from upriver.inference.posterior import posterior_of
from upriver.inference.quantities import quantities
from upriver.inference.rivals import rival, rivals
from upriver.inference.unknowns import Unknowns
from upriver.policy.fitted import Doubles, Draws, read
from upriver.work.here import share, share_of

FEWEST = 4
"""Fits that say how many draws they are worth, and of which halves are held against each other."""


def main() -> None:
    """Fit as often as asked, and print how the fits agree."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("runs", type=int, help="how many fits")
    options.add_argument("--rival", default="controls", choices=sorted(rivals()))
    options.add_argument("--folder", type=Path, default=Path("fits"))
    options.add_argument("--chunk", type=share, metavar="I/N", help="a share of them, and stop")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    seeds = [number + 1 for number in share_of(given.runs, given.chunk)]
    found = [_fit(given.rival, seed, given.folder) for seed in seeds]
    if given.chunk:
        print(f"{len(found)} of {given.runs} fits; without --chunk all are held against each other")
        return
    each = [quantities(draws) for draws in found]
    _print("fits", each)
    if len(each) >= FEWEST:
        half = len(each) // 2
        _print("halves", [_pooled(each[:half]), _pooled(each[half:])])


def _pooled(fits: Sequence[Mapping[str, Doubles]]) -> dict[str, Doubles]:
    """Draws of several fits as those of one."""
    return {name: np.concatenate([fit[name] for fit in fits]) for name in fits[0]}


def _print(what: str, fits: Sequence[Mapping[str, Doubles]]) -> None:
    """How fits agree, a line a quantity."""
    print(f"{len(fits)} {what}")
    worth = len(fits) >= FEWEST
    head = f"{'quantity':<24}{'mean':>12}{'deviation':>12}{'apart':>8}{'ends':>7}{'ratio':>7}"
    print(head, f"{'draws':>7}" if worth else "")
    for one in agreement(fits):
        print(
            f"{one.name:<24}{one.mean:>12.5g}{one.deviation:>12.3g}{one.apart:>8.2f}"
            f"{one.ends_apart:>7.2f}{one.ratio:>7.2f}",
            f"{one.each * len(fits):>7.0f}" if worth else "",
        )


def _fit(name: str, seed: int, folder: Path) -> Draws:
    """A fit, or what was kept of it."""
    file = folder / f"{name}-{seed}.npz"
    if file.exists():
        return read(file)
    begun, before = time.perf_counter(), time.process_time()
    model = Model(Unknowns(rival(name), END), recorded())
    part = file.with_suffix(".part.npz")
    fit = calibrate(model, seed, LEAPING, None, part)
    posterior_of([fit], [1.0], seed).save(file)
    part.unlink(missing_ok=True)
    taken, used = time.perf_counter() - begun, time.process_time() - before
    print(f"{file}: {taken:.0f} s, {used:.0f} s of processors, {fit.taken:.2f} of moves taken")
    return read(file)


if __name__ == "__main__":
    main()
