"""A place's world: the whole country is a place, and a place twice as large has twice of all."""

from functools import cache

import numpy as np
import pytest

from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.places.world import MET, Country, degree, extensive, placed
from upriver.policy.scenario import read_scenario
from upriver.system.counters import COUNTED, counter
from upriver.system.outputs import unit_of

STOCKS = [name for name in load().state if name.startswith("people.stocks.")]
FLOWS = [counter(name) for name in COUNTED if name.startswith("people.")]
PART = np.array([[0.035]])

MORE = {
    "people.capacity.buprenorphine_providers",
    "people.capacity.methadone_places",
    "people.capacity.naltrexone_places",
    "people.housing.homeless",
    "people.initial.disorder",
    "people.initial.heroin_use",
    "people.initial.methadone_patients",
    "people.initial.misuse",
    "people.initial.remission_hud",
    "people.initial.remission_rx",
    "people.initial.stable_hud",
    "people.initial.stable_rx",
    "people.initiation.base_heroin_without_rx",
    "people.initiation.base_misuse_diverted",
    "people.naloxone.over_the_counter",
    "people.offer.clinics",
    "people.offer.fewer_each",
    "people.offer.programmes",
    "people.offer.within_reach",
    "people.offer.without_waiver",
    "people.population.people",
    "people.prescribing.patients",
    "people.reentry.releases",
    "people.reentry.releases_then",
    "people.reentry.untreated_then",
    "people.response.kits",
    "people.stimulants.exposed",
}
"""Inputs of which a place twice as large has twice as much."""

LESS = {"people.capacity.provider_decay"}
"""Inputs that are half in a place twice as large: how much fewer each further prescriber treats."""


@cache
def country() -> Country:
    return Country.of(table(read_scenario("base"), 6))


def run(columns: Table, names: list[str]) -> np.ndarray:
    return load().run(columns.columns, outputs=names, instants=np.arange(0, 529, 4))


def test_a_place_that_is_the_whole_country_is_the_country_to_the_bit():
    whole = placed(country(), np.ones((1, 1)))
    met = [name for name in MET.values() if name.startswith("people.")]
    names = [*STOCKS, *FLOWS, *met, "people.met.heroin_price"]
    assert np.array_equal(run(whole, names), run(country().table, names))


def test_a_place_with_a_part_of_all_has_that_part_of_every_number_of_people():
    extents = [name for name in load().outputs if name.startswith("people.") and _grows(name)]
    names = [*STOCKS, *FLOWS, *extents]
    whole, part = (run(placed(country(), of), names) for of in (np.ones((1, 1)), PART))
    largest = np.abs(whole).max(axis=(0, 2), keepdims=True)
    assert np.max(np.abs(part - PART[0, 0] * whole) / np.where(largest, largest, 1)) < 1e-9 * PART


def test_what_is_a_share_or_a_rate_is_the_same_in_a_part_of_the_country():
    names = ["people.uptake.taking[methadone]", "people.offer.reach[buprenorphine]"]
    names += ["people.response.naloxone_heroin", "people.beyond.housing.risk"]
    names += ["people.initiation.rate_misuse_own", "people.perceived_risk.relative_heroin"]
    whole, part = (run(placed(country(), of), names) for of in (np.ones((1, 1)), PART))
    np.testing.assert_allclose(part, whole, rtol=1e-9)


def test_no_input_that_counts_people_was_forgotten():
    stems = {path.partition("[")[0]: power for path, power in extensive().items()}
    assert {stem for stem, power in stems.items() if power == 1} == MORE
    assert {stem for stem, power in stems.items() if power == -1} == LESS
    assert set(stems.values()) == {1, -1}


@pytest.mark.parametrize(
    ("path", "power"),
    [
        ("people.response.kits", 1),
        ("people.naloxone.kits_per_holder", 0),
        ("people.offer.people_each[methadone]", 0),
        ("people.prescribing.strength", 0),
        ("people.overdose.rate_hud", 0),
        ("people.capacity.provider_decay", -1),
    ],
)
def test_the_unit_says_how_an_input_grows(path: str, power: int):
    assert path in parameters()
    assert degree(path) == power


def test_a_part_that_grows_brings_more_who_begin_and_the_start_as_it_was():
    grows = np.linspace(0.02, 0.04, 529)[None, :]
    names = ["people.stocks.misuse", "people.initiation.misuse_diverted"]
    grown, still = (run(placed(country(), of), names) for of in (grows, grows[:, :1]))
    np.testing.assert_array_equal(grown[:, :, 0], still[:, :, 0])
    assert np.all(grown[:, 1, -1] > 1.1 * still[:, 1, -1])


def _grows(name: str) -> bool:
    try:
        unit = unit_of(name)
    except KeyError:
        return False
    return unit in ("people", "people/year")
