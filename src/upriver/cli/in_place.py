"""What commands share that answer for a state: options, and what is refused beside them."""

from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import InputError

from . import shared


def codes(incomplete: str) -> list[str]:
    """For the shell: codes of states."""
    from upriver.evidence.places import STATES

    return [code for code in STATES if code.startswith(incomplete.upper())]


Place = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="CODE",
        autocompletion=codes,
        help="A state in place of the country, as --place OH.",
    ),
]
PlaceFit = Annotated[
    Path | None,
    typer.Option(
        "--place-fit",
        metavar="FILE",
        readable=False,
        help="Draws of places that `upriver calibrate --place` wrote, in place of those that ship.",
    ),
]

WORDS = {"believed": "believe", "set_": "set", "form": "format"}


def refuse(context: typer.Context, *names: str, why: str = "is of the country alone") -> None:
    """Say which option does not go with a place.

    Raises:
        InputError: one of these parameters was given.
    """
    for name in names:
        if shared.given(context, name):
            said = WORDS.get(name, name).replace("_", "-")
            raise InputError(f"--{said} {why}", hint="Leave it out, or leave out --place.")


def without(place: str | None, place_fit: Path | None) -> None:
    """Refuse draws of places where the country is asked for.

    Raises:
        InputError: draws of places, and no place.
    """
    if place is None and place_fit is not None:
        raise InputError("goes with --place", file="--place-fit", found=str(place_fit))


def draws(asked: int | None, place: str, place_fit: Path | None) -> int:
    """How many draws of a place run: those asked for, or as many as its fit gave it.

    Raises:
        InputError: there are none of the place, or fewer.
    """
    from upriver.experiments.placed import draws_for, place_draws
    from upriver.places.asked import place as place_of

    code = place_of(place).code
    return draws_for(place_draws(place_fit, code)[code], asked)


def use_fit(context: typer.Context, place: str, place_fit: Path | None, fit: str | None) -> None:
    """Run a fit of the country of one's own, if the draws of the place go with it.

    Raises:
        InputError: they go with other draws, or a belief was given.
    """
    refuse(
        context,
        "believed",
        "among",
        why="chooses among draws of the country, and draws of places are tied one by one to the "
        "first of them",
    )
    if fit is None:
        return
    from upriver.experiments.placed import place_draws
    from upriver.places.asked import place as place_of
    from upriver.policy.chosen import use_fit

    code = place_of(place).code
    place_draws(place_fit, code)
    use_fit(fit)
    try:
        place_draws(place_fit, code)
    except InputError:
        raise InputError(
            "draws of places are tied one by one to the country's draws that they were fitted in, "
            "and these are others",
            file="--fit",
            found=fit,
            hint="Leave out --fit.",
        ) from None
