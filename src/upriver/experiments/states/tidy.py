"""Values of all states as one tidy table."""

from typing import TYPE_CHECKING

import numpy as np

from upriver.engine.tools import quantiles
from upriver.experiments.placed import WORLD
from upriver.experiments.summary import INTERVAL

from .quantities import PER
from .run import Together

if TYPE_CHECKING:
    import pandas as pd

    from .result import States

COLUMNS = (
    "place",
    "year",
    "quantity",
    "unit",
    "quantile",
    "value",
    "world",
    "scenario",
    "draws",
    "source",
)


def tidy(found: "States", counts: bool) -> "pd.DataFrame":
    """A row for each place, year, quantity, quantile and scenario.

    Args:
        counts: people, and no rates for each 100,000 residents.
    """
    import pandas as pd

    from .result import COUNT, RATE

    runs = found.runs if len(found.runs) == 1 else (*found.runs, found.shown)
    parts = [_rows(found, run, name, counts) for run in runs for name in found.quantities]
    frame = pd.concat(parts, ignore_index=True)
    same = {
        "unit": COUNT if counts else RATE,
        "world": WORLD,
        "draws": found.draws,
        "source": found.source,
    }
    return frame.assign(**same)[list(COLUMNS)]


def _rows(found: "States", run: Together, name: str, counts: bool) -> "pd.DataFrame":
    """Rows of one quantity in one scenario."""
    import pandas as pd

    values = run.places[name]
    places, draws, years = values.shape
    flat = np.ascontiguousarray(values.transpose(1, 0, 2).reshape(draws, places * years))
    ends = quantiles(flat, INTERVAL).reshape(len(INTERVAL), places, years)
    if not counts:
        people = np.array([found.residents(name, year) for year in found.years]).T
        ends = PER * ends / people
    index = pd.MultiIndex.from_product(
        [found.codes, found.years, INTERVAL], names=["place", "year", "quantile"]
    )
    frame = pd.DataFrame({"value": ends.transpose(1, 2, 0).ravel()}, index=index).reset_index()
    return frame.assign(quantity=name, scenario=run.title)
