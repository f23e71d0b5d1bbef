"""What `upriver states` says: states in order, and their sums; as text, as JSON, as a map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import shared
from .states_words import PERCENT, between, ends, figure_of, people, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from upriver.experiments.states.order import Ranked
    from upriver.experiments.states.result import States
    from upriver.experiments.states.sums import Sum
    from upriver.experiments.summary import Interval

NAME = 22
"""Letters of a state's name."""

RECORDED = 16
"""Letters of what is recorded."""

SEEN = "which is no test, for the fit has seen it"
NOT_SEEN = (
    "which the fits of the states have not seen; that of the country has, and its draws are what "
    "states live in"
)

NOTHING = 1e-9
"""Share by which benchmarked sums may be off by rounding."""

NO_RECORD = (
    "Of states no such number is recorded: the survey's share of people with a disorder and "
    "prescriptions dispensed enter the fit as ratios to the country."
)
RAKED = (
    "Benchmarked: each draw's states were scaled by one factor, so that they sum to the country's "
    "run; that they do says nothing of how good they are."
)


def order_text(
    found: "States", rows: Sequence["Ranked"], year: int, name: str, counts: bool
) -> str:
    """States in order, with what is recorded and the interval of each rank."""
    figure = figure_of(counts)
    lines = [shared.prose(f"{_what(found, name, year, counts)}: {_title(found)}"), ""]
    known = any(row.recorded for row in rows)
    wide = RECORDED if known else 0
    head = "recorded" if known else ""
    lines.append(
        f"{'rank (95 %)':<13}{'':<3} {'state':<{NAME}}{head:>{wide}}  {'modelled (95 %)':>26}"
    )
    for row in rows:
        rank = f"{row.rank.median:.0f} ({row.rank.low:.0f}–{row.rank.high:.0f})"
        recorded = between(row.recorded, figure) if known else ""
        lines.append(
            f"{rank:<13}{row.place:<3} {row.name:<{NAME}}{recorded:>{wide}}  "
            f"{ends(row.value, figure):>26}"
        )
    country = _country(found, year, name, counts)
    lines.append(
        f"{'':<13}{'US':<3} {'the country’s run':<{NAME}}{'':>{wide}}  {ends(country, figure):>26}"
    )
    return "\n".join([*lines, "", shared.prose(" ".join(_order_notes(found, rows, year, name)))])


def _order_notes(found: "States", rows: Sequence["Ranked"], year: int, name: str) -> list[str]:
    """What an order is, and is not."""
    from upriver.experiments.caveats import few_draws

    first = "the largest fall" if len(found.runs) > 1 else "the most"
    notes = [
        f"Median and 95 % interval of {found.draws} draws.{few_draws(found.draws)} Rank: 1 is "
        f"{first}; in each draw the {len(found.places)} stand in one order, and where intervals "
        "meet the draws do not tell who stands before whom. Intervals are of what is expected, "
        "without the chance by which a small state's count differs from it."
    ]
    known = [row for row in rows if row.recorded is not None]
    if known:
        inside = sum(bool(row.inside) for row in known)
        notes.append(
            f"Recorded: {_record_of(known)}; the interval holds it in {inside} of {len(known)}, "
            f"{SEEN if year < found.seen_to else NOT_SEEN}."
        )
    elif len(found.runs) == 1 and name not in ("deaths", "synthetic"):
        notes.append(NO_RECORD)
    if found.raked:
        notes.append(RAKED)
    return [*notes, found.caveat]


def _record_of(rows: Sequence["Ranked"]) -> str:
    """Whose counts they are; a range where months are withheld."""
    said = " and ".join(sorted({row.status for row in rows}))
    withheld = any(row.recorded and row.recorded[0] < row.recorded[1] for row in rows)
    return said + (", a range where months of fewer than 10 are withheld" if withheld else "")


def order_json(
    found: "States", rows: Sequence["Ranked"], year: int, name: str, counts: bool
) -> dict[str, Any]:
    """The same for programs."""
    return {
        **head(found),
        "year": year,
        "quantity": name,
        "unit": _unit(counts),
        "states": [{**row._asdict(), "recorded_inside": row.inside} for row in rows],
        "country": _country(found, year, name, counts),
    }


def order_map(
    found: "States", rows: Sequence["Ranked"], year: int, name: str, counts: bool
) -> "Figure":
    """Medians as tiles."""
    from upriver.experiments.states.tiles import tiles

    figure = figure_of(counts)
    values = {row.place: (row.value.median, figure(row.value.median)) for row in rows}
    return tiles(
        values,
        _title(found),
        _what(found, name, year, counts),
        f"Medians of {found.draws} draws; intervals are wide in small states.",
    )


def sums_text(found: "States") -> str:
    """The states' sums beside the country, a table for each quantity."""
    from upriver.experiments.states.quantities import QUANTITIES

    lines = [shared.prose(f"What all states come to beside the country: {_title(found)}")]
    rows = found.sums()
    for name in found.quantities:
        quantity = QUANTITIES[name]
        lines += ["", f"{quantity.title} {quantity.when} the year"]
        these = [row for row in rows if row.quantity == name]
        both = [(ends(row.states, people), ends(row.country, people)) for row in these]
        wide = 2 + max(len(one) for pair in both for one in pair)
        lines.append(
            f"{'year':<6}{'recorded':>9}{'states':>{wide}}{'country':>{wide}}  apart (95 %)"
        )
        for row, (states, country) in zip(these, both, strict=True):
            known = "–" if row.recorded is None else people(row.recorded)
            missed = "" if row.near is not False else "  missed"
            lines.append(
                f"{row.year:<6}{known:>9}{states:>{wide}}{country:>{wide}}"
                f"  {ends(row.apart, percent)}{missed}"
            )
        if met := _met(these):
            lines.append(shared.prose(met))
    apart = max(row.after for row in rows)
    rounding = "" if apart < NOTHING else f" ({100 * apart:.2g} % at most apart)"
    last = (
        "States: the sum of all 51, draw by draw; apart: from the country's run of the same draw. "
        "After benchmarking, one factor a draw, year and quantity, sums are the country's by "
        f"construction{rounding}, which says nothing of how good either is. "
    )
    return "\n".join([*lines, "", shared.prose(last + found.caveat)])


def _met(rows: Sequence["Sum"]) -> str:
    """In how many years the sum is as near as was asked."""
    near = sum(bool(row.near) for row in rows)
    if rows[0].within is None:
        return ""
    return f"Within {_bar(rows[0].within)} in {near} of {len(rows)} years, by the median."


def _bar(within: float) -> str:
    return f"{PERCENT * within:.0f} %"


def sums_json(found: "States") -> dict[str, Any]:
    """The same for programs."""
    return {**head(found), "sums": [row._asdict() for row in found.sums()]}


def head(found: "States") -> dict[str, Any]:
    """What was run, for programs."""
    return {
        "title": _title(found),
        "draws": found.draws,
        "benchmarked": found.raked,
        "caveat": found.caveat,
        "remarks": list(found.remarks),
        "provenance": dict(found.provenance),
    }


def _title(found: "States") -> str:
    from upriver.experiments.placed import WORLD
    from upriver.system.world import worlds

    return f"{found.shown.title} ({worlds()[WORLD]['title']})"


def _what(found: "States", name: str, year: int, counts: bool) -> str:
    """The quantity, its time and its unit."""
    from upriver.experiments.states.quantities import QUANTITIES

    one = QUANTITIES[name]
    said = f"{one.title} {one.when} {year}" + ("" if counts else ", per 100,000 residents")
    return f"{said}, difference" if len(found.runs) > 1 else said


def _country(found: "States", year: int, name: str, counts: bool) -> "Interval":
    from upriver.experiments.summary import interval

    return interval(found.country(year, name, counts=counts))


def _unit(counts: bool) -> str:
    return "people" if counts else "people per 100000 residents"
