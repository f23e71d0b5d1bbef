"""Months of large states, hidden as a publisher hides small ones, and told by a fit without them.

Every month that is not above a state's median is withheld: a fit sees that it is of 0 to the
median and no more. What the fit says of such months is held against what they were.
"""

from dataclasses import dataclass, replace

import numpy as np

from upriver.inference.places import counted
from upriver.inference.places.every import DRAWS, country
from upriver.inference.places.fit import Effort, fit
from upriver.inference.places.model import PlaceModel
from upriver.inference.places.pooling import Pooling
from upriver.inference.places.record import seen_of
from upriver.inference.places.seen import Counts, Seen
from upriver.inference.places.together import central_draw
from upriver.inference.places.unknowns import LocalUnknowns

from .peaks import INSIDE

Doubles = np.ndarray

LARGE = ("OH", "FL", "CA", "MA")
MONTHS = "T40.4, months"
EFFORT = Effort(climb=20, warm=100, keep=50, learning=50, looks=4)


@dataclass(frozen=True)
class Masked:
    """What was said of months that were hidden.

    months: how many. most: the largest count that they could be [people]. held: share of them in
    the middle 90 % of draws, given that none is above `most` [1]. said: 5, 50 and 95 % of their
    sum; came: their sum [people].
    """

    code: str
    months: int
    most: int
    held: float
    said: tuple[float, ...]
    came: float


def hidden(seen: Seen) -> tuple[Seen, Counts]:
    """A record whose months up to their median are withheld, and these months as they were."""
    (months,) = (one for one in seen.counts if one.name == MONTHS)
    most = int(np.median(months.values))
    withheld = months.withheld | (months.values <= most)
    less = replace(
        months, withheld=withheld, values=np.where(withheld, 0.0, months.values), most=most
    )
    counts = tuple(less if one is months else one for one in seen.counts)
    return replace(seen, counts=counts), months.only(withheld)


def masked(code: str, pooling: Pooling, seed: int = 1) -> Masked:
    """Fit a state without half of its months, and hold what is said of these against what came."""
    whole = country(DRAWS)
    seen, truth = hidden(seen_of(code))
    model = PlaceModel(LocalUnknowns(seen, pooling), whole)
    found = fit(model, central_draw(whole), seed, EFFORT)
    at = [one.name for one in seen.counts].index(MONTHS)
    ends = np.cumsum([one.ends.size for one in seen.counts])
    (months,) = (one for one in seen.counts if one.name == MONTHS)
    means = np.exp(found.predicted[:, ends[at] - months.ends.size : ends[at]][:, months.withheld])
    generator = np.random.default_rng([seed, 79, *code.encode()])
    said = _at_most(means, model.unknowns.apart(found.z)[:, at], months.most, generator)
    below = (said < truth.values).mean(axis=0) + 0.5 * (said == truth.values).mean(axis=0)
    held = (below >= INSIDE[0]) & (below <= INSIDE[1])
    levels = (INSIDE[0], 0.5, INSIDE[1])
    return Masked(
        code,
        truth.ends.size,
        months.most,
        float(held.mean()),
        tuple(float(q) for q in np.quantile(said.sum(axis=1), levels)),
        float(truth.values.sum()),
    )


def _at_most(
    means: Doubles, apart: Doubles, most: int, generator: np.random.Generator, tries: int = 200
) -> Doubles:
    """Counts about means that are not above `most`, which the record says; drawn until they are."""
    found = counted.drawn(means, apart, generator)
    for _ in range(tries):
        above = found > most
        if not above.any():
            break
        found = np.where(above, counted.drawn(means, apart, generator), found)
    return np.minimum(found, most)
