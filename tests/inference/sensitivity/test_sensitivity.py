"""What decides a quantity: of the fit as it runs, of the prior as the fit has it."""

from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

import upriver as up
from upriver.core.errors import InputError, OutOfBounds, UnknownName
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.inference.rivals import rivals
from upriver.inference.sensitivity.after import sensitivity, unknowns
from upriver.inference.sensitivity.before import inputs_of, runs_of, sobol, values_of
from upriver.inference.sensitivity.inputs import EFFECTS, UNEXPLAINED, Ground
from upriver.inference.sensitivity.quantities import QUANTITIES, asked
from upriver.inference.sensitivity.shares import furthest
from upriver.inference.sensitivity.tidy import COLUMNS, tidy
from upriver.inference.unknowns import Unknowns
from upriver.policy.apply import table
from upriver.policy.beliefs import EXPLANATION
from upriver.policy.fitted import MISSED
from upriver.policy.having import part
from upriver.policy.scenario import read_scenario


def test_the_quantity_is_what_runs_say():
    one = asked("deaths", (2026, 2031))
    run = up.simulate("base", draws=4)
    known = run.periods("people.overdose.deaths", np.array([2026.0]), np.array([2032.0]))[:, 0]
    np.testing.assert_allclose(one.of(table(one.scenario, 4), None), known, rtol=1e-12)
    level = asked("disorder", (2030, 2030))
    found = level.of(table(level.scenario, 4), None)
    np.testing.assert_allclose(found, run.level("people.heads.oud")[2030:2030].draws[:, 0])


@pytest.mark.parametrize("scenario", ["naloxone_doubled", "no_class_control"])
def test_deaths_averted_are_those_of_a_comparison(scenario):
    one = asked("averted", None, scenario)
    both = up.compare("base", scenario, draws=4)
    start, end = np.array([2026.0]), np.array([2032.0])
    before, after = (r.periods("people.overdose.deaths", start, end)[:, 0] for r in both.runs)
    assert one.against is not None
    found = one.of(table(one.scenario, 4), table(one.against, 4))
    np.testing.assert_allclose(found, before - after, rtol=1e-9, atol=1e-6)


def test_at_the_numbers_of_an_explanation_the_prior_runs_as_the_fit_would():
    one = asked("deaths", (2021, 2021))
    inputs = inputs_of(one)
    generator = np.random.default_rng(8)
    numbers = generator.uniform(0.2, 0.8, (6, len(inputs.names)))
    numbers[:, -1] = (np.arange(6) + 0.5) / 6
    found = inputs.quantity(numbers)
    for i, rival in enumerate(rivals().values()):
        own = Unknowns(rival, inputs.end)
        place = {name: at for at, name in enumerate(inputs.names)}
        z = generator.standard_normal((1, own.size))
        changed = numbers[i : i + 1].copy()
        changed[0, [place[name] for name in own.names]] = ndtr(z[0])
        columns = own.base.replace(own.columns(z)).columns
        ends = [int(step_of(2021)), int(step_of(2022))]
        ran = load().run(columns, outputs=["cumulative.people.overdose.deaths"], instants=ends)
        known = ran[0, 0, 1] - ran[0, 0, 0]
        assert inputs.quantity(changed)[0] == pytest.approx(known, rel=1e-6), rival.name
        assert np.isfinite(found[i])


def test_before_a_record_the_country_has_the_part_of_a_change_that_holds_in_some_states():
    seeking, some = "people.treatment.seeking_rate", read_scenario("medicaid_expansion_ended")
    rival, effects = next(iter(rivals().values())), np.array([3])
    usual, fewer = (
        Ground(one).table(rival, {}, effects).wide(seeking)[0, -1]
        for one in (read_scenario("base"), some)
    )
    (change,) = some.changes
    assert change.having is not None
    wanted = -change.amounts(effects)[0] * part(change.having, change.start)
    assert 1 - fewer / usual == pytest.approx(wanted, rel=1e-9)


def test_every_number_of_the_prior_is_in_one_group():
    for name, scenario in (("deaths", None), ("averted", "naloxone_doubled")):
        inputs = inputs_of(asked(name, None, scenario))
        for groups in (inputs.unknowns, inputs.mechanisms):
            places = sorted(place for one in groups for place in one.places)
            assert places == list(range(len(inputs.names)))
            assert len({one.name for one in groups}) == len(groups)
    assert {"people.overdose", "supply.shock", UNEXPLAINED, EXPLANATION, MISSED} <= {
        one.name for one in inputs.mechanisms
    }


def test_there_are_as_many_groups_as_the_how_to_says():
    inputs = inputs_of(asked("deaths"))
    text = (Path(__file__).parents[3] / "docs" / "how-to" / "sensitivity.md").read_text("utf-8")
    count = len(inputs.mechanisms)
    assert f"There are {count} groups" in text
    assert f"512 × {count + 2} = {512 * (count + 2):,} runs" in text
    assert abs(len(inputs.unknowns) - 220) < 5
    assert runs_of(asked("deaths"), "unknown", 256) == pytest.approx(57_000, rel=0.02)


def test_what_a_scenario_draws_itself_is_an_unknown():
    drawn = up.parse_scenario({
        "schema": 2, "title": "Drawn", "changes": [
            {"handle": "naloxone_kits", "by": 1.0, "between": [-0.9, 2.9]}
        ],
    })  # fmt: skip
    one = asked("averted", None, drawn)
    assert EFFECTS in inputs_of(one).names
    assert EFFECTS not in inputs_of(asked("averted", None, "naloxone_doubled")).names
    found = sensitivity(one, 200)
    assert "effect of naloxone_kits" in [row.name for row in found.standing]


def test_the_same_runs_in_parts_give_the_same_bytes():
    one = asked("deaths", (2002, 2002))
    whole = values_of(one, "mechanism", 16, 0, 16)
    parts = [values_of(one, "mechanism", 16, a, b) for a, b in ((0, 5), (5, 16))]
    for i, values in enumerate(whole):
        assert values.tobytes() == np.concatenate([p[i] for p in parts], axis=-1).tobytes()
    assert values.size + 2 * 16 == runs_of(one, "mechanism", 16)


def test_of_the_fit_unknowns_that_say_the_same_are_there_once():
    known = unknowns(asked("deaths"), 300)
    assert "people.initial.misuse" not in known
    assert {MISSED, EXPLANATION, "unexplained risk, 2026 to 2031"} <= set(known)
    assert all(len(values) == 300 for _, values in known.values())


def test_of_the_fit_it_says_what_stands_out_and_what_chance_gives():
    found = sensitivity(asked("deaths"), 300)
    assert found.of_fit
    assert found.together is None
    assert found.rows[0].name == "unexplained risk, 2015 to 2025"
    assert found.rows[0].stands
    assert not found.rows[-1].stands
    assert 0 < found.floor < found.rows[0].first.value
    values = [row.first.value for row in found.rows]
    assert values == sorted(values, reverse=True)


def test_before_a_record_of_2000_supply_and_what_is_ahead_decide_nothing():
    found = sobol(asked("deaths", (2000, 2000)), "mechanism", 32)
    total = {row.name: row.total.value for row in found.rows}
    assert total["supply.shock"] == 0.0
    assert total["people.overdose"] > 0.1
    assert found.together is not None
    rows = list(tidy(found))
    assert len(rows) == 2 * len(found.rows)
    assert all(set(row) == set(COLUMNS) for row in rows)


def test_a_few_far_values_hold_the_variance():
    assert furthest(np.concatenate([np.zeros(99), [1.0]])) > 0.98
    assert furthest(np.linspace(0, 1, 1000)) < 0.05


def test_every_quantity_runs_and_has_a_unit():
    for name in QUANTITIES:
        scenario = "naloxone_doubled" if QUANTITIES[name].averted else None
        one = asked(name, None, scenario)
        tables = [table(each, 2) for each in one.scenarios]
        values = one.of(tables[0], tables[1] if len(tables) > 1 else None)
        assert np.isfinite(values).all()
        assert one.quantity.unit in ("people", "kg")
        assert one.said.startswith(one.quantity.title)


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (("death",), UnknownName, "Did you mean 'deaths'"),
        (("averted",), InputError, "needs a scenario that averts them"),
        (("deaths", (2031, 2026)), OutOfBounds, "the first one first"),
        (("deaths", (2026, 2032)), OutOfBounds, "1999 to 2031"),
        (("disorder", (2026, 2031)), OutOfBounds, "at the start of one year"),
        (("deaths", None, "nothing_such"), UnknownName, "scenario"),
    ],
)
def test_what_cannot_be_asked_is_one_line(given, error, said):
    with pytest.raises(error, match=said):
        asked(*given)


def test_points_that_spread_unevenly_and_few_draws_are_refused():
    with pytest.raises(OutOfBounds, match="power of 2"):
        sobol(asked("deaths"), "mechanism", 100)
    with pytest.raises(OutOfBounds, match="too few"):
        sensitivity(asked("deaths"), 99)


@pytest.mark.slow
def test_of_the_whole_prior_what_is_found_holds_with_other_points():
    one = asked("deaths")
    some, more = (sobol(one, "mechanism", points) for points in (512, 2048))
    many = {row.name: row for row in more.rows}
    for row in some.rows[:5]:
        other = many[row.name]
        assert row.total.low <= other.total.high
        assert other.total.low <= row.total.high
    assert some.rows[0].name == more.rows[0].name
    alone = {row.name: row.first for row in sobol(one, "unknown", 256).rows}
    parts = [share.value for name, share in alone.items() if name.startswith("people.overdose.")]
    assert sum(parts) <= many["people.overdose"].first.high + 0.1
