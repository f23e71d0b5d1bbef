"""What the model says of every state: deaths by year, where each stands, what three measures do.

Two hundred runs of each of 51 states in four scenarios, some minutes, which no page could take.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.engine.tools import quantiles
from upriver.evidence.figures import COUNTRY, series
from upriver.experiments.compare import FROM
from upriver.experiments.placed import DEATHS, SYNTHETIC, country_run, place_draws, placed_in
from upriver.experiments.simulate import Run, simulate
from upriver.experiments.summary import INTERVAL, Doubles, interval
from upriver.places.asked import place as place_of
from upriver.places.shares import residents_at
from upriver.policy.places.draws import SHIPPED, PlaceDraws
from upriver.policy.scenario import read_scenario
from upriver.report.answers.doubled import ALONE

BASE = "base"
QUANTITIES = {"synthetic": SYNTHETIC, "any_opioid": DEATHS}
"""Deaths that are told, and the flows that they are."""

COUNTERS = tuple(f"cumulative.{flow}" for flow in QUANTITIES.values())
RANKED = (2024, LAST_YEAR - 1)
"""Years of which states are put in order: the last on record, and the last that runs."""

EACH = 100_000
FIGURES = 5
YEARS = np.arange(FIRST_YEAR, LAST_YEAR)


def make(progress: Callable[[str], Callable[[int, int], None]]) -> dict[str, Any]:
    """Deaths of the country and of each state, counts by calendar year, and what is averted.

    places: by code; of each quantity rows low, median and high by year [people], `ranks` by
    quantity and year (median, low, high; 1 has most deaths per person), `averted` from `since` to
    the end by scenario: deaths, and percent of those as today, each median, low, high.
    """
    own = place_draws()
    draws = min(one.draws for one in own.values())
    tell = progress("states")
    country = {name: country_run(read_scenario(name), draws) for name in (BASE, *ALONE)}
    found: dict[str, dict[str, Any]] = {}
    rates: dict[str, list[Doubles]] = {quantity: [] for quantity in QUANTITIES}
    for done, (code, one) in enumerate(own.items(), 1):
        runs = {name: placed_in(run, one, COUNTERS).run for name, run in country.items()}
        sums = {name: _by_year(runs[BASE], flow) for name, flow in QUANTITIES.items()}
        found[code] = {**_fans(sums), "averted": _averted(runs)}
        people = residents_at(place_of(code).population, np.array(RANKED) + 0.5)
        for name, counts in sums.items():
            rates[name].append(counts[:, np.array(RANKED) - FIRST_YEAR] / people)
        tell(done, len(own))
    for name, of_states in rates.items():
        for code, ranks in zip(found, _ranks(np.stack(of_states)), strict=True):
            found[code].setdefault("ranks", {})[name] = ranks
    runs = {name: simulate(name, draws=draws, outputs=COUNTERS) for name in (BASE, *ALONE)}
    whole = {name: _by_year(runs[BASE], flow) for name, flow in QUANTITIES.items()}
    return {
        "command": "upriver run --place",
        "made": datetime.now(UTC).date().isoformat(),
        "digest": digest(own),
        "draws": draws,
        "first": FIRST_YEAR,
        "ranked": list(RANKED),
        "since": int(FROM),
        "scenarios": {name: read_scenario(name).title for name in ALONE},
        "residents_to": series("residents", COUNTRY).labels[-1],
        "places": {COUNTRY: {**_fans(whole), "averted": _averted(runs)}, **found},
    }


def digest(own: Mapping[str, PlaceDraws] | None = None) -> str:
    """Of the draws of states, which those of the model's stamp do not hold.

    Args:
        own: by code; by default those that ship.
    """
    total = hashlib.sha256()
    for code, one in (own or (place_draws() if SHIPPED.exists() else {})).items():
        total.update(code.encode())
        total.update(np.ascontiguousarray(one.numbers, dtype="<f8").tobytes())
    return total.hexdigest()[:16]


def _by_year(run: Run, flow: str) -> Doubles:
    """Deaths by calendar year, shape (draws, years) [people]."""
    starts = YEARS.astype(np.float64)
    return run.periods(flow, starts, starts + 1)


def _fans(sums: Mapping[str, Doubles]) -> dict[str, list[list[float]]]:
    """Of each quantity low, median and high by year."""
    return {
        name: [[_figures(value) for value in row] for row in quantiles(counts, INTERVAL)]
        for name, counts in sums.items()
    }


def _ranks(rates: Doubles) -> list[dict[str, list[int]]]:
    """Of each state the place in the order, by year; 1 has the highest rate.

    Args:
        rates: shape (states, draws, years); a draw puts all states in order.
    """
    ranks = (-rates).argsort(axis=0).argsort(axis=0) + 1
    low, median, high = np.quantile(ranks, INTERVAL, axis=1)
    return [
        {
            str(year): [round(float(end[i, y])) for end in (median, low, high)]
            for y, year in enumerate(RANKED)
        }
        for i in range(len(rates))
    ]


def _averted(runs: Mapping[str, Run]) -> dict[str, dict[str, list[float]]]:
    """What each scenario averts in a place, against as today and draw by draw."""
    totals = {
        name: run.periods(DEATHS, np.array([FROM]), np.array([float(LAST_YEAR)]))[:, 0]
        for name, run in runs.items()
    }
    base = totals[BASE]
    return {
        name: {
            "deaths": [_figures(value) for value in interval(base - totals[name])],
            "percent": [_figures(value) for value in interval(100 * (1 - totals[name] / base))],
        }
        for name in ALONE
    }


def _figures(value: float) -> float:
    return float(f"{value:.{FIGURES}g}") + 0.0
