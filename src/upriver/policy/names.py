"""No change twice under one name, in a scenario and in all that it builds on."""

from collections.abc import Sequence

from upriver.core.errors import SchemaProblem, one_line

from .changes import Change


def check_names(changes: Sequence[Change]) -> None:
    """Refuse a lever, a handle or a parameter that is changed twice.

    A parameter that is named itself may be named again where the first ramp is over: that is a
    course in several steps. Different names that act on one parameter are no fault; what they come
    to is looked at when they are made.

    Raises:
        SchemaProblem: with the lines of both.
    """
    for i, change in enumerate(changes):
        for before in changes[:i]:
            if _plain(change) and _plain(before):
                both = [path for path in change.acts_on if path in before.acts_on]
                if both and _overlap(before, change):
                    raise _twice(
                        f"parameter '{both[0]}' is changed twice at one time", before, change
                    )
            elif change.label == before.label:
                raise _twice(f"{_kind(change)} '{change.label}' is changed twice", before, change)


def _twice(says: str, before: Change, change: Change) -> SchemaProblem:
    file, line = change.where
    hint = "Write one change."
    if not _plain(change):
        hint += " A course in several steps is written with `acts_on`."
    return SchemaProblem(
        one_line(says, 160) + _first(before, file), file=file, line=line, hint=hint
    )


def _plain(change: Change) -> bool:
    """Whether a change names parameters, and neither a lever nor a handle."""
    return change.lever is None and change.label in change.acts_on


def _kind(change: Change) -> str:
    return "handle" if change.lever is None else "lever"


def _overlap(one: Change, other: Change) -> bool:
    """Whether two changes grow at the same time."""
    early, late = sorted((one, other), key=lambda change: change.start)
    return late.start < early.start + early.years or late.start == early.start


def _first(before: Change, file: str | None) -> str:
    """Where the first of two stands, if that is known."""
    other, line = before.where
    if line is None:
        return ""
    place = "" if other == file or other is None else f" of {one_line(other, 80, keep_end=True)}"
    return f"; the first is on line {line}{place}"
