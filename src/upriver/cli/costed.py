"""What `upriver cost` says: a sentence, a table, the components, and what it cannot tell."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.costs.prices import Price, Priced
    from upriver.experiments.costs.value import Valued
    from upriver.experiments.simulate import Run
    from upriver.experiments.summary import Doubles

VIEWS = {"health": "the health sector", "society": "society"}
WITHOUT = ", without the measure's own cost"
LABEL, CELL = 30, 34
"""Columns of a table: of the name of a row, of each scenario."""


def texts(found: "Valued", view: str) -> list[str]:
    """What a reader wants to know: a sentence, the table, the components, what it cannot tell."""
    from upriver.experiments.caveats import caveat_of, few_draws
    from upriver.experiments.costs.value import COMPONENTS

    central = found.comparison.central
    base = found.runs[0]
    how = "Central values alone; costs in USD of 2021."
    if not central:
        how = (
            f"Means and 95 % intervals of {base.draws} draws; costs in USD of 2021. A price is a "
            "ratio of means. Best: share of draws with the highest net benefit where a QALY is "
            f"worth so many USD, for {VIEWS[view]}; '{base.scenario.title}' itself "
            f"{_at_thresholds(found, base, view)}.{few_draws(base.draws)}"
        )
    parts = [
        (title, lambda run, name=name: _money(found.components(run)[name], central))
        for name, title in COMPONENTS.items()
        if any(found.components(run)[name].any() for run in found.runs[1:])
    ]
    return [
        shared.prose(sentence(found, view)),
        _table(found, "", _rows(found, view)),
        shared.prose(how),
        _table(found, f"More than '{base.scenario.title}', by component", parts),
        *filter(None, [_measures(found)]),
        shared.prose(_cannot_tell()),
        shared.prose(caveat_of(base.world, central)),
    ]


def sentence(found: "Valued", view: str) -> str:
    """What comes out, in a sentence for each scenario."""
    said = []
    for run in found.runs[1:]:
        averted, gained = found.averted(run).mean(), found.gained(run).mean()
        cost = found.cost(run, view).mean()
        lives = f"{'averts' if averted >= 0 else 'brings'} {shared.three_figures(abs(averted))}"
        health = f"{'gains' if gained >= 0 else 'loses'} {shared.three_figures(abs(gained))} QALYs"
        money = (
            f"{'costs' if cost >= 0 else 'saves'} {VIEWS[view]} {_dollars(abs(cost))}"
            f"{'' if found.complete(run) else WITHOUT}"
        )
        price = found.per_qaly(run, view).mean
        last = f": {_price(price)} per QALY" if price.value is not None else ""
        deaths = "overdose deaths" if averted >= 0 else "more overdose deaths"
        said.append(f"'{run.scenario.title}' {lives} {deaths}, {health} and {money}{last}.")
    since = found.comparison.since
    return f"Against '{found.runs[0].scenario.title}', {since:g} to 2031: {' '.join(said)}"


def _rows(found: "Valued", view: str) -> "list[tuple[str, Callable[[Run], str]]]":
    central = found.comparison.central
    rows: list[tuple[str, Callable[[Run], str]]] = [
        ("overdose deaths averted", lambda run: _count(found.averted(run), central)),
        ("QALYs gained", lambda run: _count(found.gained(run), central)),
        ("cost, health sector", lambda run: _money(found.cost(run, "health"), central)),
        ("cost, society", lambda run: _money(found.cost(run, "society"), central)),
        ("USD per death averted", lambda run: _priced(found.per_death(run, view), central)),
        ("USD per QALY", lambda run: _priced(found.per_qaly(run, view), central)),
    ]
    known = {True: "counted", False: "not known, left out"}
    rows.append(("the measure's own cost", lambda run: known[found.complete(run)]))
    if not central:
        rows.append(("best at 50,000 and 100,000", lambda run: _at_thresholds(found, run, view)))
    return rows


def _at_thresholds(found: "Valued", run: "Run", view: str) -> str:
    from upriver.experiments.costs.value import THRESHOLDS

    shares = [found.acceptable(price, view)[run.scenario.title] for price in THRESHOLDS]
    return " and ".join(f"{share:.0%}".replace("%", " %") for share in shares)


def _table(found: "Valued", title: str, rows: "Sequence[tuple[str, Callable[[Run], str]]]") -> str:
    """Rows by name, a column a scenario; as many columns beside each other as fit."""
    others = found.runs[1:]
    beside = max(1, (shared.width() - LABEL) // CELL)
    blocks = []
    for first in range(0, len(others), beside):
        runs = others[first : first + beside]
        heads = "".join(f"{run.scenario.title[: CELL - 2]:>{CELL}}" for run in runs)
        lines = [f"{'':<{LABEL}}{heads}"] if not title else [title, f"{'':<{LABEL}}{heads}"]
        lines += [
            f"{name:<{LABEL}}" + "".join(f"{tell(run):>{CELL}}" for run in runs)
            for name, tell in rows
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _measures(found: "Valued") -> str:
    """What of each scenario has a cost of its own, and what has none that is known."""
    lines = [
        shared.prose(f"{run.scenario.title}: {measure.label}, {measure.how}.", "  ", begin="")
        for run in found.runs[1:]
        for measure in found.own(run)
    ]
    return "\n".join(["What the measures themselves cost", *lines]) if lines else ""


def _cannot_tell() -> str:
    from upriver.experiments.costs.tariff import tariff

    beside = tariff().beside
    told = " and ".join(
        f"{beside[name].value:,.0f} billion for {what}"
        for name, what in (("disorder", "disorder"), ("fatal_overdose", "fatal overdose"))
    )
    return (
        "What this cannot tell: what a life is worth beyond the price of a QALY (with the value "
        f"of lives and of their quality, Florence et al. counted {told} in 2017, in USD of then). "
        "After 2031 only deaths count, not what becomes of those who live. What enforcement, "
        "trade and families pay is in neither view. Criminal justice, excess care and lost "
        "production have no published interval, and a fifth either way is an assumption; so is "
        "the price year of kits. What lies ahead of a survivor, 22.6 QALYs, is SOURCE's mean over "
        "all in it: for a person with a disorder it is less, and the interval reaches to 12.5."
    )


def _count(draws: "Doubles", central: bool) -> str:
    return _with_ends(draws, central, _signed)


def _money(draws: "Doubles", central: bool) -> str:
    """In billions or millions, whichever the mean is of."""
    size, word = (1e9, "bn") if abs(draws.mean()) >= 1e9 else (1e6, "m")
    said = _with_ends(draws / size, central, lambda one: _figures(one))
    return f"{said} {word}"


def _with_ends(draws: "Doubles", central: bool, tell: "Callable[[float], str]") -> str:
    """A mean with its interval."""
    from upriver.experiments.summary import interval

    mean = tell(float(draws.mean()))
    if central:
        return mean
    _, low, high = interval(draws)
    return f"{mean} ({tell(low)} to {tell(high)})"


def _signed(value: float) -> str:
    rounded = shared.three_figures(abs(value))
    return f"−{rounded}" if value < 0 and rounded != "0" else rounded


def _figures(value: float) -> str:
    """A number to three figures, with up to two decimals."""
    places = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    rounded = f"{abs(value):,.{places}f}"
    return f"−{rounded}" if value < 0 and rounded.strip("0.,") else rounded


def _dollars(value: float) -> str:
    size, word = (1e9, "billion") if value >= 1e9 else (1e6, "million")
    return f"{_figures(value / size)} {word} USD"


def _price(price: "Price") -> str:
    """A price in words: dollars to three figures, or why there is none."""
    short = {"saves money": "saves", "costs more and gains nothing": "dominated"}
    if price.value is None:
        return short.get(price.kind, price.kind)
    said = shared.three_figures(price.value)
    return said if price.kind == "price" else f"saves {said} per loss"


def _priced(priced: "Priced", central: bool) -> str:
    """A price with its interval; where all three say the same word, that word alone."""
    mean, low, high = map(_price, priced)
    if central or (mean == low == high and priced.mean.value is None):
        return {"saves": "saves money"}.get(mean, mean)
    return f"{mean} ({low} to {high})"
