"""Draws of a fit as they are kept and run: constants, courses of disturbances, weights, in order.

A file of draws holds what runs eat and nothing that priors would have to be asked for: constants by
path, switches among them; the two disturbances at knots to the end of the run; the share of people
whom surveys miss; the explanation that each draw is of, and its weight. It names the equations, the
fits and the draw that stands for all where one run has to. Numbers are kept as codes of 16 bits
(`coded`), rounded once, when they are saved: every run of a file, in Python and on the page, is of
the same numbers to the bit.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError
from upriver.core.files import atomic_path
from upriver.core.parameters import parameters
from upriver.core.table import Column
from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .coded import coded, decoded
from .disturbances import course

if TYPE_CHECKING:
    import xarray as xr

Doubles = NDArray[np.float64]

SHIPPED = Path(__file__).parent.parent / "data" / "draws_whole.npz"
RENEW = "upriver calibrate --rival all --output src/upriver/data/draws_whole.npz"

KNOTS = 2 * (LAST_YEAR - FIRST_YEAR) + 1
"""Of a disturbance: two a year."""

MISSED = "surveys.missed"
"""What is no parameter of a run: the share of people whom surveys miss."""


NUMBERS = ("codes", "low", "step", "exact", "exact_each")
"""Fields of a file: numbers of each constant, then of each knot of each course, by their names."""

TENTH = 0.1
"""Of its interval before: a constant that moved by less is an assumption still."""


@dataclass(frozen=True)
class Told:
    """What the record told of a constant.

    before, after: 5, 50 and 95 %, in its unit. by: the most that one of them moved, in intervals
    before, of logarithms where the interval is wide [1].
    """

    before: tuple[float, ...]
    after: tuple[float, ...]
    by: float

    @property
    def assumed(self) -> bool:
        """Whether the record left it where it was."""
        return self.by < TENTH


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws, in a fixed order.

    constants: by path, shape (draws,). courses: disturbances at knots by path, shape
    (draws, KNOTS). rival: name of each draw's explanation. weights: adding up to 1,
    shape (draws,). said: what made them. told: what the record told of constants. left: share of
    what happened that each leaves unexplained, shape (draws,) [1]. own: in words, where they are
    not those that ship. numbers: places in their file, where they are not all of it: what is drawn
    beside them, such as the effect of a lever, goes by these.
    """

    constants: Mapping[str, Doubles]
    courses: Mapping[str, Doubles]
    rival: tuple[str, ...]
    weights: Doubles
    said: Mapping[str, Any]
    told: Mapping[str, Told] = field(default_factory=dict)
    left: Doubles = field(default_factory=lambda: np.empty(0))
    own: str = ""
    numbers: NDArray[np.int_] = field(default_factory=lambda: np.empty(0, dtype=np.int_))

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.weights)

    @property
    def places(self) -> NDArray[np.int_]:
        """Of each draw its place in the file, shape (draws,)."""
        return self.numbers if self.numbers.size else np.arange(self.draws)

    @property
    def assumed(self) -> int:
        """How many constants the record left where they were."""
        return sum(one.assumed for one in self.told.values())

    @property
    def paths(self) -> tuple[str, ...]:
        """Parameters that the draws say."""
        return (*(path for path in self.constants if path != MISSED), *self.courses)

    def columns(self, rows: slice | NDArray[np.int_] = slice(None)) -> dict[str, Column]:
        """Columns of a table, shape (draws, 1), of disturbances (draws, STEPS + 1).

        Args:
            rows: which draws.
        """
        found = {
            path: values[rows][:, None] for path, values in self.constants.items() if path != MISSED
        }
        return found | {path: course(knots[rows]) for path, knots in self.courses.items()}

    def first(self, draws: int) -> "Draws":
        """The first so many."""
        return self.rows(np.arange(min(draws, self.draws)))

    def only(self, rival: str) -> "Draws":
        """The draws of one explanation."""
        return self.rows(np.flatnonzero([name == rival for name in self.rival]))

    def rows(self, rows: NDArray[np.int_]) -> "Draws":
        """Some of the draws, by number; one may be there several times."""
        return replace(
            self,
            constants={path: values[rows] for path, values in self.constants.items()},
            courses={path: knots[rows] for path, knots in self.courses.items()},
            rival=tuple(self.rival[row] for row in rows),
            weights=self.weights[rows] / self.weights[rows].sum(),
            left=self.left[rows] if self.left.size else self.left,
            numbers=self.places[rows],
        )

    @cached_property
    def central(self) -> dict[str, Column]:
        """Columns of the draw that stands for all where one run has to, one row each."""
        return self.columns(np.array([int(self.said.get("central", 0))]))

    def save(self, file: Path) -> None:
        """Write the draws as codes of 16 bits; what was there is left until all is written.

        Raises:
            WriteError: the file cannot be written.
        """
        numbers = [coded(values, _within(path)) for path, values in self.constants.items()]
        for path, knots in self.courses.items():
            numbers += [coded(values, _within(path)) for values in knots.T]
        with atomic_path(file) as beside:
            np.savez_compressed(
                beside,
                names=np.array(list(self.constants)),
                disturbed=np.array(list(self.courses)),
                codes=np.array([one.codes for one in numbers]),
                low=np.array([one.low for one in numbers]),
                step=np.array([one.step for one in numbers]),
                exact=np.concatenate([one.exact for one in numbers]),
                exact_each=np.array([one.exact.size for one in numbers]),
                rival=np.array(self.rival),
                weights=self.weights,
                left=self.left.astype(np.float32),
                said=json.dumps(dict(self.said)),
                told=json.dumps({path: asdict(one) for path, one in self.told.items()}),
            )

    def to_datatree(self) -> "xr.DataTree":
        """In the layout of ArviZ: group `posterior`, dimensions chain and draw."""
        import xarray as xr

        flat = {path: (("chain", "draw"), values[None]) for path, values in self.constants.items()}
        knots = {
            path: (("chain", "draw", "knot"), values[None]) for path, values in self.courses.items()
        }
        first = next(iter(self.courses.values()))
        data = xr.Dataset({**flat, **knots}, attrs=dict(self.said)).assign_coords(
            chain=[0],
            draw=np.arange(self.draws),
            knot=np.linspace(FIRST_YEAR, LAST_YEAR, first.shape[1]),
            rival=("draw", list(self.rival)),
        )
        data["weight"] = ("draw", self.weights)
        return xr.DataTree.from_dict({"posterior": data})


def read(file: Path) -> Draws:
    """Draws of a file that `save` wrote.

    Raises:
        InputError: the file is none of these, or was written before numbers were kept as codes.
    """
    try:
        with np.load(file) as held:
            names = [str(name) for name in held["names"]]
            if "codes" not in held:
                raise InputError(
                    "holds draws as an earlier version kept them",
                    file=str(file),
                    hint=f"Fit again: `{RENEW if file == SHIPPED else 'upriver calibrate'}`.",
                )
            values = decoded(*(held[name] for name in NUMBERS))
            disturbed = [str(path) for path in held["disturbed"]]
            knots = values[len(names) :].reshape(len(disturbed), -1, values.shape[1])
            return Draws(
                constants=dict(zip(names, values[: len(names)], strict=True)),
                courses={
                    path: np.ascontiguousarray(one.T)
                    for path, one in zip(disturbed, knots, strict=True)
                },
                rival=tuple(str(name) for name in held["rival"]),
                weights=held["weights"],
                left=held["left"].astype(np.float64),
                said=json.loads(str(held["said"])),
                told={path: _told(one) for path, one in json.loads(str(held["told"])).items()},
            )
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        raise InputError("holds no draws of a fit", file=str(file)) from None


def _told(one: Mapping[str, Any]) -> Told:
    return Told(tuple(one["before"]), tuple(one["after"]), float(one["by"]))


def _within(path: str) -> tuple[float, float]:
    """The bounds of a parameter; the share of people whom surveys miss has those of a share."""
    known = parameters()
    return known[path].within if path in known else (0.0, 1.0)
