"""Tables of `upriver prior` and `upriver posterior`: before any fit, and what the fit says."""

from collections.abc import Iterator

from upriver.core.parameters import parameters
from upriver.experiments.caveats import caveat_of
from upriver.experiments.prior import Prior
from upriver.inference.explained import Explanation
from upriver.policy.chosen import fitted
from upriver.system.world import DEFAULT

from .made import lines, of_draws, of_provenance
from .tidy import UNRUN, Row, Tidy, filled, in_year, interval, number, over, share

INSIDE = {"interval": "90 %"}


def table_of_prior(found: Prior) -> Tidy:
    """How plausible values meet the record, deaths by year, and what makes nonsense."""
    made = {"draws": found.draws, **found.provenance}
    return Tidy(
        "Plausible values against the record, before any fit",
        filled(of_provenance(made), _prior(found)),
        note="Nothing is fitted.",
        made=lines([made]),
        provenance=[made],
    )


def _prior(found: Prior) -> Iterator[Row]:
    for one in found.crossings:
        when, bar = over(*one.years), {"note": one.bar}
        yield share(one.what, "near the record in every year", one.meets, when, bar)
        typical = {"statistic": "share of years, in the median draw"}
        yield number(one.what, "near the record", "1", one.typical, when, bar, typical)
        yield share(one.what, "above the record in every year", one.above, when)
        yield share(one.what, "below the record in every year", one.below, when)
        yield share(one.what, "crosses the record", one.crosses, when)
    yield share("all records", "near every record in every year", found.meets_all)
    yield share("deaths", "nonsense in some year", found.absurd)
    yield number("draws", "broke", "1", float(found.broken), {"statistic": "number of draws"})
    for cause, part in found.shortages.items():
        yield share(cause, "makes doses of some year weaker by a tenth or more", part)
    for year, (low, median, high) in zip(found.years, found.deaths.T.tolist(), strict=True):
        name = "people.overdose.deaths"
        yield interval(name, name, "people", (median, low, high), in_year(year))
    for told in found.telling:
        said = {"statistic": "largest difference of distributions"}
        yield number(told.path, "draws of nonsense against others", "1", told.distance, said)
        yield number(told.path, "median in draws of nonsense", told.unit, told.nonsense)
        yield number(told.path, "median in the others", told.unit, told.others)


def table_of_posterior(found: tuple[Explanation, ...]) -> Tidy:
    """Each explanation, and what the record told of each constant."""
    draws = fitted()
    common = {**of_draws(draws.draws), "scenario": ""}
    rows = [row for one in found for row in _explanation(one)]
    for path, told in draws.told.items():
        known = parameters().get(path)
        unit = "1" if known is None else known.unit
        still = {"note": "an assumption still"} if told.assumed else {}
        for when, (low, middle, high) in (("before", told.before), ("after", told.after)):
            quantity = f"constant, {when} the fit"
            rows.append(interval(path, quantity, unit, (middle, low, high), INSIDE, still))
        moved = {"statistic": "part of its interval before"}
        rows.append(number(path, "moved by the record", "1", told.by, moved))
    return Tidy(
        "What the fit says",
        filled(common, rows),
        note=caveat_of(DEFAULT),
        made=[UNRUN],
        provenance=[{"fit": draws.own or "as it ships", "draws": draws.draws}],
    )


def _explanation(one: Explanation) -> Iterator[Row]:
    named = {"note": one.title}
    yield share(one.name, "share of the draws", one.share, named)
    error = {"statistic": "typical error of logarithms"}
    yield number(one.name, "months of deaths with synthetic opioids", "1", one.error, error, named)
    low, middle, high = one.unexplained
    quantity = "of how deaths changed, 2015 to 2025, unexplained"
    yield interval(one.name, quantity, "1", (middle, low, high), INSIDE, named)
    behind = {"statistic": "logarithm of density, less that of the best"}
    told = {"note": f"{one.title}; one standard error is {one.foretold.error:.1f}"}
    yield number(one.name, "numbers left out", "1", one.foretold.log, behind, told)
    yield share(one.name, "stacked weight", one.foretold.weight, named)
    low, middle, high = one.ahead
    ahead = (middle, low, high)
    yield interval(one.name, "opioid overdose deaths", "people", ahead, over(2026, 2031), named)
