"""From fits to draws that run: constants, courses of disturbances, explanations and weights."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.policy.fitted import KNOTS, MISSED, Draws

from .block import Doubles
from .calibrate import Fitted, prior_of


def posterior_of(
    fits: Sequence[Fitted],
    weights: Sequence[float],
    seed: int = 0,
    order: NDArray[np.int_] | None = None,
) -> Draws:
    """Draws of several rivals together.

    Args:
        weights: of each rival; shared evenly among its draws.
        seed: of what is new in disturbances after the record.
        order: places of all draws, one fit after the other; by default mixed at random.
    """
    generator = np.random.default_rng([seed, 7])
    settings = dict.fromkeys(path for one in fits for path in one.model.unknowns.rival.settings)
    parts = [_physical(one, generator, settings) for one in fits]
    names = list(dict.fromkeys(path for constants, _ in parts for path in constants))
    sizes = [len(one.z) for one in fits]
    order = generator.permutation(sum(sizes)) if order is None else order
    parts_of = [constants for constants, _ in parts]
    constants = {
        path: np.concatenate(
            [
                part[path] if path in part else np.full(len(one.z), _held(path, one))
                for part, one in zip(parts_of, fits, strict=True)
            ]
        )[order]
        for path in names
    }
    courses = {
        path: np.concatenate([courses[path] for _, courses in parts])[order] for path in parts[0][1]
    }
    share = np.repeat(np.array(weights) / np.sum(weights) / np.array(sizes), sizes)[order]
    rival = np.repeat([one.model.unknowns.rival.name for one in fits], sizes)[order]
    names_of = tuple(str(name) for name in rival)
    return Draws(constants, courses, names_of, share, _said(fits, seed))


def _held(path: str, fit: Fitted) -> float:
    """The value of a constant that another rival has free, and this one holds."""
    return float(fit.model.unknowns.base.columns[path][0, 0])


def _physical(
    fit: Fitted, generator: np.random.Generator, settings: Iterable[str]
) -> tuple[dict[str, Doubles], dict[str, Doubles]]:
    """Constants, and disturbances at knots with what is new after the record.

    Args:
        settings: paths that some rival sets.
    """
    unknowns = fit.model.unknowns
    ahead = {
        one.path: generator.standard_normal((len(fit.z), KNOTS - 1 - one.last))
        for one in unknowns.wanders
    }
    columns = unknowns.columns(fit.z, ahead)
    at = np.linspace(0, STEPS, KNOTS).round().astype(int)
    courses = {one.path: columns.pop(one.path)[:, at] for one in unknowns.wanders}
    constants = {path: column[:, 0] for path, column in columns.items()}
    held = {path: np.full(len(fit.z), _held(path, fit)) for path in settings}
    return {**held, **constants, MISSED: unknowns.missed(fit.z)}, courses


def _said(fits: Sequence[Fitted], seed: int) -> dict[str, Any]:
    manifest = load().manifest
    return {
        "upriver_version": __version__,
        "equations": manifest["wasm_sha256"],
        "recorded": [one.model.likelihood.digest() for one in fits],
        "priors": {one.model.unknowns.rival.name: prior_of(one.model) for one in fits},
        "record_to": max(one.model.unknowns.end for one in fits),
        "fits": [one.name for one in fits],
        "numbers": [one.model.likelihood.size for one in fits],
        "blocks": [[block.name for block in one.model.likelihood.blocks] for one in fits],
        "unknowns": {one.model.unknowns.rival.name: one.model.unknowns.size for one in fits},
        "seeds": [one.seed for one in fits],
        "seed": seed,
    }
