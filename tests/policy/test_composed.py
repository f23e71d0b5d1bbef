"""Changes are held together: against each other, against a lever's range, against bounds."""

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds, SchemaProblem
from upriver.core.parameters import parameters
from upriver.policy.apply import prepare, table
from upriver.policy.changes import pull
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario, parse_scenario, read_scenario
from upriver.system.world import World

HEAD = "schema: 1\ntitle: test\n"
KITS = "people.response.kits"
RELAPSE = "people.remission.relapse_rate"
SEIZED = HEAD + "changes:\n  - {handle: border_seizures, by: 1}\n"


def changes(*lines: str) -> str:
    return HEAD + "changes:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


@pytest.mark.parametrize(
    "pair",
    [
        ("handle: relapse, by: -0.5", "handle: relapse, by: -0.5"),
        ("lever: naloxone_kits, level: most", "lever: naloxone_kits, by: 0.2, from: 2031"),
        ("lever: naloxone_kits, by: 0.1", "lever: naloxone_kits, level: some"),
        ("lever: naloxone_kits, by: 0.1", "handle: naloxone_kits, by: 0.1"),
        ("handle: witnessing, by: 0.1, from: 2024", "handle: witnessing, by: 0.1, from: 2030"),
    ],
)
def test_one_name_twice_is_refused_with_both_lines(pair):
    with pytest.raises(SchemaProblem, match=r"line 5: .* is changed twice; the first is on line 4"):
        parse_scenario(changes(*pair))


def test_a_name_of_the_base_is_not_given_again(tmp_path):
    base, mine = tmp_path / "base.yaml", tmp_path / "mine.yaml"
    base.write_text(changes("handle: relapse, by: -0.1"))
    mine.write_text(changes("handle: relapse, by: -0.2") + "based_on: ./base.yaml\n")
    with pytest.raises(SchemaProblem, match=r"mine.yaml, line 4: .* on line 4 of .*base.yaml"):
        read_scenario(mine)


def test_a_level_as_today_is_no_second_change():
    found = parse_scenario(
        changes("lever: naloxone_kits, level: as_today", "lever: naloxone_kits, by: 0.1")
    )
    assert len(found.changes) == 1


def test_names_given_twice_in_python_are_refused_as_in_a_file():
    kits = levers()["naloxone_kits"]
    twice = Scenario(title="t", changes=(pull(kits, 0.1, 2024), pull(kits, 0.1, 2028)))
    with pytest.raises(SchemaProblem, match="lever 'naloxone_kits' is changed twice"):
        table(twice)


def test_a_parameter_may_go_in_steps_but_not_twice_at_one_time():
    steps = changes(
        f"acts_on: {KITS}, operation: scale, by: 0.5, from: 2024, over: 2",
        f"acts_on: {KITS}, operation: scale, by: 0.5, from: 2026, over: 2",
    )
    column = table(parse_scenario(steps)).wide(KITS)[0]
    usual = table(Scenario(title="t")).wide(KITS)[0]
    np.testing.assert_allclose(column[[400, 432, -1]] / usual[[400, 432, -1]], [1, 1.5, 2.25])
    with pytest.raises(SchemaProblem, match=f"parameter '{KITS}' is changed twice at one time"):
        parse_scenario(steps.replace("from: 2026", "from: 2025"))


def test_two_names_on_one_parameter_multiply():
    both = changes("handle: relapse, by: -0.5", f"acts_on: {RELAPSE}, operation: scale, by: -0.5")
    column = table(parse_scenario(both)).columns[RELAPSE]
    usual = table(Scenario(title="t")).columns[RELAPSE]
    np.testing.assert_allclose(column[0, -1], 0.25 * usual[0, -1])


def test_what_two_names_come_to_is_held_against_the_range_of_the_lever():
    lever = "lever: buprenorphine_providers, by: {!r}"
    other = "acts_on: people.capacity.buprenorphine_providers, operation: scale, by: {!r}"
    low, high = levers()["buprenorphine_providers"].range
    half = (1 + high) ** 0.5 - 1
    parse_and_make(changes(lever.format(half), other.format(half)))
    with pytest.raises(OutOfBounds) as caught:
        parse_and_make(changes(lever.format(half), other.format(half + 0.01)))
    said = str(caught.value)
    assert "together take" in said
    assert "line 5" in said
    assert f"{low:g} to {high:g}" in said
    parse_and_make(changes(other.format(high + 1)))


def test_a_change_that_undoes_another_keeps_within_the_range():
    most = levers()["naloxone_kits"].range[1]
    parse_and_make(
        changes(
            f"lever: naloxone_kits, by: {most}",
            f"acts_on: {KITS}, operation: scale, by: -0.5",
        )
    )


def parse_and_make(text: str) -> None:
    table(parse_scenario(text))


@pytest.mark.parametrize("draws", [0, 20, 200])
def test_how_many_draws_are_run_does_not_decide_whether_a_scenario_is_taken(draws):
    found = prepare(parse_scenario(SEIZED), draws)
    for route in ("ports", "between", "coastal"):
        path = f"supply.seizures.scale[{route}]"
        low, high = parameters()[path].within
        assert low <= found.table.columns[path].min() <= found.table.columns[path].max() <= high
    with pytest.raises(OutOfBounds, match="border_seizures"):
        prepare(parse_scenario(SEIZED.replace("by: 1", "by: 9.5")), draws)


def test_a_draw_that_leaves_a_bound_is_held_there_and_counted():
    found = prepare(parse_scenario(SEIZED), 200, World.named("prior"))
    usual = prepare(Scenario(title="t"), 200, World.named("prior"))
    path = "supply.seizures.scale[ports]"
    doubled = 2 * usual.table.columns[path][:, 0]
    beyond = int((doubled > 10).sum())
    assert 0 < beyond < 20
    (said,) = (one for one in found.remarks if "is held there" in one)
    assert f"{path} at 10 in {beyond}" in said
    assert "of the 200 draws" in said
    np.testing.assert_array_equal(found.table.wide(path)[:, -1], np.minimum(doubled, 10))


def test_what_is_within_bounds_is_not_touched_by_holding():
    text = SEIZED.replace("by: 1", "by: 0.2")
    usual = prepare(Scenario(title="t"), 50).table.columns["supply.seizures.scale[ports]"]
    column = prepare(parse_scenario(text), 50).table.wide("supply.seizures.scale[ports]")
    free = usual[:, 0] * 1.2 <= 10
    assert free.any()
    np.testing.assert_array_equal(column[free, -1], (usual[:, 0] * (1 + 0.2 * 1.0))[free])
