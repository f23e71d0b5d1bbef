"""`upriver answers`: the six questions, each with its figures and how sure they are."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError, OutOfBounds, show

from . import shared, tables
from .portfolio import money
from .progress import progress

if TYPE_CHECKING:
    from upriver.report.answers.answer import Answer
    from upriver.report.tables.tidy import Tidy

DRAWS = 200
SHARES = re.compile(r"(\d*\.?\d+):(\d*\.?\d+)")


def _shares(given: "str | tuple[float, float]") -> tuple[float, float]:
    """Two shares from `0.25:0.75`."""
    if isinstance(given, tuple):
        return given
    parts = SHARES.fullmatch(given.strip())
    if parts is None:
        raise OutOfBounds(
            "should be two shares", file="--complete", found=show(given), allowed="as 0.25:0.75"
        )
    return float(parts[1]), float(parts[2])


def command(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="Numbers of questions, 1 to 6; all if none."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", readable=False, help="Write a page of Markdown."),
    ] = None,
    budget: Annotated[
        float,
        typer.Option(
            "--budget",
            metavar="USD",
            parser=money,
            help="Of question 5, from 2026 to 2031 beyond today, in USD of 2021: 5bn, 500m.",
        ),
    ] = 5e9,
    complete: Annotated[
        str,
        typer.Option(
            "--complete",
            metavar="LOW:HIGH",
            help="Of question 6: the share of what happens that China's statistics hold, a range.",
        ),
    ] = "0.1:1",
    draws: shared.Draws = DRAWS,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Answer the six questions that Upriver is built for, with how sure each answer is.

    Prints Markdown: the answer, the tables behind it, how sure it is, and what it cannot tell. All
    six take about a minute.

    Example: upriver answers 1 2
    """
    form = tables.asked(form, as_json, save)
    asked = _numbers(numbers or [])
    if to is not None:
        from .files import check_folder

        if to.suffix != ".md":
            raise InputError("should end in .md", file="--to", found=to.name)
        check_folder(to.parent)
    from upriver.report.answers.page import answers, page, text

    draws = shared.chosen(context, fit, believed, draws)
    found = answers(asked, draws, budget, _shares(complete), progress)
    tables.tell(
        form,
        save,
        table=lambda: _table(found, draws),
        own=lambda: [_as_json(one) for one in found],
        text=lambda: None if to is not None else typer.echo(text(found, draws).rstrip()),
    )
    if to is not None:
        from upriver.core.files import write_atomic

        write_atomic(to, page(found, draws))
        shared.say(f"Wrote {to}.")


def _table(found: "Sequence[Answer]", draws: int) -> "Tidy":
    from upriver.report.tables.questions import table_of_answers

    return table_of_answers(found, draws)


def _as_json(one: "Answer") -> dict[str, object]:
    return {
        "number": one.number,
        "question": one.question,
        "answer": [*one.first, *one.short],
        "how_sure": list(one.sure),
        "cannot_tell": list(one.cannot),
        "figures": dict(one.figures),
    }


def _numbers(given: list[str]) -> list[int]:
    from upriver.report.answers.page import NUMBERS

    for one in given:
        if one not in {str(number) for number in NUMBERS}:
            raise OutOfBounds("is no question", file="QUESTION", found=show(one), allowed="1 to 6")
    return [int(one) for one in given] or list(NUMBERS)
