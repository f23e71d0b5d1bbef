"""What happens after an overdose: chances stay chances, help never harms."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.response import ResponseParameters, response

PEOPLE = jnp.array(2.7e8)
chances = st.floats(0, 1)


def answered(**changed: float):
    p = worlds.module_of(ResponseParameters, "people.response", **changed)
    return response(PEOPLE, p)


@given(st.floats(0, 1e8), st.floats(0, 1e8))
def test_more_naloxone_never_raises_deaths_that_are_not_averted(a, b):
    few, many = answered(kits=min(a, b)), answered(kits=max(a, b))
    assert many.not_averted_heroin <= few.not_averted_heroin
    assert many.not_averted_rx <= few.not_averted_rx


@given(chances, chances)
def test_seeing_and_calling_never_raise_deaths_that_are_not_averted(a, b):
    low, high = min(a, b), max(a, b)
    for name in ("witnessed", "calling"):
        assert (
            answered(**{name: high}).not_averted_heroin
            <= answered(**{name: low}).not_averted_heroin
        )


@given(st.floats(0, 1e8), chances, chances)
def test_every_answer_is_a_chance(kits, witnessed, calling):
    found = answered(kits=kits, witnessed=witnessed, calling=calling)
    for name in ("naloxone_rx", "naloxone_heroin", "not_averted_rx", "not_averted_heroin"):
        assert 0 <= getattr(found, name) <= 1


def test_an_overdose_that_nobody_sees_is_not_answered():
    assert answered(witnessed=0.0).not_averted_heroin == 1


@given(st.floats(1e-3, 1e8))
def test_a_small_chance_keeps_its_digits(kits):
    found = answered(kits=kits)
    p = worlds.module_of(ResponseParameters, "people.response")
    exact = -np.expm1(-float(p.kit_efficiency) * float(found.density_rx))
    np.testing.assert_allclose(found.naloxone_rx, exact, rtol=1e-13)
