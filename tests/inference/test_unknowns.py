"""Unknowns: the prior's centre is the table's value, its tails the plausible interval."""

import numpy as np
import pytest

from upriver.core.parameters import parameters
from upriver.core.time import STEPS
from upriver.inference.rivals import rival, rivals
from upriver.inference.unknowns import COUNTED, Unknowns
from upriver.inference.wander import HYPER, Wander
from upriver.policy.disturbances import RISK, SUPPLY
from upriver.policy.draws import posterior

MADE = Unknowns(rival("precursors"), 2026.0)
MANY = np.random.default_rng(1).standard_normal((4000, MADE.size))


def test_at_zero_a_constant_has_its_value_and_at_its_tails_its_interval():
    at = {z: MADE.columns(np.full((1, MADE.size), z)) for z in (-1.6448536, 0.0, 1.6448536)}
    for path in MADE.constants:
        p = parameters()[path]
        if p.value in p.plausible:
            continue
        low, middle, high = (at[z][path][0, 0] for z in at)
        assert middle == pytest.approx(min(max(p.value, p.plausible[0]), p.plausible[1]))
        if p.together is None:
            assert (low, high) == pytest.approx(p.plausible, abs=1e-6 * abs(p.plausible[1]))


def test_a_neutral_value_is_no_more_likely_than_others():
    unknowns = Unknowns(rival("together"), 2026.0)
    z = np.zeros((5, unknowns.size))
    z[:] = np.array([-9, -0.6745, 0, 0.6745, 9])[:, None]
    found = unknowns.columns(z)
    assert found["supply.shock.production"][:, 0] == pytest.approx(
        [0, 0.125, 0.25, 0.375, 0.5], 1e-3
    )
    risk = found["people.tiers.relative_risk"][:, 0]
    assert risk == pytest.approx([1, 8**0.25, 8**0.5, 8**0.75, 8], rel=1e-3)


def test_whom_surveys_miss_are_people_that_are_there():
    z = np.zeros((3, MADE.size))
    z[:, -1] = [-9, 0, 9]
    found = MADE.columns(z)
    assert MADE.missed(z) == pytest.approx([0, 0.25, 0.5])
    for path in COUNTED:
        assert found[path][:, 0] / found[path][0, 0] == pytest.approx([1, 4 / 3, 2], rel=1e-6)


def test_people_are_three_times_as_wide_as_published_and_within_bounds():
    found = MADE.columns(MANY)
    names, draws = posterior()
    for name in MADE.people:
        column, (low, high) = found[name][:, 0], parameters()[name].within
        assert low <= column.min()
        assert column.max() <= high
    i = names.index("people.disorder.rx_oud_rate")
    assert found[names[i]].std() == pytest.approx(3 * draws[:, i].std(), rel=0.05)


def test_what_is_drawn_together_is_correlated():
    for path in MADE.constants:
        beside = parameters()[path].together
        if beside is None:
            continue
        found = MADE.columns(MANY)
        ours, other = (np.argsort(np.argsort(found[p][:, 0])) for p in (path, beside.path))
        assert np.corrcoef(ours, other)[0, 1] == pytest.approx(beside.correlation, abs=0.06)


def test_disturbances_are_one_before_they_may_differ_and_bounded():
    found = MADE.columns(MANY[:20])
    assert found[RISK].shape == (20, STEPS + 1)
    before = 16 * (2010 - 1999)
    assert (found[SUPPLY][:, :before] == 1).all()
    assert found[RISK][:, -1] == pytest.approx(1, abs=0.2)


def test_a_course_that_is_retold_stays_and_is_as_likely_as_any():
    """From the prior, retelling again and again leaves the prior, and no course."""
    one = Wander(RISK, 0.1, 0, 20)
    generator = np.random.default_rng(4)
    z = generator.standard_normal((600, one.size))
    told = z
    for _ in range(25):
        told = one.retell(told, generator)
    seen = slice(16 * one.last // 2 + 1)
    assert one.column(told)[:, seen] == pytest.approx(one.column(z)[:, seen], rel=1e-9)
    assert np.mean(np.any(told != z, axis=1)) > 0.8
    assert told.mean(axis=0) == pytest.approx(np.zeros(one.size), abs=0.16)
    assert told.std(axis=0) == pytest.approx(np.ones(one.size), abs=0.13)
    assert np.abs(np.corrcoef(told.T) - np.eye(one.size)).max() < 0.2
    assert abs(np.corrcoef(told[:, 0], z[:, 0])[0, 1]) < 0.9
    assert one.names[HYPER].endswith("[1999]")


def test_rivals_free_what_they_name_and_share_the_rest():
    shared = set(rival("controls").constants)
    for one in rivals().values():
        own = set(one.constants) - shared
        assert all(path.startswith(one.free) for path in own)
        assert not own & set(one.settings)
        assert shared <= set(one.constants)
    assert "supply.shock.production" in rival("together").constants
    assert "people.tiers.relative_risk" in rival("depletion").constants
    assert rival("ways").settings["people.ways.included"] == 1
