"""Overdoses and deaths: sums by drug and group, and what fentanyl and naloxone do."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.beyond import Beyond
from upriver.people.market import Market
from upriver.people.overdose import AtRisk, OverdoseParameters, overdose
from upriver.people.response import ResponseParameters, response

PUBLISHED = worlds.filled(
    Beyond, **{"risk.high": 0.0, "risk.reentry": 0.0, "stimulants.overdoses": 0.0}
)
"""Nothing beyond the published model."""

PEOPLE = jnp.array(2.7e8)
shares = st.floats(0, 1)


def harm(fentanyl: float = 0.3, success=(0.4, 0.5, 0.2), kits: float = 5e5, **changed: float):
    responding = worlds.module_of(ResponseParameters, "people.response", kits=kits)
    return overdose(
        AtRisk(worlds.people().stocks, patients=jnp.array(1e7), success=jnp.array(success)),
        worlds.filled(Market, fentanyl_share=fentanyl),
        PUBLISHED,
        response(PEOPLE, responding),
        responding,
        worlds.module_of(OverdoseParameters, "people.overdose", **changed),
    )


@given(shares)
def test_deaths_by_drug_add_up_to_all_deaths(fentanyl):
    found = harm(fentanyl)
    np.testing.assert_allclose(
        found.by_rx + found.by_heroin + found.by_synthetic, found.deaths, rtol=1e-13
    )
    np.testing.assert_allclose(
        found.by_synthetic_baseline + found.by_synthetic_illicit, found.by_synthetic, rtol=1e-14
    )


@given(shares)
def test_deaths_by_group_add_up_to_all_deaths(fentanyl):
    found = harm(fentanyl)
    groups = found.deaths_oud.sum() + found.deaths_misuse + found.deaths_heroin_use
    np.testing.assert_allclose(groups + found.deaths_medical, found.deaths, rtol=1e-14)
    treated = found.deaths_untreated + found.deaths_treated.sum(axis=1)
    np.testing.assert_allclose(found.deaths_oud, treated, rtol=1e-14)


@given(shares)
def test_an_overdose_is_fatal_or_survived(fentanyl):
    found = harm(fentanyl)
    for drug in ("rx", "heroin"):
        both = getattr(found, f"nonfatal_{drug}") + getattr(found, f"deaths_{drug}")
        np.testing.assert_allclose(getattr(found, f"overdoses_{drug}"), both, rtol=1e-14)
    assert found.nonfatal > 0


@given(st.floats(0, 0.99), st.floats(0.001, 0.01))
def test_more_fentanyl_never_saves_lives(fentanyl, more):
    before, after = harm(fentanyl), harm(fentanyl + more)
    assert after.deaths_heroin > before.deaths_heroin
    assert after.deaths_rx == before.deaths_rx
    assert after.survival_heroin <= before.survival_heroin


def test_without_fentanyl_no_death_is_laid_to_it():
    found = harm(0.0)
    np.testing.assert_allclose(found.by_synthetic_illicit / found.deaths, 0, atol=1e-15)


@given(st.floats(1e3, 1e8), st.floats(1.1, 10))
def test_more_naloxone_saves_lives(kits, more):
    few, many = harm(kits=kits), harm(kits=kits * more)
    assert many.deaths < few.deaths
    assert many.naloxone_averted_heroin > few.naloxone_averted_heroin


def test_treatment_that_always_ends_in_remission_leaves_no_overdose_deaths_in_it():
    assert (harm(success=(1.0, 1.0, 1.0)).deaths_treated == 0).all()
