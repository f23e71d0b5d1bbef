"""Tables of `upriver verify` in its forms, and of `upriver evidence check`."""

from collections.abc import Iterator, Sequence

from upriver.core.errors import UnknownName
from upriver.core.parameters import parameters
from upriver.evidence.controls import Overlap, Total
from upriver.experiments.against import Against
from upriver.experiments.published import PERCENTILES, Check
from upriver.experiments.seized import SEIZED
from upriver.experiments.speed import Measured
from upriver.experiments.trial import DRAWS, Given, Trial
from upriver.experiments.verify import Verification
from upriver.inference.natural import DRAWS as NATURAL
from upriver.inference.natural import Canada, ClassControl
from upriver.inference.reference import Year
from upriver.system.outputs import unit_of
from upriver.system.world import DEFAULT, PUBLISHED

from .made import of_draws, of_provenance, of_record, provenance_of
from .tidy import NOT_RUN, UNRUN, Row, Tidy, filled, in_year, interval, number, share

LIM = {
    "place": "US",
    "source": "lim2022",
    "vintage": "source_x8",
    "status": "modelled",
    "world": PUBLISHED,
}
"""A number that the published model's authors printed."""

OURS = {"statistic": "central value"}
MET = {"statistic": "1 met, 0 not"}
ERROR = {"statistic": "error"}
INSIDE = {"interval": "90 %"}


def table_of_verification(many: Sequence[Verification]) -> Tidy:
    """Every quantity of the published base run beside ours, where they are furthest apart."""
    ours = {**of_draws(0, PUBLISHED), **OURS}
    rows = []
    for found in many:
        against = {"note": f"against {found.source}"}
        for m in found.matches:
            when = {"calendar": "instant", "period": f"{m.year:g}"}
            unit = _unit(m.output)
            told = [number(m.output, f"{m.output}, published", unit, m.published, when, against)]
            rows += filled(LIM, told)
            told = [
                number(m.output, m.output, unit, m.ours, when, against),
                number(m.output, "largest relative error", "1", m.error, when, against, ERROR),
            ]
            rows += filled(ours, told)
    return _plain("The published base run beside ours", rows)


def table_of_policies(found: Sequence[Check]) -> Tidy:
    """Every published number of policies, projections and the ensemble beside ours."""
    rows = []
    for one in found:
        unit, named = _unit_in(one.name), {"note": one.name}
        published = number(one.name, f"{one.kind}, published", unit, one.published, named)
        rows += filled(LIM, [published])
        counted = "in standard errors" if one.kind == PERCENTILES else "of the value"
        told = [
            number(one.name, one.kind, unit, one.ours, named),
            number(one.name, f"{one.kind}, error {counted}", "1", one.error, named, ERROR),
            number(one.name, f"{one.kind}, met", "1", float(one.met), named, MET),
        ]
        rows += filled({**of_draws(0, PUBLISHED), **OURS}, told)
    return _plain("Published policies, projections and percentiles beside ours", rows)


def table_of_trials(given: Sequence[Given], trials: Sequence[Trial]) -> Tidy:
    """Each check of what does nothing, and of what works: found, allowed, and met or not."""
    rows: list[Row] = []
    for told in given:
        rows += _found(told)
        of = {"source": "; ".join(told.sources), "status": "reported", "note": told.asked}
        rows.append(number(told.name, "recorded", told.unit, told.recorded, NOT_RUN, of))
    for one in trials:
        rows += _found(one)
        low, high = one.allowed
        of = {"source": "; ".join(one.sources) or "assumption", "status": "", "interval": one.rule}
        row = number(one.name, "allowed", one.unit, None, NOT_RUN, of)
        rows.append({**row, "low": low, "high": high})
        rows.append(number(one.name, "met, and could have failed", "1", float(one.holds), MET))
        if one.other is not None:
            low, middle, high = one.other
            changed = {"note": one.changed}
            ends = (middle, low, high)
            rows.append(interval(one.name, "with its mechanism changed", one.unit, ends, changed))
    made = provenance_of("base", DRAWS)
    return _plain("Null hindcasts and positive controls", filled(of_provenance(made), rows))


def _found(one: Given | Trial) -> Iterator[Row]:
    low, middle, high = one.found
    yield interval(one.name, "found", one.unit, (middle, low, high), {"note": one.asked})


def table_of_natural(control: ClassControl, canada: Canada, years: Sequence[Year]) -> Tidy:
    """What nothing was fitted to, beside what the fit says of it."""
    base = of_provenance(provenance_of("base", NATURAL))
    return _plain(
        "What nothing was fitted to, beside what the fit says",
        filled({**base, **INSIDE}, [*_control(control), *_canada(canada), *_years(years)]),
    )


def _control(found: ClassControl) -> Iterator[Row]:
    name = "seized in mail, on the coast and in the air"
    for one in found.seized:
        when = {"calendar": "fiscal year", "period": f"FY{one.year}"}
        yield number(name, "recorded", "lb", one.recorded, when, of_record(SEIZED))
        for quantity, (low, middle, high) in (
            ("with the class control", one.acted),
            ("without it", one.without),
        ):
            yield interval(name, quantity, "lb", (middle, low, high), when)
    for span, (low, middle, high) in found.deaths.items():
        told = {"note": span}
        quantity = "deaths with the class control over deaths without it"
        yield interval(f"deaths, {span}", quantity, "1", (middle, low, high), told)
    yield share("deaths", "fewer by a quarter, as was published", found.claimed)


def _canada(found: Canada) -> Iterator[Row]:
    there = {"place": "Canada", "calendar": "quarter"}
    for quarter, recorded, ends in zip(
        found.quarters, found.recorded.tolist(), found.shocked.T.tolist(), strict=True
    ):
        low, middle, high = ends
        when = {**there, "period": quarter}
        name = "deaths from opioid toxicity"
        known = of_record("deaths_opioids_quarter", "Canada", quarter)
        yield number(name, "recorded", "people", recorded, when, known)
        yield interval(name, "a level and the US shock", "people", (middle, low, high), when)
    for quantity, value in (
        ("a level alone", found.level_alone),
        ("a level and the US shock", found.with_shock),
        ("the whole course of US deaths", found.with_course),
    ):
        said = {"statistic": "typical error of logarithms", "place": "Canada"}
        yield number("deaths from opioid toxicity", f"error of {quantity}", "1", value, said)
    low, middle, high = found.slope
    yield interval("shock", "moves Canada by", "1", (middle, low, high), {"place": "Canada"})


def _years(years: Sequence[Year]) -> Iterator[Row]:
    name, wide = "opioid overdose deaths", {"interval": "95 %"}
    for one in years:
        when = in_year(one.year)
        if one.recorded is not None:
            known = of_record("deaths_any_opioid", label=str(one.year))
            yield number(name, "recorded", "people", one.recorded, when, known)
        low, middle, high = one.source
        yield interval(name, "by SOURCE", "people", (middle, low, high), when, wide, LIM)
        low, middle, high = one.ours
        yield interval(name, "by ours, to 2020", "people", (middle, low, high), when, wide)


def table_of_record_checks(
    totals: Sequence[Total], overlaps: Sequence[Overlap], run: Sequence[Against]
) -> Tidy:
    """Control totals, series against each other, and a run against the record."""
    rows: list[Row] = []
    for total in totals:
        keys = {"source": total.source, "vintage": total.vintage, "note": total.title}
        rows.append(number(total.name, "expected", total.unit, total.expected, keys))
        rows.append(number(total.name, "found", total.unit, total.found(), keys))
        rows.append(number(total.name, "holds", "1", float(total.holds()), keys, MET))
    for overlap in overlaps:
        apart = overlap.differences()
        sources = dict.fromkeys(key for r in overlap.whole.records() for key in r.sources)
        keys = {"source": "; ".join(sources), "note": overlap.title}
        for label, value in apart.items():
            when = {"period": label}
            rows.append(number(overlap.name, "difference, of the whole", "1", value, keys, when))
        rows.append(number(overlap.name, "allowed", "1", overlap.within, keys))
        holds = bool(apart) and max(map(abs, apart.values())) <= overlap.within
        rows.append(number(overlap.name, "holds", "1", float(holds), keys, MET))
    found = [row for one in run for row in _against(one)]
    base = of_provenance(provenance_of("base", 200))
    return _plain("Checks of the record", [*filled({}, rows), *filled(base, found)])


def table_of_speed(found: Sequence[Measured]) -> Tidy:
    """Each claim of speed as a ratio of two times, what was asked, and met or not."""
    rows = []
    for one in found:
        told = {"note": one.why or one.claim.said}
        bound = "at most" if one.claim.at_most else "at least"
        rows.append(number(one.claim.name, "ratio of two times", "1", one.ratio, NOT_RUN, told))
        rows.append(number(one.claim.name, f"asked, {bound}", "1", one.claim.bar, NOT_RUN))
        if one.ratio is not None:
            rows.append(number(one.claim.name, "met", "1", float(one.met), NOT_RUN, MET))
    return _plain("Claims of speed, as ratios on the machine that measured", filled({}, rows))


def _against(one: Against) -> Iterator[Row]:
    cells = zip(one.labels, one.recorded, one.median, one.low, one.high, strict=True)
    record = one.record
    for label, recorded, *ends in cells:
        when = {"calendar": record.calendar, "period": label}
        known = of_record(record.name, record.place, label)
        yield number(record.name, "recorded", record.unit, float(recorded), when, known)
        median, low, high = map(float, ends)
        yield interval(record.name, one.name, record.unit, (median, low, high), when)


def _plain(title: str, rows: Sequence[Row]) -> Tidy:
    said = [{"world": DEFAULT}]
    return Tidy(title, rows, made=[UNRUN], provenance=said)


def _unit(path: str) -> str:
    """Unit of an output, or of a parameter."""
    try:
        return unit_of(path)
    except UnknownName:
        return parameters()[path].unit


def _unit_in(name: str) -> str:
    """Unit of the output that the name of a check speaks of."""
    words = (word.strip(",") for word in name.split())
    return _unit(next(word for word in words if word.startswith(("people.", "cumulative."))))
