"""Dose: no change at the reference, and tolerance that catches up."""

from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.dose import DoseParameters, habituation, overdose_ratio, taken

P = worlds.module_of(DoseParameters, "people.dose")
strengths = st.floats(0.05, 20)


def test_the_reference_dose_has_the_reference_hazard():
    assert taken(1.0, usual=1.0, compensation=P.compensation) == 1
    assert overdose_ratio(1.0, 1.0, P) == 1
    assert habituation(1.0, 1.0, P) == 0


@given(strengths, st.floats(1.01, 3))
def test_a_stronger_offer_is_never_taken_weaker_nor_less_deadly(strength, more):
    weak, strong = (
        taken(s, usual=1.0, compensation=P.compensation) for s in (strength, strength * more)
    )
    assert strong >= weak
    assert overdose_ratio(strong, 1.0, P) >= overdose_ratio(weak, 1.0, P)


@given(strengths)
def test_who_is_used_to_a_strong_dose_is_at_less_risk_from_it(strength):
    assert overdose_ratio(10.0, max(1.0, strength), P) <= overdose_ratio(10.0, 1.0, P)
