"""Conditions of another year come back in 2026, and regimes to come are drawn; the past stays."""

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.core.time import step_of
from upriver.policy.apply import table
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.on import on
from upriver.policy.regimes import PATH, REGIMES, drawn, relations, spells
from upriver.policy.scenario import parse_scenario, read_scenario
from upriver.policy.written import to_yaml

HEAD = "schema: 2\ntitle: test\n"
START, FIRST, LAST = (int(step_of(year)) for year in (2026, 2019, 2020))


def test_what_was_in_a_year_comes_back_in_its_mean_and_nothing_before_differs():
    base, then = table(read_scenario("base"), 5), table(read_scenario("as_2019"), 5)
    moved = [path for path in base.columns if base.columns[path].shape[1] > 1]
    assert len(moved) > 40
    for path in moved:
        one, other = base.wide(path), then.wide(path)
        assert (one[:, :START] == other[:, :START]).all()
        mean = one[:, FIRST:LAST].mean(axis=1)
        np.testing.assert_allclose(other[:, START:], np.repeat(mean[:, None], 529 - START, axis=1))
    for path in {*base.columns} - {*moved}:
        assert (base.columns[path] == then.columns[path]).all()


def test_a_change_moves_on_from_the_conditions_that_came_back():
    kits = "people.response.kits"
    twice = parse_scenario(
        f"{HEAD}conditions: 2019\nchanges:\n  - {{handle: naloxone_kits, by: 1}}"
    )
    then = table(read_scenario("as_2019")).columns[kits][0, -1]
    assert table(twice).columns[kits][0, -1] == pytest.approx(2 * then)


def test_what_is_set_stays_set():
    path = "people.response.kits"
    held = table(parse_scenario(f"{HEAD}conditions: 2019\nset: {{{path}: 5}}"))
    assert (held.wide(path) == 5).all()


@pytest.mark.parametrize(
    "said",
    [
        "conditions: 2026",
        "conditions: 2019.5",
        "conditions: last",
        "conditions: 1998",
        "regimes: guessed",
    ],
)
def test_what_cannot_be_is_refused_with_its_line(said):
    with pytest.raises(InputError) as caught:
        parse_scenario(f"{HEAD}{said}\n")
    assert caught.value.line == 3


def test_both_are_written_and_read_back_and_put_below_a_policy():
    scenario = parse_scenario(f"{HEAD}conditions: 2010\nregimes: drawn\n")
    assert parse_scenario(to_yaml(scenario)) == scenario
    policy = parse_scenario(f"{HEAD}changes:\n  - {{handle: naloxone_kits, by: 1}}")
    assert on(policy, scenario).conditions == 2010
    assert on(policy, scenario).regimes == "drawn"
    with pytest.raises(InputError, match="conditions"):
        on(scenario, read_scenario("as_2019"))


def test_spells_on_record_add_up_to_the_years_between():
    known = spells()
    assert known.years.sum() == pytest.approx(known.until - 2018.92)
    assert known.ends.sum() == 5
    assert (np.diag(known.ends) == 0).all()
    assert REGIMES[known.now] == "active"


def test_regimes_begin_where_the_record_ends_and_spread_with_time():
    regimes = drawn()
    before = int(step_of(spells().until))
    assert (regimes[:, : before + 1] == -1).all()
    assert set(np.unique(regimes[:, before + 1 :])) == {0, 1, 2}
    active = [np.mean(regimes[:, int(step_of(year))] == 2) for year in (2026.5, 2028, 2031.9)]
    assert active[0] > 0.7 > active[1] > 0.25
    assert abs(active[2] - active[1]) < 0.15


def test_a_stay_is_as_long_as_the_posterior_of_few_spells_says():
    known, regimes = spells(), drawn()
    after = int(step_of(known.until)) + 1
    left = np.argmax(regimes[:, after:] != known.now, axis=1) / 16
    left[(regimes[:, after:] == known.now).all(axis=1)] = np.inf
    ends, years = known.ends[known.now].sum() + 0.5, known.years[known.now]
    for span in (0.5, 1.0, 3.0):
        stays = (years / (years + span)) ** ends  # a gamma mixture of exponentials
        assert np.mean(left > span) == pytest.approx(stays, abs=4 * 0.5 / np.sqrt(MOST_DRAWS))


def test_relations_are_those_of_the_regime_and_the_past_is_the_record():
    ahead = relations(np.arange(200))
    assert np.isnan(ahead[:, : int(step_of(spells().until)) + 1]).all()
    assert 0 <= np.nanmin(ahead) <= np.nanmax(ahead) <= 1
    drawn_table = table(read_scenario("regimes_drawn"), 200)
    base = table(read_scenario("base"), 200)
    before = int(step_of(spells().until)) + 1
    assert (drawn_table.wide(PATH)[:, :before] == base.wide(PATH)[:, :before]).all()
    assert np.ptp(drawn_table.wide(PATH)[:, -1]) > 0.4
    assert (
        table(read_scenario("regimes_drawn")).wide(PATH) == table(read_scenario("base")).wide(PATH)
    ).all()
