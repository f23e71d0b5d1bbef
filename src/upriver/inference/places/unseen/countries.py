"""The country as its own record had it at an origin, for places to be fitted in as they were then.

The particles of a fit to the first origin go on from origin to origin, as hindcasts do, two months
at a time. What is known of people's services and of supply stays where it was at the origin. Each
origin's particles are kept in a file, so that a pass that was stopped goes on.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from upriver.core.errors import InputError
from upriver.core.files import atomic_path
from upriver.inference.advance import Effort, Learnt, move, weigh
from upriver.inference.calibrate import calibrate
from upriver.inference.forecasts.hindcast import START, model_at
from upriver.inference.likelihood import recorded
from upriver.inference.model import Model
from upriver.inference.places.record import RATIOS_OF
from upriver.policy.places.world import Country

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]

STEP = 2
"""Months after which particles move."""

MOVES = Effort(leaps=2)
KEPT = ("z", "stride", "coordinates", "generator")


def particles(
    months: Sequence[int], last: int, folder: Path, seed: int = 1, progress: Progress | None = None
) -> dict[int, Doubles]:
    """Particles of the country at months, by month from year 0; shape (particles, unknowns) each.

    Args:
        months: last months on record, `STEP` apart or a multiple of it, in order.
        last: the last month of any; forecasts go on after it.
        folder: that holds a file for each month.
    """
    whole = recorded()
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng([seed, 61])
    at, model = months[0], model_at(months[0], whole, last)
    z: Doubles | None = None
    learnt = Learnt()
    found: dict[int, Doubles] = {}
    for month in months:
        file = folder / f"country_{month}.npz"
        if file.exists():
            z, learnt = _read(file, generator)
            at, model = month, model_at(month, whole, last)
            found[month] = z
            continue
        if z is None:
            z = calibrate(model, seed, START, progress, folder / "start.npz").z
        while at < month:
            before, at = model, at + STEP
            model = model_at(at, whole, last)
            z, left = weigh(z, before, model, generator)
            chain, learnt = move(model, z, generator, learnt, MOVES, left)
            z = chain.z
            if progress is not None:
                progress("country", at - months[0], months[-1] - months[0])
        with atomic_path(file) as beside:
            said = json.dumps(generator.bit_generator.state)
            values = (z, learnt.stride, learnt.coordinates, said)
            np.savez(beside, allow_pickle=False, **dict(zip(KEPT, values, strict=True)))
        found[month] = z
    return found


def _read(file: Path, generator: np.random.Generator) -> tuple[Doubles, Learnt]:
    """Particles of a month and what they leap by; the generator goes on from there."""
    with np.load(file) as held:
        if not set(KEPT) <= set(held.files):
            raise InputError(
                "is of another way of moving", file=str(file), hint="Remove it to begin anew."
            )
        generator.bit_generator.state = json.loads(str(held["generator"]))
        return held["z"], Learnt(float(held["stride"]), held["coordinates"])


def country_at(month: int, last: int, z: Doubles) -> Country:
    """The country's runs of particles at a month."""
    return of_model(model_at(month, recorded(), last), z)


def of_model(model: Model, z: Doubles) -> Country:
    """The country's runs of particles of a model."""
    unknowns = model.unknowns
    return Country.of(unknowns.base.replace(unknowns.columns(z)), RATIOS_OF)
