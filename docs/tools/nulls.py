"""Null hindcasts, positive controls and the curve of a dose, as tables."""

from collections.abc import Sequence
from functools import cache

from upriver.cli.dose import ends
from upriver.cli.nulls import amount, asked, by_width, figures
from upriver.experiments import controls as positive
from upriver.experiments import nulls as null
from upriver.experiments.dose import USUAL, curve
from upriver.experiments.trial import Trial

from .markdown import table


@cache
def _nulls() -> tuple[Trial, ...]:
    return tuple(null.nulls())


@cache
def _controls() -> tuple[Trial, ...]:
    return tuple(positive.controls())


def inputs() -> str:
    """What the null hindcasts are given, beside the record."""
    rows = [
        [
            one.asked,
            figures(one.found, one.unit),
            amount(one.recorded, one.unit),
            _links(one.sources),
        ]
        for one in null.inputs()
    ]
    return table(("What", "Given", "On record", "Source"), rows)


def hindcasts() -> str:
    """The null hindcasts."""
    return _table(_nulls())


def controls() -> str:
    """The positive controls."""
    return _table(_controls())


def missed() -> str:
    """How many checks are met, and which are not."""
    every = (*_nulls(), *_controls())
    names = [one.name for one in every if not one.holds]
    said = f"{len(every) - len(names)} of {len(every)} checks are met"
    return f"{said}; not met: {', '.join(names)}.\n" if names else f"{said}.\n"


def dose() -> str:
    """The hazard over doses, and what it hangs on."""
    found = curve()
    rows = [
        [f"{amount:g}", ends(found.daily[:, i]), ends(found.other[:, i])]
        for i, amount in enumerate(found.doses)
    ]
    other = f"Does not use daily: usual dose {USUAL:g}"
    constants = [
        [
            f"`{one.parameter.path}`",
            one.parameter.meaning,
            f"{one.after[1]:.2f} ({one.after[0]:.2f} to {one.after[2]:.2f})",
            one.judged,
            one.parameter.source,
        ]
        for one in found.assumed
    ]
    return (
        table(("Dose", "Uses daily", other), rows)
        + "\n"
        + table(("Constant", "What it is", "Fitted", "Record", "Source"), constants)
    )


def _table(those: Sequence[Trial]) -> str:
    rows = [
        [
            f"{one.asked}; {one.note}" if one.note else one.asked,
            figures(one.found, one.unit),
            asked(one).removeprefix("met where "),
            "met" if one.met else "**not met**",
            ""
            if one.other is None
            else f"{one.changed}: {figures(one.other, one.unit)}{by_width(one)}",
            _links(one.sources),
        ]
        for one in those
    ]
    return table(("What", "Modelled, 95 %", "Met where", "", "It fails", "Sources"), rows)


def _links(sources: Sequence[str]) -> str:
    cited = [key for key in sources if key != "assumption"]
    return ", ".join(f"[{key}](reference/sources.md#{key})" for key in cited)
