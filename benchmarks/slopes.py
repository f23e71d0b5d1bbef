"""The slope of a fit's density in all unknowns beside a run, by turns, and beside quotients.

    python benchmarks/slopes.py

Processor time of 200 draws; the slope comes with the run itself. Quotients are of one draw.
"""

import time

import numpy as np
from measure import machine, row

from upriver.core.pairs import ratios, typical
from upriver.inference.likelihood import END, recorded
from upriver.inference.model import Model
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns

DRAWS, ROUNDS, MOST = 200, 7, 5.0
APART, NEAR = 1e-5, 1e-6


def main() -> None:
    """Measure and print."""
    print(machine())
    model = Model(Unknowns(rival("together"), END), recorded())
    z = 0.3 * np.random.default_rng(1).standard_normal((DRAWS, model.unknowns.size))
    found = typical(
        list(
            ratios(
                lambda: model.with_slope(z),
                lambda: model.log_posterior(z, model.predict(z)),
                ROUNDS,
                time.process_time,
            )
        )
    )
    print(
        row("slope of the density, with its run", f"{found:.1f} runs", f"{MOST:g}", found <= MOST)
    )
    free = np.setdiff1d(np.arange(model.unknowns.size), model.unknowns.hyper)
    moved = APART * np.eye(model.unknowns.size)[free]
    points = np.concatenate([z[0] + moved, z[0] - moved])
    density = model.log_posterior(points, model.predict(points))[0]
    quotients = (density[: len(free)] - density[len(free) :]) / (2 * APART)
    away = np.linalg.norm(model.with_slope(z[:1])[3][0, free] - quotients)
    off = away / np.linalg.norm(quotients)
    print(row(f"off from {len(free)} quotients", f"{off:.1e}", f"{NEAR:g}", off <= NEAR))


if __name__ == "__main__":
    main()
