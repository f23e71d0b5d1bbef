"""Beside the reference: deaths of 2021 to 2025 by both models as they could be at the end of 2020.

SOURCE's projection is its published posterior, run on. Ours is a fit to the record to December 2020
without hindsight, whose quantiles ship (tools/to2020.py).
"""

from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from upriver.core.errors import EngineError
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.policy.apply import table
from upriver.policy.scenario import read_scenario

from .quantities import DEATHS

NAME = "to2020.csv"
PUBLISHED = "published"
DRAWS = 200
ENDS = [2.5, 50, 97.5]


@dataclass(frozen=True)
class Year:
    """Opioid overdose deaths of a year: on record, if it is; 2.5, 50 and 97.5 % of each model."""

    year: int
    recorded: float | None
    source: tuple[float, ...]
    ours: tuple[float, ...]


def beside_reference() -> tuple[Year, ...]:
    """Years after 2020.

    Raises:
        EngineError: our quantiles are of other equations.
    """
    text = files("upriver").joinpath("data", NAME).read_text(encoding="utf-8")
    if load().manifest["wasm_sha256"] not in text:
        raise EngineError(
            f"{NAME} is of other equations. Make it anew: `python tools/to2020.py`, in a checkout."
        )
    lines = [line.split(",") for line in text.splitlines() if line[:1].isdigit()]
    ours = {int(year): (float(a), float(b), float(c)) for year, a, _, b, _, c in lines}
    years = [*ours, max(ours) + 1]
    columns = table(read_scenario(PUBLISHED), DRAWS).columns
    counted = load().run(
        columns, outputs=[DEATHS], instants=np.array([int(step_of(year)) for year in years])
    )[:, 0]
    source = np.percentile(np.diff(counted, axis=1), ENDS, axis=0).T
    record = series("deaths_any_opioid")
    return tuple(
        Year(year, record.at(float(year)), tuple(source[i].tolist()), ours[year])
        for i, year in enumerate(ours)
    )
