"""Effort: between commitment and relations as linkage says, always a share, never ahead of time."""

import jax.numpy as jnp
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.axes import AXES
from upriver.core.parameters import parameters
from upriver.core.time import STEPS, STEPS_PER_YEAR
from upriver.diplomacy.effort import EffortParameters, effort, target
from upriver.system.tabulate import column

shares = st.floats(0, 1)
countries = st.tuples(*[shares] * len(AXES["country"])).map(jnp.array)
WITHIN = parameters()["diplomacy.effort.response_years"].within


def numbers(**changed: object) -> EffortParameters:
    usual = {"commitment": 0.3, "shift": 0.0, "linkage": 0.5, "response_years": 0.75}
    return worlds.filled(EffortParameters, **{**usual, **changed})


@given(countries, countries, countries, countries)
def test_without_linkage_effort_is_blind_to_relations(now, commitment, one, other):
    p = numbers(commitment=commitment, linkage=0.0)
    assert (effort(now, one, p).change == effort(now, other, p).change).all()
    assert (target(one, p) == commitment).all()


@given(countries, countries)
def test_with_full_linkage_effort_follows_relations_whatever_the_commitment(relations, commitment):
    assert (target(relations, numbers(commitment=commitment, linkage=1.0)) == relations).all()


@given(countries, countries, countries, countries, st.floats(*WITHIN))
def test_effort_stays_between_none_and_full(now, relations, commitment, linkage, years):
    p = numbers(commitment=commitment, linkage=linkage, response_years=years)
    later = now + effort(now, relations, p).change / STEPS_PER_YEAR
    assert (later >= 0).all()
    assert (later <= 1).all()


@given(countries, countries, countries)
def test_better_relations_or_more_commitment_never_lower_the_effort_aimed_at(low, rise, linkage):
    high = low + rise * (1 - low)
    p = numbers(linkage=linkage)
    assert (target(high, p) >= target(low, p) - 1e-15).all()
    more, less = (numbers(linkage=linkage, commitment=c) for c in (high, low))
    assert (target(rise, more) >= target(rise, less) - 1e-15).all()


@given(countries, st.floats(-1, 1))
def test_a_shift_of_commitments_stays_a_share(commitment, shift):
    goal = target(jnp.zeros(3), numbers(commitment=commitment, shift=shift, linkage=0.0))
    np.testing.assert_allclose(goal, np.clip(np.asarray(commitment) + shift, 0, 1), atol=1e-15)


@given(countries, countries)
def test_one_country_moves_no_other(now, relations):
    usual = effort(now, relations, numbers()).change
    other = effort(now.at[0].set(1 - now[0]), relations.at[0].set(1 - relations[0]), numbers())
    assert (other.change[1:] == usual[1:]).all()


def test_at_its_target_effort_rests_and_twice_as_slow_moves_half_as_fast():
    p, relations = numbers(), jnp.full(3, 0.8)
    assert not effort(target(relations, p), relations, p).change.any()
    slow = effort(jnp.zeros(3), relations, numbers(response_years=1.5)).change
    np.testing.assert_allclose(2 * slow, effort(jnp.zeros(3), relations, p).change)


def course(pieces: int) -> np.ndarray:
    """Effort of the record at each step, each cut into so many pieces."""
    found = {path: column(p) for path, p in parameters().items() if path.startswith("diplomacy.")}

    def rows(name: str) -> np.ndarray:
        return np.concatenate(
            [
                np.broadcast_to(found[f"diplomacy.{name}[{c}]"], (1, STEPS + 1))
                for c in AXES["country"]
            ]
        )

    linkage, years = rows("effort.linkage"), found["diplomacy.effort.response_years"][0, 0]
    wanted = (1 - linkage) * rows("effort.commitment") + linkage * rows("relations.level")
    now, kept = wanted[:, 0], []
    for k in range(STEPS + 1):
        kept.append(now)
        for _ in range(pieces):
            now = now + (wanted[:, k] - now) / years / STEPS_PER_YEAR / pieces
    return np.stack(kept, axis=1)


def test_half_the_step_gives_the_same_effort_within_a_hundredth():
    assert np.abs(course(1) - course(2)).max() < 0.01


def test_on_the_record_effort_of_china_falls_after_the_suspension_and_rises_after_resumption():
    china = course(1)[0]
    before, lowest, after = (china[round((y - 1999) * 16)] for y in (2022.5, 2023.75, 2025))
    assert lowest < before < after
