"""Tables of `upriver run` and `upriver compare`: every quantity by year, and what was recorded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.evidence.figures import series
from upriver.experiments.compare import Comparison
from upriver.experiments.placed import DEATHS as OF_DEATHS
from upriver.experiments.placed import SYNTHETIC as OF_SYNTHETIC
from upriver.experiments.simulate import Run
from upriver.experiments.states.recorded import DEATHS, SYNTHETIC
from upriver.experiments.states.recorded import recorded as recorded_in
from upriver.places.asked import place as place_of
from upriver.report.colophon import interval_note, made_lines
from upriver.report.figures import Series
from upriver.report.headline_rows import rows as headline_rows
from upriver.report.tidy import rows_of
from upriver.report.yearly import averted, yearly

from .made import of_place, of_run
from .tidy import Row, Tidy, filled, interval, number, over, share

BY_YEAR = "Each flow summed over the calendar year, each level at its start."
RECORDED = "recorded: "
"""What the name of a recorded series starts with, beside a modelled one."""

AVERTED = "deaths averted"


def table_of_run(run: Run) -> Tidy:
    """What was recorded, then all that a run keeps, by year.

    What is unlike the rest stands first: readers guess a column's type from the first rows.
    """
    recorded = _recorded_there(run) if run.place else _recorded(run)
    rows = [*filled({}, recorded), *_modelled(run, yearly(run))]
    return _table([run], run.title, rows, interval_note(run))


def table_of_comparison(comparison: Comparison, on: Mapping[str, Comparison] | None = None) -> Tidy:
    """Sums draw by draw, which no sum of medians gives, then every run by year and what it averts.

    Args:
        on: the same scenarios on other baselines.
    """
    first = comparison.runs[0]
    rows: list[Row] = []
    told = set()
    for one in (comparison, *(on or {}).values()):
        for run in one.runs:
            if run.scenario.title not in told:
                rows += filled(of_run(run), _sums(one, run))
            told.add(run.scenario.title)
    for run in comparison.runs:
        before = f"{run.scenario.title}: "
        rows += _modelled(run, yearly(run, before), before)
        if run is not first:
            label = f"{before}{AVERTED}"
            rows += _modelled(run, [averted(first, run, label)], before)
    title = f"Scenarios compared: {', '.join(run.title for run in comparison.runs)}"
    return _table(comparison.runs, title, rows, interval_note(first))


def _table(runs: Sequence[Run], title: str, rows: Sequence[Row], note: str) -> Tidy:
    return Tidy(title, rows, BY_YEAR, note, made_lines(runs), [run.provenance for run in runs])


def _modelled(run: Run, every: Iterable[Series], before: str = "") -> Iterator[Row]:
    """Rows of series by year; the quantity is the series without the scenario before it."""
    for one in every:
        common = {**of_run(run), "quantity": one.label.removeprefix(before)}
        yield from filled(common, rows_of(one, ""))


def _recorded(run: Run) -> Iterator[Row]:
    """What is recorded beside the headline, under the name of what is modelled of it.

    A period that is no calendar year has its modelled value beside it: no row by year has that.
    """
    for line in headline_rows():
        summary = line.summary(run)
        records = [series(name) for name in line.names]
        for moment in line.moments:
            value = line.recorded(moment)
            if value is None:
                continue
            at = records[0].starts.tolist().index(moment)
            when = {"calendar": records[0].calendar, "period": records[0].labels[at]}
            yield number(
                f"{RECORDED}{line.label}",
                summary.name,
                line.unit,
                value,
                {"place": "US"},
                when,
                line.origin(moment),
            )
            if line.year is not None:
                ends = summary.at(moment)
                yield interval(line.label, summary.name, line.unit, ends, of_run(run), when)


def _recorded_there(run: Run) -> Iterator[Row]:
    """What is recorded of a run's place by year; of one with withheld months, the two ends."""
    place = place_of(run.place)
    for name, quantity in ((DEATHS, OF_DEATHS), (SYNTHETIC, OF_SYNTHETIC)):
        for year in range(FIRST_YEAR, LAST_YEAR):
            if known := recorded_in(place, name, year):
                yield of_place(known, place.code, f"{RECORDED}{name}", quantity, year)


def _sums(comparison: Comparison, run: Run) -> Iterator[Row]:
    """Deaths of the whole time, and against the first scenario what is averted of them."""
    when, title = over(comparison.since, LAST_YEAR - 1), run.scenario.title
    what = [("deaths", "people", comparison.deaths)]
    if run is not comparison.runs[0]:
        what += [
            (AVERTED, "people", comparison.averted),
            ("deaths averted, of the first scenario's", "percent", comparison.averted_percent),
        ]
    for quantity, unit, told in what:
        yield interval(f"{title}: {quantity}", quantity, unit, told(run), when)
    if comparison.central:
        return
    place = comparison.runs.index(run)
    for other, part in zip(comparison.runs, comparison.beats[place].tolist(), strict=True):
        if other is not run:
            quantity = f"fewer deaths than in {other.scenario.title}"
            yield share(f"{title}: {quantity}", quantity, part, when)
