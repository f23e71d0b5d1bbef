"""Series left out of a fit, and what the fit says of them: slow, and resumable.

    python tools/left_out.py nflis_share_opioid seized_fentanyl --folder left

For each series, one explanation is fitted to all the rest, and its draws are held against it.
"""

import argparse
from pathlib import Path

from upriver.inference.calibrate import LEAPING, calibrate
from upriver.inference.check import beside
from upriver.inference.likelihood import END, Likelihood, recorded
from upriver.inference.model import Model
from upriver.inference.rivals import rival, rivals
from upriver.inference.unknowns import Unknowns

SEED = 1


def main() -> None:
    """Fit without each series, and print how it is met."""
    whole = recorded()
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("series", nargs="+", choices=whole.series)
    options.add_argument("--rival", default="together", choices=sorted(rivals()))
    options.add_argument("--folder", type=Path, default=Path("left"))
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"{'left out':<32}{'numbers':>8}{'typical error':>15}{'in 90 %':>9}")
    for name in given.series:
        model = Model(Unknowns(rival(given.rival), END), whole.without(name))
        fit = calibrate(model, SEED, LEAPING, None, given.folder / f"{name}.part.npz")
        alone = _only(whole, name)
        ran = Model(model.unknowns, alone).predict(fit.z)
        for one in beside(alone, ran, SEED, unseen=True):
            scale = "logit" if one.block.link == "logit" else "log"
            print(
                f"{one.block.name:<32}{one.block.size:>8}{one.error:>9.2f} {scale:<5}"
                f"{one.inside:>9.0%}",
                flush=True,
            )


def _only(whole: Likelihood, series: str) -> Likelihood:
    """Blocks that are of one series alone."""
    kept = tuple(block for block in whole.blocks if block.series == (series,))
    return Likelihood(kept, ())


if __name__ == "__main__":
    main()
