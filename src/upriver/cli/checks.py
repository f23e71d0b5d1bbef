"""What `upriver evidence check` prints: control totals, overlaps, a run against the record."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from upriver.core.errors import ReproductionError

from . import shared, tables
from .catalogue import amount

if TYPE_CHECKING:
    from upriver.evidence.controls import Overlap, Total
    from upriver.experiments.against import Against
    from upriver.report.tables.tidy import Tidy

HOLDS = {True: "ok", False: "FAILS"}
TITLES = {
    "totals": "Control totals: what the figures that ship must come to",
    "overlaps": "Series that hold the same quantity, against each other",
    "run": "A run against the record: the base projection of the whole system, 200 draws",
}


def check(form: str, save: Path | None) -> None:
    """Print all checks.

    Args:
        form: from `tables.asked`. save: a file for the tidy table.

    Raises:
        ReproductionError: a control total or an overlap fails.
    """
    from upriver.evidence.controls import overlaps, totals
    from upriver.experiments.against import against
    from upriver.experiments.simulate import CAVEAT_WHOLE
    from upriver.system.world import DEFAULT

    found = totals(), overlaps(), against()
    of_totals = [_total(one) for one in found[0]]
    of_overlaps = [_overlap(one) for one in found[1]]
    run = [_against(one) for one in found[2]]
    tables.tell(
        form,
        save,
        table=lambda: _table(*found),
        own=lambda: {
            "totals": of_totals,
            "overlaps": of_overlaps,
            "run": run,
            "world": DEFAULT,
            "caveat": CAVEAT_WHOLE,
        },
        text=lambda: _print(of_totals, of_overlaps, run),
    )
    failed = [row["name"] for row in (*of_totals, *of_overlaps) if not row["holds"]]
    if failed:
        raise ReproductionError(
            f"{len(failed)} of {len(of_totals) + len(of_overlaps)} checks of the record fail: "
            f"{', '.join(failed)}."
        )
    if form == tables.TEXT:
        said = f"All {len(of_totals)} control totals and {len(of_overlaps)} overlaps hold."
        typer.echo(shared.prose(said))


def _print(*rows: list[dict[str, Any]]) -> None:
    """Totals, overlaps, the run."""
    from upriver.experiments.simulate import CAVEAT_WHOLE

    for text, found in zip((_totals_text, _overlaps_text, _run_text), rows, strict=True):
        typer.echo(text(found))
    typer.echo(shared.prose(CAVEAT_WHOLE) + "\n")


def _table(
    of_totals: "Sequence[Total]", of_overlaps: "Sequence[Overlap]", run: "Sequence[Against]"
) -> "Tidy":
    from upriver.report.tables.checks import table_of_record_checks

    return table_of_record_checks(of_totals, of_overlaps, run)


def _total(one: "Total") -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "expected": one.expected,
        "found": one.found(),
        "within": one.within,
        "unit": one.unit,
        "vintage": one.vintage,
        "source": one.source,
        "holds": one.holds(),
    }


def _overlap(one: "Overlap") -> dict[str, Any]:
    found = one.differences()
    worst = max(found, key=lambda label: abs(found[label]), default=None)
    return {
        "name": one.name,
        "title": one.title,
        "periods": len(found),
        "largest": None if worst is None else found[worst],
        "in": worst,
        "within": one.within,
        "why": one.why,
        "holds": bool(found) and abs(found[worst or ""]) <= one.within,
    }


def _against(one: "Against") -> dict[str, Any]:
    return {
        "series": one.record.name,
        "compared": one.kind,
        "with": one.name,
        "first": one.labels[0],
        "newest": one.labels[-1],
        "periods": len(one.labels),
        "inside": one.inside,
        "typical": one.typical,
        "last": one.last,
    }


def _totals_text(rows: list[dict[str, Any]]) -> str:
    from upriver.report.terminal import lay_out

    cells = [
        [
            row["title"],
            f"{amount(row['expected'])} {_unit(row['unit'])}",
            amount(round(row["found"], 2)),
            row["vintage"],
            HOLDS[row["holds"]],
        ]
        for row in rows
    ]
    head = ["control total", "expected", "found", "vintage", ""]
    return _titled("totals", lay_out(head, cells, shared.width(), {0, 3, 4}))


def _overlaps_text(rows: list[dict[str, Any]]) -> str:
    from upriver.report.terminal import lay_out
    from upriver.report.wording import percent

    cells = [
        [
            f"{row['title']}: {row['why']}",
            str(row["periods"]),
            percent(row["largest"]),
            row["in"] or "",
            f"{100 * row['within']:g} %",
            HOLDS[row["holds"]],
        ]
        for row in rows
    ]
    head = ["series", "periods", "largest", "in", "allowed", ""]
    return _titled("overlaps", lay_out(head, cells, shared.width(), {0, 5}))


def _run_text(rows: list[dict[str, Any]]) -> str:
    from upriver.report.terminal import lay_out
    from upriver.report.wording import percent

    cells = [
        [
            row["series"],
            row["compared"],
            row["newest"],
            "given" if row["inside"] is None else f"{row['inside']} of {row['periods']}",
            percent(row["typical"]).removeprefix("+"),
            percent(row["last"]),
        ]
        for row in rows
    ]
    head = ["series", "as", "to", "in 95 %", "typical", "newest"]
    said = (
        "As sums over each period, as a level at its start, or as a driver, which the model is "
        "given. In 95 %: how many recorded values lie in the interval of the run. Typical and "
        "newest: modelled against recorded; typical is the median size."
    )
    return (
        _titled("run", lay_out(head, cells, shared.width(), {0, 1, 2}))
        + "\n"
        + shared.prose(said)
        + "\n"
    )


def _titled(name: str, table: str) -> str:
    return shared.prose(TITLES[name]) + "\n\n" + table


def _unit(unit: str) -> str:
    return "%" if unit == "percent" else unit
