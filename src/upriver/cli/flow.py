"""`upriver flow`: kilograms of a year, from precursors to sales, beside what was seized."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.compare import Interval
    from upriver.experiments.flow import Flow
    from upriver.experiments.seized import FiscalYear
    from upriver.experiments.simulate import Run
    from upriver.report.tables.tidy import Tidy

DEFAULT_YEAR = 2021
LEAST = 14
"""Columns that a name needs at least."""


def _year(given: str | int) -> int:
    """A calendar year that a run covers."""
    from upriver.core.time import FIRST_YEAR, LAST_YEAR

    text = str(given).strip()
    whole = re.fullmatch("[0-9]{1,9}", text)
    if whole is None or not FIRST_YEAR <= int(text) < LAST_YEAR:
        raise OutOfBounds(
            "out of bounds" if whole else "should be a calendar year",
            file="YEAR",
            found=show(int(text) if whole else text),
            allowed=f"{FIRST_YEAR} to {LAST_YEAR - 1}",
        )
    return int(text)


def command(
    year: Annotated[
        int,
        typer.Argument(
            metavar="[YEAR]",
            parser=_year,
            help="A calendar year, 1999 to 2031.",
        ),
    ] = DEFAULT_YEAR,
    scenario: Annotated[
        str,
        typer.Option(
            "--scenario",
            metavar="SCENARIO",
            autocompletion=shared.scenario_names,
            help="A scenario that ships, or a YAML file, run in the whole system.",
        ),
    ] = "base",
    draws: shared.Draws = shared.DEFAULT,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Kilograms of fentanyl in a year, by corridor, beside what was seized.

    Runs the whole system, fitted to the record; nobody weighed what is sold.

    Example: upriver flow 2023 --draws 50
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.flow import flow, whole_run
    from upriver.experiments.seized import fiscal_years

    run = whole_run(scenario, draws=draws, progress=progress("draws"))
    found, fiscal = flow(run, year), fiscal_years(run)
    tables.tell(
        form,
        save,
        table=lambda: _tidy(run, found, fiscal),
        own=lambda: _as_json(run, found, fiscal),
        text=lambda: _print(run, found, fiscal),
    )


def _tidy(run: "Run", found: "Flow", fiscal: "tuple[FiscalYear, ...]") -> "Tidy":
    from upriver.report.tables.why import table_of_flow

    return table_of_flow(run, found, fiscal)


def _as_json(run: "Run", found: "Flow", fiscal: "tuple[FiscalYear, ...]") -> dict[str, Any]:
    """All of it, for programs."""
    from upriver.experiments.flow import HOW_SURE
    from upriver.experiments.seized import NOT_FLOW

    return {
        "title": run.title,
        "draws": run.draws,
        "remarks": list(run.remarks),
        "unit": "kg of pure fentanyl in the year; gross and recorded weights as weighed",
        "not_flow": NOT_FLOW,
        "caveat": HOW_SURE,
        "provenance": dict(run.provenance),
        "flow": asdict(found),
        "fiscal_years": [asdict(one) for one in fiscal],
    }


def _print(run: "Run", found: "Flow", fiscal: "tuple[FiscalYear, ...]") -> None:
    """Tables, and what they cannot say."""
    from upriver.experiments.flow import HOW_SURE
    from upriver.experiments.seized import NOT_FLOW
    from upriver.report.supply import implied_text

    year = found.year
    typer.echo(shared.prose(f"{run.title}: kilograms of fentanyl in {year}"))
    for title, table in (
        ("Precursors, in kilograms of the fentanyl they are enough for; production", _made(found)),
        ("Kilograms by corridor; weight is that of what is seized, as weighed", _corridors(found)),
        (
            "Shares of corridors, %, in what is sent, in seized weight, and on record",
            _shares(found),
        ),
        ("Weight seized, kg: recorded by Customs and Border Protection, modelled", _fiscal(fiscal)),
    ):
        typer.echo("\n" + shared.prose(title))
        typer.echo(table.rstrip())
    typer.echo("")
    for sentence in (
        "Pure fentanyl unless called weight; "
        + (
            "central values alone, one run without an interval."
            if run.central
            else f"median and 95 % interval of {run.draws} draws; medians need not add up."
        ),
        *(f"Note: {remark}" for remark in run.remarks),
        NOT_FLOW,
        *([implied_text(year, found.implied)] if found.implied and not run.central else []),
        HOW_SURE,
    ):
        typer.echo(shared.prose(sentence))


def _made(found: "Flow") -> str:
    """Precursors by origin and production by site."""
    rows = [[f"Precursors, {_in(name)}", *_two(a)] for name, a in found.precursors.items()]
    rows += [[f"Produced, {name}", *_two(a)] for name, a in found.production.items()]
    return _table(["", "median", "95 %"], rows)


def _corridors(found: "Flow") -> str:
    """Sent, seized and delivered by corridor, and what is sold."""
    head = ["corridor", "sent", "95 %", "seized", "weight", "delivered", "95 %", "of sent"]
    rows = [
        [
            c.label,
            *_two(c.sent),
            _one(c.seized),
            _one(c.gross),
            *_two(c.delivered),
            f"{_percent(c.share.median)} %",
        ]
        for c in found.corridors
    ]
    whole = [_one(found.seized), _one(found.gross), *_two(found.delivered)]
    rows.append(["All corridors", *_two(found.sent), *whole, ""])
    rows.append(["Seized within Mexico", "", "", _one(found.inland), "", "", "", ""])
    rows.append(["Sold in the country", "", "", "", "", *_two(found.sold), ""])
    return _table(head, rows, drop=(2, 6, 7, 4))


def _shares(found: "Flow") -> str:
    """Shares of corridors in flow and in seizures, beside the record."""
    rows = [
        [
            one.label,
            _percent(None if one.sent is None else one.sent.median),
            _percent(None if one.seized is None else one.seized.median),
            _percent(one.recorded),
        ]
        for one in found.beside
    ]
    return _table(["", "sent", "seized", "recorded"], rows)


def _fiscal(years: "Sequence[FiscalYear]") -> str:
    """Seized weight by fiscal year."""
    from upriver.report.wording import number, percent

    head = ["", "recorded", "modelled", "95 %", "differs"]
    rows = [
        [
            one.label,
            number(one.recorded),
            *_two(one.modelled),
            percent(one.modelled.median / one.recorded - 1),
        ]
        for one in years
    ]
    return _table(head, rows, drop=(3,))


def _in(label: str) -> str:
    """A label within a phrase."""
    return label[0].lower() + label[1:] if label.startswith("Other") else label


def _one(a: "Interval") -> str:
    from upriver.report.wording import number

    return number(a.median)


def _two(a: "Interval") -> list[str]:
    from upriver.report.wording import MISSING, decimals_for, interval, number

    places = decimals_for(max(a.median, a.high))
    reach = MISSING if a.low == a.high else interval(a.low, a.high, places)
    return [number(a.median, places), reach]


def _percent(share: float | None) -> str:
    from upriver.report.wording import number

    return number(None if share is None else 100 * share, 1)


def _table(head: list[str], rows: list[list[str]], drop: Sequence[int] = ()) -> str:
    """Columns that fit the terminal; where they do not, those in `drop` go, in its order.

    A column of intervals in which none has a width is left out.
    """
    from upriver.report.terminal import GAP, cells_wide, lay_out
    from upriver.report.wording import MISSING

    room = max(40, shared.width())
    empty = {"", MISSING}
    kept = [i for i, name in enumerate(head) if name != "95 %" or {row[i] for row in rows} - empty]
    if len(kept) < len(head):
        head = ["value" if name == "median" else name for name in head]
    for gone in (None, *drop):
        kept = [i for i in kept if i != gone]
        needed = [max(cells_wide(row[i]) for row in (head, *rows)) for i in kept[1:]]
        if room - sum(needed) - len(GAP) * len(needed) >= LEAST:
            break
    return lay_out([head[i] for i in kept], [[row[i] for i in kept] for row in rows], room, {0})
