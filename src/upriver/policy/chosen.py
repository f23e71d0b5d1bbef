"""Which draws runs are of: those that ship, a fit of one's own, or those that a belief leaves.

A belief is something that a reader holds true of an unknown (`beliefs`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import EngineError, InputError

from .beliefs import believing
from .fitted import RENEW, SHIPPED, Draws, read

if TYPE_CHECKING:
    import xarray as xr

ASKED = {"central"}
"""What runs ask of a file of draws, besides the draws."""


@dataclass(frozen=True)
class _Choice:
    """A file of one's own, if any, beliefs, and among how many first draws they choose."""

    file: Path | None = None
    beliefs: tuple[str, ...] = ()
    among: int | None = None


_choice = _Choice()


def use_fit(file: str | Path | None) -> None:
    """Run the draws of a file from now on, in place of those that ship.

    Args:
        file: that `upriver calibrate` wrote; None for the draws that ship.

    Raises:
        InputError: the file holds no draws, or draws of other equations.
    """
    _change(replace(_choice, file=None if file is None else Path(file)))


def believe(beliefs: Sequence[str], among: int | None = None) -> None:
    """Run from now on only draws in which all of these hold; none for all draws.

    Args:
        beliefs: as `supply.shock.precursors > 0.7`, `people.naloxone.carrying = 0.2 to 0.4` or
            `explanation = controls`.
        among: choose among the first so many draws only, as the page does among 200.

    Raises:
        InputError: a belief that cannot be read, or that leaves an effective sample below 50.
    """
    _change(replace(_choice, beliefs=tuple(beliefs), among=among))


def as_shipped() -> None:
    """Run the draws that ship again, all of them."""
    if _choice != _Choice():
        _change(_Choice())


def _change(new: _Choice) -> None:
    """Choose; what cannot be had leaves the choice as it was."""
    global _choice
    before, _choice = _choice, new
    fitted.cache_clear()
    try:
        fitted()
    except InputError:
        _choice = before
        fitted.cache_clear()
        raise


@cache
def fitted() -> Draws:
    """The draws that runs are of.

    Raises:
        EngineError: those that ship are of other equations.
        InputError: one's own hold no draws, or are of other equations; a belief leaves too few.
    """
    found = _file(_choice.file)
    return believing(found, _choice.beliefs, _choice.among) if _choice.beliefs else found


def posterior(file: str | Path | None = None) -> "xr.DataTree":
    """Draws of the fit in the layout of ArviZ: group `posterior`, dimensions chain and draw.

    Disturbances have a dimension `knot`, two a year; `rival` names each draw's explanation.

    Args:
        file: that `upriver calibrate` wrote; by default the draws that runs are of.

    Raises:
        InputError: the file holds no draws.
    """
    return (fitted() if file is None else read(Path(file))).to_datatree()


def _file(file: Path | None) -> Draws:
    from upriver.engine.run import load

    found = read(SHIPPED if file is None else file)
    current = found.said["equations"] == load().manifest["wasm_sha256"] and {*found.said} >= ASKED
    if file is None:
        if not current:
            raise EngineError(
                f"The draws that ship are of other equations. Fit them anew: `{RENEW}`."
            )
        return found
    if not current:
        raise InputError(
            "holds draws of another version's equations",
            file=str(file),
            hint="Fit again with this version: `upriver calibrate`.",
        )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    return replace(found, own=f"your own fit, {file.name} (SHA-256 {digest})")
