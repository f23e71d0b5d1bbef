"""Tables of `upriver rank`, `portfolio` and `believe`: which levers, which mix, and what turns it.

A lever that is pulled alone is a scenario of its own, and its rows carry its digest.
"""

from collections.abc import Iterator

from upriver.core.time import LAST_YEAR
from upriver.experiments.caveats import caveat_of
from upriver.experiments.ground import FROM
from upriver.experiments.hinges import Hinges
from upriver.experiments.placed_caveats import CAVEAT as CAVEAT_IN
from upriver.experiments.placed_ranking import PlaceRanking
from upriver.experiments.portfolio import Mix, Portfolio
from upriver.experiments.ranking import Ranked, Ranking, alone
from upriver.experiments.surface import mix
from upriver.policy.scenario import Scenario
from upriver.system.world import DEFAULT

from .costs import MONEY, price
from .made import lines, of_provenance, of_scenario, provenance_of
from .tidy import Row, Tidy, filled, interval, number, over, share

SPAN = over(FROM, LAST_YEAR - 1)
AVERTED = "deaths averted"
HALF = {"interval": "50 %"}
MEAN = {"statistic": "mean"}


def table_of_ranking(found: Ranking) -> Tidy:
    """Each lever: what it averts, in how many draws, what it takes, and a death's price."""
    made = provenance_of("base", found.draws)
    rows = [row for one in found.rows for row in _ranked(one, found.level)]
    return Tidy(
        f"Levers by deaths averted, each alone at '{found.level}'",
        filled({**of_provenance(made), **SPAN}, rows),
        note=caveat_of(DEFAULT),
        made=lines([made]),
        provenance=[made],
    )


def table_of_place_ranking(found: PlaceRanking) -> Tidy:
    """The same in a place: done in the whole country, and done there alone."""
    made = provenance_of("base", found.draws)
    code = found.place.code
    made = {**made, "place": code, "place_fit": str(found.local.said.get("fit", ""))}
    rows = [interval("deaths", "deaths with no lever", "people", found.deaths)]
    for one in found.rows:
        rows += _ranked(one, found.level)
        title, cells = f"{AVERTED}, done in {code} alone", _lever(one, found.level)
        rows.append(interval(one.lever.name, title, "people", found.alone[one.lever.name], cells))
    return Tidy(
        f"Levers by deaths averted in {found.place.name}, each alone at '{found.level}'",
        filled({**of_provenance(made), **SPAN}, rows),
        note=CAVEAT_IN.format(place=found.place.name),
        made=lines([made]),
        provenance=[made],
    )


def _ranked(one: Ranked, level: str) -> Iterator[Row]:
    """Rows of a lever."""
    name, cells = one.lever.name, _lever(one, level)
    yield interval(name, AVERTED, "people", one.averted, cells)
    low, high = one.inner
    if low < high:
        yield interval(name, AVERTED, "people", (one.averted.median, low, high), cells, HALF)
    yield share(name, "averts deaths", one.helps, cells)
    if one.spent is not None:
        yield interval(name, "spent beyond today", MONEY, one.spent, cells)
    if one.per_death is not None:
        yield price(name, "cost per death averted", one.per_death, cells)


def _lever(one: Ranked, level: str) -> Row:
    """Which scenario it is, and what is known of the lever."""
    drawn = "its effect is drawn" if one.drawn else "the amount is the change itself"
    note = f"{one.lever.title}; evidence: grade {one.lever.evidence.grade}; {drawn}"
    return {**of_scenario(alone(one.lever, level)), "note": note}


def table_of_portfolio(found: Portfolio) -> Tidy:
    """Both mixes: what each averts and takes, the level of each lever, and what pairs share."""
    made = provenance_of("base", found.draws)
    rows = [number("budget", "may be spent", MONEY, found.budget, {"statistic": "as given"})]
    for name, one in (("highest mean", found.most), ("best at worst", found.cautious)):
        rows += _mix(f"mix: {name}", one)
    for one_name, other, lost in found.overlaps:
        pair = f"{one_name} and {other}"
        rows.append(number(pair, "averted less together than apart", "people", lost, MEAN))
    return Tidy(
        f"The mix of levers for {found.budget:,.0f} USD of 2021",
        filled({**of_provenance(made), **SPAN}, rows),
        note=f"{caveat_of(DEFAULT)} Cost not known: {', '.join(found.left_out)}.",
        made=lines([made]),
        provenance=[made],
    )


def _mix(name: str, one: Mix) -> Iterator[Row]:
    cells = of_scenario(mix(one.pulled))
    ends = {"low": one.averted.low, "high": one.averted.high}
    yield {**number(name, AVERTED, "people", one.mean, cells, MEAN), **ends}
    worst = {"statistic": "mean of the worst tenth of draws"}
    yield number(name, AVERTED, "people", one.worst, cells, worst)
    yield number(name, "spent beyond today", MONEY, one.spent, cells, MEAN)
    yield number(name, "averted by the surface", "people", one.expected, cells, MEAN)
    yield number(name, "averted by its levers apart", "people", one.apart, cells, MEAN)
    for lever, level in one.pulled:
        unit = "1" if lever.unit == "percent" else lever.unit
        said = {"statistic": "as chosen", "note": f"{level}: {lever.level_text[level]}"}
        yield number(name, f"amount of {lever.name}", unit, lever.levels[level], cells, said)


def table_of_hinges(found: Hinges, one: Scenario) -> Tidy:
    """How often one scenario is ahead, by how much, and beliefs that turn it.

    Args:
        one: the scenario that should beat the other.
    """
    made = provenance_of("base", found.draws)
    ahead = f"averts more deaths than {found.other}"
    rows = [
        share(found.one, ahead, found.ahead),
        interval(found.one, f"deaths averted beyond {found.other}", "people", found.more),
    ]
    for hinge in found.hinges:
        told = "the record says nothing of it" if hinge.assumed else ""
        rows.append(share(hinge.belief, ahead, hinge.ahead, {"draws": hinge.draws, "note": told}))
    for path, correlation in found.moves:
        said = {"statistic": "rank correlation"}
        rows.append(number(path, f"moves with how far it {ahead}", "1", correlation, said))
    return Tidy(
        f"What to believe for {found.one} to avert more deaths than {found.other}",
        filled({**of_provenance(made), **SPAN, **of_scenario(one)}, rows),
        note=caveat_of(DEFAULT),
        made=lines([made]),
        provenance=[made],
    )
