"""A place's draws as they are kept and run: in what it differs, and its slowly varying factor.

There is one for each of the country's first draws, and it stands in the same place: draw k of a
place runs in the market of the country's draw k. Numbers are kept as codes of 16 bits (`coded`),
all places in one file and each number on one line for all of them; the file names the equations and
the country's draws that it belongs to.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from upriver.core.errors import InputError, unknown_name
from upriver.core.files import atomic_path
from upriver.core.table import Column, Table
from upriver.policy.chosen import fitted
from upriver.policy.coded import coded, decoded
from upriver.policy.disturbances import course
from upriver.policy.fitted import KNOTS

from .local import NAMES, localised

Doubles = np.ndarray

SHIPPED = Path(__file__).parents[2] / "data" / "draws_places.npz"
"""Where draws of all states are, if this version ships any."""

RENEW = "upriver calibrate --all-states"
ANY = (-np.inf, np.inf)


@dataclass(frozen=True, eq=False)
class PlaceDraws:
    """Draws of one place, in the order of the country's.

    differences: by name, shape (draws,); see `local`. knots: of the slowly varying factor on risk,
    to the end of the run, shape (draws, KNOTS) [1]. said: what made them.
    """

    place: str
    differences: Mapping[str, Doubles]
    knots: Doubles
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.knots)

    def first(self, draws: int) -> "PlaceDraws":
        """The first so many."""
        few = {name: values[:draws] for name, values in self.differences.items()}
        return PlaceDraws(self.place, few, self.knots[:draws], self.said)

    def columns(self, table: Table) -> dict[str, Column]:
        """Columns of the place that differ from its part of the country.

        Args:
            table: of the place as its part of the country, with a row for each draw.
        """
        return localised(table, self.differences, course(self.knots))

    @cached_property
    def numbers(self) -> Doubles:
        """All of them, shape (numbers, draws): differences, then knots."""
        return np.concatenate([np.array([self.differences[name] for name in NAMES]), self.knots.T])


def save(file: Path, places: Mapping[str, PlaceDraws], said: Mapping[str, Any]) -> None:
    """Write draws of places, by their codes; what was there is left until all is written.

    Args:
        said: of all places: equations, the country's draws, what was thought of places before.

    Raises:
        WriteError: the file cannot be written.
    """
    together = np.stack([one.numbers for one in places.values()], axis=1)
    kept = [coded(row.ravel(), ANY) for row in together]
    with atomic_path(file) as beside:
        np.savez_compressed(
            beside,
            places=np.array(list(places)),
            codes=np.array([one.codes for one in kept]),
            low=np.array([one.low for one in kept]),
            step=np.array([one.step for one in kept]),
            exact=np.concatenate([one.exact for one in kept]),
            exact_each=np.array([one.exact.size for one in kept]),
            said=json.dumps(dict(said)),
            each=json.dumps([_own(one.said, said) for one in places.values()]),
        )


def _own(of_one: Mapping[str, Any], of_all: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of one place alone; what was read from a file holds what all had, too."""
    return {key: value for key, value in of_one.items() if of_all.get(key) != value}


def read(file: Path) -> dict[str, PlaceDraws]:
    """Draws of places, by their codes.

    Raises:
        InputError: the file is none that `save` wrote, or of other differences.
    """
    try:
        with np.load(file) as held:
            names = [str(name) for name in held["places"]]
            values = decoded(
                *(held[name] for name in ("codes", "low", "step", "exact", "exact_each"))
            ).reshape(len(NAMES) + KNOTS, len(names), -1)
            said, each = json.loads(str(held["said"])), json.loads(str(held["each"]))
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        raise InputError(
            "holds no draws of places", file=str(file), hint=f"Fit them: `{RENEW}`."
        ) from None
    return {
        name: PlaceDraws(
            name,
            dict(zip(NAMES, values[: len(NAMES), i], strict=True)),
            np.ascontiguousarray(values[len(NAMES) :, i].T),
            {**said, **each[i]},
        )
        for i, name in enumerate(names)
    }


def of_place(file: Path, place: str) -> PlaceDraws:
    """Draws of one place.

    Raises:
        InputError: the file holds no draws. UnknownName: none of this place.
    """
    found = read(file)
    if place not in found:
        raise unknown_name("place with draws", place, found)
    return found[place]


def of_country(draws: int) -> str:
    """Digest of the country's first draws, to which draws of places are tied."""
    first = fitted().first(draws)
    total = hashlib.sha256()
    for path, values in sorted({**first.constants, **first.courses}.items()):
        total.update(path.encode())
        total.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return total.hexdigest()


def checked(found: PlaceDraws, file: Path, equations: str) -> PlaceDraws:
    """The same draws, if they are of the equations and of the country's draws that run.

    Raises:
        InputError: they are of others.
    """
    if found.said.get("equations") != equations:
        raise InputError(
            "holds draws of places of another version's equations",
            file=str(file),
            hint=f"Fit again: `{RENEW}`.",
        )
    if found.said.get("country") != of_country(found.draws):
        raise InputError(
            "holds draws of places that go with other draws of the country",
            file=str(file),
            hint=f"Fit again: `{RENEW}`.",
        )
    return found
