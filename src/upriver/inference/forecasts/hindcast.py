"""Hindcasts in one pass: at each origin the draws that its record allows, and what they say ahead.

The particles of a fit to the first origin go on from month to month. Each new month weighs them by
what it says; those that it makes unlikely give way to others; then all leap, once or, where few
were left, some times. At every origin the months ahead are run with what was known there
(`AtOrigin`). The state is kept after each origin, so that a pass that was stopped goes on to the
same draws.
"""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from upriver.core.errors import InputError
from upriver.core.files import atomic_path
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.inference.advance import Effort, Learnt, move, weigh
from upriver.inference.block import Doubles
from upriver.inference.calibrate import LEAPING, Plan, calibrate, name_of
from upriver.inference.chain import Chain
from upriver.inference.likelihood import Likelihood, recorded
from upriver.inference.model import Model
from upriver.inference.records.deaths import MONTH
from upriver.inference.rivals import rival
from upriver.system.observation import matrix

from .levels import AHEAD, MONTHS
from .origin import AtOrigin
from .target import COUNTER

Progress = Callable[[str, int, int], None]

Span = tuple[int, int]
"""The first and the last of some origins, months from year 0."""

RIVAL = "together"
"""The explanation that has them all."""

BEHIND = 12
"""Months that are looked at before an origin."""


START = replace(LEAPING, starts=4, keep=18, draws=300, snapshots=3)
"""Of the fit to the first origin."""


USUAL = Effort()


@dataclass(frozen=True)
class Pass:
    """First and last origin, months from year 0; and how long each is moved for.

    moves: at an origin. start: the fit to the first.
    """

    first: int = 2018 * MONTHS + 7
    last: int = 2026 * MONTHS
    moves: Effort = USUAL
    start: Plan = START

    @property
    def origins(self) -> int:
        """How many."""
        return self.last - self.first + 1


@dataclass(eq=False)
class Hindcasts:
    """What draws say at each origin.

    months: deaths by month, from `BEHIND` months before each origin's end to `AHEAD` after, shape
    (origins, draws, BEHIND + AHEAD) [people]. scale: of a month's error, shape (origins, draws)
    [1]. effective: share of particles that each new month left, shape (origins,) [1].
    """

    first: int
    months: list[Doubles] = field(default_factory=list)
    scale: list[Doubles] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)


def end_of(month: int) -> float:
    """Calendar year at which a month ends."""
    return (month + 1) / MONTHS


def model_at(month: int, whole: Likelihood, last: int) -> Model:
    """The model as it could be thought of when a month was over."""
    cut = end_of(month)
    unknowns = AtOrigin(rival(RIVAL), end_of(last + AHEAD), cut=cut)
    return Model(unknowns, whole.until(cut))


def hindcasts(
    plan: Pass = Pass(),
    seed: int = 1,
    progress: Progress | None = None,
    part: Path | None = None,
    span: Span | None = None,
) -> Hindcasts:
    """Go through all origins.

    Args:
        part: NAME.npz that the state is kept in; the first fit's stands beside it.
        span: the first and the last of some origins alone, which begin from a fit of their own.

    Raises:
        InputError: the file is of another pass.
    """
    whole = recorded()
    begin, end = span or (plan.first, plan.last)
    first = model_at(begin, whole, plan.last)
    name = f"{name_of(first, seed, plan.start)} {plan} {whole.digest()}"
    name += "" if span is None else f" {span}"
    state = None if part is None or not part.exists() else _read(part, name)
    if state is None:
        beside = None if part is None else part.with_suffix(".start.npz")
        fit = calibrate(first, seed, plan.start, progress, beside)
        generator = np.random.default_rng([seed, 31] if span is None else [seed, 31, begin])
        state = _State(fit.z, generator, Learnt(), Hindcasts(begin))
    origins = end - begin + 1
    while len(state.found.months) < origins:
        _next(state, plan, whole)
        if progress is not None:
            progress("origins", len(state.found.months), origins)
        if part is not None:
            _write(part, state, name)
    return state.found


@dataclass(eq=False)
class _State:
    z: Doubles
    generator: np.random.Generator
    learnt: Learnt
    found: Hindcasts


def _next(state: _State, plan: Pass, whole: Likelihood) -> None:
    """One more origin."""
    month = state.found.first + len(state.found.months)
    model = model_at(month, whole, plan.last)
    left = 1.0
    if state.found.months:
        before = model_at(month - 1, whole, plan.last)
        state.z, left = weigh(state.z, before, model, state.generator)
    chain, state.learnt = move(model, state.z, state.generator, state.learnt, plan.moves, left)
    state.z = chain.z
    state.found.months.append(_ahead(model, month, state.z))
    state.found.scale.append(_scale(model, chain, state.generator))
    state.found.effective.append(left)


def _ahead(model: Model, month: int, z: Doubles) -> Doubles:
    """Deaths by month around an origin, shape (draws, BEHIND + AHEAD)."""
    starts = (month + 1 - BEHIND + np.arange(BEHIND + AHEAD)) / MONTHS
    weights = matrix(starts, starts + 1 / MONTHS)
    last = int(np.ceil(step_of(starts[-1] + 1 / MONTHS) - 1e-9))
    values = load().run(
        model.unknowns.base.replace(model.unknowns.columns(z)).columns,
        outputs=[COUNTER],
        instants=np.arange(last + 1),
        last_step=last,
    )
    return np.asarray(values[:, 0] @ weights[:, : last + 1].T)


def _scale(model: Model, chain: Chain, generator: np.random.Generator) -> Doubles:
    """Error of a month, as its block tells it, or as thought before any is seen; shape (draws,)."""
    likelihood = model.likelihood
    for block, place in zip(likelihood.blocks, likelihood.places, strict=True):
        if block.name == "T40.4, months":
            return block.scales(chain.predicted[:, place], generator)
    return np.full(len(chain.z), MONTH)


def _write(part: Path, state: _State, name: str) -> None:
    held: dict[str, Any] = {
        "of": name,
        "generator": json.dumps(state.generator.bit_generator.state),
        "z": state.z,
        "stride": state.learnt.stride,
        "coordinates": state.learnt.coordinates,
        "first": state.found.first,
        "months": np.array(state.found.months),
        "scale": np.array(state.found.scale),
        "effective": np.array(state.found.effective),
    }
    with atomic_path(part) as beside:
        np.savez(beside, allow_pickle=False, **held)


def _read(part: Path, name: str) -> _State:
    try:
        with np.load(part) as file:
            held = dict(file)
    except (OSError, ValueError, EOFError, TypeError, zipfile.BadZipFile):
        held = {}
    if str(held.get("of")) != name:
        raise InputError(
            "is not the state of these hindcasts", file=str(part), hint="Remove it to begin anew."
        )
    generator = np.random.default_rng()
    generator.bit_generator.state = json.loads(str(held["generator"]))
    found = Hindcasts(
        int(held["first"]),
        list(held["months"]),
        list(held["scale"]),
        held["effective"].tolist(),
    )
    return _State(held["z"], generator, Learnt(float(held["stride"]), held["coordinates"]), found)
