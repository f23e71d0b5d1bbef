"""The numbers of a state's report: recorded, beside the country's, and modelled."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike

import numpy as np

from upriver.core.errors import InputError
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import STATES
from upriver.evidence.record import Record
from upriver.experiments.compare import FROM
from upriver.experiments.placed import SYNTHETIC, recorded, simulate_place
from upriver.experiments.placed_caveats import LAST, met, provisional, unseen
from upriver.experiments.placed_ranking import PlaceRanking, rank_in
from upriver.experiments.placed_unexplained import unexplained_in
from upriver.experiments.ranking import Ranked
from upriver.experiments.simulate import Run, Summary
from upriver.experiments.summary import Interval, interval
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.places.shares import residents_at
from upriver.policy.places.part import NUMBERS, weighted

PER = 100_000
MIDDLE = 0.5
NOT_BY = 2020
"""Stands for a first year of fentanyl that was not reached by 2019."""

CARE = ("people", "services")
"""Stages whose levers a state has in its hands."""

WIDE = 1.5
"""Most over fewest from which a range says little."""

SHOWN = 3
"""Levers that are shown."""

Ends = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Rate:
    """A rate of the place beside the country's, as a table has it.

    what: in words, with its unit. year: of the place's value. here, there: None where unknown.
    ends: an interval of the place's, if it has one. source: key.
    """

    what: str
    year: str
    here: float | None
    there: float | None
    source: str
    ends: Ends | None = None


@dataclass(frozen=True, eq=False)
class Facts:
    """All that the report says of a place.

    deaths: recorded with synthetic opioids by year, fewest and most [people]. rates: the same per
    100,000 people; of_country: the country's. where_died: by year, in the 12 months to December,
    provisional [people]; later: that of the year after the record. care: rates of care and of
    people. modelled: deaths by year. ahead: from 2026 to 2031 [people]. levers: those shown, by
    what they avert done in the place alone; ranking: all of these stages. later_there,
    earlier_there: other states in which laboratories saw fentanyl later, or earlier. met,
    unexplained, unseen: how the record is met, and not explained.
    """

    place: Place
    run: Run
    deaths: dict[int, Ends]
    rates: dict[int, Ends]
    of_country: dict[int, float]
    where_died: dict[int, float]
    later: tuple[int, float] | None
    care: tuple[Rate, ...]
    modelled: Summary
    ahead: Interval
    ranking: PlaceRanking
    levers: tuple[Ranked, ...]
    later_there: int
    earlier_there: int
    met: tuple[int, int, int]
    unexplained: str
    unseen: str

    @property
    def newest(self) -> int:
        """The last year of which residents' deaths are recorded."""
        return max(self.deaths)

    @property
    def peak(self) -> int | None:
        """The year with most deaths; None where withheld months leave it open, and no other count.

        Where a year of residents is at least as high as all others may be, it is that; else the
        year in which most people died there, by the provisional counts.
        """
        most = max(self.deaths, key=lambda year: self.deaths[year][0])
        others = [high for year, (_, high) in self.deaths.items() if year != most]
        if self.deaths[most][0] >= max(others, default=0.0):
            return most
        return max(self.where_died, key=lambda year: self.where_died[year], default=None)

    @property
    def is_wide(self) -> bool:
        """Whether the newest year of residents is a range that says little."""
        low, high = self.deaths[self.newest]
        return high > WIDE * max(low, 1.0)

    def hollow(self) -> dict[int, float]:
        """Counts by where people died, of the years in which those of residents are no number."""
        return {
            year: value
            for year, value in self.where_died.items()
            if year not in self.deaths or self.deaths[year][0] < self.deaths[year][1]
        }

    @property
    def name(self) -> str:
        """The place in a sentence."""
        return f"the {self.place.name}" if self.place.code == "DC" else self.place.name


def facts(place: str, draws: int | None = None, file: str | PathLike[str] | None = None) -> Facts:
    """Run the place, rank the levers of care in it, and put the numbers together.

    Args:
        place: its code. draws: the first so many; by default all that its fit gave it. file: draws
            of places; by default those that ship.

    Raises:
        UnknownName: no such place. InputError: there are no draws of it, or no year of deaths.
    """
    placed = simulate_place(place, draws=draws, file=file)
    here, run = placed.place, placed.run
    known = {
        year: ends for year in range(FIRST_YEAR, LAST) if (ends := recorded(here, year)) is not None
    }
    if not known:
        raise InputError(
            f"{here.code} has no whole year of deaths on record, which a report begins with",
            hint=f"`upriver run --place {here.code}` needs none.",
        )
    ranking = rank_in(place, stages=CARE, draws=run.draws, file=file)
    died = {
        year: value
        for year in range(FIRST_YEAR, LAST + 1)
        if (value := provisional(here, year)) is not None
    }
    modelled = run.sums(SYNTHETIC)
    return Facts(
        place=here,
        run=run,
        deaths=known,
        rates={
            year: (per(low, here.population, year), per(high, here.population, year))
            for year, (low, high) in known.items()
        },
        of_country=_country(),
        where_died=died,
        later=(LAST, died[LAST]) if LAST in died else None,
        care=care(here),
        modelled=modelled,
        ahead=interval(modelled[FROM : LAST_YEAR - 1].draws.sum(axis=1)),
        ranking=ranking,
        levers=shown(ranking),
        later_there=_others(here, lambda one, own: one > own),
        earlier_there=_others(here, lambda one, own: one < own),
        met=met(run),
        unexplained=unexplained_in(run),
        unseen=unseen(run).strip(),
    )


def shown(ranking: PlaceRanking, count: int = SHOWN) -> tuple[Ranked, ...]:
    """Levers whose effect is drawn from studies, by what they avert done in the place alone."""
    drawn = [one for one in ranking.rows if one.drawn and one.lever.evidence.grade != "none"]
    drawn.sort(key=lambda one: ranking.alone[one.lever.name].median, reverse=True)
    return tuple(drawn[:count])


def care(place: Place) -> tuple[Rate, ...]:
    """What is recorded of care and of people, beside the country's."""
    return (
        _rate(place, "disorder", "People of 12 and over with opioid use disorder, %", 100),
        _rate(place, "buprenorphine", "Buprenorphine dispensed, per 1,000 people", 1e3),
        _rate(place, "naloxone", "Naloxone dispensed, per 1,000 people", 1e3),
        _rate(place, "prescribing", "Other opioids dispensed, per 1,000 people", 1e3),
        _rate(place, "homeless", "People without a home per 100,000", PER),
    )


def _rate(place: Place, name: str, what: str, times: float) -> Rate:
    """The newest value of a record of a place, beside the country's of that time."""
    record: Record = getattr(place, name)
    kept = np.isfinite(record.values)
    if name in NUMBERS:
        kept &= record.starts <= NUMBERS[name]
    if record.place != place.code or not kept.any():
        return Rate(what, "", None, None, record.sources[0])
    at = int(np.flatnonzero(kept)[-1])
    middle = record.middles[at : at + 1]
    heads = residents_at(place.population, middle)[0] if name in NUMBERS else 1.0
    low, high = (times * float(column[at]) / heads for column in (record.low, record.high))
    return Rate(
        what,
        record.labels[at],
        times * float(record.values[at]) / heads,
        times * float(np.interp(middle, *weighted(name))[0]),
        record.sources[at],
        None if math.isnan(low + high) else (low, high),
    )


def per(deaths: float, population: Record, year: int) -> float:
    """Deaths of a year per 100,000 people."""
    people = residents_at(population, np.array([year + MIDDLE]))[0]
    return float(PER * deaths / people)


def _country() -> dict[int, float]:
    """The country's deaths with synthetic opioids per 100,000 people, by year."""
    record, people = series("deaths_synthetic"), series("residents", COUNTRY)
    return {
        int(start): per(value, people, int(start))
        for start, value in zip(record.starts, record.values, strict=True)
        if np.isfinite(value)
    }


def _others(place: Place, than: Callable[[int, int], bool]) -> int:
    """Other states in which the first year of fentanyl was earlier, or later; none by 2019 is."""
    own = place.fentanyl.year or NOT_BY
    years = (place_of(code).fentanyl.year or NOT_BY for code in STATES if code != place.code)
    return sum(than(one, own) for one in years)
