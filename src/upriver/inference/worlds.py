"""Does the fit find what made a record? Synthetic worlds, each inferred as the real one would be.

Each world is a draw of the posterior given the real record to 2015, with the record that it would
have made after. From the real record to 2015 and the synthetic one after it other draws leap until
they are the posterior, and what they say is held against the draw that made the record: its rank
among them is any with the same chance, if the inference is right.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from upriver import __version__
from upriver.core.files import atomic_path
from upriver.engine.run import load
from upriver.work import Job
from upriver.work.units import job_of_units, made, unit_of

from .block import Doubles
from .calibrate import LEAPING, Fitted, Plan, calibrate
from .chain import Chain
from .leap import Leaps
from .likelihood import END, Likelihood, recorded
from .model import Model
from .posterior import posterior_of
from .quantities import quantities
from .rivals import rival
from .synthetic import synthetic
from .unknowns import Unknowns

Progress = Callable[[str, int, int], None]

FROM = 2016.0
"""The record before is real."""

BEGIN = "start.npz"
"""What worlds are drawn from, in their folder."""

RIVAL = "together"
APART = 10
"""Draws from one truth to the next, so that a hundred of them are spread over the fit."""


@dataclass(frozen=True)
class Effort:
    """How long a world is inferred for.

    particles: of each; learned: leaps before each of which slopes are learnt, at so many `looks`;
    leaps: in all.
    """

    particles: int = 100
    learned: tuple[int, ...] = (0, 3, 6, 10)
    leaps: int = 20
    looks: int = 4


@dataclass(frozen=True, eq=False)
class World:
    """A world inferred.

    truth: unknowns that made its record, shape (unknowns,); z: particles, shape
    (particles, unknowns). quantities: of the truth and of each particle, by name, shape
    (1 + particles,). climbed: density in the last quarter of the leaps less that in the one before,
    in its standard deviations; large where particles were still on their way [1].
    """

    truth: Doubles
    z: Doubles
    quantities: dict[str, Doubles]
    climbed: float


def start(
    progress: Progress | None = None, part: Path | None = None, plan: Plan = LEAPING
) -> Fitted:
    """The posterior given the real record to 2015: what worlds are drawn from."""
    return calibrate(_model(_record().until(FROM)), 1, plan, progress, part)


def world(number: int, prior: Fitted, effort: Effort = Effort()) -> World:
    """Make the record of one draw, and infer it.

    Args:
        number: of the world. prior: `start`.
    """
    generator = np.random.default_rng([number, 53])
    drawn = number * APART % len(prior.z)
    truth = prior.z[drawn]
    whole = synthetic(_model(_record()), truth, FROM, generator)
    others = np.delete(np.arange(len(prior.z)), drawn)
    z = prior.z[generator.choice(others, effort.particles, replace=False)]
    model = _model(whole)
    leaps, densities = Leaps(Chain(model, z, generator)), []
    quarter = max(1, effort.leaps // 4)  # two leaps at least
    for i in range(effort.leaps):
        if i in effort.learned:
            leaps.learn(effort.looks)
        leaps.leap(adapt=i < effort.leaps - quarter)
        densities.append(leaps.chain.density)
    last, before = np.array(densities[-quarter:]), np.array(densities[-2 * quarter : -quarter])
    both = np.concatenate([truth[None], leaps.chain.z])
    fit = replace(prior, model=model, z=both, density=np.zeros(len(both)))
    found = quantities(posterior_of([fit], [1.0], number, np.arange(len(both))))
    return World(truth, leaps.chain.z, found, float((last.mean() - before.mean()) / last.std()))


def infer(
    number: int, folder: Path, effort: Effort = Effort(), plan: Plan = LEAPING
) -> tuple[World, bool]:
    """A world from the file that has it, or inferred and written; and whether it was inferred now.

    What worlds are drawn from stands in the folder, and is made if it is not there.
    """
    file = file_of(folder, number)
    if file.exists():
        return read(file), False
    save(world(number, start(None, folder / BEGIN, plan), effort), file)
    return read(file), True


def file_of(folder: Path, number: int) -> Path:
    """Where a world is kept."""
    return folder / f"{number:03d}.npz"


def job(worlds: int, folder: Path, effort: Effort = Effort(), plan: Plan = LEAPING) -> Job:
    """So many worlds as work for several processes."""
    content = {
        "folder": str(folder.resolve()),
        "effort": asdict(effort),
        "plan": asdict(plan),
        "upriver_version": __version__,
        "equations": load().manifest["wasm_sha256"],
    }
    return job_of_units("worlds", f"{__name__}:run", content, [str(n) for n in range(worlds)])


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, Any]:
    """Infer a world in another process."""
    folder, number = Path(content["folder"]), int(unit_of(content, chunk))
    infer(number, folder, Effort(**content["effort"]), Plan(**content["plan"]))
    return made(file_of(folder, number))


def _record() -> Likelihood:
    """What is recorded, but for ranges after the date, which no world made."""
    whole = recorded()
    return replace(whole, ranges=tuple(one for one in whole.ranges if one.end <= FROM))


def _model(likelihood: Likelihood) -> Model:
    return Model(Unknowns(rival(RIVAL), END), likelihood)


def save(one: World, file: Path) -> None:
    """Keep a world."""
    held: dict[str, Any] = {f"of {name}": values for name, values in one.quantities.items()}
    held |= {"truth": one.truth, "z": one.z.astype(np.float32), "climbed": one.climbed}
    with atomic_path(file) as beside, beside.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **held)


def read(file: Path) -> World:
    """A world that was kept."""
    with np.load(file) as held:
        found = {name[3:]: held[name] for name in held.files if name.startswith("of ")}
        z = held["z"].astype(np.float64)
        return World(held["truth"], z, found, float(held["climbed"]))
