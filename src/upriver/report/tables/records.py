"""Tables of `upriver evidence` and `upriver claims`: what was recorded, and what is claimed of it.

A catalogue's table looks at no run, so that listing stays quick; claims come with their runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from upriver import __version__
from upriver.evidence.coverage import Coverage, age
from upriver.evidence.record import Record
from upriver.evidence.references import citation, references

from .tidy import UNRUN, Row, Tidy, filled, number

if TYPE_CHECKING:
    from upriver.experiments.claims import Examined


def table_of_records(
    records: Sequence[Record], title: str, about: str = "", remarks: Sequence[str] = ()
) -> Tidy:
    """Every value of records, with its source, vintage and status.

    Args:
        remarks: what else stands on top.
    """
    keys = dict.fromkeys(key for record in records for key in record.sources)
    cited = [f"Source {key}: {citation(key)}" for key in keys if key in references()]
    return Tidy(
        title,
        filled({}, (row for record in records for row in _record(record))),
        about,
        made=[UNRUN, *remarks, *cited],
        provenance=[{"sources": list(keys)}],
    )


def _record(r: Record) -> Iterator[Row]:
    cells = zip(
        r.labels,
        r.values.tolist(),
        r.low.tolist(),
        r.high.tolist(),
        r.sources,
        r.vintages,
        r.statuses,
        r.notes,
        strict=True,
    )
    for i, (period, value, low, high, source, vintage, status, note) in enumerate(cells):
        said = {"place": r.place, "calendar": r.calendar, "period": period, "note": note}
        keys = {"source": source, "vintage": vintage, "status": status}
        run = {"world": r.worlds[i], "draws": _whole(r.draws[i])} if r.worlds and r.draws else {}
        ends = {"low": low, "high": high, "interval": "as published"}
        yield {**number(r.name, r.name, r.unit, value, said, keys, run), **ends}


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def table_of_coverage(found: Iterable[Coverage]) -> Tidy:
    """Of each series how many values are known, and how old the newest is."""
    rows = []
    for one in found:
        cells = {
            "place": one.places[0] if len(one.places) == 1 else f"{len(one.places)} places",
            "calendar": one.calendar,
            "period": f"{one.first} to {one.newest}",
            "source": "; ".join(dict.fromkeys(one.sources)),
            "vintage": one.vintages[-1],
            "note": one.title,
        }
        values = {"statistic": "number"}
        rows.append(number(one.name, "values on record", "1", float(one.values), cells, values))
        rows.append(number(one.name, "age of the newest", "year", round(age(one.end), 2), cells))
    return Tidy("The public record: its series", filled({}, rows), made=[UNRUN])


def table_of_claims(found: Sequence["Examined"]) -> Tidy:
    """Of each claim what the article says, what is recorded, and what the model has."""
    rows = [row for one in found for row in _claim(one)]
    return Tidy("Claims beside record and model", filled({"place": "US"}, rows), made=[UNRUN])


def _claim(one: "Examined") -> Iterator[Row]:
    from .made import INTERVAL

    c = one.claim
    told: Row = {"note": c.claim}
    if c.stated is not None:
        when = {} if c.stated.year is None else {"calendar": "year", "period": str(c.stated.year)}
        said = {"source": "the founding article", "status": "stated"}
        yield number(c.name, "stated", c.stated.unit, c.stated.value, told, said, when)
    if one.recorded is not None:
        known = one.recorded
        keys = {"source": "; ".join(known.sources), "vintage": known.vintage}
        status = known.statuses[0] if len(known.statuses) == 1 else "computed"
        when = {"period": known.period, "status": status}
        yield number(c.name, "recorded", known.unit, known.value, told, keys, when)
    if one.modelled is None or c.modelled is None:
        return
    m = one.modelled
    made: Row = {
        "source": f"upriver {__version__}",
        "status": "modelled",
        "world": c.modelled.world,
        "draws": m.draws,
        "scenario": m.scenario,
        "vintage": m.table[:12],
        "period": m.period,
    }
    among = {"statistic": "median", "interval": INTERVAL}
    ends = {} if m.low == m.high else {"low": m.low, "high": m.high}
    yield {**number(c.name, "modelled", m.unit, m.median, told, made, among), **ends}
    if one.difference is not None:
        unit = "percent" if one.in_points else "1"
        apart = {"statistic": "modelled against recorded"}
        yield number(c.name, "difference", unit, one.difference, told, made, apart)
    if one.verdict is not None:
        part = {"statistic": "share of draws", "note": f"the model says {one.verdict.says}"}
        yield number(c.name, "as claimed", "1", one.verdict.held / one.verdict.draws, made, part)
