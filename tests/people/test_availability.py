"""Availability moves transitions in the direction that its words say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.availability import AvailabilityParameters, availability
from upriver.people.market import Market
from upriver.people.street import Street

P = worlds.module_of(AvailabilityParameters, "people.availability", heroin_initiating=0.5)
levels = st.floats(0, 20)


def effects(rx: float = 1.0, price: float = 1.0, deterrent: float = 0.0):
    supply = worlds.filled(
        Street, availability_misuse=rx, availability_oud=rx, abuse_deterrent_share=deterrent
    )
    return availability(supply, worlds.filled(Market, heroin_price=price), P)


def test_conditions_of_the_start_change_nothing():
    found = effects()
    for name in ("initiating_misuse", "developing_oud", "quitting_misuse", "initiating_with_oud"):
        np.testing.assert_allclose(getattr(found, name), 1.0, rtol=1e-15)


@given(st.floats(0.05, 20), st.floats(1.01, 5))
def test_a_dearer_heroin_is_less_available_and_starts_fewer(price, dearer):
    cheap, dear = effects(price=price), effects(price=price * dearer)
    assert dear.heroin < cheap.heroin
    assert dear.initiating_heroin < cheap.initiating_heroin
    assert dear.quitting_heroin > cheap.quitting_heroin


@given(levels, levels)
def test_scarcer_prescription_opioids_start_less_misuse_and_more_heroin(a, b):
    scarce, plenty = effects(rx=min(a, b)), effects(rx=max(a, b))
    assert scarce.initiating_misuse <= plenty.initiating_misuse
    assert scarce.quitting_misuse >= plenty.quitting_misuse
    assert scarce.initiating_with_misuse >= plenty.initiating_with_misuse
    assert scarce.developing_hud_with_oud >= plenty.developing_hud_with_oud


@given(st.floats(0, 1))
def test_abuse_deterrent_forms_never_raise_initiation(deterrent):
    assert effects(deterrent=deterrent).abuse_deterrent <= 1
