"""A scenario is read, composed, checked; what is wrong is said with its line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, TimeProblem, UnknownName
from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.policy.apply import table
from upriver.policy.chosen import fitted
from upriver.policy.draws import posterior
from upriver.policy.handles import handles
from upriver.policy.scenario import Scenario, parse_scenario, read_scenario, shipped
from upriver.system.switches import replaced_by

HEAD = "schema: 2\ntitle: test\n"


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_reads_says_its_source_and_stays_within_bounds(name):
    scenario = read_scenario(name)
    assert scenario.title
    assert scenario.about
    assert scenario.source
    columns = table(scenario).columns
    for path, p in parameters().items():
        assert p.within[0] <= columns[path].min() <= columns[path].max() <= p.within[1]


BASES = {"base": "whole", "published": "reference"}
REWRITE = {
    name for name in shipped() if read_scenario(name).settings or read_scenario(name).without_acts
}


def usual_of(name: str, draws: int = 0) -> Table:
    return table(Scenario(title="base", world=read_scenario(name).world or "whole"), draws)


@pytest.mark.parametrize("name", sorted(set(shipped()) - set(BASES)))
def test_every_shipped_scenario_but_a_base_changes_something(name):
    assert usual_of(name, 8).digest() != table(read_scenario(name), 8).digest()


@pytest.mark.parametrize("name", BASES)
def test_a_base_changes_nothing(name):
    assert table(read_scenario(name)).digest() == worlds.base_table(BASES[name]).digest()


@pytest.mark.parametrize("name", sorted(set(shipped()) - REWRITE))
def test_a_projection_leaves_the_record_as_it_was(name):
    usual, changed = usual_of(name), table(read_scenario(name))
    record = 1 + (2019 - 1999) * 16
    for path in parameters():
        assert np.array_equal(usual.wide(path)[:, :record], changed.wide(path)[:, :record])


def test_a_scenario_builds_on_another_and_adds_to_it():
    text = HEAD + (
        "based_on: pessimistic\n"
        "changes:\n  - {handle: naloxone_kits, by: 1.0, from: 2024, over: 1}\n"
    )
    both, alone = table(parse_scenario(text)), table(read_scenario("pessimistic"))
    kits = "people.response.kits"
    np.testing.assert_allclose(both.wide(kits)[0, -1], 2 * alone.wide(kits)[0, -1])
    others = set(parameters()) - {kits}
    assert all(np.array_equal(both.columns[p], alone.columns[p]) for p in others)


def test_a_later_scenario_overrides_the_projection_of_its_base():
    text = HEAD + (
        "based_on: fentanyl_high\nprojections:\n  people.market.fentanyl_share: {end_value: 0.6}\n"
    )
    share = table(parse_scenario(text)).wide("people.market.fentanyl_share")[0]
    assert abs(share[-1] - 0.6) < 0.001


def test_date_and_length_of_a_change_come_from_the_scenario_unless_it_says_its_own():
    text = HEAD + (
        "from: 2024\nover: 2\nchanges:\n"
        "  - {handle: naloxone_kits, by: 1}\n"
        "  - {handle: relapse, by: -0.5, from: 2027, over: 0}\n"
    )
    first, second = parse_scenario(text).changes
    assert (first.start, first.years) == (2024, 2)
    assert (second.start, second.years) == (2027, 0)
    assert parse_scenario(text).starts == 2024


def test_a_setting_holds_for_every_draw_and_the_rest_varies():
    names, values = posterior()
    path = names[0]
    middle = float(np.median(values[:, 0]))
    scenario = parse_scenario(HEAD + f"set:\n  {path}: {middle!r}\n")
    columns = table(scenario, draws=7).columns
    assert columns[path].tolist() == [[middle]]
    assert all(len(columns[name]) == 7 for name in names[1:] if replaced_by(name) is None)
    np.testing.assert_array_equal(columns[names[1]][:, 0], fitted().constants[names[1]][:7])


def test_the_draws_are_within_bounds_and_named_as_parameters():
    names, values = posterior()
    assert values.shape == (1000, len(names)) == (1000, len(set(names)))
    for i, name in enumerate(names):
        low, high = parameters()[name].within
        assert low <= values[:, i].min() <= values[:, i].max() <= high


@pytest.mark.parametrize("draws", [-1, 1001])
def test_more_draws_than_ship_are_refused(draws):
    with pytest.raises(OutOfBounds, match="1 to 1000"):
        table(read_scenario("base"), draws)


@pytest.mark.parametrize("name", sorted(handles()))
def test_a_change_out_of_bounds_is_refused_with_the_number_and_both_bounds(name):
    h = handles()[name]
    if h.operation == "close":
        with pytest.raises(InputError, match=r"1\.5"):
            parse_scenario(HEAD + _change(name, 1.5))
        return
    low, high = parameters()[h.acts_on[0]].within
    with pytest.raises(OutOfBounds) as caught:
        table(parse_scenario(HEAD + _change(name, 1e9)))
    assert f"{low:g} to {high:g}" in str(caught.value)
    assert name in str(caught.value)


def _change(name: str, by: float) -> str:
    how = "to" if handles()[name].operation == "replace" else "by"
    return f"changes:\n  - {{handle: {name}, {how}: {by}, from: 2024, over: 1}}\n"


@given(st.floats(-1, 1), st.floats(1999, 2032), st.floats(0, 33))
def test_what_is_written_is_what_is_read(amount, start, over):
    text = HEAD + (
        "changes:\n"
        f"  - {{acts_on: people.response.calling, operation: close, by: {amount:.6f}, "
        f"from: {start:.6f}, over: {over:.6f}}}\n"
    )
    (change,) = parse_scenario(text).changes
    assert change.acts_on == ("people.response.calling",)
    np.testing.assert_allclose(
        [change.amount, change.start, change.years], [amount, start, over], atol=1e-6
    )


@pytest.mark.parametrize(
    ("body", "problem", "words"),
    [
        ("changes:\n  - {handle: naloxon_kits, by: 1}\n", UnknownName, "naloxone_kits"),
        ("changes:\n  - {handle: relapse, by: 1, operation: add}\n", SchemaProblem, "handle"),
        ("changes:\n  - {handle: relapse, acts_on: a.b, by: 1}\n", SchemaProblem, "either"),
        ("changes:\n  - {handle: relapse}\n", SchemaProblem, "'by' or 'to'"),
        ("changes:\n  - {handle: relapse, by: -1.5}\n", InputError, "-1.5"),
        ("changes:\n  - {handle: relapse, by: 1, from: 1990}\n", TimeProblem, "1999 to 2032"),
        ("changes:\n  - {handle: relapse, by: 1, over: -1}\n", TimeProblem, "0 to 33"),
        ("based_on: bas\n", InputError, "base"),
        ("schemas: 2\n", InputError, "schema"),
        ("projections:\n  all: held\n", InputError, "hold"),
    ],
)
def test_a_mistake_is_refused_in_words_that_say_what_is_right(body, problem, words):
    with pytest.raises(problem) as caught:
        parse_scenario(HEAD + body)
    assert words in str(caught.value)
    assert "line" in str(caught.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("set:\n  people.response.witnesed: 0.5\n", "people.response.witnessed"),
        ("set:\n  people.response.witnessed: 1.5\n", "0 to 1"),
        ("without_acts: [oxycontin]\n", "oxycontin_reformulation"),
        ("projections:\n  people.response.witnessed: hold\n", "no projection"),
        ("changes:\n  - {acts_on: people.respons.kits, operation: scale, by: 1}\n", "kits"),
    ],
)
def test_a_world_that_cannot_be_is_refused_before_it_runs(body, words):
    with pytest.raises(InputError) as caught:
        table(parse_scenario(HEAD + body))
    assert words in str(caught.value)
