"""What came of a sweep: medians and intervals of everything, as a table or labelled.

found = collect(store)
found.table()               # tidy, as a DataFrame
found.dataset()             # the same over scenario, point, place, quantile and year
"""

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upriver.engine.tools import quantiles
from upriver.experiments.placed import WORLD
from upriver.experiments.states.quantities import QUANTITIES
from upriver.experiments.summary import INTERVAL
from upriver.policy.scenario import Scenario
from upriver.policy.written import to_yaml
from upriver.work import Store
from upriver.work.layout import read

from .job import AXES, scenario_of

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

UNIT = "people"
DIGITS = 16
"""Of a digest, in a table."""


@dataclass(frozen=True, eq=False)
class Collected:
    """Quantiles of what a sweep kept.

    values: by quantity, shape (scenarios, points, places, quantiles, years) [people]; there: where
    a chunk has filled them, shape (scenarios, points, places). missing: chunks that have not.
    """

    store: Store
    values: dict[str, np.ndarray]
    there: np.ndarray
    missing: int

    @property
    def source(self) -> str:
        """What made the numbers, and whether some are missing, in a few words."""
        content, chunks = self.store.job.content, len(self.store.job.chunks)
        lacks = f", INCOMPLETE: {self.missing} of {chunks} chunks missing" if self.missing else ""
        return f"upriver {content['upriver_version']}, sweep {self.store.job.digest[:12]}{lacks}"

    def table(self) -> "pd.DataFrame":
        """A row for each scenario, point, place, quantity and year that is there."""
        import pandas as pd

        content = self.store.job.content
        first, last = content["years"]
        levels = {
            "scenario": list(content["scenarios"]),
            "point": list(range(len(content["points"]))),
            "place": content["places"],
            "period": list(range(first, last + 1)),
        }
        index = pd.MultiIndex.from_product(list(levels.values()), names=list(levels))
        shape = tuple(map(len, levels.values()))
        kept = np.broadcast_to(self.there[..., None], shape).ravel()
        parts = []
        for name, values in self.values.items():
            low, middle, high = (values[..., i, :].ravel() for i in range(len(INTERVAL)))
            frame = pd.DataFrame({"value": middle, "low": low, "high": high}, index=index)
            calendar = "year" if QUANTITIES[name].flow else "instant"
            parts.append(frame[kept].reset_index().assign(quantity=name, calendar=calendar))
        found = pd.concat(parts, ignore_index=True)
        points = np.array(content["points"]).reshape(len(content["points"]), -1)
        for i, name in enumerate(content["varied"]):
            found[name] = points[found["point"].to_numpy(), i]
        digests = {name: _digest(scenario_of(content, name)) for name in content["scenarios"]}
        found = found.assign(
            scenario_digest=found["scenario"].map(digests),
            unit=UNIT,
            statistic="median",
            interval="95 %",
            world=WORLD,
            draws=content["draws"],
            source=self.source,
            version=content["upriver_version"],
        )
        return found[
            [
                *("scenario", "scenario_digest", "point", *content["varied"], "place"),
                *("quantity", "calendar", "period", "value", "low", "high", "unit"),
                *("statistic", "interval", "world", "draws", "source", "version"),
            ]
        ]

    def dataset(self) -> "xr.Dataset":
        """The same, labelled; not a number where a chunk is missing."""
        import xarray as xr

        job = self.store.job
        dims = (*AXES, "quantile", "year")
        about = {one.name: one for one in job.variables}
        found = xr.Dataset(
            {
                name: (dims, values, {"units": UNIT, "long_name": one.title, **one.attrs})
                for name, values in self.values.items()
                for one in (about[name],)
            },
            attrs={**job.attrs, "source": self.source, "draws": job.content["draws"]},
        )
        for one in job.coordinates:
            if one.name not in ("draw", "quantile"):
                values = np.array(one.values)
                plain = values.astype(object) if values.dtype.kind == "U" else values
                found = found.assign_coords({one.name: (one.dims, plain)})
                if one.unit:
                    found[one.name].attrs = {"units": one.unit, "long_name": one.title}
        return found.assign_coords(quantile=list(INTERVAL))


def _digest(scenario: Scenario) -> str:
    """What stands for a scenario in any table: its text, with the world that it is run in."""
    text = to_yaml(replace(scenario, world=WORLD))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]


def collect(store: Store, incomplete: bool = False) -> Collected:
    """Medians and 95 % intervals of a sweep.

    Args:
        incomplete: take what is there, where a chunk is missing.

    Raises:
        FileProblem: a chunk is missing or broken.
    """
    job = store.job
    status = store.status() if incomplete else store.check_whole().status()
    shape = (*(job.dims[axis] for axis in AXES), len(INTERVAL), job.dims["year"])
    values = {one.name: np.full(shape, np.nan) for one in job.variables}
    there = np.zeros(shape[: len(AXES)], dtype=bool)
    for number in status.done:
        for one in job.variables:
            where = job.region(one, number)[: len(AXES)]
            found = read(store.folder, job, one.name, number)
            if not job.content["quantiles"]:
                draws = np.ascontiguousarray(np.moveaxis(found, len(AXES), 0))
                flat = quantiles(draws.reshape(len(draws), -1), INTERVAL)
                found = np.moveaxis(flat.reshape(len(INTERVAL), *draws.shape[1:]), 0, len(AXES))
            values[one.name][where] = found
            there[where] = True
    return Collected(store, values, there, len(status.missing))
