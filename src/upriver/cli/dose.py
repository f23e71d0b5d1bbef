"""`upriver dose`: what the fit's hazard says of a dose, in people used to it and not."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import pictures, shared, tables

if TYPE_CHECKING:
    from upriver.experiments.dose import Curve
    from upriver.report.tables.tidy import Tidy

LEFT_OUT = (
    "What the hazard leaves out: that no two people take alike, other substances beside, and how "
    "fast tolerance is lost. It says nothing of any single person, and no dose is safe by it."
)


def command(
    usual: Annotated[
        float | None,
        typer.Option(
            "--usual",
            metavar="SHARE",
            help="Usual dose of someone who does not use daily, against that of someone who does: "
            "0.01 to 1; a quarter by default, an assumption.",
        ),
    ] = None,
    picture: pictures.Picture = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Tell the hazard of an overdose at a dose, for someone who uses daily and one who does not.

    Doses are times the usual dose of someone who uses daily; hazards are relative to that dose in
    them. Median and 95 % interval of all draws of the fit.

    Example: upriver dose --usual 0.1
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.dose import USUAL, curve, fine

    pictures.check(picture)
    share = USUAL if usual is None else usual
    found = curve(share)
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found),
        text=lambda: typer.echo(_text(found)),
    )
    pictures.draw(picture, lambda: curve(share, fine()).plot())


def _table(found: "Curve") -> "Tidy":
    from upriver.report.tables.costs import table_of_dose

    return table_of_dose(found)


def _text(found: "Curve") -> str:
    """A table, and what it hangs on."""
    lines = [
        shared.prose(
            "Hazard of an overdose at a dose of fentanyl, relative to the usual dose of someone "
            f"who uses daily (median and 95 % interval of {found.draws:,} draws). Someone who does "
            f"not use daily has, or had, a usual dose of {found.usual:g} of theirs."
        ),
        "",
        f"  {'dose':>6}{'uses daily':>28}{'does not use daily':>28}",
    ]
    for i, dose in enumerate(found.doses):
        lines.append(f"  {dose:>6g}{ends(found.daily[:, i]):>28}{ends(found.other[:, i]):>28}")
    lines += ["", "What it hangs on:"]
    for one in found.assumed:
        low, middle, high = one.after
        lines.append(
            shared.prose(
                f"{one.parameter.path}, {one.parameter.meaning}: {middle:.2f} ({low:.2f} to "
                f"{high:.2f}), {one.judged}; source: {one.parameter.source}.",
                "    ",
                begin="  ",
            )
        )
    return "\n".join([*lines, "", shared.prose(LEFT_OUT)])


def ends(values: Any) -> str:
    """A median with its interval, to two figures."""
    low, middle, high = (_two(float(value)) for value in values)
    return f"{middle} ({low} to {high})"


def _two(value: float) -> str:
    if value >= 100:
        return f"{float(f'{value:.2g}'):,.0f}"
    return f"{float(f'{value:.2g}'):g}"


def _as_json(found: "Curve") -> dict[str, Any]:
    return {
        "usual": found.usual,
        "draws": found.draws,
        "doses": found.doses.tolist(),
        "uses_daily": _rows(found.daily),
        "does_not_use_daily": _rows(found.other),
        "assumed": [
            {
                "path": one.parameter.path,
                "meaning": one.parameter.meaning,
                "source": one.parameter.source,
                "low": one.after[0],
                "median": one.after[1],
                "high": one.after[2],
                "moved_by_the_record": None if one.told is None else not one.told.assumed,
                "moved_by": None if one.told is None else one.told.by,
            }
            for one in found.assumed
        ],
    }


def _rows(values: Any) -> dict[str, list[float]]:
    return dict(zip(("low", "median", "high"), values.tolist(), strict=True))
