"""Which single lever saves most in a place: each alone, over the same draws.

A lever is pulled in the whole country. One at the border, or abroad, moves the country's market
first, and by it what the place meets; one of care acts in the place too, and what care does to the
country's market comes with it. What comes before the lever is the same for all and is run once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.table import Table
from upriver.core.time import LAST_YEAR, STEPS, step_of
from upriver.engine.run import load
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.policy.apply import prepare
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.part import part_of
from upriver.policy.places.world import MET, Country
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.counters import counter
from upriver.system.world import World

from .ground import FROM
from .placed import DEATHS, WORLD, draws_for, place_draws
from .ranking import MOST, Ranked, alone, half, levers_of, ranked
from .summary import Doubles, Interval, interval
from .verdict import LEAST

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PlaceRanking:
    """Levers at one level by what they avert in a place, most lives first.

    deaths: of the place with none of them, 2026 to 2031 [people]. rows: without cost, for unit
    costs are the country's. alone: what each averts if the place pulls it and the country does not,
    by lever; where a lever acts on the market alone that is nothing. asleep: those that move
    nothing in the world. local: the draws of the place.
    """

    place: Place
    level: str
    draws: int
    deaths: Interval
    rows: tuple[Ranked, ...]
    alone: dict[str, Interval]
    asleep: tuple[str, ...]
    local: PlaceDraws

    def plot(self) -> "Figure":
        """Bars with intervals."""
        from .bars import bars

        return bars(self, self.place.name)


def rank_in(
    place: str,
    level: str = MOST,
    stages: Sequence[str] = (),
    draws: int | None = None,
    file: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> PlaceRanking:
    """Each lever alone at a level, from the most deaths averted in a place to the fewest.

    Args:
        place: its code. level, stages: as of `rank`. draws: the first so many; by default as many
            as the fit of the place gave it. file: draws of places; by default those that ship.
        progress: called with levers done and levers in all.

    Raises:
        UnknownName: no such place, level or stage. InputError: no draws of the place.
    """
    awake, asleep = levers_of(level, stages)
    code = place_of(place).code
    own = place_draws(file, code)[code]
    own = own.first(draws_for(own, draws))
    base = Past.of(own)
    rows, own_alone = [], {}
    for done, lever in enumerate(awake, 1):
        together, by_itself = base.averted(alone(lever, level))
        own_alone[lever.name] = interval(by_itself)
        rows.append(
            ranked(
                lever,
                averted=interval(together),
                inner=half(together),
                helps=float(np.mean(together >= LEAST)),
            )
        )
        if progress is not None:
            progress(done, len(awake))
    rows.sort(key=lambda one: one.averted.median, reverse=True)
    return PlaceRanking(
        place=place_of(code),
        level=level,
        draws=own.draws,
        deaths=interval(base.deaths),
        rows=tuple(rows),
        alone=own_alone,
        asleep=tuple(asleep),
        local=own,
    )


@dataclass(frozen=True, eq=False)
class Past:
    """The country and a place until 2026, from which each lever is run on.

    country: runs without a lever. states: of the country and of the place at `step`, shape (draws,
    state). deaths: of the place from then on, shape (draws,) [people].
    """

    own: PlaceDraws
    country: Country
    states: tuple[Doubles, Doubles]
    deaths: Doubles
    step: int

    @classmethod
    def of(cls, own: PlaceDraws) -> "Past":
        """Run the country and the place as they are."""
        step = int(step_of(FROM))
        table = prepare(read_scenario("base"), own.draws, World.named(WORLD)).table
        country = Country.of(table)
        found = cls(own, country, (_state(table, step), np.empty(0)), np.empty(0), step)
        here = found._here(country)
        found = replace(found, states=(found.states[0], _state(here, step)))
        return replace(found, deaths=found._deaths(here))

    def averted(self, scenario: Scenario) -> tuple[Doubles, Doubles]:
        """Deaths that a scenario averts in the place, shape (draws,) each.

        Args:
            scenario: that changes nothing before 2026.

        Returns:
            What it averts done in the whole country, and done in the place alone.
        """
        table = prepare(scenario, self.own.draws, World.named(WORLD)).table
        met = {name: column.copy() for name, column in self.country.met.items()}
        values = load().run(
            table.columns,
            outputs=list(MET.values()),
            instants=np.arange(self.step, STEPS + 1),
            first_step=self.step,
            state=self.states[0],
        )
        for i, name in enumerate(MET):
            met[name][:, self.step :] = values[:, i]
        together = self._here(Country(table, met, {}))
        itself = self._here(Country(table, self.country.met, {}))
        return self.deaths - self._deaths(together), self.deaths - self._deaths(itself)

    def _here(self, country: Country) -> Table:
        plain = part_of(self.own.place).table(country)
        return plain.replace(self.own.columns(plain))

    def _deaths(self, here: Table) -> Doubles:
        """From the step on to the end of the run."""
        counted = load().run(
            here.columns,
            outputs=[counter(DEATHS)],
            instants=[self.step, int(step_of(LAST_YEAR))],
            first_step=self.step,
            state=self.states[1],
        )
        found: Doubles = np.diff(counted[:, 0], axis=1)[:, 0]
        return found


def _state(table: Table, step: int) -> Doubles:
    _, found = load().run(
        table.columns, outputs=[counter(DEATHS)], instants=[step], last_step=step, return_state=True
    )
    return found
