"""`upriver posterior`: what the fit says, in short, and as a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import InputError

from . import shared, tables

if TYPE_CHECKING:
    from upriver.inference.explained import Explanation
    from upriver.policy.fitted import Draws
    from upriver.report.tables.tidy import Tidy


def command(
    context: typer.Context,
    fit: shared.Fit = None,
    believed: shared.Believed = None,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", readable=False, help="Where the report is written."
        ),
    ] = Path("fit.html"),
    no_files: shared.NoFiles = False,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Say what the fit says: explanations, what nothing explains, what the record told.

    Writes a report with every series beside the fit, every constant before and after, and how
    forecasts did.

    Example: upriver posterior -o fit.html
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.caveats import caveat_of, unexplained
    from upriver.inference.explained import explanations
    from upriver.policy.chosen import fitted
    from upriver.system.world import DEFAULT

    from .files import check_folder

    if not no_files:
        check_folder(output.parent)
        if output.suffix != ".html":
            raise InputError("should end in .html", file="--output", found=output.name)
    shared.chosen(context, fit, believed, 1)
    draws = fitted()
    found = explanations(draws)
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found, draws),
        text=lambda: typer.echo(_text(unexplained(DEFAULT), caveat_of(DEFAULT), found, draws)),
    )
    if no_files:
        return
    from upriver.core.files import write_atomic
    from upriver.report.fit import fit_report

    write_atomic(output, fit_report(found))
    shared.say(f"Wrote {output}. Open it in a browser.")


def _as_json(found: "tuple[Explanation, ...]", draws: "Draws") -> dict[str, Any]:
    """Explanations, and what the record told."""
    from dataclasses import asdict

    from upriver.experiments.caveats import caveat_of, unexplained
    from upriver.system.world import DEFAULT

    return {
        "unexplained": unexplained(DEFAULT),
        "caveat": caveat_of(DEFAULT),
        "explanations": [asdict(one) for one in found],
        "told": {path: {**vars(one), "assumed": one.assumed} for path, one in draws.told.items()},
    }


def _table(found: "tuple[Explanation, ...]") -> "Tidy":
    from upriver.report.tables.fits import table_of_posterior

    return table_of_posterior(found)


def _text(first: str, caveat: str, found: Any, draws: Any) -> str:
    """What a reader wants to know."""
    lines = [shared.prose(first), ""] if first else []
    lines += [
        shared.prose(caveat),
        "",
        f"{'explanation':<46}{'draws':>6}{'months':>8}{'unexplained':>22}{'deaths 2026–31':>24}",
    ]
    for one in found:
        low, middle, high = (f"{value / 1000:,.0f}k" for value in one.ahead)
        least, share, most = (f"{value:.0%}" for value in one.unexplained)
        lines.append(
            f"{one.title:<46}{one.share:>6.0%}{one.error:>8.1%}"
            f"{f'{share} ({least} to {most})':>22}{f'{middle} ({low} to {high})':>24}"
        )
    lines += [
        "",
        shared.prose(
            "Months: typical error of months of deaths with synthetic opioids. Unexplained: of the "
            "squared changes of yearly deaths, 2015 to 2025, 90 % of draws. "
            f"{draws.assumed} of {len(draws.told)} constants are assumptions still: the record "
            "left them where they were. `upriver parameters PATH` says of each."
        ),
    ]
    return "\n".join(lines)
