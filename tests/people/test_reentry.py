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


def test_at_the_releases_that_the_rates_hold_the_risk_is_theirs_whatever_a_release_does():
    for changed in ({"multiple": 30.0}, {"with_disorder": 0.6}, {"period": 0.5}):
        then = {"releases": 1e7, "releases_then": 1e7, "medication_inside": 0.0}
        assert reentry(UNTREATED, p(included=1.0, **then, **changed)).risk == 1


def test_people_with_a_disorder_are_as_many_among_those_released_as_there_are_outside():
    few, many = (reentry(UNTREATED * times, p(included=1.0)) for times in (1, 2))
    assert many.releases == 2 * few.releases
    assert many.extra == few.extra


def test_at_the_untreated_of_that_year_the_share_of_releases_is_what_was_found():
    found = reentry(jnp.array([p().untreated_then, 0, 0]), p(included=1.0))
    assert abs(found.releases / p().releases - p().with_disorder) < 1e-6


def test_the_untreated_of_that_year_are_those_of_the_run():
    found = simulate(draws=0, world="prior", outputs=("people.beyond.reentry.releases",))
    released, _, _ = found.level("people.beyond.reentry.releases").at(2019.0)
    assert abs(released / (10.3e6 * p().with_disorder) - 1) < 0.02


def test_help_on_release_takes_its_share_of_the_extra_and_nothing_of_what_rates_hold():
    none, some, all_of_it = (reentry(UNTREATED, p(included=1.0, helped=x)) for x in (0, 0.3, 1))
    assert none.extra * 0.65 < some.extra < none.extra * 0.75
    assert all_of_it.extra == 0
    assert all_of_it.risk < some.risk < none.risk


def test_medication_inside_never_adds_deaths_and_the_extra_is_bounded():
    with_it, without = (p(included=1.0, medication_inside=share) for share in (1.0, 0.0))
    assert reentry(UNTREATED, with_it).extra < reentry(UNTREATED, without).extra
    most = p(included=1.0, untreated_then=1e5, with_disorder=0.3, medication_inside=0.0)
    assert reentry(UNTREATED, most).extra == MOST_EXTRA
