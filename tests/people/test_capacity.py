"""Places in treatment: none without providers or approval, fewer for each further one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.capacity import CapacityParameters, capacity, opening
from upriver.people.stocks import Memory

TAKEN = np.array([1e5, 3e5, 1e4])


def places(opened: float = 1.0, taken: np.ndarray = TAKEN, **changed: float):
    memory = worlds.filled(Memory, 0.0, capacity_rampup=[1.0, opened], intake=1000.0)
    return capacity(
        memory, taken, worlds.module_of(CapacityParameters, "people.capacity", **changed)
    )


def test_there_is_no_buprenorphine_without_providers():
    assert places(buprenorphine_providers=0).places[0] == 0


def test_nothing_is_open_before_approval():
    assert places(opened=0).places[0] == 0


@given(st.floats(1e-3, 2e6), st.floats(1, 1e6))
def test_more_providers_give_more_places_but_each_gives_fewer(providers, more):
    few = places(buprenorphine_providers=providers)
    many = places(buprenorphine_providers=providers + more)
    assert many.places[0] >= few.places[0] * (1 - 1e-12)
    assert many.per_provider <= few.per_provider * (1 + 1e-12)


@given(st.floats(0, 1e7))
def test_a_full_programme_takes_in_only_those_whose_place_comes_free(methadone):
    found = places(taken=TAKEN * 100, methadone_places=methadone)
    assert (found.intake >= 0).all()
    crowded = found.places <= TAKEN * 100
    freed = 1000.0 / worlds.module_of(CapacityParameters, "people.capacity").intake_delay
    assert (np.asarray(found.intake) <= freed)[crowded].all()


def test_capacity_opens_through_two_stages_in_the_ramp_up_time():
    p = worlds.module_of(CapacityParameters, "people.capacity", buprenorphine_approved=1.0)
    stages, steps = np.zeros(2), 200
    for _ in range(steps):
        memory = worlds.filled(Memory, 0.0, capacity_rampup=stages)
        stages = stages + np.asarray(opening(memory, p)) * p.rampup_years / steps
    # Two stages of half the time each, after the whole time: 1 - e^-2 and 1 - 3 e^-2.
    np.testing.assert_allclose(stages, [1 - np.exp(-2), 1 - 3 * np.exp(-2)], atol=0.01)
