"""Runs of many places in the country's runs, of which no more is kept than what is asked, by year.

The country is run once for each scenario; then each place in all of them. What scenarios have in
common, the years before their columns first differ, each place runs once. Two places run at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

import numpy as np

from upriver.core.table import Table
from upriver.core.time import STEPS, step_of
from upriver.engine.run import Engine, load
from upriver.experiments.placed import CountryRun, country_run, table_in
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.part import part_of
from upriver.policy.scenario import Scenario

from .quantities import QUANTITIES

Doubles = np.ndarray
Progress = Callable[[int, int], None]
"""Called with places done and places in all."""

AT_ONCE = 2


@dataclass(frozen=True, eq=False)
class Together:
    """Places and the country under one scenario, by year.

    places: by quantity, shape (places, draws, years). country: the same, shape (draws, years).
    """

    title: str
    places: Mapping[str, Doubles]
    country: Mapping[str, Doubles]

    def less(self, other: "Together") -> "Together":
        """Differences to another scenario, draw by draw."""
        return Together(
            f"{self.title} less {other.title}",
            {name: values - other.places[name] for name, values in self.places.items()},
            {name: values - other.country[name] for name, values in self.country.items()},
        )

    def scaled(self, factors: Mapping[str, Doubles]) -> "Together":
        """Places times a factor for each draw and year, by quantity, shape (draws, years)."""
        changed = {name: values * factors[name] for name, values in self.places.items()}
        return replace(self, places=changed)


def run_together(
    scenarios: Sequence[Scenario],
    places: Mapping[str, PlaceDraws],
    quantities: Sequence[str],
    years: Sequence[int],
    draws: int,
    progress: Progress | None = None,
    at_once: int = AT_ONCE,
) -> tuple[list[Together], list[CountryRun]]:
    """Run scenarios in places; gives them with the country's runs, a scenario each.

    Args:
        places: draws by code, as many as asked or more.
        quantities: names of those that are kept.
        years: in order.
        draws: the first so many.
        at_once: places that run at a time; with 1, all runs on one thread.

    Raises:
        InputError: something in a scenario is not right.
    """
    engine = load()
    kept = tuple(QUANTITIES[name].kept for name in quantities)
    threads = 1 if at_once == 1 else None
    countries = [country_run(one, draws, kept, threads) for one in scenarios]
    at = _instants(quantities, years)
    split = min(differs_from([_met(one) for one in countries]), _apart(scenarios))
    found = [
        {name: np.empty((len(places), draws, len(years))) for name in quantities} for _ in scenarios
    ]

    def one(number: int, own: PlaceDraws) -> None:
        tables = [table_in(country, own) for country in countries]
        for values, into in zip(_values(engine, tables, kept, at, split), found, strict=True):
            for name, by_year in by_years(values, at, quantities, years).items():
                into[name][number] = by_year

    for code in places:
        part_of(code)
    jobs = [lambda i=i, own=own: one(i, own) for i, own in enumerate(places.values())]
    for done, _ in enumerate(_each(jobs, at_once), 1):
        if progress is not None:
            progress(done, len(places))
    every = np.arange(STEPS + 1)
    together = [
        Together(
            scenario.title,
            values,
            by_years(
                np.stack([country.country.told[name] for name in kept], axis=1),
                every,
                quantities,
                years,
            ),
        )
        for scenario, values, country in zip(scenarios, found, countries, strict=True)
    ]
    return together, countries


def differs_from(tables: Sequence[Mapping[str, Doubles]]) -> int:
    """The first step at which columns of tables differ; `STEPS` where they never do.

    Args:
        tables: columns by path, shape (draws or 1, STEPS + 1 or 1).
    """
    first = STEPS
    for other in tables[1:]:
        for path, column in other.items():
            usual = tables[0][path]
            if column is usual:
                continue
            apart = (column != usual).any(axis=0)
            if apart.any():
                first = min(first, int(np.argmax(apart)) if apart.size > 1 else 0)
    return first


def by_years(
    values: Doubles, at: Doubles, quantities: Sequence[str], years: Sequence[int]
) -> dict[str, Doubles]:
    """Quantities by year, shape (draws, years): sums of flows, levels at the start.

    Args:
        values: counters and levels, in the order of the quantities, shape (draws, quantities,
            instants). at: steps of the instants.
    """
    starts = np.searchsorted(at, [step_of(year) for year in years])
    found = {}
    for i, name in enumerate(quantities):
        begin = values[:, i, starts]
        if QUANTITIES[name].flow:
            ends = np.searchsorted(at, [step_of(year + 1) for year in years])
            found[name] = values[:, i, ends] - begin
        else:
            found[name] = begin
    return found


def _instants(quantities: Sequence[str], years: Sequence[int]) -> Doubles:
    """Steps that years are told from: their starts, and of flows their ends."""
    ends = {year + 1 for year in years} if any(QUANTITIES[n].flow for n in quantities) else set()
    return np.array([int(step_of(year)) for year in sorted({*years, *ends})])


def _apart(scenarios: Sequence[Scenario]) -> int:
    """The first step at which a change is made in some states alone; `STEPS` where none is."""
    starts = [c.start for one in scenarios for c in one.changes if c.having is not None]
    return min((int(step_of(start)) for start in starts), default=STEPS)


def _met(country: CountryRun) -> dict[str, Doubles]:
    """All that a place's columns are made of, but for changes in some states alone."""
    return {**country.prepared.table.columns, **country.country.met}


def _values(
    engine: Engine, tables: Sequence[Table], kept: Sequence[str], at: Doubles, split: int
) -> Iterator[Doubles]:
    """Kept outputs of each table, shape (draws, kept, instants); the past that they share once."""
    last = int(at[-1])
    ahead = at[at >= split]
    if len(tables) == 1 or not 0 < split <= last:
        first = engine.run(tables[0].columns, outputs=kept, instants=at, last_step=last, threads=1)
        yield first
        for table in tables[1:]:
            if split > last:
                yield first
                continue
            yield engine.run(table.columns, outputs=kept, instants=at, last_step=last, threads=1)
        return
    before = at[at < split]
    past, state = engine.run(
        tables[0].columns,
        outputs=kept,
        instants=before if before.size else np.array([split]),
        last_step=split,
        return_state=True,
        threads=1,
    )
    for table in tables:
        after = engine.run(
            table.columns,
            outputs=kept,
            instants=ahead,
            first_step=split,
            last_step=last,
            state=state,
            threads=1,
        )
        yield np.concatenate([past[:, :, : before.size], after], axis=2)


def _each(jobs: Sequence[Callable[[], None]], at_once: int) -> Iterator[None]:
    """Runs jobs, so many at a time; on any failure those not begun are dropped."""
    if at_once == 1:
        yield from (job() for job in jobs)
        return
    with ThreadPoolExecutor(at_once) as pool:
        futures = [pool.submit(job) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
