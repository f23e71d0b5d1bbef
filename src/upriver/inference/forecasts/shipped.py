"""Hindcasts that ship, and all forecasters at their origins."""

import json
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from upriver import __version__
from upriver.core.errors import EngineError, InputError
from upriver.core.files import atomic_path
from upriver.engine.run import load
from upriver.inference.likelihood import recorded

from .baselines import BASELINES
from .baselines import forecasts as of_baseline
from .ensemble import MEMBERS, ensemble
from .levels import KINDS, Forecasts
from .ours import NAME, WIDENED, widened
from .target import target

SHIPPED = Path(__file__).parents[2] / "data" / "hindcasts.npz"
RENEW = "upriver forecast --hindcasts src/upriver/data/hindcasts.npz"


def about() -> dict[str, Any]:
    """What tells whether hindcasts are of this model and this record."""
    return {
        "upriver_version": __version__,
        "equations": load().manifest["wasm_sha256"],
        "recorded": recorded().digest(),
    }


def save(said: Forecasts, of: Mapping[str, Any], file: Path) -> None:
    """Write forecasts of one forecaster."""
    held: dict[str, Any] = {kind: said.quantiles[kind].astype(np.float32) for kind in KINDS}
    with atomic_path(file) as beside, beside.open("wb") as stream:
        np.savez_compressed(
            stream, allow_pickle=False, first=said.first, about=json.dumps(of), **held
        )


def read(file: Path) -> tuple[Forecasts, dict[str, Any]]:
    """Forecasts that were written, and what they are of.

    Raises:
        InputError: the file holds none.
    """
    try:
        with np.load(file) as held:
            quantiles = {kind: held[kind].astype(np.float64) for kind in KINDS}
            return Forecasts(NAME, int(held["first"]), quantiles), json.loads(str(held["about"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        raise InputError("holds no hindcasts", file=str(file)) from None


@cache
def shipped() -> Forecasts:
    """Our hindcasts, of the equations that ship.

    Raises:
        EngineError: they are of other equations.
    """
    found = _of_these(SHIPPED)
    if found is None:
        raise EngineError(
            f"The hindcasts that ship are of other equations. Make them anew: `{RENEW}`."
        )
    return found


def own(file: Path) -> Forecasts:
    """Hindcasts that were made anew, by another seed or from other particles.

    Raises:
        InputError: the file holds none, or they are of other equations.
    """
    found = _of_these(file)
    if found is None:
        raise InputError(
            "holds hindcasts of other equations",
            file=str(file),
            hint=f"Make them anew: `upriver forecast --hindcasts {file.name}`.",
        )
    return found


def _of_these(file: Path) -> Forecasts | None:
    """Forecasts that were written, if they are of these equations."""
    found, of = read(file)
    return found if of["equations"] == load().manifest["wasm_sha256"] else None


def everyone(file: Path | None = None) -> dict[str, Forecasts]:
    """All forecasters by name, the ensemble first, at the origins of our hindcasts.

    Args:
        file: hindcasts in the place of those that ship.

    Raises:
        InputError: the file holds none of these equations.
    """
    ours, record = shipped() if file is None else own(file), target()
    origins = range(ours.first, ours.last + 1)
    alone = {ours.name: ours, WIDENED: widened(ours, record)}
    alone |= {name: of_baseline(name, record, origins) for name in BASELINES}
    together = ensemble([alone[name] for name in MEMBERS], record)
    return {together.name: together, **alone}
