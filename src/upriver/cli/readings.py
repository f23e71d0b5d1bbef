"""What a publisher's file holds, in words for a terminal: series by series, beside what ships."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from . import shared
from .catalogue import columns, places_text, span_text

if TYPE_CHECKING:
    from upriver.evidence.readings import Reading
    from upriver.evidence.record import Record


def came(told: dict[str, Any]) -> Iterator[str]:
    """A line of what came, and one a series that is newer than what ships."""
    size = f"{told['bytes'] / 1e6:.1f} MB"
    count = f"{told['records']:,} records of {len(told['series'])} series"
    vintage = ", ".join(told["vintages"])
    yield shared.prose(
        f"{told['source']}: {count}, vintage {vintage}, {size}, kept in {told['folder']}",
        " " * 4,
        "",
    )
    for row in told["series"]:
        if row["ships"] is not None and row["newer"]:
            yield f"    {row['name']}: to {row['newest']}; what ships ends {row['ships']}"


def contents(reading: "Reading") -> dict[str, Any]:
    """What a file holds, by series, beside what ships."""
    from upriver.evidence.coverage import coverage

    shipped = coverage()
    found: dict[str, list[Any]] = {}
    for (name, _), record in reading.parsed().items():
        found.setdefault(name, []).append(record)
    series = []
    for name, every in found.items():
        records = [r for r in every if r.newest] or every
        newest = max(records, key=lambda r: r.data_to if r.newest else 0.0)
        ships = shipped.get(name)
        same = ships is not None and (ships.unit, ships.calendar) == (newest.unit, newest.calendar)
        end = max((_end(r) for r in records), default=0.0)
        series.append(
            {
                "name": name,
                "unit": newest.unit,
                "calendar": newest.calendar,
                "places": [r.place for r in every],
                "first": min(records, key=lambda r: float(r.starts[0])).labels[0],
                "newest": newest.newest or newest.labels[-1],
                "values": sum(int((r.values == r.values).sum()) for r in records),
                "partial": sum(r.statuses.count("partial") for r in records),
                "ships": ships.newest if ships is not None and same else None,
                "newer": ships is not None and same and end > ships.end,
            }
        )
    vintages = {v for records in found.values() for r in records for v in r.vintages}
    return {
        "source": reading.source,
        "files": list(reading.files),
        "rows": len(reading.frame),
        "records": sum(row["values"] for row in series),
        "vintages": sorted(vintages),
        "series": series,
        "remarks": list(reading.remarks),
    }


def _end(record: "Record") -> float:
    """The calendar year in which the newest whole period with a value ends; 0 without one."""
    without = ("projected", "partial", "missing", "suppressed")
    ends = zip(record.ends, record.statuses, strict=True)
    return max((float(end) for end, status in ends if status not in without), default=0.0)


def table(told: dict[str, Any]) -> Iterator[str]:
    """What a file holds, a line a series."""
    files = ", ".join(told["files"])
    vintage = ", ".join(told["vintages"])
    yield shared.prose(
        f"{files}: {told['rows']:,} rows of {told['source']}, vintage {vintage}", "  ", begin=""
    )
    yield ""
    rows = [
        (
            row["name"],
            span_text(row["first"], row["newest"]),
            places_text(row["places"]),
            f"{row['values']:,} values [{row['unit']}]"
            + (f", {row['partial']:,} partial" if row["partial"] else ""),
            f"ships to {row['ships']}" if row["ships"] else "",
        )
        for row in told["series"]
    ]
    for lines in columns(rows):
        yield from lines
    for remark in told["remarks"]:
        yield shared.prose(remark)
