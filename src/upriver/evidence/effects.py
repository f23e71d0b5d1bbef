"""Effect sizes that trials and studies found, each with its interval, design, grade and source.

They stand in effects.yaml, one entry an effect. What no study measured stands there too, without a
value and with the reason.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.errors import unknown_name
from upriver.core.fields import (
    Document,
    FieldPath,
    as_boolean,
    as_choice,
    as_list,
    as_number,
    as_text,
    check_fields,
)
from upriver.core.files import load_yaml

from .references import references

FILE = Path(__file__).with_suffix(".yaml")

RATIOS = ("rate ratio", "risk ratio", "hazard ratio", "ratio of shares", "ratio of amounts")
"""What is compared is divided by what it is compared with: 1 is no effect."""

MEASURES = (*RATIOS, "added people", "change of slope", "kits per death averted")

GRADES = {
    "A": "randomised trials",
    "B": "quasi-experimental studies, or trials of something near",
    "C": "observational studies, or better ones of something near",
    "D": "a mechanism only",
    "none": "no usable estimate",
}
"""How sure one can be that the measure did it; the words are those of levers."""

LONGEST = 500
"""Characters in a design or a note."""

_REQUIRED = (
    "measure",
    "outcome",
    "kind",
    "value",
    "low",
    "high",
    "design",
    "grade",
    "population",
    "period",
    "sources",
)
_OPTIONAL = ("secondary", "note")


@dataclass(frozen=True)
class Effect:
    """What was found of a measure or a risk.

    measure: what was done, or what people were exposed to, and in comparison with what.
    outcome: on what.
    kind: one of `MEASURES`, how the value is to be read.
    value: the estimate; None if no study gives one. low, high: its 95 % interval; None if the text
        that was read gives none.
    population, period: on whom, and when; sources: keys of references.
    secondary: the text that was read quotes the study.
    note: what one must know to use it; without a value, why there is none.
    """

    name: str
    measure: str
    outcome: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    design: str
    grade: str
    population: str
    period: str
    sources: tuple[str, ...]
    secondary: bool
    note: str | None


@cache
def effects() -> dict[str, Effect]:
    """All effects that ship, by name, in the order of the file.

    Raises:
        InputError: an entry is not right; the line says where.
    """
    return read_effects(load_yaml(FILE))


def effect(name: str) -> Effect:
    """The effect of that name; UnknownName if there is none, with the nearest."""
    if name not in effects():
        raise unknown_name("effect", name, effects())
    return effects()[name]


def read_effects(document: Document) -> dict[str, Effect]:
    """Effects from a document; raises as `effects`."""
    return {str(name): _effect(document, str(name)) for name in document.data}


def _effect(document: Document, name: str) -> Effect:
    fields = check_fields(document, (name,), required=_REQUIRED, optional=_OPTIONAL)
    kind = as_choice(document, (name, "kind"), MEASURES, "kind")
    value, low, high = (_number(document, (name, key)) for key in ("value", "low", "high"))
    _check_interval(document, name, kind, value, low, high)
    grade = as_choice(document, (name, "grade"), GRADES, "grade")
    note = as_text(document, (name, "note"), longest=LONGEST) if "note" in fields else None
    if value is None and note is None:
        raise document.problem((name, "note"), "is missing", hint="Say why there is no value.")
    if value is None and grade != "none":
        raise document.problem((name, "grade"), "should be none where there is no value")
    return Effect(
        name=name,
        measure=as_text(document, (name, "measure")),
        outcome=as_text(document, (name, "outcome")),
        kind=kind,
        value=value,
        low=low,
        high=high,
        design=as_text(document, (name, "design"), longest=LONGEST),
        grade=grade,
        population=as_text(document, (name, "population")),
        period=as_text(document, (name, "period")),
        sources=known_sources(document, (name, "sources")),
        secondary="secondary" in fields and as_boolean(document, (name, "secondary")),
        note=note,
    )


def known_sources(document: Document, path: FieldPath) -> tuple[str, ...]:
    """Keys of references at a field, at least one; UnknownName if the file has no such key."""
    items = as_list(document, path)
    if not items:
        raise document.problem(path, "should name a source")
    return tuple(
        as_choice(document, (*path, i), references(), "reference") for i in range(len(items))
    )


def _number(document: Document, path: FieldPath) -> float | None:
    return None if document.at(path) is None else as_number(document, path)


def _check_interval(
    document: Document,
    name: str,
    kind: str,
    value: float | None,
    low: float | None,
    high: float | None,
) -> None:
    if (low is None) != (high is None):
        raise document.problem((name, "low"), "and high stand together")
    if low is None or high is None:
        if value is not None and kind in RATIOS and value <= 0:
            raise document.problem((name, "value"), "should be above 0, as it is a ratio")
        return
    if value is None:
        raise document.problem((name, "value"), "is missing, and an interval is there")
    if not low <= value <= high:
        raise document.problem((name, "value"), "is outside its own interval")
    if kind in RATIOS and low <= 0:
        raise document.problem((name, "low"), "should be above 0, as it is a ratio")
