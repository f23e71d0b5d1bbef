"""What a ranking says, of the country and of a place alike: its first sentence, its rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.ranking import Ranked

NOTHING = "No lever of these stages moves anything."


def first(rows: Sequence["Ranked"]) -> str:
    """The answer in a sentence: the first, and the first of those whose effect is drawn."""
    if not rows:
        return NOTHING
    drawn = [one for one in rows if one.drawn]
    said = [_most("Of all levers", rows[0])]
    if drawn:
        said.append(_most("Of those whose effect is drawn from an interval", drawn[0]))
    return " ".join(said)


def _most(of: str, one: "Ranked") -> str:
    middle, low, high = averted(one)
    return (
        f"{of}, '{one.lever.title}' averts most: {middle} deaths ({low} to {high}), in "
        f"{one.helps:.0%} of draws."
    )


def averted(one: "Ranked") -> tuple[str, str, str]:
    """Deaths averted, in the figures that are told: the median, and the ends of the interval."""
    from upriver.experiments.summary import figures

    middle, low, high = map(figures, one.averted)
    return middle, low, high


def widest(rows: Sequence["Ranked"]) -> int:
    """Letters of the longest name of a lever."""
    return max((len(one.lever.name) for one in rows), default=5)


def cells(one: "Ranked", width: int) -> str:
    """The columns that every ranking has: lever, grade, deaths averted, in how many draws."""
    middle, low, high = averted(one)
    mark = "~" if one.drawn else " "
    return (
        f"{one.lever.name:<{width}} {one.lever.evidence.grade:>4}{mark}  {middle:>8} "
        f"{f'{low} to {high}':>20}  {one.helps:>9.0%}"
    )


def asleep(names: Sequence[str]) -> list[str]:
    """A line on those that move nothing, if there are any."""
    return [shared.prose(f"In this world these move nothing: {', '.join(names)}.")] if names else []


def as_json(one: "Ranked") -> dict[str, Any]:
    """What every ranking holds of a lever."""
    return {
        "lever": one.lever.name,
        "title": one.lever.title,
        "stage": one.lever.stage,
        "grade": one.lever.evidence.grade,
        "averted": one.averted._asdict(),
        "averts_in": one.helps,
        "effect_drawn": one.drawn,
    }
