"""A fit of one rival, from the record to draws: rounds of moves in an order that nothing changes.

Particles begin around the modes that some climbs find, spread and learn where the posterior lies;
then nothing changes but the particles, and draws are taken at even distances. What a round needs is
in the state, random numbers too, so that a fit that was stopped goes on to the same draws.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from upriver.core.errors import InputError
from upriver.core.files import atomic_path
from upriver.engine.run import load

from .block import Doubles
from .chain import Chain
from .leap import Leaps
from .mode import Mode, mode
from .model import Model

Progress = Callable[[str, int, int], None]
"""Called with what is done, rounds done and rounds in all."""


MOVES = 2
"""Of the ways in which particles move: raised with what makes other draws, or another state."""

WHERE = ("z", "predicted", "density", "pull", "slopes", "curvature", "centre")
"""What of a chain is kept, to the bit: what a product of matrices gives a row depends on the rows
beside it, so that predictions made anew may differ in the last."""


@dataclass(frozen=True)
class Plan:
    """How long each part of a fit is.

    starts: climbs to a mode; particles: around all of them. warm: rounds before draws are taken,
    keep: rounds of which they are. learning: rounds between two looks at slopes, each at `looks`
    particles; learned: rounds after which there is none. exchange: one round in so many exchanges.
    draws: how many are kept; snapshots: at how many rounds. spread: of particles around a mode, in
    widths of its curvature. leaps: whether particles leap, which takes some hundred and sixty runs
    a round, or step, which takes one.
    """

    starts: int = 3
    particles: int = 300
    warm: int = 700
    keep: int = 1400
    learning: int = 50
    looks: int = 8
    learned: int = 500
    exchange: int = 10
    draws: int = 1000
    snapshots: int = 20
    spread: float = 0.2
    leaps: bool = False

    @property
    def rounds(self) -> int:
        """In all."""
        return self.warm + self.keep


LEAPING = Plan(
    starts=6,
    particles=100,
    warm=50,
    keep=30,
    learning=5,
    looks=16,
    learned=40,
    exchange=5,
    snapshots=10,
    spread=0.7,
    leaps=True,
)
"""What a fit takes to forget where it began: 40 leaps, and 24 more while draws are kept."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """Draws of a rival: unknowns, shape (draws, unknowns), and the density of each.

    taken: mean share of moves that were taken while draws were kept. seed: of all random numbers.
    name: digest of what was fitted, and how.
    """

    model: Model
    z: Doubles
    density: Doubles
    taken: float
    seed: int
    name: str

    @property
    def drift(self) -> float:
        """By how much the logarithm of the density moved from the first half of draws to the last.

        In its standard deviations; large where the particles were still on their way [1].
        """
        half = len(self.density) // 2
        moved = self.density[half:].mean() - self.density[:half].mean()
        return float(moved / self.density.std())


def calibrate(
    model: Model,
    seed: int,
    plan: Plan = LEAPING,
    progress: Progress | None = None,
    part: Path | None = None,
) -> Fitted:
    """Fit a model.

    Args:
        seed: of the random numbers; another start, too.
        progress: called after each round.
        part: a file that the state is written to now and then, and read from if it is there.

    Raises:
        InputError: the file is of another fit.
    """
    state = _begin(model, seed, plan, progress) if part is None or not part.exists() else None
    state = state or _read(model, seed, plan, part)
    while state.done < plan.rounds:
        _round(state, plan)
        if progress is not None:
            progress("rounds", state.done, plan.rounds)
        if part is not None and (state.done % plan.learning == 0 or state.done == plan.rounds):
            _write(state, model, plan, seed, part)
    return Fitted(
        model=model,
        z=np.concatenate(state.kept)[: plan.draws],
        density=np.concatenate(state.densities)[: plan.draws],
        taken=float(np.mean(state.taken)),
        seed=seed,
        name=name_of(model, seed, plan),
    )


@dataclass(eq=False)
class _State:
    chain: Chain
    done: int
    kept: list[Doubles]
    densities: list[Doubles]
    taken: list[float]
    leaps: Leaps | None = None


ADAPTS = 2
"""Looks at slopes for as long as which the size of moves is still set after the last."""

FAR = 30.0
"""Logarithm of the density by which a mode may be lower than the highest, and count."""


def _begin(model: Model, seed: int, plan: Plan, progress: Progress | None) -> _State:
    """Particles around modes; each climb begins elsewhere."""
    generator = np.random.default_rng([seed, 2026])
    found = []
    for i in range(plan.starts):
        start = 0.5 * generator.standard_normal(model.unknowns.size)
        found.append(mode(model, start, _part(progress, i, plan.starts)))
    best = max(one.log_density for one in found)
    near = [one for one in found if one.log_density > best - FAR]
    away = [_around(model, one, plan, generator) for one in near]
    z = np.concatenate(away)[generator.permutation(len(near) * plan.particles)][: plan.particles]
    chain = Chain(model, z, generator)
    state = _State(chain, 0, [], [], [], Leaps(chain) if plan.leaps else None)
    _learn(state, plan)
    return state


def _around(model: Model, one: Mode, plan: Plan, generator: np.random.Generator) -> Doubles:
    """Particles about a mode, as its curvature would have them but closer."""
    slopes, predicted = model.slopes(one.z)
    curvature = model.curvature(slopes, predicted) + np.eye(model.unknowns.size)
    root = np.linalg.cholesky(np.linalg.inv(curvature))
    away = generator.standard_normal((plan.particles, model.unknowns.size)) @ root.T
    return np.asarray(one.z + plan.spread * away)


def _part(progress: Progress | None, i: int, n: int) -> Callable[[int, int], None] | None:
    """Progress of one climb of several."""
    if progress is None:
        return None
    return lambda done, most: progress("mode", i * most + done, n * most)


def _round(state: _State, plan: Plan) -> None:
    """One round; what it does depends on how many were done."""
    chain = state.chain
    state.done += 1
    adapt = state.done < min(plan.warm, plan.learned + ADAPTS * plan.learning)
    if state.done % plan.exchange == 0:
        chain.exchange()
    else:
        move = state.leaps.leap if state.leaps else chain.step
        taken = move(adapt=adapt)
        if state.done > plan.warm:
            state.taken.append(taken)
    if state.done <= plan.learned and state.done % plan.learning == 0:
        _learn(state, plan)
    kept = state.done - plan.warm
    if kept > 0 and kept % (plan.keep // plan.snapshots) == 0:
        n = min(len(chain.z), -(-plan.draws // plan.snapshots))
        which = chain.generator.choice(len(chain.z), n, replace=False)
        state.kept.append(chain.z[which])
        state.densities.append(chain.density[which])


def _learn(state: _State, plan: Plan) -> None:
    """Look at slopes at some particles."""
    (state.leaps or state.chain).learn(plan.looks)


def prior_of(model: Model) -> str:
    """Digest of what unknowns stand for: of two tables that they make."""
    unknowns = model.unknowns
    probes = np.random.default_rng(0).standard_normal((2, unknowns.size))
    return unknowns.base.replace(unknowns.columns(probes)).digest()


def name_of(model: Model, seed: int, plan: Plan) -> str:
    """What tells one fit from another: record, priors, equations, seed and plan, as a digest."""
    unknowns = model.unknowns
    said = {
        "rival": unknowns.rival.name,
        "names": unknowns.names,
        "strength": unknowns.strength,
        "prior": prior_of(model),
        "equations": load().manifest["wasm_sha256"],
        "recorded": model.likelihood.digest(),
        "seed": seed,
        "plan": vars(plan),
        "moves": MOVES,
    }
    text = json.dumps(said, sort_keys=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()


def is_done(part: Path, plan: Plan) -> bool:
    """Whether a file has the state of a fit that is done."""
    try:
        with np.load(part) as held:
            return int(held["done"]) >= plan.rounds
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return False


def _write(state: _State, model: Model, plan: Plan, seed: int, part: Path) -> None:
    """The state as a file, put in place at once."""
    chain = state.chain
    held: dict[str, Any] = {
        "fit": name_of(model, seed, plan),
        "generator": json.dumps(chain.generator.bit_generator.state),
        "done": state.done,
        "size": chain.size,
        "kept": np.array(state.kept),
        "densities": np.array(state.densities),
        "taken": np.array(state.taken),
    }
    if state.leaps:
        held |= {
            "stride": state.leaps.stride,
            "coordinates": state.leaps.coordinates,
            "past": np.array(state.leaps.past),
        }
    held |= {name: getattr(chain, name) for name in WHERE}
    with atomic_path(part) as beside:
        np.savez(beside, allow_pickle=False, **held)


def _read(model: Model, seed: int, plan: Plan, part: Path | None) -> _State:
    assert part is not None
    try:
        with np.load(part) as file:
            held = dict(file)
    except (OSError, ValueError, EOFError, TypeError, zipfile.BadZipFile):
        held = {}
    if str(held.get("fit")) != name_of(model, seed, plan):
        raise InputError(
            "is not the state of this fit", file=str(part), hint="Remove it to begin anew."
        )
    generator = np.random.default_rng()
    generator.bit_generator.state = json.loads(str(held["generator"]))
    chain = Chain(model, held["z"], generator, float(held["size"]))
    chain.restore({name: held[name] for name in WHERE})
    leaps = None
    if plan.leaps:
        leaps = Leaps(chain, float(held["stride"]), held["coordinates"], list(held["past"]))
    return _State(
        chain,
        int(held["done"]),
        list(held["kept"]),
        list(held["densities"]),
        held["taken"].tolist(),
        leaps,
    )
