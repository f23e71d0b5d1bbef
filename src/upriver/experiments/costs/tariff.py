"""Unit costs and QALY weights: one number each, its interval, and draws of it.

A draw is of a split normal distribution: its median is the value, and 95 % of it lie within the
interval, half of them on either side. All scenarios of a comparison have the same draws. What
comes from another year's dollars is brought to those of 2021 by consumer prices.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from upriver.core.catalogue import Entry, entry, find, read_catalogue
from upriver.core.errors import SchemaProblem
from upriver.core.fields import as_list, as_mapping, as_number
from upriver.core.files import load_yaml
from upriver.evidence.references import references
from upriver.experiments.summary import Doubles

FILE = Path(__file__).parent / "costs.yaml"
ASSUMPTION = "assumption"
UNITS = (
    "USD/person/year",
    "USD/event",
    "USD/kit",
    "QALY/person/year",
    "QALY/person",
    "billion USD",
)

SEED = 2026
"""Seed of all draws; each entry adds its name, so that none moves another's."""

TAIL = 1.959963984540054
"""Standard normal number that 2.5 % exceed."""

SPREAD = 0.2
"""Half the interval of a cost that has none, as a share of it: an assumption."""


@dataclass(frozen=True)
class Unit:
    """A unit cost or a weight.

    year: of its dollars; None for what is no money. year_from: `assumption` where the source states
        no year.
    interval: 95 %; interval_from: key of its source, or `assumption`.
    drawn_with: the entry whose draws it follows; None has its own.
    """

    name: str
    meaning: str
    value: float
    interval: tuple[float, float]
    interval_from: str
    unit: str
    year: int | None
    year_from: str | None
    source: str
    drawn_with: str | None
    note: str | None


@dataclass(frozen=True)
class Tariff:
    """All of costs.yaml: costs, QALY weights, figures that stand beside, prices by year."""

    dollars: int
    index: Mapping[int, float]
    costs: Mapping[str, Unit]
    weights: Mapping[str, Unit]
    beside: Mapping[str, Unit]

    @property
    def units(self) -> dict[str, Unit]:
        """Costs and weights by name."""
        return {**self.costs, **self.weights}

    def factor(self, year: int | None) -> float | None:
        """What dollars of a year are multiplied by; None where no index of that year is known."""
        if year is None:
            return 1.0
        return self.index[self.dollars] / self.index[year] if year in self.index else None


@cache
def tariff() -> Tariff:
    """Unit costs and weights that ship.

    Raises:
        InputError: the file is not right.
    """
    document = load_yaml(FILE)
    top = entry(document, (), required=("dollars", "index", "costs", "weights", "beside"))
    prices = top.entry("index", required=("source", "note", "by_year"))
    prices.choice("source", references(), "source")
    here = prices.field("by_year")
    years = as_mapping(document, here)
    read = partial(
        read_catalogue,
        document,
        _unit,
        required=("meaning", "value", "interval", "interval_from", "unit", "source"),
        optional=("year", "year_from", "drawn_with", "note"),
    )
    return Tariff(
        dollars=top.integer("dollars"),
        index={int(year): as_number(document, (*here, year), within=(1, None)) for year in years},
        costs=read(at=("costs",)),
        weights=read(at=("weights",)),
        beside=read(at=("beside",)),
    )


def _unit(fields: Entry) -> Unit:
    unit = fields.choice("unit", UNITS, "unit")
    sources = {ASSUMPTION, *references()}
    as_list(fields.document, fields.field("interval"), length=2)
    bounds = (0.0, 1.0) if unit == "QALY/person/year" else (0.0, None)
    low, high = (
        as_number(fields.document, (*fields.field("interval"), i), within=bounds) for i in (0, 1)
    )
    value = fields.number("value", within=(low, high))
    year = fields.maybe(fields.integer, "year")
    if (year is not None) != ("USD" in unit):
        raise fields.problem("year", "should stand where the unit is money, and only there")
    return Unit(
        name=fields.name,
        meaning=fields.text("meaning"),
        value=value,
        interval=(low, high),
        interval_from=fields.choice("interval_from", sources, "source"),
        unit=unit,
        year=year,
        year_from=fields.maybe(fields.text, "year_from"),
        source=fields.choice("source", sources, "source"),
        drawn_with=fields.maybe(fields.text, "drawn_with"),
        note=fields.maybe(partial(fields.text, longest=400), "note"),
    )


def drawn(draws: int, held: Mapping[str, float] | None = None) -> dict[str, Doubles]:
    """Costs in dollars of 2021 and weights by name, shape (draws,); 0 draws: central values, (1,).

    Args:
        draws: how many; the first are the same however many are asked for.
        held: names of entries, and the one value that each has instead; costs in dollars of 2021.

    Raises:
        UnknownName: there is no such entry.
        SchemaProblem: money of a year without an index.
    """
    known = tariff()
    found = {}
    for unit in known.units.values():
        factor = known.factor(unit.year)
        if factor is None:
            raise SchemaProblem(f"no price index of {unit.year}, the year of {unit.name}")
        found[unit.name] = factor * at_standard(
            unit.value, unit.interval, _standard(unit.drawn_with or unit.name, draws)
        )
    for name, value in (held or {}).items():
        find("cost", name, known.units)
        found[name] = np.full(max(draws, 1), float(value))
    return found


def spread(name: str, value: float, draws: int) -> Doubles:
    """Draws of a cost that has no interval: 95 % within a fifth of it, shape as of `drawn`."""
    ends = ((1 - SPREAD) * value, (1 + SPREAD) * value)
    return at_standard(value, ends, _standard(name, draws))


def at_standard(value: float, interval: tuple[float, float], standard: Doubles) -> Doubles:
    """Values at standard normal numbers: at 0 the value, at ±1.96 an end; none below zero."""
    low, high = interval
    away = standard / TAIL
    found = value + np.where(away < 0, value - low, high - value) * away
    return np.asarray(np.maximum(found, 0.0))


def _standard(name: str, draws: int) -> Doubles:
    """Standard normal numbers of an entry; zero for central values."""
    if draws == 0:
        return np.zeros(1)
    generator = np.random.default_rng([SEED, zlib.crc32(f"costs.{name}".encode())])
    return generator.standard_normal(draws)
