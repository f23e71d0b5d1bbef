"""One scenario over draws: the run, its summaries and its labelled results.

run = simulate("base")
run.deaths              # by calendar year: median and 95 % interval
run.level("people.heads.oud")
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.core.errors import unknown_name
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters, year_of
from upriver.engine.run import load
from upriver.engine.tools import calendar_sums, quantiles
from upriver.policy.apply import DEFAULT_DRAWS, Prepared, prepare
from upriver.policy.on import on as put_on
from upriver.policy.scenario import Scenario, read_scenario
from upriver.policy.written import LONGEST, number, to_yaml
from upriver.system.counters import counter
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT, PUBLISHED, World, worlds

from .caveats import CAVEAT as CAVEAT
from .caveats import CAVEAT_WHOLE as CAVEAT_WHOLE
from .caveats import caveat_of as caveat_of
from .periods import check_periods
from .reported import OUTPUTS, WHOLE

if TYPE_CHECKING:
    import matplotlib.figure
    import xarray as xr

Doubles = NDArray[np.float64]

INTERVAL = (0.025, 0.5, 0.975)
SEED = 2022
"""Seed of the fixed order in which the published draws ship."""


@dataclass(frozen=True)
class Summary:
    """A quantity over time: median and 95 % interval over draws.

    times: calendar years, of instants or of the year that a sum covers, shape (n,).
    median, low, high: shape (n,). draws: shape (draws, n).
    """

    name: str
    unit: str
    times: Doubles
    median: Doubles
    low: Doubles
    high: Doubles
    draws: Doubles

    def at(self, time: float) -> tuple[float, float, float]:
        """Median, low and high at a time.

        Raises:
            UnknownName: the summary has no value there.
        """
        found = np.flatnonzero(np.isclose(self.times, time))
        if not len(found):
            raise unknown_name("year", f"{time:g}", [f"{t:g}" for t in self.times])
        i = int(found[0])
        return float(self.median[i]), float(self.low[i]), float(self.high[i])

    def __repr__(self) -> str:
        """A line a year, at most twelve of them."""
        step = max(1, len(self.times) // 12)
        one = len(self.draws) == 1
        what = "one run" if one else f"median (95 % interval of {len(self.draws)} draws)"
        lines = [f"{self.name} [{self.unit}], {what}"]
        for i in range(0, len(self.times), step):
            reach = "" if one else f"  ({_short(self.low[i])} to {_short(self.high[i])})"
            lines.append(f"  {self.times[i]:g}  {_short(self.median[i])}{reach}")
        return "\n".join(lines)


@dataclass(frozen=True, eq=False)
class Run:
    """The result of one scenario.

    values: shape (draws, outputs, quarters); times: calendar years of the quarters.
    remarks: sentences on what moves nothing, ends after the run, or is held at a bound.
    central: whether it is of central values alone, one row of values and no draw.
    """

    scenario: Scenario
    table: Table
    outputs: tuple[str, ...]
    times: Doubles
    values: Doubles
    world: str
    provenance: Mapping[str, str | int]
    remarks: tuple[str, ...] = ()
    central: bool = False

    @property
    def draws(self) -> int:
        """Number of draws; 0 where it is of central values alone."""
        return 0 if self.central else len(self.values)

    @property
    def title(self) -> str:
        """What was run; where it is not the published model, that is said."""
        return titled(self.scenario, self.world)

    @property
    def deaths(self) -> Summary:
        """Opioid overdose deaths by calendar year [people]."""
        return self.sums("people.overdose.deaths")

    def level(self, output: str) -> Summary:
        """A quantity at every quarter.

        Raises:
            UnknownName: the run did not keep it.
        """
        return _summary(output, unit_of(output), self.times, self._draws(output))

    def sums(self, flow: str) -> Summary:
        """A flow summed over each calendar year.

        Raises:
            UnknownName: the flow has no counter.
        """
        years = np.arange(FIRST_YEAR, LAST_YEAR, dtype=np.float64)
        return _summary(flow, unit_of(counter(flow)), years, self.periods(flow, years, years + 1))

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
        counted = self._draws(counter(flow))
        return calendar_sums(counted, 0, first * per_year, last * per_year)

    def driver(self, path: str) -> tuple[Doubles, Doubles]:
        """A parameter's course, of the first draw: calendar years and values by quarter."""
        column = self.table.wide(path)[0]
        return self.times, column[quarters()]

    def dataset(self) -> "xr.Dataset":
        """The results as an xarray Dataset, with units and provenance."""
        from upriver.core.results import dataset

        return dataset(
            self.values,
            self.outputs,
            self.times,
            units={name: unit_of(name) for name in self.outputs},
            provenance=dict(self.provenance),
        )

    def plot(self) -> "matplotlib.figure.Figure":
        """Deaths by year with their interval, beside the record, as a matplotlib figure."""
        from matplotlib.figure import Figure

        from upriver.evidence.figures import series

        deaths, recorded = self.deaths, series("deaths_any_opioid")
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        axes = figure.subplots()
        if self.draws > 1:
            axes.fill_between(
                deaths.times, deaths.low, deaths.high, alpha=0.3, label="95 % interval"
            )
        axes.plot(deaths.times, deaths.median, label=f"modelled: {self.title}")
        axes.plot(recorded.periods, recorded.values, "ko", markersize=3, label="recorded")
        axes.set_ylabel("opioid overdose deaths a year")
        axes.set_ylim(0)
        axes.legend()
        return figure

    def __repr__(self) -> str:
        """What was run, and the headline."""
        median, low, high = self.deaths.at(LAST_YEAR - 1)
        how = "central values alone" if self.central else f"{self.draws} draws"
        reach = "" if self.central else f" ({low:,.0f} to {high:,.0f})"
        return (
            f"Run of '{self.title}', {how}, {FIRST_YEAR} to {LAST_YEAR}\n"
            f"  deaths in {LAST_YEAR - 1}: {median:,.0f}{reach}\n"
            f"  {len(self.outputs)} outputs by quarter; "
            ".deaths .level(name) .sums(flow) .dataset() .plot()"
        )

    def _draws(self, output: str) -> Doubles:
        if output not in self.outputs:
            raise unknown_name("output", output, self.outputs)
        return np.ascontiguousarray(self.values[:, self.outputs.index(output)])


def simulate(
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
    on: str | PathLike[str] | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    outputs: tuple[str, ...] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Run a scenario.

    Args:
        scenario: the name of one that ships, a file, or one that was read.
        draws: of the published posterior, and in the whole system of the plausible intervals of
            the constants that it adds; 0 runs central values alone.
        world: `reference`, the published model, or `whole`, with supply and diplomacy; by default
            the one that the scenario is written for, else the whole.
        on: a projection that the scenario is put on: another scenario, whose drivers, settings and
            changes it has besides its own.
        settings: parameters held at a value, as `--set` does.
        outputs: what the run keeps; by default what tables, reports and files show.
        progress: called with draws done and draws in all.

    Raises:
        InputError: something in the scenario or the settings is not right.
    """
    chosen = given(scenario) if on is None else put_on(given(scenario), given(on))
    if settings:
        chosen = _held(chosen, settings)
    world = world or chosen.world or DEFAULT
    prepared = prepare(chosen, draws, World.named(world))
    columns = prepared.table
    if outputs is None:
        outputs = OUTPUTS if world == PUBLISHED else WHOLE
    engine = load()
    instants = quarters()
    values = engine.run(columns.columns, outputs=outputs, instants=instants, progress=progress)
    return Run(
        scenario=chosen,
        table=columns,
        outputs=tuple(outputs),
        times=np.array([year_of(step) for step in instants]),
        values=values,
        world=world,
        provenance={
            **made_by(chosen, world, draws, columns, engine.manifest),
            **_noted(prepared),
        },
        remarks=prepared.remarks,
        central=draws == 0,
    )


def given(scenario: str | PathLike[str] | Scenario) -> Scenario:
    """A scenario as it is, or read by its name or from its file."""
    return scenario if isinstance(scenario, Scenario) else read_scenario(scenario)


def _noted(prepared: Prepared) -> dict[str, str | int]:
    """Remarks for the provenance, if there are any."""
    return {"remarks": " ".join(prepared.remarks)} if prepared.remarks else {}


def titled(scenario: Scenario, world: str) -> str:
    """A scenario's title, with the world that it is run in where that is not the published one."""
    said = "" if world == PUBLISHED else f" ({worlds()[world]['title']})"
    return f"{scenario.title}{said}"


def _held(scenario: Scenario, settings: Mapping[str, float]) -> Scenario:
    """The scenario with more parameters held, and a title that says so."""
    said = ", ".join(f"{path} = {number(value)}" for path, value in settings.items())
    title = f"{scenario.title}, with {said}"
    if len(title) > LONGEST["title"]:
        title = f"{scenario.title}, with {len(settings)} parameters held"
    return replace(scenario, file="", title=title, settings={**scenario.settings, **settings})


def made_by(
    scenario: Scenario, world: str, draws: int, columns: Table, manifest: Mapping[str, Any]
) -> dict[str, str | int]:
    """What made a result: enough for a second run to give the same numbers.

    The text of the scenario names the world that it was run in, whether it was written for it or
    not, so that the text alone gives the same run.
    """
    from upriver.core.results import provenance

    return provenance(
        version=__version__,
        equations=manifest.get("equations_digest") or manifest["wasm_sha256"],
        table=columns.digest(),
        seed=SEED,
        scenario=titled(scenario, world),
        text=to_yaml(replace(scenario, world=world)),
        world=world,
        draws=draws,
    )


def _short(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.0f}"


def _summary(name: str, unit: str, times: Doubles, draws: Doubles) -> Summary:
    low, median, high = quantiles(draws, INTERVAL)
    return Summary(name, unit, times, median, low, high, draws)
