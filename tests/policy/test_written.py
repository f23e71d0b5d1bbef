"""A scenario that is written as text reads back as the same scenario, and gives the same run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.parameters import acts, parameters
from upriver.policy.apply import table
from upriver.policy.changes import Change, pull
from upriver.policy.effect import Spread
from upriver.policy.handles import OPERATIONS, handles
from upriver.policy.levers import levers
from upriver.policy.scenario import Ahead, Scenario, parse_scenario, read_scenario, shipped
from upriver.policy.written import number, to_yaml
from upriver.system.world import worlds

WIDTHS = st.floats(0.01, 3)
NUMBERS = st.floats(-0.9, 0.9)
YEARS, SPANS = st.floats(2000, 2032), st.floats(0, 20)
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\x85"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() and " ".join(text.split()) == text)
PROJECTED = sorted(path for path, one in parameters().items() if one.projection is not None)


@st.composite
def _ahead(draw: st.DrawFn, path: str) -> Ahead:
    if draw(st.booleans()):
        return Ahead(hold=True)
    low, high = parameters()[path].within
    end = draw(st.floats(max(low, -1e9), min(high, 1e9)))
    return Ahead(end_value=end, end_year=draw(st.none() | st.floats(2030, 2100)))


@st.composite
def _change(draw: st.DrawFn) -> Change:
    start, years = draw(YEARS), draw(SPANS)
    kind = draw(st.sampled_from(["lever", "handle", "paths"]))
    if kind == "lever":
        of = draw(st.sampled_from(list(levers().values())))
        return pull(of, draw(st.floats(*of.range)), start, years)
    if kind == "handle":
        one = draw(st.sampled_from(list(handles().values())))
        operation = draw(st.sampled_from([one.operation, "replace"]))
        return Change(one.acts_on, operation, draw(NUMBERS), start, years, one.name)  # type: ignore[arg-type]
    paths = draw(
        st.lists(st.sampled_from(sorted(parameters())), min_size=1, max_size=3, unique=True)
    )
    operation = draw(st.sampled_from(OPERATIONS))
    by = draw(NUMBERS)
    spread = None
    if by and operation != "replace" and draw(st.booleans()):
        spread = Spread.around(by, (by - abs(by) * draw(WIDTHS), by + abs(by) * draw(WIDTHS)))
    return Change(tuple(paths), operation, by, start, years, paths[0], spread=spread)


def _apart(changes: list[Change]) -> tuple[Change, ...]:
    """Changes without those that act on a parameter that another acts on already."""
    kept: list[Change] = []
    for change in changes:
        if not any(set(change.acts_on) & set(before.acts_on) for before in kept):
            kept.append(change)
    return tuple(kept)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any scenario that a file could hold."""
    settings = {}
    for path in draw(st.lists(st.sampled_from(sorted(parameters())), max_size=3, unique=True)):
        low, high = parameters()[path].within
        settings[path] = draw(st.floats(max(low, -1e12), min(high, 1e12)))
    ahead = draw(st.lists(st.sampled_from(PROJECTED), max_size=3, unique=True))
    return Scenario(
        title=draw(WORDS),
        about=draw(st.just("") | WORDS),
        source=draw(st.just("") | WORDS),
        world=draw(st.none() | st.sampled_from(sorted(worlds()))),
        projections={path: draw(_ahead(path)) for path in ahead},
        settings=settings,
        without_acts=tuple(draw(st.lists(st.sampled_from(list(acts())), max_size=2, unique=True))),
        changes=_apart(draw(st.lists(_change(), max_size=4))),
    )


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_comes_back_equal_with_what_it_is_based_on_worked_in(name: str) -> None:
    scenario = read_scenario(name)
    text = to_yaml(scenario)
    assert parse_scenario(text) == scenario
    assert "based_on" not in text
    assert to_yaml(parse_scenario(text)) == text


@given(scenarios())
def test_any_scenario_comes_back_equal(scenario: Scenario) -> None:
    assert parse_scenario(to_yaml(scenario)) == scenario


def test_text_alone_gives_the_same_table() -> None:
    scenario = parse_scenario(
        "schema: 1\ntitle: Mine\nbased_on: constant\nset: {people.response.witnessed: 0.1}\n"
        "changes: [{handle: naloxone_kits, by: 0.30000000000000004, from: 2026.37, over: 0.1}]\n"
    )
    again = table(parse_scenario(to_yaml(scenario)), 2).columns
    for path, column in table(scenario, 2).columns.items():
        assert np.array_equal(column, again[path]), path


def test_a_lever_past_its_range_is_written_by_what_it_acts_on() -> None:
    of = levers()["naloxone_kits"]
    past = Scenario("Past", changes=(pull(of, of.range[1] * 2, 2026, 1),))
    (back,) = parse_scenario(to_yaml(past)).changes
    assert (back.acts_on, back.operation, back.amount) == (
        of.acts_on, of.operation, past.changes[0].amount,
    )  # fmt: skip
    assert back.lever is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_in_full(value: float) -> None:
    assert float(number(value)) == value


def test_a_title_that_is_too_long_is_cut_and_still_reads() -> None:
    assert len(parse_scenario(to_yaml(Scenario("x" * 500))).title) == 200
