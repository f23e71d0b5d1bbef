"""One scenario over draws: the run, its summaries and its labelled results.

run = simulate("base")
run.deaths              # by calendar year: median and 95 % interval
run.level("people.heads.oud")
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import InputError, UnknownName, unknown_name
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters, year_of
from upriver.engine.run import load
from upriver.engine.tools import calendar_sums
from upriver.policy.apply import DEFAULT_DRAWS, changed_world, drawn, prepare
from upriver.policy.on import on as put_on
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.scenario import Scenario
from upriver.system.counters import COUNTED, PREFIX, counter
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT, PUBLISHED, World

from .arguments import draws_of, not_kept, outputs_of, scenario_of, settings_of, with_settings
from .cards import text_of_run
from .caveats import CAVEAT as CAVEAT
from .caveats import CAVEAT_WHOLE as CAVEAT_WHOLE
from .caveats import caveat_of as caveat_of
from .made import made_by, titled
from .past import Past, Spliced
from .periods import check_periods
from .reported import OUTPUTS, WHOLE
from .summary import INTERVAL as INTERVAL
from .summary import Doubles as Doubles
from .summary import Summary as Summary
from .summary import summary

if TYPE_CHECKING:
    import matplotlib.figure
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Run:
    """The result of one scenario.

    values: shape (draws, outputs, quarters); times: calendar years of the quarters.
    remarks: sentences on what moves nothing, ends after the run, or is held at a bound.
    central: whether it is of central values alone, one row of values and no draw.
    local: draws of the place that it is of; None of the country.
    """

    scenario: Scenario
    table: Table
    outputs: tuple[str, ...]
    times: Doubles
    values: Doubles | Spliced
    world: str
    provenance: Mapping[str, str | int]
    remarks: tuple[str, ...] = ()
    central: bool = False
    local: PlaceDraws | None = None

    @property
    def place(self) -> str:
        """Code of the place that it is of; empty of the country."""
        return "" if self.local is None else self.local.place

    @property
    def draws(self) -> int:
        """Number of draws; 0 where it is of central values alone."""
        return 0 if self.central else len(self.values)

    @property
    def title(self) -> str:
        """What was run; where it is not the published model, that is said."""
        return titled(self.scenario, self.world, self.place)

    @property
    def deaths(self) -> Summary:
        """Opioid overdose deaths by calendar year [people]."""
        return self.sums("people.overdose.deaths")

    def level(self, output: str) -> Summary:
        """A quantity at every quarter.

        Raises:
            UnknownName: the run did not keep it.
        """
        return summary(output, unit_of(output), self.times, self._draws(output), self.provenance)

    def sums(self, flow: str) -> Summary:
        """A flow summed over each calendar year.

        Raises:
            UnknownName: the flow has no counter.
        """
        years = np.arange(FIRST_YEAR, LAST_YEAR, dtype=np.float64)
        sums = self.periods(flow, years, years + 1)
        return summary(flow, unit_of(counter(flow)), years, sums, self.provenance)

    def periods(self, flow: str, starts: Doubles, ends: Doubles) -> Doubles:
        """A flow summed over periods of calendar years, shape (draws, periods).

        Args:
            flow: one that has a counter.
            starts, ends: calendar years, shape (periods,); each ends after it starts. Within a
                quarter the counter is a straight line.

        Raises:
            TimeProblem: a period reaches outside the run, or ends before it starts.
            UnknownName: the flow has no counter.
        """
        check_periods(starts, ends)
        per_year = (len(self.times) - 1) / (LAST_YEAR - FIRST_YEAR)
        first = np.asarray(starts, dtype=np.float64) - FIRST_YEAR
        last = np.asarray(ends, dtype=np.float64) - FIRST_YEAR
        counted = self._draws(self._counter(flow))
        return calendar_sums(counted, 0, first * per_year, last * per_year)

    @property
    def parameters(self) -> dict[str, Doubles]:
        """What was drawn, by path, shape (draws,): as drawn, before any change of the scenario.

        What all draws share is none of it, and neither are the disturbances, which have a course.
        Of a place they are those of the country's draws that it lives in.
        """
        if self.central:
            return {}
        world = changed_world(self.scenario, World.named(self.world))
        columns = drawn(self.draws, world, tuple(self.scenario.settings))
        return {
            path: column[:, 0]
            for path, column in columns.items()
            if column.shape[1] == 1 and (self.draws == 1 or np.ptp(column) > 0)
        }

    def driver(self, path: str) -> tuple[Doubles, Doubles]:
        """A parameter's course: calendar years and values by quarter, shape (quarters,) each.

        Where it differs between draws, each value is the median over draws; `table.wide(path)` has
        them all. Most drivers are given, and the same in every draw.

        Raises:
            UnknownName: there is no such parameter.
        """
        if path not in self.table.columns:
            raise unknown_name("parameter", path, self.table.columns, command="upriver parameters")
        courses = self.table.wide(path)[:, quarters()]
        course = courses[0] if len(courses) == 1 else np.median(courses, axis=0)
        return self.times, course

    def to_pandas(self) -> "pd.DataFrame":
        """Every output by year, tidy: columns `name`, `unit`, `kind`, `year`, median, low, high.

        A level is at the start of its year, a flow the sum over it.
        """
        import pandas as pd

        parts = []
        for name in self.outputs:
            flow = name.startswith(PREFIX)
            found = self.sums(name.removeprefix(PREFIX)) if flow else self.level(name)[FIRST_YEAR:]
            frame = found.to_pandas().reset_index(names="year")
            frame = frame[frame["year"] % 1 == 0].astype({"year": int})
            words = {"name": found.name, "unit": found.unit, "kind": "sum" if flow else "level"}
            parts.append(frame.assign(**words))
        order = ["name", "unit", "kind", "year", "median", "low", "high"]
        return pd.concat(parts, ignore_index=True)[order]

    def dataset(self) -> "xr.Dataset":
        """The results as an xarray Dataset, with units, what was drawn, and provenance.

        It holds its own copy of the numbers. What was drawn stands in `drawn`, over `draw` and
        `parameter`: `.drawn.sel(parameter="people.response.witnessed")`. In what a place differs
        stands in `local`, over `draw` and `difference`.
        """
        from upriver.core.results import dataset, with_drawn

        found = dataset(
            self.values.copy(),
            self.outputs,
            self.times,
            units={name: unit_of(name) for name in self.outputs},
            provenance=dict(self.provenance),
        )
        found = with_drawn(found, self.parameters)
        if self.local is None:
            return found
        names = list(self.local.differences)
        values = np.stack([self.local.differences[name] for name in names], axis=1)
        return found.assign(local=(("draw", "difference"), values)).assign_coords(
            difference=np.array(names, dtype=object)
        )

    def plot(self) -> "matplotlib.figure.Figure":
        """Deaths by year with their interval, as a matplotlib figure, beside the record.

        A recorded value that is not as its publisher counted it is drawn hollow, with its status.
        """
        from .plots import of_run

        return of_run(self)

    def __repr__(self) -> str:
        """What was run, and the headline."""
        return text_of_run(self)

    def _repr_html_(self) -> str:
        """The same as a card, for a notebook."""
        from .cards import of_run

        return of_run(self)

    def _counter(self, flow: str) -> str:
        """Name of the counter of a flow; UnknownName where the quantity is not counted."""
        if flow in COUNTED:
            return counter(flow)
        if flow in (*load().outputs, *load().state):
            raise UnknownName(
                f"'{flow}' is a level, and no flow that is counted",
                hint=f".level({flow!r}) has it.",
            )
        raise unknown_name("flow", flow, COUNTED)

    def _draws(self, output: str) -> Doubles:
        if output not in self.outputs:
            raise not_kept(output, self.outputs, load())
        return np.ascontiguousarray(self.values[:, self.outputs.index(output)])


def simulate(
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
    on: str | PathLike[str] | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    outputs: str | Sequence[str] | None = None,
    shares: Past | None = None,
    progress: Callable[[int, int], None] | None = None,
    place: str | None = None,
    place_fit: str | PathLike[str] | None = None,
) -> Run:
    """Run a scenario, in the country or in one of its places.

    Args:
        scenario: the name of one that ships, a file, or one that was read.
        draws: of the fit, in the published model of its posterior; 0 runs one alone.
        world: `whole`, the system fitted to the record, `reference`, the published model, or
            `prior`, the whole before the fit; by default the one that the scenario is written for,
            else the whole.
        on: a projection that the scenario is put on: another scenario, whose drivers, settings and
            changes it has besides its own.
        settings: parameters held at a value, as `--set` does.
        outputs: what the run keeps; by default what tables, reports and files show.
        shares: a past; a run that has the same one integrates what comes after it alone.
        progress: called with draws done and draws in all; not for a place.
        place: a state, as OH, in place of the country: all that is done is done in the whole
            country, and what comes of it is told of the state. Its draws are those of its fit.
        place_fit: draws of places that `upriver calibrate --place` wrote; else those that ship.

    Raises:
        InputError: something in the scenario or the settings is not right, or there are no draws of
            the place.
    """
    draws = draws_of(draws)
    if place is not None:
        from .placed import simulate_place

        return simulate_place(
            place,
            scenario,
            draws=None if draws == DEFAULT_DRAWS else draws,
            file=place_fit,
            world=world,
            on=on,
            settings=settings,
            outputs=outputs,
        ).run
    if place_fit is not None:
        raise InputError("goes with a place", file="place_fit", found=str(place_fit))
    chosen = scenario_of(scenario) if on is None else put_on(scenario_of(scenario), scenario_of(on))
    if held := settings_of(settings):
        chosen = with_settings(chosen, held)
    world = world or chosen.world or DEFAULT
    prepared = prepare(chosen, draws, World.named(world))
    columns = prepared.table
    engine = load()
    if outputs is None:
        outputs = OUTPUTS if world == PUBLISHED else WHOLE
    kept = outputs_of(outputs, engine)
    instants = quarters()
    if shares is not None and shares.fits(columns, kept):
        values: Doubles | Spliced = shares.run_on(columns)
    else:
        values = engine.run(columns.columns, outputs=kept, instants=instants, progress=progress)
    return Run(
        scenario=chosen,
        table=columns,
        outputs=kept,
        times=np.array([year_of(step) for step in instants]),
        values=values,
        world=world,
        provenance={
            **made_by(chosen, world, draws, columns, engine.manifest),
            **({"remarks": " ".join(prepared.remarks)} if prepared.remarks else {}),
        },
        remarks=prepared.remarks,
        central=draws == 0,
    )
