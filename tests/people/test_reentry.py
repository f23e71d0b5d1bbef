"""Re-entry: part of the calibrated risk, and less of it with medication inside."""

import jax.numpy as jnp

import worlds
from upriver.experiments.simulate import simulate
from upriver.people.reentry import MOST_EXTRA, ReentryParameters, reentry

UNTREATED = jnp.array([1.5e6, 3e5, 1.4e6])


def p(**changed: float) -> ReentryParameters:
    return worlds.module_of(ReentryParameters, "people.reentry", 2019.0, **changed)


def test_nothing_changes_where_it_is_not_told_apart():
    found = reentry(UNTREATED, p())
    assert found.risk == 1
    assert found.part == 0


def test_what_the_calibrated_rates_hold_is_what_the_run_has_in_2019():
    found = simulate(draws=0, world="prior", outputs=("people.beyond.reentry.extra",))
    extra, _, _ = found.level("people.beyond.reentry.extra").at(2019.0)
    assert abs(extra - p(included=1.0).usual) < 0.002


def test_medication_inside_never_adds_deaths_and_the_extra_is_bounded():
    with_it, without = (p(included=1.0, medication_inside=share) for share in (1.0, 0.0))
    assert reentry(UNTREATED, with_it).extra < reentry(UNTREATED, without).extra
    assert reentry(UNTREATED / 1e9, without).extra == MOST_EXTRA
