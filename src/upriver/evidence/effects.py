"""Effect sizes that trials and studies found, each with its interval, design, grade and source.

They stand in effects.yaml, one entry an effect. What no study measured stands there too, without a
value and with the reason.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from upriver.core.catalogue import Entry, find, read_catalogue
from upriver.core.fields import Document
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
    return find("effect", name, effects())


def read_effects(document: Document) -> dict[str, Effect]:
    """Effects from a document; raises as `effects`."""
    return read_catalogue(document, _effect, required=_REQUIRED, optional=_OPTIONAL)


def _effect(entry: Entry) -> Effect:
    kind = entry.choice("kind", MEASURES, "kind")
    value, low, high = (entry.maybe(entry.number, key) for key in ("value", "low", "high"))
    _check_interval(entry, kind, value, low, high)
    grade = entry.choice("grade", GRADES, "grade")
    note = entry.maybe(entry.text, "note", longest=LONGEST)
    if value is None and note is None:
        raise entry.problem("note", "is missing", hint="Say why there is no value.")
    if value is None and grade != "none":
        raise entry.problem("grade", "should be none where there is no value")
    return Effect(
        name=entry.name,
        measure=entry.text("measure"),
        outcome=entry.text("outcome"),
        kind=kind,
        value=value,
        low=low,
        high=high,
        design=entry.text("design", longest=LONGEST),
        grade=grade,
        population=entry.text("population"),
        period=entry.text("period"),
        sources=entry.choices("sources", references(), "reference"),
        secondary=entry.flag("secondary"),
        note=note,
    )


def _check_interval(
    entry: Entry, kind: str, value: float | None, low: float | None, high: float | None
) -> None:
    if (low is None) != (high is None):
        raise entry.problem("low", "and high stand together")
    if low is None or high is None:
        if value is not None and kind in RATIOS and value <= 0:
            raise entry.problem("value", "should be above 0, as it is a ratio")
        return
    if value is None:
        raise entry.problem("value", "is missing, and an interval is there")
    if not low <= value <= high:
        raise entry.problem("value", "is outside its own interval")
    if kind in RATIOS and low <= 0:
        raise entry.problem("low", "should be above 0, as it is a ratio")
