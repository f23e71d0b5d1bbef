"""Which draws runs are of: those that ship, a fit of one's own, or those that a belief leaves.

A belief is something that a reader holds true of an unknown: draws in which it is not are left out.
Draws count the same, so that those that are left are the effective sample.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import EngineError, InputError, OutOfBounds, show, unknown_name

from .fitted import RENEW, SHIPPED, Draws, read

if TYPE_CHECKING:
    import xarray as xr

ASKED = {"central"}
"""What runs ask of a file of draws, besides the draws."""

EXPLANATION = "explanation"
LEAST = 50
"""Draws that a belief has to leave."""

COMPARED: Mapping[str, Callable[[NDArray[np.float64], float], NDArray[np.bool_]]] = {
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "<": np.less,
    ">": np.greater,
}


@dataclass
class _Choice:
    """A file of one's own, if any, and beliefs."""

    file: Path | None = None
    beliefs: tuple[str, ...] = ()


_choice = _Choice()


def use_fit(file: str | Path | None) -> None:
    """Run the draws of a file from now on, in place of those that ship.

    Args:
        file: that `upriver calibrate` wrote; None for the draws that ship.

    Raises:
        InputError: the file holds no draws, or draws of other equations.
    """
    _change(_Choice(None if file is None else Path(file), _choice.beliefs))


def believe(beliefs: Sequence[str]) -> None:
    """Run from now on only draws in which all of these hold; none for all draws.

    Args:
        beliefs: as `supply.shock.precursors > 0.7`, or `explanation = controls`.

    Raises:
        InputError: a belief that cannot be read, or that leaves fewer than 50 draws.
    """
    _change(_Choice(_choice.file, tuple(beliefs)))


def _change(new: _Choice) -> None:
    """Choose; what cannot be had leaves the choice as it was."""
    before = _Choice(_choice.file, _choice.beliefs)
    _choice.file, _choice.beliefs = new.file, new.beliefs
    fitted.cache_clear()
    try:
        fitted()
    except InputError:
        _choice.file, _choice.beliefs = before.file, before.beliefs
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
    return _believing(found, _choice.beliefs) if _choice.beliefs else found


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


def _believing(draws: Draws, beliefs: Sequence[str]) -> Draws:
    """Draws in which all beliefs hold."""
    kept = np.all([_holds(draws, belief) for belief in beliefs], axis=0)
    count = int(kept.sum())
    said = " and ".join(belief.strip() for belief in beliefs)
    if count < LEAST:
        raise InputError(
            f"leaves {count} of {draws.draws:,} draws, too few to say anything",
            file="--believe",
            found=said,
            allowed=f"at least {LEAST}",
        )
    left = draws.rows(kept)
    of = f"{count} of {draws.draws:,} draws" + (f" of {draws.own}" if draws.own else "")
    return replace(
        left, said={**left.said, "central": _middle(left)}, own=f"the {of} in which {said}"
    )


def _holds(draws: Draws, belief: str) -> NDArray[np.bool_]:
    """In which draws a belief holds, shape (draws,)."""
    parts = re.fullmatch(r"\s*([^<>=]+?)\s*(<=|>=|<|>|=)\s*([^<>=]+?)\s*", belief)
    if parts is None:
        raise InputError(
            "cannot be read as a belief",
            file="--believe",
            found=show(belief),
            allowed=f"as 'supply.shock.precursors > 0.7' or '{EXPLANATION} = controls'",
        )
    name, sign, text = parts.groups()
    if name == EXPLANATION and sign == "=":
        names = tuple(dict.fromkeys(draws.rival))
        if text not in names:
            raise unknown_name("explanation", text, names, where=("--believe", None))
        return np.array([rival == text for rival in draws.rival])
    if name not in draws.constants:
        raise unknown_name(
            "unknown", name, (*draws.constants, EXPLANATION), where=("--believe", None)
        )
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if sign == "=" or not np.isfinite(value):
        raise OutOfBounds(
            "should be a number above or below which the unknown lies",
            file="--believe",
            found=show(belief),
            allowed=f"as '{name} > {np.median(draws.constants[name]):.3g}'",
        )
    return COMPARED[sign](draws.constants[name], value)


def _middle(draws: Draws) -> int:
    """The draw whose constants are, all together, nearest to their medians by rank."""
    values = np.array(list(draws.constants.values()))
    ranks = (values.argsort(axis=1).argsort(axis=1) + 0.5) / draws.draws
    return int(np.argmin(np.sum((ranks - 0.5) ** 2, axis=0)))
