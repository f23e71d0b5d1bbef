"""What a run, a comparison and a summary say of themselves: a few lines of text, or a card.

A card names the world, the draws, the version and the digests, gives each number with its interval
and its unit, and says first how much nothing explains.
"""

from typing import TYPE_CHECKING

import numpy as np

from upriver.core.card import card, curve, table
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.system.counters import counter
from upriver.system.world import worlds

from .caveats import caveat_of, few_draws, unexplained
from .summary import figures, short

if TYPE_CHECKING:
    from .compare import Comparison
    from .simulate import Run
    from .summary import Interval, Summary

DEATHS = "people.overdose.deaths"
YEARS = (2010, 2017, 2021, 2024, 2028, LAST_YEAR - 1)
"""That a card shows; the rest is a call away."""

MOST_ROWS = 40
"""Of a summary's card, as in its text; with more instants it shows the starts of years."""

DIGITS = 12
"""Of a digest, as a card shows it."""


def text_of_run(run: "Run") -> str:
    """What was run, and the headline."""
    how = "central values alone" if run.central else f"{run.draws} draws"
    deaths = ""
    if counter(DEATHS) in run.outputs:
        median, low, high = run.deaths.at(LAST_YEAR - 1)
        reach = "" if run.central else f" ({low:,.0f} to {high:,.0f})"
        deaths = f"  deaths in {LAST_YEAR - 1}: {median:,.0f}{reach}\n"
    return (
        f"Run of '{run.title}', {how}, {FIRST_YEAR} to {LAST_YEAR}\n"
        f"{deaths}"
        f"  {len(run.outputs)} outputs by quarter; "
        ".deaths .level(name) .sums(flow) .to_pandas() .dataset() .plot()"
    )


def of_run(run: "Run") -> str:
    """A run: deaths of some years beside what was recorded, their curve, how to read them."""
    body = []
    if counter(DEATHS) in run.outputs:
        deaths = run.deaths
        recorded = {} if run.place else _recorded()
        rows = []
        for year in YEARS:
            known = recorded.get(year)
            beside = [] if run.place else ["–" if known is None else f"{known:,.0f}"]
            rows.append([f"{year}", *beside, _amount(deaths.at(year), run.central)])
        heads = ["year", *([] if run.place else ["recorded"]), "modelled"]
        caption = f"Opioid overdose deaths [{deaths.unit} in a year], {_how(run)}"
        body = [table(heads, rows, caption=caption), _curve(deaths, run.central)]
    more = f"{len(run.outputs)} outputs by quarter: .deaths .level(name) .sums(flow) .plot()"
    return card(
        run.title,
        says=[_first(run), *run.remarks],
        body=body,
        foot=[_caveat(run), _made(run), f"{more} .to_pandas() .dataset()"],
    )


def of_comparison(found: "Comparison") -> str:
    """A comparison: a row a scenario, deaths and deaths averted, each with its interval."""
    base = found.runs[0]
    rows = []
    for run in found.runs:
        averted = "–" if run is base else _amount(found.averted(run), found.central)
        rows.append([run.scenario.title, _amount(found.deaths(run), found.central), averted])
    period = f"{found.since:g} to {LAST_YEAR - 1}"
    where = f" in {base.place}" if base.place else ""
    by_draw = "" if found.central else ", averted draw by draw"
    caption = f"Overdose deaths{where}, {period} [people], {_how(base)}{by_draw}"
    digests = ", ".join(str(run.provenance["table_digest"])[:DIGITS] for run in found.runs)
    return card(
        " against ".join([", ".join(r.scenario.title for r in found.runs[1:]), base.title]),
        says=[*found.warnings, _first(base)],
        body=[table(["scenario", "deaths", "averted"], rows, caption=caption)],
        foot=[_caveat(base), _made(base, digests), ".averted(run) .to_pandas() .plot()"],
    )


def of_summary(found: "Summary") -> str:
    """A summary: its curve and a row a year."""
    one = len(found.draws) == 1
    rows = [row for row in found if len(found) <= MOST_ROWS or row.time == int(row.time)]
    how = "one run" if one else f"median and 95 % interval of {len(found.draws)} draws"
    cells = [[f"{row.time:g}", _amount(row, one)] for row in rows]
    of = found.of
    made = f"world {of['world']}, table {of['table_digest'][:DIGITS]}" if of else ""
    shown = f"{len(rows)} of {len(found)} instants, the starts of years"
    return card(
        found.name,
        says=[of.get("scenario", "")],
        body=[
            _curve(found, one),
            table(["time", "modelled"], cells, caption=f"[{found.unit}], {how}"),
        ],
        foot=[shown if len(rows) < len(found) else "", made],
    )


def _amount(found: "Interval | tuple[float, ...]", central: bool) -> str:
    """A median with its interval, if it has one, to as many figures as is known of it."""
    median, low, high = (_known(value) for value in found[-3:])
    return median if central else f"{median} ({low} to {high})"


def _known(value: float) -> str:
    """Three figures."""
    return short(value) if abs(value) < 1 else figures(value, 3)


def _curve(found: "Summary", central: bool) -> str:
    label = f"{found.name} [{found.unit}], {found.times[0]:g} to {found.times[-1]:g}"
    if central:
        return curve(found.times, found.median, label=f"{label}, one run")
    return curve(
        found.times, found.median, found.low, found.high, label=f"{label}, median and 95 % interval"
    )


def _recorded() -> dict[int, float]:
    """Recorded deaths by year; what is projected or missing is none."""
    from upriver.evidence.figures import series

    record = series("deaths_any_opioid")
    known = np.isfinite(record.values)
    return dict(zip(record.starts[known].astype(int).tolist(), record.values[known], strict=True))


def _how(run: "Run") -> str:
    """What an interval is of, and in which world."""
    drawn = (
        "one run of central values, no interval"
        if run.central
        else f"median (95 % interval) of {run.draws} draws"
    )
    return f"{drawn}, world {run.world}"


def _first(run: "Run") -> str:
    """How much nothing explains, if that is much."""
    if not run.place:
        return unexplained(run.world)
    from .placed_unexplained import unexplained_in

    return unexplained_in(run)


def _caveat(run: "Run") -> str:
    """How intervals are to be read."""
    if not run.place:
        return caveat_of(run.world, run.central) + few_draws(run.draws)
    from .placed_caveats import caveat_in

    return caveat_in(run)


def _made(run: "Run", tables: str = "") -> str:
    """What made it: world, version, digests."""
    said = run.provenance
    return (
        f"World {run.world} ({worlds()[run.world]['title']}), "
        f"Upriver {said['upriver_version']}, equations {str(said['equations_digest'])[:DIGITS]}, "
        f"table {tables or str(said['table_digest'])[:DIGITS]}"
        + (f", {said['fit']}" if said.get("fit") else "")
    )
