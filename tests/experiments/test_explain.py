"""A change of deaths is shared out whole, in any order, and nothing goes to what did not move."""

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.experiments import explain as explaining
from upriver.experiments import groups as grouping
from upriver.experiments.explain import DEATHS, UNDER_WAY, _shapley, explain, titles
from upriver.experiments.groups import GROUPS, Group, grouped
from upriver.policy.apply import table
from upriver.policy.conditions import held
from upriver.policy.scenario import read_scenario
from upriver.system.world import World, worlds

DRAWS = 12

FEW = (
    Group("supply", "supply", ("supply.", "diplomacy.")),
    Group("help", "help", ("people.response.", "people.naloxone.", "people.overdose.")),
    Group("rest", "the rest", ("people.",)),
)
"""Fewer groups, for tests that share out more than once."""


@pytest.fixture(scope="module")
def found():
    return explain(2022, 2025, DRAWS)


@pytest.mark.parametrize("world", worlds())
def test_every_history_is_in_one_group(world):
    columns = table(read_scenario("base"), 2, World.named(world)).columns
    moving = [
        path
        for path, column in columns.items()
        if column.shape[1] > 1 and np.ptp(column, axis=1).any()
    ]
    for path in moving:
        assert sum(path.startswith(group.begins) for group in GROUPS) == 1, path
    assert sorted(path for those in grouped(moving).values() for path in those) == sorted(moving)


def test_parts_add_up_to_the_change_to_the_last_death(found):
    total = sum(found.parts.values())
    assert total == pytest.approx(found.after - found.before, abs=1e-6)


def test_deaths_of_both_years_are_those_of_a_run(found):
    columns = table(read_scenario("base"), DRAWS, World.named("whole")).columns
    instants = [int(step_of(year)) for year in (2022, 2023, 2025, 2026)]
    ran = np.diff(load().run(columns, outputs=[DEATHS], instants=instants)[:, 0], axis=1)
    np.testing.assert_array_equal(found.before, ran[:, 0])
    np.testing.assert_array_equal(found.after, ran[:, 2])


def test_nothing_is_held_before_the_first_year_ends_and_all_of_it_after():
    columns = table(read_scenario("base"), DRAWS, World.named("whole"))
    start, end = int(step_of(2023)), int(step_of(2026))
    for path, column in held(columns, 2022, start, end).items():
        np.testing.assert_array_equal(column[:, :start], columns.columns[path][:, :start])
        assert not np.ptp(column[:, start:], axis=1).any()


def test_the_order_of_groups_does_not_matter(monkeypatch):
    monkeypatch.setattr(grouping, "GROUPS", FEW)
    one = explain(2022, 2024, 4)
    monkeypatch.setattr(grouping, "GROUPS", (FEW[1], FEW[0], FEW[2]))
    other = explain(2022, 2024, 4)
    assert list(other.parts) != list(one.parts)
    for name, values in one.parts.items():
        assert other.parts[name] == pytest.approx(values, abs=1e-6), name


def test_a_game_of_which_the_answer_is_known():
    """Two left gloves and a right one: the right is worth two thirds."""
    gloves = np.array([[float(min((n & 1) + (n >> 1 & 1), n >> 2 & 1))] for n in range(8)])
    assert _shapley(gloves, 3)[:, 0] == pytest.approx([1 / 6, 1 / 6, 4 / 6])
    added = np.array([[(n & 1) * 3.0 + (n >> 1 & 1) * -5.0] for n in range(8)])
    assert _shapley(added, 3)[:, 0] == pytest.approx([3, -5, 0])


def test_what_moves_nothing_has_nothing(monkeypatch):
    monkeypatch.setattr(grouping, "GROUPS", FEW)
    published = explain(2022, 2024, 2, world="reference")
    np.testing.assert_array_equal(published.parts["supply"], [0.0, 0.0])
    assert np.all(published.parts["help"] < 0)
    assert published.rival == ()


def test_what_does_not_move_is_no_part():
    assert "housing" not in grouped(["people.response.kits"])


def test_more_naloxone_and_a_shock_lower_deaths(found):
    assert np.all(found.parts["naloxone"] < 0)
    shocked = np.isin(found.rival, ["precursors", "production", "together"])
    assert found.parts["controls"][shocked].mean() < found.parts["controls"][~shocked].mean() - 5000


def test_titles_name_every_part(found):
    assert set(found.parts) <= set(titles())
    assert UNDER_WAY in found.parts


@pytest.mark.parametrize(
    ("first", "last"), [(1998, 2020), (2025, 2032), (2022, 2022), (2023, 2020)]
)
def test_years_that_cannot_be_are_refused(first, last):
    with pytest.raises(OutOfBounds):
        explaining.explain(first, last, 2)
