"""Why deaths changed between two years, as `upriver explain` says, and before the fit beside it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from upriver.evidence.figures import series
from upriver.experiments.explain import UNDER_WAY, Explained, explain, titles
from upriver.experiments.groups import UNEXPLAINED
from upriver.experiments.summary import Doubles, Interval, figures, interval
from upriver.inference.rivals import rivals
from upriver.system.world import BEFORE, DEFAULT

Progress = Callable[[str], Callable[[int, int], None]]

SPANS = ((2022, 2025), (2019, 2022), (2016, 2022), (2015, 2019), (2025, 2028))
"""First and last year of each change, the newest first, and what is projected last."""

RECORDED = 2025
"""Last year that lies, nearly all of it, in the record: a change to a later one is a projection."""

DRAWS = 100
DIGITS = 5
"""Figures that are kept of a number: three more than are told."""

LARGEST = 2
"""Parts that the sentence names besides what nothing explains."""

RECORDS = {
    "deaths_any_opioid": ("with any opioid", "{year}"),
    "deaths_synthetic_12m": ("with synthetic opioids, provisional", "{year}-12"),
}
"""What is on record beside the model, and how a year stands in it."""


def make(progress: Progress) -> dict[str, Any]:
    """Each change with its parts, and the same before the record was seen."""
    spans = []
    for first, last in SPANS:
        years = f"{first} to {last}"
        found = explain(first, last, DRAWS, progress=progress(years))
        before = explain(first, last, DRAWS, BEFORE, progress=progress(f"{years}, before the fit"))
        spans.append(told(found, before))
    return {
        "draws": DRAWS,
        "system": DEFAULT,
        "rivals": {name: rivals()[name].title for name in sorted(rivals())},
        "spans": spans,
    }


def told(found: Explained, before: Explained) -> dict[str, Any]:
    """A change as JSON: the sentence, both years, parts in the order of a waterfall."""
    return {
        "from": found.first,
        "to": found.last,
        "said": said(found),
        "before": _summary(found.before),
        "after": _summary(found.after),
        "change": _summary(found.after - found.before),
        "prior_change": _summary(before.after - before.before),
        "recorded": [_recorded(name, found.first, found.last) for name in RECORDS],
        "left": _interval(_share(found)),
        "parts": [_part(name, found, before) for name in _order(found)],
        "disputed": list(found.disputed()),
        "table_digest": found.provenance["table_digest"],
    }


def _order(found: Explained) -> list[str]:
    """What was under way first, what nothing explains last, between them the largest first."""
    down = found.change.median < 0
    groups = [name for name in found.parts if name not in (UNDER_WAY, UNEXPLAINED)]
    groups.sort(key=lambda name: float(found.parts[name].mean()), reverse=not down)
    return [UNDER_WAY, *groups, UNEXPLAINED]


def said(found: Explained) -> list[str]:
    """What a reader is told first: the change, what nothing explains of it, the largest parts."""
    fell = found.change.median < 0
    ahead = found.last > RECORDED
    verb, whole = ("fell", "the fall") if fell else ("rose", "the rise")
    if ahead:
        verb = "are projected to fall" if fell else "are projected to rise"
    ends = [figures(interval(deaths).median) for deaths in (found.before, found.after)]
    first = (
        f"Yearly deaths from opioid overdose {verb} from about {ends[0]} in {found.first} to about "
        f"{ends[1]} in {found.last}."
    )
    if ahead:
        first += f" {_fading(found)}"
    else:
        first += f" {_left(interval(_share(found)), whole)}"
    named = sorted(
        (name for name in found.parts if name != UNEXPLAINED),
        key=lambda name: -abs(found.part(name).median),
    )
    largest = ", and ".join(_largest(name, found) for name in named[:LARGEST])
    begin = "The largest other parts" if ahead else "The largest parts that it does explain"
    return [first, f"{begin}: {largest}."]


def _fading(found: Explained) -> str:
    """What comes of what nothing explained so far: it is taken to fade, which is no forecast."""
    moved = interval(found.parts[UNEXPLAINED])
    fewer = moved.median < 0
    low, high = sorted((abs(moved.low), abs(moved.high)))
    sure = moved.low * moved.high > 0
    way = "fewer" if fewer else "more"
    other = "" if sure else f", or as well {'more' if fewer else 'fewer'}"
    ends = f"{figures(low)} to {figures(high)}" if sure else f"up to {figures(high)}"
    return (
        f"About {figures(abs(moved.median))} {way} of them ({ends}{other}) come of one assumption: "
        "that what nothing explained until now fades within some years."
    )


def _share(found: Explained) -> Doubles:
    """What nothing explains of a change, in percent of it."""
    return np.asarray(100 * found.parts[UNEXPLAINED] / (found.after - found.before))


def _left(share: Interval, whole: str) -> str:
    """The same in words, or by how much it works against the change."""
    against = share.median < 0
    ends = (-share.high, -share.low) if against else (share.low, share.high)
    low = "none" if ends[0] <= 0 else f"{ends[0]:.0f}"
    could = (
        f"{abs(share.median):.0f} % of {whole}; it could be anything from {low} to {ends[1]:.0f} %."
    )
    if against:
        way = "down" if whole == "the rise" else "up"
        return f"What nothing in the model explains held them {way}, by about {could}"
    return f"Nothing in the model explains about {could}"


def _largest(name: str, found: Explained) -> str:
    """A part in words: `already under way, 13,000 fewer (4,600 to 22,000)`."""
    fewer = found.part(name).median < 0
    middle, low, high = interval(-found.parts[name] if fewer else found.parts[name])
    way = "fewer" if fewer else "more"
    return f"{_quoted(name)}, {figures(middle)} {way} ({figures(low)} to {figures(high)})"


def _quoted(name: str) -> str:
    return f"what was {titles()[name]}" if name == UNDER_WAY else f"‘{titles()[name]}’"


def _part(name: str, found: Explained, before: Explained) -> dict[str, Any]:
    values = found.parts[name]
    return {
        "name": name,
        "title": titles()[name],
        **_summary(values),
        "lowers_in": int(np.sum(values < 0)),
        "by_rival": {rival: _kept(value) for rival, value in sorted(found.by_rival(name).items())},
        "prior": _interval(before.parts[name]) if name in before.parts else None,
    }


def _recorded(name: str, first: int, last: int) -> dict[str, Any]:
    """What is on record of both years; null where nothing is yet."""
    record = series(name)
    what, label = RECORDS[name]
    labels = [label.format(year=year) for year in (first, last)]
    values = [record.at(one) for one in labels]
    sources = {record.sources[record.labels.index(one)] for one in labels if one in record.labels}
    return {"what": what, "series": name, "values": values, "sources": sorted(sources)}


def _summary(values: Doubles) -> dict[str, float]:
    """Mean, which adds up, beside median and 95 % interval."""
    return {"mean": _kept(float(values.mean())), **_interval(values)}


def _interval(values: Doubles) -> dict[str, float]:
    return {key: _kept(value) for key, value in interval(values)._asdict().items()}


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0
