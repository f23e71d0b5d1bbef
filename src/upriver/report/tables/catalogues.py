"""Tables of `upriver levers` and `upriver parameters`: the numbers on their cards.

Nothing is run for them, and no library is loaded that a list does not need.
"""

from collections.abc import Iterator, Sequence

from upriver import __version__
from upriver.core.parameters import Parameter
from upriver.policy.chosen import fitted
from upriver.policy.levers import Lever

from .tidy import UNRUN, Row, Tidy, filled, interval, number

ASSUMED = "assumption"
PLAUSIBLE = {"interval": "90 %"}


def table_of_levers(found: Sequence[Lever]) -> Tidy:
    """How far each lever goes, its effect, its cost, and when it starts."""
    rows = [row for v in found for row in _lever(v)]
    return Tidy(
        "Levers",
        filled({"place": "US"}, rows),
        "An amount grows in the direction of the lever's verb; in unit 1, 0.2 is 20 percent.",
        made=[UNRUN],
    )


def _lever(v: Lever) -> Iterator[Row]:
    known = v.evidence
    unit = "1" if v.unit == "percent" else v.unit
    keys = {"source": "; ".join(known.sources) or ASSUMED, "note": f"grade {known.grade}"}
    for level, amount in v.levels.items():
        told = {**keys, "note": f"{v.title}: {v.level_text.get(level) or level}"}
        yield number(v.name, f"amount at '{level}'", unit, amount or 0.0, told)
    least, most = v.range
    row = number(v.name, "range of amounts", unit, None, keys)
    yield {**row, "low": least, "high": most, "interval": "all"}
    yield number(v.name, "starts", "year", v.start, keys)
    yield number(v.name, "grows over", "year", v.years, keys)
    if v.cost is not None:
        told = {"source": v.cost.source, "note": v.cost.note or ""}
        yield number(v.name, f"cost, dollars of {v.cost.year}", v.cost.unit, v.cost.value, told)
    if v.effect is not None:
        told = {"source": v.effect.source or ASSUMED, "note": v.effect.because}
        low, high = v.effect.interval or (v.effect.value, v.effect.value)
        ends = (v.effect.value, low, high)
        quantity = "change of its parameters for a full measure"
        yield interval(v.name, quantity, "1", ends, told, {"interval": "95 %"})


def table_of_parameters(found: Sequence[Parameter]) -> Tidy:
    """Each constant or history, what is plausible of it, and what the fit made of it."""
    rows = [row for p in found for row in _parameter(p)]
    return Tidy("Parameters", filled({"place": "US"}, rows), made=[UNRUN])


def _parameter(p: Parameter) -> Iterator[Row]:
    told = {"source": p.source, "note": p.meaning}
    low, high = p.plausible or (None, None)
    if p.value is not None:
        value = {"low": low, "high": high, **PLAUSIBLE}
        yield {**number(p.path, "value", p.unit, p.value, told), **value}
    for knot in p.knots:
        when = {"calendar": "instant", "period": f"{knot.year:g}"}
        act = {"note": knot.act} if knot.act else {}
        yield number(p.path, "history", p.unit, knot.value, told, when, act)
    if p.projection:
        when = {"calendar": "instant", "period": f"{p.projection.end_year:g}"}
        yield number(p.path, "projected", p.unit, p.projection.end_value, told, when)
    row = number(p.path, "allowed", p.unit, None, told)
    yield {**row, "low": p.within[0], "high": p.within[1], "interval": "all"}
    if one := fitted().told.get(p.path):
        least, middle, most = one.after
        still = "an assumption still" if one.assumed else "moved by the record"
        of = {"source": f"upriver {__version__}", "status": "modelled", "world": "whole"}
        said = {**of, "statistic": "median", "note": still, "draws": fitted().draws, **PLAUSIBLE}
        yield interval(p.path, "fitted", p.unit, (middle, least, most), said)
