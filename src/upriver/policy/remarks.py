"""What a run should be told of: changes that move nothing, that end after it, that are held."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from upriver.core.time import LAST_YEAR, STEPS, STEPS_PER_YEAR, step_of, year_of
from upriver.system.tabulate import column
from upriver.system.world import World

from . import plausible
from .changes import Change
from .chosen import fitted
from .composed import Held, Moved
from .draws import posterior
from .scenario import Scenario
from .wins import wins

LAST_STEP = year_of(STEPS - 1)
"""Calendar year of the last instant that moves a stock or a sum."""

SAME = 1e-6
"""Steps by which a pulse may miss a whole number: 0.1 x 16 is not exact."""

STEP = f"a step of the model (1/{STEPS_PER_YEAR} year)"


def remarks(
    scenario: Scenario, before: World, after: World, moved: Moved, draws: int
) -> tuple[str, ...]:
    """Sentences on what a scenario does not do, or does otherwise than it says.

    Args:
        scenario: as it was read.
        before: its world, unchanged; after: with settings, projections and acts.
        moved: what its changes came to.
        draws: how many are run; 0 is central values alone.
    """
    return (
        *scenario.said,
        *_elsewhere(scenario, before),
        *_settings(scenario, before, draws),
        *_projections(scenario, before, after),
        *_still(scenario.changes, moved),
        *wins(scenario, moved),
        *_short(scenario.changes, moved),
        *_pulses(scenario.changes, moved),
        *_unfinished(scenario.changes, moved),
        *_held(moved.held, draws),
    )


def _elsewhere(scenario: Scenario, world: World) -> Iterator[str]:
    """A scenario that is run in another world than the one that it is written for."""
    if scenario.world is not None and scenario.world != world.name:
        yield (
            f"The scenario is written for the world `{scenario.world}` and is run in "
            f"`{world.name}`, where its title may promise what it does not do."
        )


def _settings(scenario: Scenario, before: World, draws: int) -> Iterator[str]:
    """Parameters that are held where they are anyway."""
    varies: set[str] = set()
    if before.is_fitted:
        varies = {*fitted().paths}
    elif draws:
        varies = {*posterior()[0], *plausible.drawn(before)}
    for path, value in scenario.settings.items():
        if path not in varies and (column(before.parameter(path)) == value).all():
            yield f"{path} is set to {value:g}, which it is without it: the setting moves nothing."


def _projections(scenario: Scenario, before: World, after: World) -> Iterator[str]:
    """Drivers that go on as they would anyway."""
    for path in scenario.projections:
        if path == "all":
            continue
        if path in scenario.settings:
            yield f"{path} is held by a setting in all years, so its projection moves nothing."
        elif np.array_equal(column(before.parameter(path)), column(after.parameter(path))):
            yield f"{path} goes on as it would without its projection, which moves nothing."


def _still(changes: Sequence[Change], moved: Moved) -> Iterator[str]:
    """Changes that move no step of the run, with the reason."""
    for place in sorted(moved.still):
        change, along = changes[place], moved.along[place]
        if change.amount == 0 and change.operation != "replace":
            why = "its amount is 0"
        elif not along[:STEPS].any():
            why = _too_late(change)
        else:
            why = "what it acts on is there without it"
        yield f"The change of '{change.label}' moves nothing: {why}."


def _too_late(change: Change) -> str:
    if change.operation == "pulse" and change.start <= LAST_STEP:
        return (
            f"it lasts {change.years:g} years from {change.start:g}, and no step of the model "
            "begins in that time, which is between two steps"
        )
    return (
        f"it begins in {change.start:g} and the last step of the run begins in {LAST_STEP:g}, "
        "so nothing can follow"
    )


def _short(changes: Sequence[Change], moved: Moved) -> Iterator[str]:
    """Ramps that are shorter than a step."""
    found = [
        change
        for i, change in enumerate(changes)
        if 0 < change.years < 1 / STEPS_PER_YEAR
        and change.operation != "pulse"
        and i not in moved.still
    ]
    for same in _alike(found):
        on_step = step_of(same[0].start) % 1 == 0
        as_if = "one step later than `over: 0`" if on_step else "as with `over: 0`"
        yield (
            f"{_names(same)}: {same[0].years:g} years is less than {STEP}, so it comes all at "
            f"once, {as_if}."
        )


def _pulses(changes: Sequence[Change], moved: Moved) -> Iterator[str]:
    """Pulses that are not of whole steps, and so act for longer or shorter than they say."""
    for place, change in enumerate(changes):
        if change.operation != "pulse" or place in moved.still:
            continue
        wanted = change.years * STEPS_PER_YEAR
        steps = int(np.count_nonzero(moved.along[place][:STEPS]))
        if change.start + change.years <= LAST_YEAR and abs(steps - wanted) > SAME:
            first = year_of(int(np.argmax(moved.along[place] != 0)))
            begin = "one step" if steps == 1 else f"{steps} steps"
            yield (
                f"The pulse of '{change.label}' is to last {change.years:g} years. It acts in the "
                f"{begin} of the model (1/{STEPS_PER_YEAR} year) that "
                f"{'begins' if steps == 1 else 'begin'} in that time: {steps / STEPS_PER_YEAR:g} "
                f"years from {first:g}."
            )


def _unfinished(changes: Sequence[Change], moved: Moved) -> Iterator[str]:
    """Ramps that end after the run."""
    found = [
        change
        for i, change in enumerate(changes)
        if change.start + change.years > LAST_YEAR and i not in moved.still
    ]
    for same in _alike(found):
        one = same[0]
        end = f"{one.start + one.years:g}, after the run"
        if one.operation == "pulse":
            yield f"{_names(same)}: it lasts to {end}, which ends with {LAST_YEAR - 1}."
            continue
        far = (LAST_YEAR - one.start) / one.years
        reached = f"when {LAST_YEAR} begins it is {100 * far:.0f} % there"
        yield f"{_names(same)}: it grows to {end}; {reached}."


def _held(held: Iterable[Held], draws: int) -> Iterator[str]:
    """What is held at a bound in some draws."""
    grouped: dict[tuple[str, ...], list[Held]] = {}
    for one in held:
        grouped.setdefault(one.labels, []).append(one)
    for labels, those in grouped.items():
        listed = ", ".join(f"{one.path} at {one.bound:g} in {one.draws}" for one in those)
        named = " and ".join(f"'{label}'" for label in labels)
        yield (
            f"The change of {named} leaves the bounds of what it acts on in some of the {draws} "
            f"draws, and is held there: {listed}."
        )


def _alike(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes that share start, length and kind, together."""
    grouped: dict[tuple[float, float, bool], list[Change]] = {}
    for change in changes:
        key = (change.start, change.years, change.operation == "pulse")
        grouped.setdefault(key, []).append(change)
    yield from grouped.values()


def _names(changes: Sequence[Change]) -> str:
    """`The change of 'a'`, or `Changes of 'a', 'b' and 3 more`."""
    if len(changes) == 1:
        return f"The change of '{changes[0].label}'"
    shown = ", ".join(f"'{change.label}'" for change in changes[:2])
    more = f" and {len(changes) - 2} more" if len(changes) > 2 else ""
    return f"Each change of {shown}{more}"
