"""One scenario in one place: the country's run of each draw first, then the place in its market.

placed = simulate_place("OH", file=...)
placed.run.sums("people.overdose.by_synthetic")

A lever at the border moves the country's run, and by it what the place meets; a lever of care acts
on the place as on the country.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path

import numpy as np

from upriver.core.errors import InputError, OutOfBounds
from upriver.core.table import Table
from upriver.core.time import quarters, year_of
from upriver.engine.run import load
from upriver.places.asked import place as place_of
from upriver.places.place import Place
from upriver.policy.apply import Prepared, prepare, table
from upriver.policy.having import is_in_part, made_in, said, without_parts
from upriver.policy.on import on as put_on
from upriver.policy.places.draws import SHIPPED, PlaceDraws, checked, of_place, read
from upriver.policy.places.local import FACTORS
from upriver.policy.places.part import part_of
from upriver.policy.places.world import Country, extensive
from upriver.policy.scenario import Scenario
from upriver.system.counters import PREFIX
from upriver.system.world import World

from .arguments import outputs_of, scenario_of, settings_of, with_settings
from .made import made_by
from .reported import WHOLE
from .simulate import Run

WORLD = "whole"
DEATHS, SYNTHETIC = "people.overdose.deaths", "people.overdose.by_synthetic"
MONTHS = 12
BEYOND = ("supply.", "diplomacy.", f"{PREFIX}supply.")
"""How the names of outputs begin that are of the country alone."""

OUTPUTS = tuple(name for name in WHOLE if not name.startswith(BEYOND))
"""Kept of a place by default."""

CAVEAT_PLACE = (
    "A cut posterior: each draw of {place} runs in the market, and with the constants, of the "
    "country's draw of the same number, which nothing that {place} recorded moved or weighed. The "
    "interval is what both records left open; a local factor on risk can follow what is recorded, "
    "so that how well the past is met says nothing of what was not seen."
)


@dataclass(frozen=True, eq=False)
class Placed:
    """A run of a place.

    place: what is recorded of it. run: its result; outputs are of the people part alone.
    """

    place: Place
    run: Run

    @property
    def caveat(self) -> str:
        """How its intervals are to be read."""
        return CAVEAT_PLACE.format(place=self.place.name)

    def recorded(self, year: int) -> tuple[float, float] | None:
        """The fewest and most deaths with synthetic opioids in a year [people]; None if not known.

        They differ where months are withheld, and no count of the year says more.
        """
        return recorded(self.place, year)


def recorded(place: Place, year: int) -> tuple[float, float] | None:
    """The fewest and most deaths with synthetic opioids of a place in a year [people]."""
    known = place.deaths_by_year.get("synthetic")
    value = None if known is None else known.at(str(year))
    months = place.deaths
    within = (months.starts >= year - 1e-9) & (months.starts < year + 1 - 1e-9)
    held = months.censored[within]
    if value is not None and (len(held) != MONTHS or held.any()):
        return value, value
    if len(held) != MONTHS:
        return None
    return float(months.low[within].sum()), float(months.high[within].sum())


@dataclass(frozen=True, eq=False)
class CountryRun:
    """The country under a scenario, draw by draw, for places to live in.

    prepared: the country's table. country: what its people met. draws: how many.
    """

    scenario: Scenario
    prepared: Prepared
    country: Country
    draws: int

    @cached_property
    def elsewhere(self) -> Country:
        """The country's runs without what holds in some states alone.

        What does is done on a place's own table; the market stays that of the country's run.
        """
        if not is_in_part(self.scenario):
            return self.country
        plain = table(without_parts(self.scenario), self.draws, World.named(WORLD))
        return replace(self.country, table=plain)


def country_run(
    scenario: Scenario, draws: int, outputs: Sequence[str] = (), threads: int | None = None
) -> CountryRun:
    """Run the country, so that any number of places can be run in it.

    Args:
        draws: the first so many.
        outputs: of the country's run that places are held against.
        threads: of the engine; as many as it takes by itself if None.

    Raises:
        InputError: something in the scenario is not right, or it is written for another world.
    """
    if scenario.world not in (None, WORLD):
        raise InputError(
            f"'{scenario.title}' is written for another world than places live in",
            file=scenario.file or None,
            found=scenario.world,
            allowed=WORLD,
        )
    prepared = prepare(scenario, draws, World.named(WORLD))
    return CountryRun(scenario, prepared, Country.of(prepared.table, outputs, threads), draws)


def place_draws(
    file: str | PathLike[str] | None = None, only: str | None = None
) -> dict[str, PlaceDraws]:
    """Draws of places by their codes, of the equations and of the country's draws that run.

    Args:
        file: that `upriver calibrate --place` or `--all-states` wrote; by default those that ship.
        only: a place that has to be among them, and is then alone.

    Raises:
        InputError: there are none, or they are of others. UnknownName: none of this place.
    """
    source = SHIPPED if file is None else Path(file)
    if file is None and not source.exists():
        raise InputError(
            "no draws of places ship with this version",
            hint="Fit them: `upriver calibrate --place OH -o OH.npz`, and run with "
            "`--place-fit OH.npz`.",
        )
    found = read(source) if only is None else {only: of_place(source, only)}
    checked(next(iter(found.values())), source, load().manifest["wasm_sha256"])
    return found


def draws_for(own: PlaceDraws, draws: int | None) -> int:
    """How many draws of a place run: those asked for, or all that it has.

    Raises:
        OutOfBounds: more than its fit gave it, or none.
    """
    draws = own.draws if draws is None else draws
    if not 0 < draws <= own.draws:
        raise OutOfBounds(
            f"draws of {own.place} are too many or none",
            found=f"{draws}",
            allowed=f"1 to {own.draws}",
        )
    return draws


def placed_in(country: CountryRun, own: PlaceDraws, outputs: Sequence[str] | None = None) -> Placed:
    """Run a place in the country's runs.

    Args:
        own: its draws, as many as the country's or more.
        outputs: that are kept; by default all of the people part that are reported.
    """
    engine = load()
    columns = table_in(country, own)
    kept = outputs_of(OUTPUTS if outputs is None else outputs, engine)
    if beyond := [name for name in kept if name.startswith(BEYOND)]:
        raise InputError(
            f"{beyond[0]} is of the country's market, and a place has none of its own",
            hint="Leave out the place.",
        )
    values = engine.run(columns.columns, outputs=kept, instants=quarters())
    made = made_by(country.scenario, WORLD, country.draws, columns, engine.manifest, own.place)
    remarks = (
        *country.prepared.remarks,
        *said(country.scenario, own.place),
        *_times_own(country.scenario, own),
    )
    run = Run(
        scenario=country.scenario,
        table=columns,
        outputs=kept,
        times=np.array([year_of(step) for step in quarters()]),
        values=values,
        world=WORLD,
        provenance={
            **made,
            **({"remarks": " ".join(remarks)} if remarks else {}),
            "place": own.place,
            "place_fit": str(own.said.get("fit", "")),
        },
        remarks=remarks,
        local=own.first(country.draws),
    )
    return Placed(place_of(own.place), run)


def table_in(country: CountryRun, own: PlaceDraws) -> Table:
    """Columns of a place in the country's runs, a row a draw.

    Raises:
        InputError: a change holds in some states alone, and the place lies in none.
    """
    plain = part_of(own.place).table(country.elsewhere)
    here = plain.replace(own.first(country.draws).columns(plain))
    return made_in(here, country.scenario, own.place, World.named(WORLD))


def _times_own(scenario: Scenario, own: PlaceDraws) -> tuple[str, ...]:
    """A sentence where a parameter is held that a place has times a factor of its own."""
    local = {path for paths in FACTORS.values() for path in paths}
    return tuple(
        f"{path} is held in the country; in {place_of(own.place).name} it is that times what is "
        "the place's own."
        for path in scenario.settings
        if path in local or path in extensive()
    )


def simulate_place(
    place: str,
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    draws: int | None = None,
    file: str | PathLike[str] | None = None,
    world: str | None = None,
    on: str | PathLike[str] | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    outputs: str | Sequence[str] | None = None,
) -> Placed:
    """Run a scenario in a place.

    Args:
        place: its code, as OH.
        scenario: as of `simulate`.
        draws: the first so many; by default as many as its fit gave the place, and no more.
        file: draws of places, that `upriver calibrate --place` wrote; by default those that ship.
        world: the whole; no place lives in another. on: a projection that the scenario is put on.
        settings: parameters held at a value in the country and in the place.
        outputs: of the people part, that are kept; by default all that are reported.

    Raises:
        InputError: there are no draws of the place, or something in the scenario is not right.
        UnknownName: there is no such place.
    """
    (found,) = simulate_all(
        place, [scenario], draws, file, world=world, on=on, settings=settings, outputs=outputs
    )
    return found


def simulate_all(
    place: str,
    scenarios: Sequence[str | PathLike[str] | Scenario],
    draws: int | None = None,
    file: str | PathLike[str] | None = None,
    *,
    world: str | None = None,
    on: str | PathLike[str] | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    outputs: str | Sequence[str] | None = None,
) -> tuple[Placed, ...]:
    """Run scenarios in a place with the same draws; see `simulate_place`."""
    if world not in (None, WORLD):
        raise InputError(
            "places live in the whole system alone", file="--world", found=world, allowed=WORLD
        )
    code = place_of(place).code
    own = place_draws(file, code)[code]
    few, held = draws_for(own, draws), settings_of(settings)
    found = []
    for one in map(scenario_of, scenarios):
        chosen = one if on is None else put_on(one, scenario_of(on))
        chosen = with_settings(chosen, held) if held else chosen
        found.append(placed_in(country_run(chosen, few), own, outputs))
    return tuple(found)
