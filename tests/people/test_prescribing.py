"""Prescribing: what is dispensed, and what it leaves to divert."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.prescribing import PrescribingParameters, current_patients, prescribing

REFERENCE = worlds.people().reference
DRIVERS = ("patients", "prescriptions", "days", "strength")


def at(year: float = 2015.0, **changed: float):
    p = worlds.module_of(PrescribingParameters, "people.prescribing", year, **changed)
    return prescribing(REFERENCE, p)


def test_the_street_supply_starts_at_one():
    np.testing.assert_allclose(at(1999.0).supply_net, 1.0, rtol=1e-14)


@given(st.sampled_from(DRIVERS), st.floats(1e-6, 3))
def test_the_street_supply_is_proportional_to_each_driver(driver, factor):
    value = float(getattr(worlds.module_of(PrescribingParameters, "people.prescribing"), driver))
    changed = at(**{driver: value * factor})
    np.testing.assert_allclose(changed.supply, at().supply * factor, rtol=1e-12)


@pytest.mark.parametrize("driver", DRIVERS)
def test_nothing_prescribed_is_nothing_to_divert(driver):
    assert at(**{driver: 0}).supply_net == 0


def test_what_is_dispensed_is_patients_times_prescriptions_times_days_times_strength():
    p = worlds.module_of(PrescribingParameters, "people.prescribing")
    found = at()
    np.testing.assert_allclose(
        found.dispensed, p.patients * p.prescriptions * p.days * p.strength, rtol=1e-14
    )
    assert found.current_patients == current_patients(p) < p.patients
