"""Stimulants: no fentanyl, or not counted, no deaths."""

from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.stimulants import StimulantParameters, stimulants


@given(st.floats(0, 1), st.floats(0, 5))
def test_deaths_need_fentanyl_and_to_be_counted(share, ratio):
    off = worlds.module_of(StimulantParameters, "people.stimulants")
    on = worlds.module_of(StimulantParameters, "people.stimulants", included=1.0)
    assert stimulants(share, ratio, off).overdoses == 0
    assert stimulants(0.0, ratio, on).overdoses == 0
    assert stimulants(share, ratio, on).met <= share
    assert stimulants(share, ratio + 1, on).overdoses >= stimulants(share, ratio, on).overdoses
