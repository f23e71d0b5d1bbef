"""`explain`: why deaths changed from one year to another, as `upriver explain` has it."""

from typing import Any

from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.experiments.caveats import caveat_of, few_draws, unexplained
from upriver.experiments.explain import Explained, titles
from upriver.experiments.explain import explain as explained
from upriver.experiments.placed_caveats import CAVEAT
from upriver.experiments.placed_explain import explain_in
from upriver.experiments.summary import figures
from upriver.places.asked import place as place_of
from upriver.report import limits as of_country
from upriver.report import placed_limits as of_place

from .asked import Asked
from .limits import MOST_SHARED
from .said import Said, ends, joined, scenario_digest

DRAWS = 100
ORDERED = (
    "Parts are Shapley values: the mean over all orders in which groups of inputs are let go. "
    "'Already under way' is what still changes when every history stays as it was; 'unexplained' "
    "is disturbances that the fit needs and nothing in the model explains. Medians do not add up; "
    "the parts of each draw do."
)


def explain(asked: Asked) -> Said:
    """Share a change of deaths among groups of inputs, in the country or in a state."""
    first = asked.whole("from", 2022, FIRST_YEAR, LAST_YEAR)
    last = asked.whole("to", 2025, FIRST_YEAR, LAST_YEAR)
    draws = asked.whole("draws", DRAWS, 1, MOST_SHARED)
    with asked.believed(draws) as few:
        if asked.has("place"):
            given = draws if asked.has("draws") else None
            code = place_of(asked.text("place")).code
            return _said(explain_in(code, first, last, given, progress=asked.progress))
        return _said(explained(first, last, few, progress=asked.progress))


def _said(found: Explained) -> Said:
    """An explanation in words and numbers."""
    change, code = found.change, str(found.provenance.get("place", ""))
    data: dict[str, Any] = {
        "from": found.first,
        "to": found.last,
        "unit": "people/year",
        "change": change._asdict(),
        "parts": found.told(),
        "disputed": list(found.disputed()),
        "unexplained": "" if code else unexplained(found.world),
        "caveat": CAVEAT.format(place=found.place) if code else caveat_of(found.world),
    }
    cannot = of_place.cannot_tell(place_of(code)) if code else of_country.cannot_tell(found.world)
    text = joined(
        str(data["unexplained"]),
        f"Opioid overdose deaths{f' in {found.place}' if code else ''} changed by "
        f"{_between(change)} a year from {found.first} to {found.last}, median and 95 % interval "
        f"of {len(found.before)} draws. What that is put down to:",
        _parts(found),
        _disputed(found),
        ORDERED + few_draws(len(found.before)),
        str(data["caveat"]),
        ends(cannot),
    )
    scenario = {
        "title": found.provenance["scenario"],
        "scenario_digest": scenario_digest(str(found.provenance["scenario_yaml"])),
        "table_digest": found.provenance["table_digest"],
        "scenario_yaml": found.provenance["scenario_yaml"],
    }
    kept = {key: found.provenance[key] for key in ("fit", "place", "place_fit")
            if key in found.provenance}  # fmt: skip
    made = {"world": found.world, "draws": len(found.before), **kept, "scenarios": [scenario]}
    return Said(text, data, made, cannot)


def _parts(found: Explained) -> str:
    """A line a part, the largest in the direction of the change first."""
    rising = found.change.median > 0
    names = sorted(found.parts, key=lambda name: found.part(name).median, reverse=rising)
    return "\n".join(
        f"- {titles()[name]}: {_between(found.part(name))}, lowers deaths in "
        f"{found.share_less(name):.0%} of draws"
        for name in names
    )


def _disputed(found: Explained) -> str:
    """What would change the answer: parts on which explanations of the past differ."""
    lines = []
    for name in found.disputed():
        told = ", ".join(f"{one} {figures(value)}" for one, value in found.by_rival(name).items())
        lines.append(f"- {titles()[name]}: {told}")
    if not lines:
        return ""
    said = "What would change this answer is the explanation that is right; medians by explanation:"
    return "\n".join([said, *lines])


def _between(one: Any) -> str:
    """A median with its interval, to two figures."""
    return f"{figures(one.median)} ({figures(one.low)} to {figures(one.high)})"
