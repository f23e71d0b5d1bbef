"""What is known of a lever: how far it goes, its cost, its evidence, what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from upriver.evidence.effects import GRADES as GRADES

from .effect import Effect
from .handles import Operation

STAGES = ("diplomacy", "precursors", "synthesis", "corridors", "market", "people", "services")
LEVELS = ("as_today", "some", "more", "most")
DIRECTIONS = {"more": 1, "less": -1}
"""What the verb of a lever does to the parameters it acts on."""


@dataclass(frozen=True)
class Evidence:
    """What studies found: grade and design, effect in words, its interval, keys of sources."""

    grade: str
    design: str
    effect: str
    interval: str | None
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class Cost:
    """A published cost: `value` in `unit`, in dollars of `year`, with the key of its source."""

    value: float
    unit: str
    year: int
    source: str
    note: str | None


@dataclass(frozen=True)
class Lever:
    """What a policy can do.

    An amount grows in the direction of the lever's verb: `prevent_relapse` by 0.2 is a fifth fewer.
    Where an effect is drawn, an amount is a reach: how many get the measure.

    doing: the title as something that is being done, to begin a sentence with.
    formerly: names in scenarios of schema 1, where amounts had the sign of the parameters' change.
    operation: how a change acts on the parameters in `acts_on`, as for a handle.
    direction: 1 where the verb raises the parameters, -1 where it lowers them.
    unit: how an amount reads: `percent` (0.2 is 20 %), or the parameters' unit.
    levels: amounts; `as_today` is None, no change.
    range: least and most amount, lower number first; `most` is one of them.
    moves: outputs that the lever moves first, each with 1 for more or -1 for less of it.
    effect: what the evidence says that it does to the parameters; None for one of the user's that
        does not say.
    start, years: calendar year in which it starts, years over which it grows, unless one says
        otherwise.
    own: it is from a folder of the user's (`UPRIVER_LEVERS`), not one that ships.
    """

    name: str
    formerly: tuple[str, ...]
    title: str
    doing: str
    stage: str
    summary: str
    acts_on: tuple[str, ...]
    operation: Operation
    direction: int
    unit: str
    levels: Mapping[str, float | None]
    level_text: Mapping[str, str]
    most_because: str
    range: tuple[float, float]
    start: float
    years: float
    years_because: str | None
    cost: Cost | None
    evidence: Evidence
    moves: Mapping[str, int]
    effect: Effect | None
    cannot_capture: tuple[str, ...]
    harms: tuple[str, ...]
    reference: str | None
    own: bool

    @property
    def most(self) -> float:
        """The most that evidence, feasibility or a stated assumption supports."""
        return cast(float, self.levels["most"])

    def is_published_as(self, name: str) -> bool:
        """Whether SOURCE calls it so, or a part of it; capitals do not count."""
        return bool(name) and name.casefold() in (self.reference or "").casefold().split("; ")

    def on_parameters(self, amount: float) -> float:
        """The amount of the parameters' change for one of the lever, at the evidence's middle.

        Where a lever replaces, its amount is the value itself and has no sign to turn.
        """
        return amount if self.operation == "replace" else self._each * amount + 0.0

    def from_parameters(self, change: float) -> float:
        """The lever's amount for one of the parameters' change."""
        return change if self.operation == "replace" else change / self._each + 0.0

    def _repr_html_(self) -> str:
        """A card for a notebook: how far it goes, what is known of it, what it leaves out."""
        from upriver.core.card import card, table
        from upriver.evidence.references import short_citation

        e = self.evidence
        levels = [
            [name.replace("_", " "), self._amount(self.levels[name]), text]
            for name, text in self.level_text.items()
        ]
        interval = f" {e.interval}" if e.interval else ""
        known = [
            ["acts on", f"{', '.join(self.acts_on)}: {self.operation}"],
            ["starts", f"{self.start:g}, over {self.years:g} years, unless a scenario says else"],
            ["evidence", f"{e.grade}: {GRADES[e.grade]}. {e.design}"],
            ["found", f"{e.effect}{interval}"],
            ["sources", ", ".join(map(short_citation, e.sources)) or "none"],
            *([["effect", self.effect.told]] if self.effect else []),
            ["leaves out", " ".join(self.cannot_capture)],
            ["may harm", " ".join(self.harms)],
        ]
        return card(
            f"{self.title} ({self.name})",
            says=[self.summary],
            body=[
                table(["level", "amount", "what it is"], levels, numbers=False),
                table([], known, numbers=False),
            ],
            foot=[
                f"No further: {self.most_because}",
                f"In a scenario: {{lever: {self.name}, level: most}}",
            ],
        )

    def _amount(self, size: float | None) -> str:
        """An amount as people read it, in percent or in the parameters' unit."""
        if size is None:
            return "no change"
        if self.unit == "percent":
            return f"{'to ' if self.operation == 'replace' else ''}{100 * size:+.4g} %"
        sign = "to " if self.operation == "replace" else ""
        return f"{sign}{size:g} {'' if self.unit == '1' else self.unit}".rstrip()

    @property
    def _each(self) -> float:
        """Change of the parameters for one unit of the lever."""
        return self.direction * (1.0 if self.effect is None else self.effect.value)
