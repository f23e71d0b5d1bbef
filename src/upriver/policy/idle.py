"""What of a scenario no output follows in its world: found by running it with and without.

The engine runs once with all that the scenario says, and once more for each parameter and each act
of which it says something, without that. Where no stock, no sum and no output of the two runs
differs by more than rounding, that part moves nothing. So no list of what a world reads has to be
kept, and a parameter that is neutral beside the values of others is found too. Runs begin at the
first step that differs; what moves nothing at central values is looked at again in the draws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from upriver.core.parameters import Parameter
from upriver.core.table import Column, Table
from upriver.core.time import STEPS, quarters
from upriver.engine.run import Doubles, load
from upriver.system.tabulate import column
from upriver.system.world import World, is_asleep, why_asleep

from .ahead import EVERY
from .scenario import Scenario

FEW_DRAWS = 4
"""Draws in which every output is looked at. Of a parameter that moves some output but no stock, the
stocks and sums of all draws are looked at too."""

ROUNDING = 1e-12
"""Share of an output's own maximum that is no movement: two engines differ by as much."""

Columns = Mapping[str, Column]
Parts = Mapping[str, Columns]
"""By what a scenario names, the columns that would be others if it did not."""


def idle(
    scenario: Scenario,
    before: World,
    after: World,
    unset: tuple[Table, Table],
    central: tuple[Table, Table],
    drawn: tuple[Table, Table],
) -> tuple[str, ...]:
    """Sentences on what the scenario says and no output follows.

    Args:
        scenario: as it was read.
        before: its world, unchanged; after: with settings, projections and acts.
        unset: columns of its world, unchanged: of central values, and with draws.
        central: columns of central values before the scenario's changes, and with them.
        drawn: the same with draws, if there are any.
    """
    parts = _parts(scenario, before, after, unset[0], central[0])
    apart = {name: those for name, those in parts.items() if _differ(those, central[1].columns)}
    traceless = {act for act in scenario.without_acts if act not in apart}
    still = _unmoved(apart, central[1].columns)
    draws = drawn[1].draws
    if still and draws > 1:
        again = _parts(scenario, before, after, unset[1], drawn[0])
        columns = drawn[1].columns
        still = _unmoved(*_first(FEW_DRAWS, {name: again[name] for name in still}, columns))
        neutral = [name for name, moves in still.items() if moves]
        if neutral and draws > FEW_DRAWS:
            rest = {name: again[name] for name in neutral}
            ends = _moved(rest, columns, _start(rest, columns), load().state, [STEPS])
            still = {name: moves for name, moves in still.items() if not ends.get(name)}
    here = f"in the world `{before.name}`" + ("" if draws > 1 else ", at central values")
    beside = _beside(scenario, apart, still, after)
    still = {path: moves for path, moves in still.items() if path not in beside}
    return (*_said(scenario, here, still, traceless), *_switches(still, after))


def _beside(
    scenario: Scenario, apart: Parts, still: Mapping[str, Sequence[str]], world: World
) -> set[str]:
    """What is off or replaced here, and stands beside what moves in the same change."""
    moving = {*apart} - {*still}
    return {
        path
        for change in scenario.changes
        if moving & {*change.acts_on}
        for path in change.acts_on
        if is_asleep(path, world) and path not in scenario.settings
    }


def _said(
    scenario: Scenario, here: str, still: Mapping[str, Sequence[str]], traceless: set[str]
) -> Iterator[str]:
    """Sentences, those of parameters first."""
    paths = sorted({*still} - {*scenario.without_acts})
    if nothing := [path for path in paths if not still[path]]:
        listed = ", ".join("`all` drivers" if path == EVERY else path for path in nothing)
        yield (
            f"{listed}: what the scenario says of {'them' if nothing[1:] else 'it'} moves nothing "
            f"{here}; no output follows."
        )
    for path in paths:
        if still[path]:
            yield (
                f"{path}: what the scenario says of it moves {still[path][0]} and the like, and no "
                f"stock and no sum {here}: deaths are the same."
            )
    for act in scenario.without_acts:
        if act in traceless:
            yield (
                f"To take the act '{act}' out of history moves nothing: at every step of the "
                "model, what it touched is the same without it."
            )
        elif act in still:
            yield (
                f"To take the act '{act}' out of history moves no stock and no sum {here}: deaths "
                "are the same."
            )


def _switches(still: Mapping[str, Sequence[str]], world: World) -> Iterator[str]:
    """Why: what goes by a switch that is off, or is replaced by a mechanism that is on."""
    for path in sorted(still):
        switch, instead = why_asleep(path, world)
        if switch:
            yield f"{path} goes by {switch}, which is 0 here."
        elif instead:
            yield f"{path} is replaced by another mechanism while {instead} is 1."


def _parts(scenario: Scenario, before: World, after: World, unset: Table, plain: Table) -> Parts:
    """What a scenario names, each with the columns as they would be without it."""
    changed = {path for change in scenario.changes for path in change.acts_on}
    world = {*scenario.settings, *scenario.projections} - {EVERY}
    parts: dict[str, Columns] = {
        path: {path: (unset if path in world else plain).columns[path]}
        for path in sorted(changed | world)
    }
    if EVERY in scenario.projections:
        parts[EVERY] = {
            path: column(parameter)
            for path, parameter in before.parameters.items()
            if parameter.projection is not None and path not in parts
        }
    for act in scenario.without_acts:
        parts[act] = {
            path: column(_with_act(before, after, path, act))
            for path in before.touched_by(act)
            if path not in scenario.settings and path not in changed
        }
    return parts


def _with_act(before: World, after: World, path: str, act: str) -> Parameter:
    """A parameter of the changed world, with the knots of one act that was taken out."""
    there = after.parameter(path)
    kept = {knot.act for knot in there.knots} | {act}
    return replace(there, knots=tuple(k for k in before.parameter(path).knots if k.act in kept))


def _differ(those: Columns, columns: Columns) -> bool:
    return _first_step(those, columns) < STEPS


def _first_step(those: Columns, columns: Columns) -> int:
    """First step at which any of these columns is another; `STEPS` if none is."""
    first = STEPS
    for path, values in those.items():
        apart = (values != columns[path]).any(axis=0)
        if apart.any():
            first = min(first, int(np.argmax(apart)))
    return first


def _first(draws: int, parts: Parts, columns: Columns) -> tuple[Parts, Columns]:
    """The same of the first draws alone."""
    few = {
        name: {path: values[:draws] for path, values in those.items()}
        for name, those in parts.items()
    }
    return few, {path: values[:draws] for path, values in columns.items()}


def _start(parts: Parts, columns: Columns) -> int:
    """First step at which any part differs."""
    return min(_first_step(those, columns) for those in parts.values())


def _unmoved(parts: Parts, columns: Columns) -> dict[str, tuple[str, ...]]:
    """Parts without which no stock and no sum of the run is another, and the outputs that are."""
    if not parts:
        return {}
    engine = load()
    start = _start(parts, columns)
    ends = _moved(parts, columns, start, engine.state, [STEPS])
    left = {name: those for name, those in parts.items() if not ends[name]}  # mostly none
    if not left:
        return {}
    instants = [int(step) for step in quarters() if step >= start]
    every = _moved(left, columns, start, (*engine.state, *engine.outputs), instants)
    stocks = {*engine.state}
    return {name: moves for name, moves in every.items() if not stocks & {*moves}}


def _moved(
    parts: Parts, columns: Columns, start: int, outputs: Sequence[str], instants: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    """Of each part, the outputs that are others without it, by more than rounding."""
    engine = load()
    draws = max(values.shape[0] for values in columns.values())
    state: Doubles | None = None
    if start:
        _, state = engine.run(
            columns, outputs=engine.state[:1], instants=[start], last_step=start, return_state=True
        )
        state = np.tile(state, (1 + len(parts), 1))
    found = engine.run(
        _stacked(parts, columns, draws),
        outputs=outputs,
        instants=instants,
        first_step=start,
        state=state,
    ).reshape(1 + len(parts), draws, len(outputs), len(instants))
    largest = np.abs(found[0]).max(axis=(0, 2))
    apart = np.abs(found[1:] - found[0]).max(axis=(1, 3)) > ROUNDING * largest
    return {
        name: tuple(output for output, moves in zip(outputs, row, strict=True) if moves)
        for name, row in zip(parts, apart, strict=True)
    }


def _stacked(parts: Parts, columns: Columns, draws: int) -> dict[str, Column]:
    """Columns of the run with all parts, then of the runs without each, one below the other."""
    named = {path for those in parts.values() for path in those}
    stacked: dict[str, Column] = {}
    for path, values in columns.items():
        if path in named:
            each = [values, *(those.get(path, values) for those in parts.values())]
            length = max(one.shape[1] for one in each)
            stacked[path] = np.concatenate([np.broadcast_to(v, (draws, length)) for v in each])
        else:
            stacked[path] = values if len(values) == 1 else np.tile(values, (1 + len(parts), 1))
    return stacked
