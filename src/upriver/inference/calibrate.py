"""A fit of one rival, from the record to draws: rounds of moves in an order that nothing changes.

First few particles climb down from the mode and learn where the posterior lies; then each is
copied, the copies part, and draws are taken at even distances. What a round needs is in the state,
random numbers too, so that a fit that was stopped goes on to the same draws.
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
from .mode import mode
from .model import Model

Progress = Callable[[str, int, int], None]
"""Called with what is done, rounds done and rounds in all."""


WHERE = ("z", "predicted", "density", "pull", "slopes", "curvature", "centre")
"""What of a chain is kept, to the bit: what a product of matrices gives a row depends on the rows
beside it, so that predictions made anew may differ in the last."""


@dataclass(frozen=True)
class Plan:
    """How long each part of a fit is.

    few, many: particles at first and then. warm: rounds of the few; settle: rounds in which copies
    part; keep: rounds of which draws are taken. learning: rounds between two looks at slopes, each
    at `looks` particles. draws: how many are kept; snapshots: at how many rounds. spread: of the
    first particles around the mode, in widths of its curvature.
    """

    few: int = 100
    many: int = 500
    warm: int = 600
    settle: int = 200
    keep: int = 300
    learning: int = 50
    looks: int = 8
    draws: int = 1000
    snapshots: int = 10
    spread: float = 0.2

    @property
    def rounds(self) -> int:
        """In all."""
        return self.warm + self.settle + self.keep


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
    plan: Plan = Plan(),
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
            _write(state, plan, seed, part)
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


def _begin(model: Model, seed: int, plan: Plan, progress: Progress | None) -> _State:
    """Particles around a mode; other seeds climb from other starts."""
    generator = np.random.default_rng([seed, 2026])
    start = 0.5 * generator.standard_normal(model.unknowns.size) if seed else None
    told = None if progress is None else lambda done, most: progress("mode", done, most)
    found = mode(model, start, told)
    slopes, predicted = model.slopes(found.z)
    curvature = model.curvature(slopes, predicted) + np.eye(model.unknowns.size)
    root = np.linalg.cholesky(np.linalg.inv(curvature))
    away = generator.standard_normal((plan.few, model.unknowns.size)) @ root.T
    chain = Chain(model, found.z + plan.spread * away, generator)
    chain.learn(plan.looks)
    return _State(chain, 0, [], [], [])


def _round(state: _State, plan: Plan) -> None:
    """One round; what it does depends on how many were done."""
    chain = state.chain
    if state.done == plan.warm:
        chain.copies(plan.many)
    taken = chain.step(adapt=state.done < plan.warm + plan.settle)
    state.done += 1
    if state.done < plan.warm and state.done % plan.learning == 0:
        chain.learn(plan.looks)
    kept = state.done - plan.warm - plan.settle
    if kept > 0:
        state.taken.append(taken)
        if kept % (plan.keep // plan.snapshots) == 0:
            n = min(len(chain.z), -(-plan.draws // plan.snapshots))
            which = chain.generator.choice(len(chain.z), n, replace=False)
            state.kept.append(chain.z[which])
            state.densities.append(chain.density[which])


def name_of(model: Model, seed: int, plan: Plan) -> str:
    """What tells one fit from another: record, priors, equations, seed and plan, as a digest."""
    unknowns = model.unknowns
    probes = np.random.default_rng(0).standard_normal((2, unknowns.size))
    said = {
        "rival": unknowns.rival.name,
        "names": unknowns.names,
        "strength": unknowns.strength,
        "prior": unknowns.base.replace(unknowns.columns(probes)).digest(),
        "equations": load().manifest["wasm_sha256"],
        "recorded": model.likelihood.digest(),
        "seed": seed,
        "plan": vars(plan),
    }
    text = json.dumps(said, sort_keys=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()


def _write(state: _State, plan: Plan, seed: int, part: Path) -> None:
    """The state as a file, put in place at once."""
    chain = state.chain
    held: dict[str, Any] = {
        "fit": name_of(chain.model, seed, plan),
        "generator": json.dumps(chain.generator.bit_generator.state),
        "done": state.done,
        "size": chain.size,
        "kept": np.array(state.kept),
        "densities": np.array(state.densities),
        "taken": np.array(state.taken),
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
    return _State(
        chain,
        int(held["done"]),
        list(held["kept"]),
        list(held["densities"]),
        held["taken"].tolist(),
    )
