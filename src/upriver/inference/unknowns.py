"""Unknowns: standard normal numbers, and the columns of a table that they stand for.

Constants follow their plausible intervals; people's, the published posterior's mean with three
times its standard deviations, each on its own and held within its bounds; two disturbances follow,
and at last the share of people whom surveys miss. Before the record is seen every unknown is
standard normal and independent of the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table, constant
from upriver.core.time import FIRST_YEAR
from upriver.policy.disturbances import RISK, SUPPLY
from upriver.policy.draws import posterior
from upriver.policy.fitted import KNOTS, MISSED
from upriver.policy.plausible import WIDE, at_standard
from upriver.system.tabulate import tabulate
from upriver.system.world import World

from .block import Doubles
from .rivals import Rival
from .wander import A_YEAR, Wander

WIDER = 3.0
"""Standard deviations of people's parameters, in those of the published posterior, which has seen
the series that the likelihood sees too."""

SPREADS = {RISK: 0.1, SUPPLY: 0.2}
"""Of the disturbances' logarithms, as thought before: assumptions; the record moves them."""

MOST_MISSED = 0.5
"""Of the people who use, whom surveys may miss: other methods count up to twice as many."""

COUNTED = (
    "people.initial.misuse",
    "people.initial.heroin_use",
    "people.initial.disorder[rx]",
    "people.initial.disorder[rx_heroin]",
    "people.initial.disorder[heroin]",
    "people.initial.remission_rx",
    "people.initial.remission_hud",
    "people.initial.stable_rx",
    "people.initial.stable_hud",
    "people.initiation.base_misuse_diverted",
    "people.initiation.base_heroin_without_rx",
    "people.initiation.misuse_own_rate",
)
"""Numbers of people that come from surveys, and are larger by those whom surveys miss."""

SUPPLY_FROM = 2011
"""Year before which no supply is sold that could be disturbed."""


@dataclass(frozen=True)
class Unknowns:
    """Of one rival, from a record that ends in a year.

    strength: of what is the rival's own, from 0 (the model without it) to 1; between them for odds.
    """

    rival: Rival
    end: float
    strength: float = 1.0

    @cached_property
    def base(self) -> Table:
        """The table in which unknowns replace columns."""
        settings = {path: constant(value) for path, value in self.rival.settings.items()}
        return tabulate(World.whole()).replace(settings)

    @cached_property
    def constants(self) -> tuple[str, ...]:
        """Constants that follow plausible intervals."""
        return self.rival.constants

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Constants of the published posterior, but for one that a mechanism on replaces."""
        return tuple(name for name in posterior()[0] if not self.rival.replaces(name))

    @cached_property
    def wanders(self) -> tuple[Wander, Wander]:
        """The disturbances of risk and of supply."""
        last = min(KNOTS - 1, int(np.ceil((self.end - FIRST_YEAR) * A_YEAR)))
        from_ = min(last, (SUPPLY_FROM - FIRST_YEAR) * A_YEAR)
        return (
            Wander(RISK, SPREADS[RISK], 0, last),
            Wander(SUPPLY, SPREADS[SUPPLY], from_, last),
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of all unknowns, in order."""
        wandering = [name for one in self.wanders for name in one.names]
        return (*self.constants, *self.people, *wandering, MISSED)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.names)

    @cached_property
    def of_wanders(self) -> tuple[slice, ...]:
        """Where the unknowns of each disturbance stand."""
        at = len(self.constants) + len(self.people)
        first, second = self.wanders
        return slice(at, at + first.size), slice(at + first.size, at + first.size + second.size)

    def missed(self, z: Doubles) -> Doubles:
        """Share of people whom surveys miss, shape (draws,): anything up to `MOST_MISSED` alike."""
        return np.asarray(MOST_MISSED * ndtr(z[:, -1]))

    @cached_property
    def hyper(self) -> tuple[int, ...]:
        """Where spreads and persistences stand."""
        return tuple(place.start + i for place in self.of_wanders for i in range(2))

    def columns(self, z: Doubles, ahead: Mapping[str, Doubles] | None = None) -> dict[str, Column]:
        """Columns by path, shape (draws, 1) or (draws, STEPS + 1).

        Args:
            z: shape (draws, size).
            ahead: by disturbance, what is new after the record; see `Wander.column`.
        """
        found = {
            path: self.does(path, numbers)[:, None] for path, numbers in self.correlated(z).items()
        }
        first = len(self.constants)
        found |= self.of_people(z[:, first : first + len(self.people)])
        found |= self._more_people(found, z)
        for one, place in zip(self.wanders, self.of_wanders, strict=True):
            column = one.column(z[:, place], None if ahead is None else ahead[one.path])
            found[one.path] = np.clip(column, *parameters()[one.path].within)
        return found

    def value(self, path: str, standard: Doubles) -> Doubles:
        """Values of a constant at standard normal numbers, of the same shape."""
        return at(path, standard)

    def does(self, path: str, standard: Doubles) -> Doubles:
        """The same, of what is the rival's own no more than its strength lets through."""
        found = self.value(path, standard)
        if self.strength != 1.0 and path in WEAKER:
            return np.asarray(WEAKER[path](found, self.strength))
        return found

    def _more_people(self, found: Mapping[str, Column], z: Doubles) -> dict[str, Column]:
        """What surveys counted, raised by those whom they missed, shape (draws, 1)."""
        more = 1 / (1 - self.missed(z))[:, None]
        return {
            path: np.clip(
                found.get(path, self.base.columns[path]) * more, *parameters()[path].within
            )
            for path in COUNTED
        }

    def correlated(self, z: Doubles) -> dict[str, Doubles]:
        """Standard normal numbers of constants, some drawn together with another."""
        own = {path: z[:, i] for i, path in enumerate(self.constants)}
        found: dict[str, Doubles] = {}

        def of(path: str) -> Doubles:
            beside = parameters()[path].together
            if path not in found:
                found[path] = own[path]
                if beside is not None and beside.path in own:
                    kept = np.sqrt(1 - beside.correlation**2)
                    found[path] = beside.correlation * of(beside.path) + kept * own[path]
            return found[path]

        return {path: of(path) for path in self.constants}

    @cached_property
    def mixing(self) -> dict[str, Doubles]:
        """How much of each unknown of a constant is in a constant's standard normal number."""
        each = np.zeros((len(self.constants), self.size))
        np.fill_diagonal(each, 1.0)
        return self.correlated(each)

    def of_people(self, z: Doubles) -> dict[str, Column]:
        """Normal within bounds, by the quantile that a standard normal number stands for."""
        names, draws = posterior()
        kept = [names.index(name) for name in self.people]
        mean, wide = draws[:, kept].mean(axis=0), WIDER * draws[:, kept].std(axis=0)
        within = np.array([parameters()[name].within for name in self.people])
        low, high = ndtr((within.T - mean) / wide)
        values = mean + wide * ndtri(low + (high - low) * ndtr(z))
        return {
            name: np.clip(values[:, i : i + 1], *within[i]) for i, name in enumerate(self.people)
        }


def at(path: str, standard: Doubles) -> Doubles:
    """Values of a constant at standard normal numbers.

    A value at an end of its interval is the neutral one, and no more likely than others: anything
    in the interval is alike, in logarithms where it spans a factor of three.
    """
    p = parameters()[path]
    assert p.plausible is not None
    low, high = p.plausible
    if p.value not in (low, high):
        return at_standard(p, standard)
    if low > 0 and high / low >= WIDE:
        return np.asarray(low * (high / low) ** ndtr(standard))
    return np.asarray(low + (high - low) * ndtr(standard))


WEAKER: Mapping[str, Callable[[Column, float], Column]] = {
    "supply.shock.precursors": lambda depth, strength: depth * strength,
    "supply.shock.production": lambda depth, strength: depth * strength,
    "people.tiers.relative_risk": lambda risk, strength: risk**strength,
    "people.ways.relative_risk": lambda risk, strength: risk**strength,
}
"""How what is a rival's own is made weaker: a depth goes to nothing, a relative risk to 1."""
