"""The published policies, projections and percentiles are met; what is off is found."""

import math

import numpy as np
import pytest

from upriver.experiments import published as checking
from upriver.experiments.published import (
    ALLOWED,
    CHANGES,
    LEVELS,
    PERCENTILES,
    PROJECTIONS,
    TITLES,
    checks,
    rows,
)
from upriver.experiments.simulate import simulate
from upriver.policy.scenario import library, shipped

TOLD: list[tuple[int, int]] = []


@pytest.fixture(scope="module")
def found():
    return checks(lambda done, total: TOLD.append((done, total)))


def of(found, kind):
    return [check for check in found if check.kind == kind]


def test_every_policy_is_met_on_every_projection(found):
    levels = of(found, LEVELS)
    runs = {check.name.partition(" under ")[2] for check in levels}
    assert len(runs) == 176
    assert len(levels) == 352
    assert all(check.met for check in levels)
    assert max(check.error for check in levels) < 5e-6


def test_what_each_policy_changes_is_met_within_rounding(found):
    changes = of(found, CHANGES)
    assert len(changes) == 344
    assert all(check.met for check in changes)


def test_six_projections_are_met(found):
    values = of(found, PROJECTIONS)
    assert len(values) == 288
    assert max(check.error for check in values) < 5e-6
    assert all(check.met for check in values)


def test_percentiles_of_our_thousand_draws_are_those_of_all_but_for_chance(found):
    those = of(found, PERCENTILES)
    assert len(those) == 240
    assert all(check.met for check in those)
    # Of a random subset, one in twenty would lie beyond two standard errors; values go together.
    assert sum(check.error > 2 for check in those) < 0.15 * len(those)


def test_progress_is_told_run_by_run(found):
    assert found
    assert [done for done, _ in TOLD] == list(range(1, 184))
    assert {total for _, total in TOLD} == {183}


def test_the_constant_run_is_the_published_one():
    """The run that `constant` promises has 484,991 deaths from 2022 to 2032."""
    run = simulate("constant", draws=0)
    deaths = run.periods("people.overdose.deaths", np.array([2022.0]), np.array([2032.0]))
    assert abs(deaths[0, 0] - 484991) < 1


def test_a_policy_that_is_off_by_a_hundredth_is_found(monkeypatch):
    read = checking.read_scenario

    def off(name):
        scenario = read(name)
        changes = tuple(
            type(c)(c.acts_on, c.operation, 1.01 * c.amount, c.start, c.years, c.label)
            for c in scenario.changes
        )
        return type(scenario)(scenario.title, world=scenario.world, changes=changes)

    totals = [r for r in rows("policies.csv") if r["policy"] == "published/package"]
    checking._read.cache_clear()
    monkeypatch.setattr(checking, "read_scenario", off)
    wrong = checking._policy(
        "published",
        "published/package",
        [row for row in totals if row["projection"] == "published"],
        {("published", row["output"]): (1e6, 1e6) for row in totals},
    )
    checking._read.cache_clear()
    assert not any(check.met for check in wrong if check.kind == LEVELS)


def test_what_is_not_a_number_is_never_met():
    assert not checking.Check(LEVELS, "x", 1.0, math.nan, math.nan).met


def test_figures_name_only_what_ships():
    totals, values = rows("policies.csv"), rows("projections.csv")
    assert {row["policy"] for row in totals} == set(library())
    named = {row["projection"] for row in (*totals, *values)}
    assert named <= set(shipped())
    assert set(ALLOWED) == set(TITLES)
    for name in ("policies.csv", "projections.csv", "percentiles.csv"):
        assert "source_x8" in (checking.REFERENCE / name).read_text().splitlines()[0]


def test_figures_and_scenarios_are_those_that_the_script_makes(shared):
    import subprocess
    import sys
    from pathlib import Path

    script = Path(__file__).parents[2] / "tools" / "published" / "make.py"
    raw = shared / "source-model" / "data"
    told = subprocess.run(
        [sys.executable, str(script), str(raw), "--check"], capture_output=True, text=True
    )
    assert (told.returncode, told.stdout) == (0, ""), told.stderr
