"""What a measure does is drawn with each run, as the evidence has it, and the same everywhere."""

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.policy.apply import table
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.effect import Effect, Spread, factors
from upriver.policy.levers import read_lever
from upriver.policy.scenario import parse_scenario, read_scenario

PATH = "people.response.calling"
HEAD = "schema: 2\ntitle: test\nchanges:\n"
CHANGE = HEAD + f"  - {{acts_on: {PATH}, operation: scale, by: %s, between: [%s], from: 2026}}\n"
LEVER = """schema: 2
title: Test
stage: services
summary: A test.
acts_on: [people.response.calling]
operation: close
direction: more
unit: percent
levels: {as_today: keep, some: 0.2, more: 0.5, most: 0.8}
level_text: {some: a, more: b, most: c}
most_because: A test.
range: [0, 0.8]
cost: null
evidence: {grade: none, design: none, effect: none, sources: []}
cannot_capture: [much]
harms: [some]
moves: {people.response.not_averted_heroin: less}
effect: {value: 0.5, interval: [0.1, 0.7], source: assumption, because: a test}
"""


def ratio(draws: int, by: str, ends: str) -> np.ndarray:
    """What a parameter is multiplied by at the end, by draw."""
    moved = table(parse_scenario(CHANGE % (by, ends)), draws).columns[PATH]
    still = table(read_scenario("base"), draws).columns[PATH]
    return moved[:, -1] / still[:, 0]


@pytest.mark.parametrize("draws", [50, 200, 1000])
def test_draws_have_the_median_and_the_interval_that_the_file_says(draws):
    low, middle, high = np.quantile(ratio(draws, "-0.2", "-0.5, 0.1"), [0.025, 0.5, 0.975])
    assert middle == pytest.approx(0.8, abs=0.01)
    assert low == pytest.approx(0.5, abs=0.05)
    assert high == pytest.approx(1.1, abs=0.05)


def test_the_first_draws_are_the_same_however_many_there_are():
    assert (ratio(20, "0.1", "0, 0.2") == ratio(100, "0.1", "0, 0.2")[:20]).all()


def test_a_measure_has_the_same_effect_at_every_size_and_another_one_its_own():
    half, whole = ratio(200, "0.1", "0.05, 0.2") - 1, ratio(200, "0.2", "0.1, 0.4") - 1
    np.testing.assert_allclose(2 * half, whole, rtol=1e-9)
    one = factors((PATH,), Spread(0.5, 2.0))
    other = factors(("people.response.witnessed",), Spread(0.5, 2.0))
    assert abs(np.corrcoef(one, other)[0, 1]) < 3 / np.sqrt(MOST_DRAWS)


def test_central_values_have_the_effect_in_the_middle():
    moved = table(parse_scenario(CHANGE % ("-0.2", "-0.5, 0.1"))).columns[PATH]
    assert moved[0, -1] == pytest.approx(0.8 * moved[0, 0], rel=1e-12)


def test_nothing_before_the_date_differs_in_any_draw():
    moved = table(parse_scenario(CHANGE % ("-0.2", "-0.5, 0.1")), 20).columns[PATH]
    still = table(read_scenario("base"), 20).wide(PATH)
    before = (2026 - 1999) * 16 + 1
    assert (moved[:, :before] == still[:, :before]).all()
    assert (moved[:, before + 1 :] != still[:, before + 1 :]).any()


@pytest.mark.parametrize(
    ("by", "ends"), [("0.1", "0.2, 0.3"), ("0.1", "0.1, 0.3"), ("0", "-1, 1"), ("0.1", "0.05")]
)
def test_an_interval_holds_the_amount(by, ends):
    with pytest.raises(InputError, match="between"):
        parse_scenario(CHANGE % (by, ends))


@pytest.mark.parametrize(
    "text",
    [
        "  - {lever: naloxone_kits, by: 0.1, between: [0, 1]}",
        f"  - {{acts_on: {PATH}, to: 0.1, between: [0, 1]}}",
    ],
)
def test_an_interval_goes_with_an_amount_of_ones_own_alone(text):
    with pytest.raises(InputError, match="between"):
        parse_scenario(HEAD + text)


def test_of_a_lever_that_has_an_effect_the_amount_is_a_reach(tmp_path, monkeypatch):
    (tmp_path / "mine.yaml").write_text(LEVER)
    monkeypatch.setenv("UPRIVER_LEVERS", str(tmp_path))
    mine = read_lever(tmp_path / "mine.yaml", own=True)
    assert mine.effect == Effect(0.5, (0.1, 0.7), "assumption", (), "a test")
    assert mine.moves == {"people.response.not_averted_heroin": -1}
    assert mine.on_parameters(0.4) == 0.2
    assert mine.from_parameters(0.2) == 0.4
    scenario = parse_scenario(HEAD + "  - {lever: mine, level: some, from: 2026}")
    (made,) = scenario.changes
    assert made.amount == 0.1
    assert made.spread == Spread(0.2, 1.4)
    closed = table(scenario, 200).columns[PATH][:, -1]
    before = table(read_scenario("base"), 200).wide(PATH)[:, -1]
    share = (closed - before) / (1 - before)
    assert np.quantile(share, [0.025, 0.5, 0.975]) == pytest.approx([0.02, 0.1, 0.14], abs=0.008)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("value: 0.5", "value: 0", "above 0"),
        ("value: 0.5", "value: 1.5", "value"),
        ("[0.1, 0.7]", "[0.6, 0.7]", "should hold the value"),
        ("source: assumption", "source: assumtion", "Did you mean 'assumption'"),
        ("not_averted_heroin: less", "not_averted_heroine: less", "not_averted_heroin"),
        (": less", ": fewer", "fewer"),
        ("value: 0.5, ", "", "value"),
    ],
)
def test_an_effect_that_is_not_right_says_where(tmp_path, before, after, says):
    file = tmp_path / "mine.yaml"
    assert before in LEVER
    file.write_text(LEVER.replace(before, after))
    with pytest.raises(InputError, match=says) as caught:
        read_lever(file, own=True)
    assert caught.value.line is not None
