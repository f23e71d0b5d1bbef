"""`upriver verify --speed`: each claim of speed as a ratio, met or not."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from upriver.core.errors import ReproductionError

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.speed import Measured

ABOUT = (
    "Ratios of two times that take turns on this machine, medians over pairs; no second is judged. "
    "Where other work runs beside, the second core above all, repeat when it has ended. Moves of "
    "the page want a browser: `python benchmarks/page.py` in a checkout."
)


def verify(form: str, save: Path | None) -> None:
    """Measure and print.

    Args:
        form: from `tables.asked`.

    Raises:
        ReproductionError: a claim is not met.
    """
    from upriver.experiments.speed import measure
    from upriver.report.tables.checks import table_of_speed

    before = _load()
    found = measure(progress=progress("claims of speed"))
    tables.tell(
        form,
        save,
        table=lambda: table_of_speed(found),
        own=lambda: [_as_json(one) for one in found],
        text=lambda: typer.echo(text(found, before)),
    )
    missed = [one.claim.name for one in found if not one.met]
    if missed:
        raise ReproductionError(
            f"{len(missed)} of {len(found)} claims of speed are not met here: {'; '.join(missed)}."
        )
    if form == tables.TEXT:
        typer.echo("All claims of speed that can be measured here are met.")


def text(found: "Sequence[Measured]", load: str) -> str:
    """Claims one under the other: verdict, ratio, what was asked, what over what."""
    lines = [shared.prose(ABOUT + load)]
    for one in found:
        lines += ["", f"{verdict(one)}  {one.claim.name}"]
        told = one.why if one.ratio is None else f"{one.ratio:.2f}"
        lines.append(shared.prose(f"{told}; asked: {asked(one)}. {one.claim.said}.", "    "))
    return "\n".join(lines) + "\n"


def verdict(one: "Measured") -> str:
    """Met or not, or not measured."""
    if one.ratio is None:
        return "NOT MEASURED"
    return "met    " if one.met else "NOT MET"


def asked(one: "Measured") -> str:
    """The bar, in words."""
    return f"{one.claim.bar:g} or {'less' if one.claim.at_most else 'more'}"


def _as_json(one: "Measured") -> dict[str, Any]:
    return {
        "claim": one.claim.name,
        "what": one.claim.said,
        "ratio": one.ratio,
        "asked": asked(one),
        "met": one.met if one.ratio is not None else None,
        "why": one.why or None,
    }


def _load() -> str:
    """How much else runs, where the system tells."""
    if not hasattr(os, "getloadavg"):
        return ""
    return f" Load of the machine when it began: {os.getloadavg()[0]:.1f}."
