"""What a policy averts in each state, and whether a state's answer differs from its division's.

Both are of the same draws: what is averted in a state and in its census division, as a share of the
deaths that there would be. A state differs if the interval of 95 % of the difference of its share
and its division's leaves out 0. The division holds the state itself, and of 51 states two or three
would be told apart by chance alone, were none different.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from upriver.experiments.summary import Interval, interval
from upriver.places.divisions import DIVISION_OF
from upriver.places.place import Place

from .quantities import PER

Doubles = np.ndarray

MORE, FEWER = "more", "less"
SAME, UNKNOWN = "does not differ", "not known"
PERCENT = 100


class Averted(NamedTuple):
    """What is averted in a state over some years.

    people: [people]. rate: for each 100,000 residents, over all those years together. share: of the
    deaths that there would be [%]. helps: share of draws in which any are averted [1].
    division_share: of its census division [%]; apart: the state's share less the division's, draw
    by draw [points]; both None where not all states of the division were run. differs: `more`,
    `less`, `does not differ` or `not known`.
    """

    place: str
    name: str
    division: str
    people: Interval
    rate: Interval
    share: Interval
    helps: float
    division_share: Interval | None
    apart: Interval | None
    differs: str


def averted(
    places: Sequence[Place], usual: Doubles, changed: Doubles, residents: Doubles
) -> list[Averted]:
    """Rows in the order of the places.

    Args:
        usual, changed: deaths over the years without and with the policy, shape (places, draws).
        residents: of each place, shape (places,) [people].
    """
    fewer = usual - changed
    shares = _share(fewer, usual)
    pooled = _pooled(places, usual, fewer)
    found = []
    for i, place in enumerate(places):
        whole = pooled.get(place.division)
        apart = None if whole is None else interval(shares[i] - whole)
        found.append(
            Averted(
                place=place.code,
                name=place.name,
                division=place.division,
                people=interval(fewer[i]),
                rate=interval(PER * fewer[i] / residents[i]),
                share=interval(shares[i]),
                helps=float(np.mean(fewer[i] > 0)),
                division_share=None if whole is None else interval(whole),
                apart=apart,
                differs=_said(apart),
            )
        )
    return found


def _pooled(places: Sequence[Place], usual: Doubles, fewer: Doubles) -> Mapping[str, Doubles]:
    """Shares of divisions of which all states are there, by name, shape (draws,) [%]."""
    found = {}
    codes = [place.code for place in places]
    for division in dict.fromkeys(place.division for place in places):
        members = [code for code, one in DIVISION_OF.items() if one == division]
        if members and set(members) <= set(codes):
            rows = [codes.index(code) for code in members]
            found[division] = _share(fewer[rows].sum(axis=0), usual[rows].sum(axis=0))
    return found


def _share(fewer: Doubles, usual: Doubles) -> Doubles:
    """A share of deaths [%]; 0 where there are none."""
    share: Doubles = np.divide(fewer, usual, out=np.zeros_like(usual), where=usual > 0)
    return PERCENT * share


def _said(apart: Interval | None) -> str:
    if apart is None:
        return UNKNOWN
    if apart.low > 0:
        return MORE
    return FEWER if apart.high < 0 else SAME
