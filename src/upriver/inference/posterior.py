"""Draws of a fit as they are kept: values of constants, courses of disturbances, weights, in order.

A file of draws holds what runs eat and nothing that priors would have to be asked for: constants by
path, the two disturbances as logarithms at knots to the end of the run, the share of people whom
surveys miss, the rival that each draw is of, and its weight. It names the equations, what was
fitted and digests of the fits.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from upriver import __version__
from upriver.core.files import atomic_path
from upriver.core.table import Column
from upriver.core.time import STEPS
from upriver.engine.run import load

from .block import Doubles
from .calibrate import Fitted
from .rivals import rivals
from .unknowns import MISSED
from .wander import KNOTS

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Posterior:
    """Draws, in a fixed order.

    constants: by path, shape (draws,). courses: logarithms of disturbances at knots by path, shape
    (draws, KNOTS). rival: name of each draw's. weights: adding up to 1, shape (draws,). said: what
    made them.
    """

    constants: Mapping[str, Doubles]
    courses: Mapping[str, Doubles]
    rival: tuple[str, ...]
    weights: Doubles
    said: Mapping[str, Any]

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.weights)

    def columns(self) -> dict[str, Column]:
        """Columns of a table: constants, disturbances, and what each draw's rival sets."""
        found = {path: values[:, None] for path, values in self.constants.items()}
        at, steps = np.linspace(0, STEPS, KNOTS), np.arange(STEPS + 1)
        for path, logs in self.courses.items():
            found[path] = np.exp(np.array([np.interp(steps, at, row) for row in logs]))
        found.pop(MISSED, None)
        for path in dict.fromkeys(p for name in set(self.rival) for p in rivals()[name].settings):
            held = [rivals()[name].settings.get(path, np.nan) for name in self.rival]
            own = self.constants.get(path)
            set_ = np.array(held) if own is None else np.where(np.isnan(held), own, held)
            found[path] = set_[:, None]
        return found

    def save(self, file: Path) -> None:
        """Write the draws, single precision; what was there is left until all is written.

        Raises:
            WriteError: the file cannot be written.
        """
        with atomic_path(file) as beside:
            self._write(beside)

    def _write(self, file: Path) -> None:
        np.savez_compressed(
            file,
            names=np.array(list(self.constants)),
            values=np.array(list(self.constants.values()), dtype=np.float32).T,
            disturbed=np.array(list(self.courses)),
            courses=np.array(list(self.courses.values()), dtype=np.float32),
            rival=np.array(self.rival),
            weights=self.weights,
            said=json.dumps(dict(self.said)),
        )

    def to_datatree(self) -> "xr.DataTree":
        """In the layout of ArviZ: group `posterior`, dimensions chain and draw."""
        import xarray as xr

        flat = {path: (("chain", "draw"), values[None]) for path, values in self.constants.items()}
        knots = {
            path: (("chain", "draw", "knot"), logs[None]) for path, logs in self.courses.items()
        }
        data = xr.Dataset({**flat, **knots}, attrs=dict(self.said))
        data = data.assign_coords(rival=("draw", list(self.rival)))
        data["weight"] = ("draw", self.weights)
        return xr.DataTree.from_dict({"posterior": data})


def read(file: Path) -> Posterior:
    """Draws of a file that `save` wrote."""
    with np.load(file) as held:
        return Posterior(
            constants={
                str(name): held["values"][:, i].astype(np.float64)
                for i, name in enumerate(held["names"])
            },
            courses={
                str(path): held["courses"][i].astype(np.float64)
                for i, path in enumerate(held["disturbed"])
            },
            rival=tuple(str(name) for name in held["rival"]),
            weights=held["weights"],
            said=json.loads(str(held["said"])),
        )


def posterior_of(fits: Sequence[Fitted], weights: Sequence[float], seed: int = 0) -> Posterior:
    """Draws of several rivals together, mixed in a fixed random order.

    Args:
        weights: of each rival; shared evenly among its draws.
        seed: of what is new in disturbances after the record, and of the order.
    """
    generator = np.random.default_rng([seed, 7])
    parts = [_physical(one, generator) for one in fits]
    names = list(dict.fromkeys(path for constants, _ in parts for path in constants))
    sizes = [len(one.z) for one in fits]
    order = generator.permutation(sum(sizes))
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
    return Posterior(
        constants, courses, tuple(str(name) for name in rival), share, _said(fits, seed)
    )


def _held(path: str, fit: Fitted) -> float:
    """The value of a constant that another rival has free, and this one holds."""
    return float(fit.model.unknowns.base.columns[path][0, 0])


def _physical(
    fit: Fitted, generator: np.random.Generator
) -> tuple[dict[str, Doubles], dict[str, Doubles]]:
    """Constants, and logarithms of disturbances with what is new after the record."""
    unknowns = fit.model.unknowns
    ahead = {
        one.path: generator.standard_normal((len(fit.z), KNOTS - 1 - one.last))
        for one in unknowns.wanders
    }
    columns = unknowns.columns(fit.z, ahead)
    at = np.linspace(0, STEPS, KNOTS).round().astype(int)
    courses = {one.path: np.log(columns.pop(one.path)[:, at]) for one in unknowns.wanders}
    constants = {path: column[:, 0] for path, column in columns.items()}
    return {**constants, MISSED: unknowns.missed(fit.z)}, courses


def _said(fits: Sequence[Fitted], seed: int) -> dict[str, Any]:
    manifest = load().manifest
    return {
        "upriver_version": __version__,
        "equations_digest": manifest.get("equations_digest") or manifest["wasm_sha256"],
        "record_to": max(one.model.unknowns.end for one in fits),
        "fits": [one.name for one in fits],
        "numbers": [one.model.likelihood.size for one in fits],
        "blocks": [[block.name for block in one.model.likelihood.blocks] for one in fits],
        "unknowns": {one.model.unknowns.rival.name: one.model.unknowns.size for one in fits},
        "seeds": [one.seed for one in fits],
        "seed": seed,
    }
