"""A place that is made: a part of the country with differences that are known, and its record."""

from dataclasses import replace
from functools import cache

import numpy as np

from upriver.engine.run import load
from upriver.inference.places import counted
from upriver.inference.places.model import PlaceModel
from upriver.inference.places.pooling import Pooling
from upriver.inference.places.seen import Counts, Ratios, Seen
from upriver.inference.places.unknowns import LocalUnknowns
from upriver.policy.apply import table
from upriver.policy.places.local import EARLY
from upriver.policy.places.world import Country
from upriver.policy.scenario import read_scenario
from upriver.system.observation import matrix

SYNTHETIC = "cumulative.people.overdose.by_synthetic"
DISORDER = "people.heads.oud"
DRAWS = 6
TRUE = {"begin.heroin": 0.4, "risk.heroin": 0.2, EARLY: -1.0}
PART = 0.03
APART = 0.05


@cache
def country(draws: int = DRAWS) -> Country:
    return Country.of(table(read_scenario("base"), draws), (DISORDER,))


def empty(part: float = PART, division: str = "Middle") -> Seen:
    """A place with periods and no numbers yet: months of deaths, and people with a disorder."""
    starts = 2014 + np.arange(10 * 12) / 12
    months = Counts(
        name="months",
        output=SYNTHETIC,
        starts=starts,
        ends=starts + 1 / 12,
        values=np.zeros(len(starts)),
        withheld=np.zeros(len(starts), dtype=bool),
        apart=APART,
    )
    one = np.array([2022.0])
    disorder = Ratios("disorder", DISORDER, one, one + 2, np.ones(1), np.array([0.1]))
    whole = np.full((1, 529), part)
    return Seen("XX", division, whole, counts=(months,), ratios=(disorder,))


def model(seen: Seen, draws: int = DRAWS, pooling: Pooling | None = None) -> PlaceModel:
    return PlaceModel(LocalUnknowns(seen, pooling or Pooling.none()), country(draws))


def place(true=TRUE, part: float = PART, draw: int = 0, seed: int = 1, division: str = "Middle"):
    """What such a place would have recorded in one of the country's draws, by chance."""
    blank = empty(part, division)
    here = model(blank)
    unknowns = here.unknowns
    z = np.zeros((1, unknowns.size))
    names = list(unknowns.differences(z))
    for name, value in true.items():
        z[0, names.index(name)] = value / unknowns.widths[names.index(name)]
    predicted = here.predict(z, np.array([draw]))
    n = blank.counts[0].ends.size
    means = np.exp(predicted[:, :n])
    values = counted.drawn(means, np.array([APART]), np.random.default_rng(seed))[0]
    hidden = values <= blank.counts[0].most
    months = replace(blank.counts[0], values=np.where(hidden, 0.0, values), withheld=hidden)
    ratio = replace(blank.ratios[0], values=np.exp(predicted[0, n:]))
    return replace(blank, counts=(months,), ratios=(ratio,)), means[0]


def deaths(columns) -> np.ndarray:
    counts = load().run(columns, outputs=[SYNTHETIC], instants=np.arange(529))[:, 0]
    return counts @ matrix(np.array([2016.0]), np.array([2024.0])).T
