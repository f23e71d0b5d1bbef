"""`upriver verify --nulls`: null hindcasts and positive controls, met or not."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from upriver.core.errors import ReproductionError

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.trial import Given, Trial
    from upriver.report.tables.tidy import Tidy

INPUTS = "Inputs, as given: no checks, since they are held against the record that they come from."
NULLS = (
    "Null hindcasts: what was done, as recorded, and moved nothing or too little to be seen. What "
    "a measure did is asked again with a mechanism that would break it."
)
CONTROLS = (
    "Positive controls: what is known to work, or to harm. Each is made again with its mechanism "
    "off, and has to fail then."
)


def verify(form: str, save: Path | None) -> None:
    """Print both, and what they are given.

    Args:
        form: from `tables.asked`. save: a file for the tidy table.

    Raises:
        ReproductionError: a check is not met, or cannot fail.
    """
    from upriver.experiments.controls import controls
    from upriver.experiments.nulls import inputs, nulls

    given = inputs()
    found = {
        "nulls": nulls(progress=progress("null hindcasts")),
        "controls": controls(progress=progress("positive controls")),
    }
    tables.tell(
        form,
        save,
        table=lambda: _table(given, [one for those in found.values() for one in those]),
        own=lambda: {
            "inputs": [vars(one) for one in given],
            **{name: [_as_json(one) for one in those] for name, those in found.items()},
        },
        text=lambda: _print(given, found),
    )
    every = [one for those in found.values() for one in those]
    failed = [one.name for one in every if not one.holds]
    if failed:
        raise ReproductionError(
            f"{len(failed)} of {len(every)} checks are not met: {', '.join(failed)}."
        )


def _print(given: "Sequence[Given]", found: "Mapping[str, Sequence[Trial]]") -> None:
    """Inputs, then both kinds of checks."""
    typer.echo(as_given(given))
    typer.echo()
    typer.echo(text(NULLS, found["nulls"]))
    typer.echo()
    typer.echo(text(CONTROLS, found["controls"]))


def _table(given: "Sequence[Given]", trials: "Sequence[Trial]") -> "Tidy":
    from upriver.report.tables.checks import table_of_trials

    return table_of_trials(given, trials)


def as_given(those: "Sequence[Given]") -> str:
    """Inputs beside the record."""
    lines = [shared.prose(INPUTS), ""]
    for one in those:
        recorded = amount(one.recorded, one.unit)
        lines.append(
            shared.prose(f"{one.asked}: {figures(one.found, one.unit)}; on record {recorded}.")
        )
    return "\n".join(lines)


def text(about: str, those: "Sequence[Trial]") -> str:
    """Checks one under the other, figures and verdict of each."""
    lines = [shared.prose(about)]
    for one in those:
        lines += [
            "",
            f"{verdict(one)}  {one.name}",
            shared.prose(f"{one.asked}: {figures(one.found, one.unit)}; {asked(one)}.", "    "),
        ]
        if one.other is not None:
            lines.append(
                shared.prose(
                    f"{one.changed}: {figures(one.other, one.unit)}; {second_look(one)}.", "    "
                )
            )
        if one.note:
            lines.append(shared.prose(f"{one.note}.", "    "))
    return "\n".join(lines)


def second_look(one: "Trial") -> str:
    """What a check comes to when its mechanism is changed."""
    if one.other_met:
        return "still met, so that it shows nothing"
    return f"fails, as it must{by_width(one)}"


def by_width(one: "Trial") -> str:
    """Of a second look that fails only since its interval is too wide, that it does; else ''."""
    return ", by its width alone: it overlaps" if one.fails_by_width else ""


def verdict(one: "Trial") -> str:
    """Met or not, and whether it could have been otherwise."""
    if not one.met:
        return "NOT MET"
    return "met    " if one.can_fail else "EMPTY  "


def asked(one: "Trial") -> str:
    """When it is met, in words."""
    from upriver.experiments.trial import RULES

    low, high = (amount(end, one.unit) for end in one.allowed)
    band = "0" if one.rule == "sign" else f"{low} to {high}"
    return f"met where {RULES[one.rule]} {band}"


def figures(ends: Sequence[float], unit: str) -> str:
    """A median with its 95 % interval and unit."""
    low, middle, high = (amount(value, unit) for value in ends)
    if low == high:
        return f"{middle}{_of(unit)}"
    return f"{middle} ({low} to {high}){_of(unit)}"


def amount(value: float, unit: str) -> str:
    """A value as far as draws can say it."""
    if unit == "people":
        return shared.three_figures(value)
    if unit == "%":
        return f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")
    return f"{value:.2f}"


def _of(unit: str) -> str:
    return {"1": "", "%": " %"}.get(unit, f" {unit}")


def _as_json(one: "Trial") -> dict[str, Any]:
    return {**vars(one), "can_fail": one.can_fail, "holds": one.holds}
