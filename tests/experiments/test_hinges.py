"""A belief that is said to turn an answer does turn it, and one that turns it is found."""

from collections.abc import Iterator

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import InputError
from upriver.experiments.hinges import LEAST, _bounds, hinges
from upriver.policy.chosen import believe, fitted

KITS = "schema: 2\ntitle: Kits\nchanges:\n  - {handle: naloxone_kits, by: 0.3}\n"
RISK = (
    "schema: 2\ntitle: Risk\nchanges:\n"
    "  - {acts_on: people.overdose.rate_hud, operation: scale, by: -0.013}\n"
)


@pytest.fixture(autouse=True)
def _all_again() -> Iterator[None]:
    yield
    believe([])


def test_what_turns_the_answer_turns_it_when_it_is_believed():
    one, other = up.parse_scenario(KITS), up.parse_scenario(RISK)
    found = hinges(one, other)
    if found.ahead > 0.5:
        found = hinges(one := up.parse_scenario(RISK), other := up.parse_scenario(KITS))
    assert found.ahead <= 0.5
    assert found.hinges
    first = found.hinges[0]
    assert first.draws >= LEAST
    assert first.ahead > 0.5
    believe([first.belief])
    assert fitted().draws == pytest.approx(first.draws, abs=3)  # the bound is rounded
    again = hinges(one, other, fitted().draws)
    assert again.ahead == pytest.approx(first.ahead, abs=0.03)
    assert again.ahead > 0.5


def test_a_bound_is_the_widest_that_turns_and_chance_makes_none():
    generator = np.random.default_rng(1)
    column = generator.standard_normal(1000)
    more = np.where(column > 0.3, 1.0, -1.0)
    (above,) = _bounds("x", column, more)
    assert above[0].startswith("x > ")
    assert above[1] > np.sum(column > 0.3)  # more than half of them are ahead
    assert above[2] > 0.5
    assert all(
        not _bounds("x", generator.standard_normal(1000), generator.standard_normal(1000) - 0.1)
        for _ in range(50)
    )
    assert not _bounds("x", np.ones(1000), more)


def test_a_world_without_a_fit_has_nothing_to_believe_in():
    with pytest.raises(InputError, match="unknowns"):
        hinges("published/nx_kits", "published", draws=100)
    with pytest.raises(InputError, match="too few"):
        hinges("base", "full_cooperation", draws=20)
