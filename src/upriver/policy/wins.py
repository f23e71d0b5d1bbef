"""Where a scenario says two things of one parameter: which of them is left."""

from collections.abc import Iterator

from upriver.core.time import FIRST_YEAR, LAST_YEAR

from .changes import Change
from .composed import Moved
from .scenario import Scenario


def wins(scenario: Scenario, moved: Moved) -> Iterator[str]:
    """Sentences on settings that changes move on, and on changes that a later one replaces.

    Args:
        scenario: as it was read.
        moved: what its changes came to.
    """
    acting: dict[str, list[Change]] = {}
    for place, change in enumerate(scenario.changes):
        if place not in moved.still:
            for path in change.acts_on:
                acting.setdefault(path, []).append(change)
    for path, changes in acting.items():
        if path in scenario.settings:
            yield _set_and_changed(path, scenario.settings[path], changes[0])
    said: dict[tuple[str, str], list[str]] = {}
    for path, changes in acting.items():
        for place, change in enumerate(changes):
            for before in changes[:place]:
                if _erases(change, before):
                    when = _from(change) if before.start < _whole(change) else "at any time"
                    sentence = (
                        f"The change of '{change.label}' comes after that of '{before.label}' and "
                        f"replaces what both act on: {when} nothing is left of the first"
                    )
                    said.setdefault((sentence, before.label), []).append(path)
    for (sentence, _), paths in said.items():
        yield f"{sentence} ({', '.join(dict.fromkeys(paths))})."


def _set_and_changed(path: str, value: float, change: Change) -> str:
    """Which is left where a parameter is held and changed."""
    held = f"{path} is set to {value:g} and changed too: "
    if change.operation == "replace":
        if _whole(change) <= FIRST_YEAR:
            return f"{held}'{change.label}' replaces that {_from(change)}, so the setting is idle."
        return f"{held}the setting holds, until '{change.label}' has replaced it {_from(change)}."
    if change.start <= FIRST_YEAR:
        return f"{held}'{change.label}' moves it on from that value in the whole run."
    return f"{held}the setting holds, and '{change.label}' moves it on from {change.start:g}."


def _erases(change: Change, before: Change) -> bool:
    """Whether a change leaves nothing of one that stands before it, other than as its next step."""
    if change.operation != "replace" or _whole(change) >= LAST_YEAR:
        return False
    in_turn = before.operation == "replace" and before.start + before.years <= change.start
    pulse_over = before.operation == "pulse" and before.start + before.years <= change.start
    return not in_turn and not pulse_over


def _whole(change: Change) -> float:
    """Calendar year from which a change is all there."""
    return change.start + change.years


def _from(change: Change) -> str:
    return f"from {_whole(change):g} on"
