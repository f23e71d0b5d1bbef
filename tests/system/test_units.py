"""Units: with a year, a person, a pill or a kit measured otherwise, every answer rescales.

Inputs are rescaled by the units that their files declare, outputs must come out rescaled by the
units that outputs.yaml declares. The limits of the hazards are numbers a year in code; a year is
only cut into more pieces here, which lowers every rate, so that they never bind. In the whole
system a few extreme draws reach one before they are rescaled, and are left out.
"""

import numpy as np
import pytest

import worlds
from upriver.core.parameters import parameters
from upriver.core.units import BASE, UNITS, dimensions, factor
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario
from upriver.system.outputs import unit_of
from upriver.system.step import program

RNG = np.random.default_rng(7)
SIZES = {
    base: RNG.uniform(1, 20, worlds.DRAWS)
    if base == "year"
    else np.exp(RNG.uniform(-2, 2, worlds.DRAWS))
    for base in BASE
}
"""How many of the new unit one of the old is, by draw."""


def size(unit: str) -> np.ndarray:
    """Factor of a quantity of this unit, shape (draws,)."""
    factor = np.ones(worlds.DRAWS)
    for base, power in dimensions(unit).items():
        factor = factor * SIZES[base] ** power
    return factor


def test_a_unit_counts_each_of_its_base_units():
    assert dimensions("MME/person/day") == {"MME": 1, "person": -1, "day": -1}
    assert dimensions("people/year/year") == {"person": 1, "year": -2}
    assert dimensions("1") == {}
    with pytest.raises(ValueError, match="furlong"):
        dimensions("furlong")
    assert {base for unit in UNITS for base in dimensions(unit)} == set(BASE)


def test_what_publishers_count_in_is_a_number_of_a_base_unit():
    assert dimensions("lb") == dimensions("tonne") == {"kg": 1}
    assert dimensions("mg/pill") == {"kg": 1, "pill": -1}
    assert dimensions("1/100k/year") == {"year": -1}
    assert factor("lb", "kg") == 0.45359237
    assert factor("tonne", "lb") == pytest.approx(2204.62262)
    assert factor("1/100k/year", "1/year") == pytest.approx(1e-5)
    with pytest.raises(ValueError, match="the same"):
        factor("lb", "people")
    for unit in UNITS:
        assert factor(unit, unit) == 1


@pytest.mark.parametrize(("world", "extreme"), [("reference", 0.0), ("prior", 0.02)])
def test_every_answer_rescales_as_its_unit_says(world, extreme):
    columns = {
        path: np.broadcast_to(column, (worlds.DRAWS, column.shape[1]))
        for path, column in table(Scenario(title="base", world=world), worlds.DRAWS).columns.items()
    }
    # What the published run leaves at nothing, or at a number that hides a power, is switched on.
    switched_on = {
        "people.street.counterfeit_share": 0.2,
        "people.street.abuse_deterrent_desirability": 0.5,
        "people.social_influence.strength_relapsing": 0.2,
        "people.response.kits_per_use": 1.5,
    }
    columns |= {path: np.full((worlds.DRAWS, 1), v) for path, v in switched_on.items()}
    usual = np.concatenate(worlds.by_jax(columns, every=66), axis=1)
    rescaled = {
        path: column * size(parameters()[path].unit)[:, None] for path, column in columns.items()
    }
    found = np.concatenate(worlds.by_jax(rescaled, SIZES["year"] / 16, every=66), axis=1)
    wrong = []
    for i, name in enumerate((*program().state, *program().outputs)):
        expected = usual[:, i] * size(unit_of(name))[:, None]
        scale = np.abs(expected).max(axis=1, keepdims=True)
        error = np.abs(found[:, i] - expected) / np.where(scale > 0, scale, 1)
        if np.mean(~(error.max(axis=1) < 1e-9)) > extreme:
            wrong.append(f"{name} [{unit_of(name)}] off by {error.max():.2g}")
    assert wrong == []
