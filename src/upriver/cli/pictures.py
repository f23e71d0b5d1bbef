"""`--picture`: what several commands draw, and how it is written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError

from . import shared

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ENDINGS = (".svg", ".png", ".pdf")

Picture = Annotated[
    Path | None,
    typer.Option(
        "--picture", metavar="FILE", readable=False, help="Draw it: a file .svg, .png or .pdf."
    ),
]


def check(file: Path | None, option: str = "--picture") -> None:
    """Refuse, before anything is run, a file that cannot be drawn to.

    Args:
        option: that names it.

    Raises:
        InputError: another ending. WriteError: no folder to write to.
    """
    if file is None:
        return
    from .files import check_folder

    if file.suffix not in ENDINGS:
        raise InputError("should end in .svg, .png or .pdf", file=option, found=file.name)
    check_folder(file.parent)


def draw(file: Path | None, figure: "Callable[[], Figure]") -> None:
    """Write a figure, if a file was named, and say so."""
    if file is not None:
        figure().savefig(file)
        shared.say(f"Wrote {file}.")
