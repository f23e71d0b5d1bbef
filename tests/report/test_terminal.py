"""Claims about the terminal: it fits, it is aligned, a gap is not a zero."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.report.terminal import (
    Headline,
    Outcome,
    cells_wide,
    comparison_table,
    headline_table,
    sparkline,
)

COURSE = np.concatenate([np.linspace(5e3, 8e4, 22), np.linspace(8e4, 2e4, 11)])
ROWS = [
    Headline("Deaths, synthetic opioids", 80_411, 79_384.2, 71_020, 88_410, COURSE, "deaths", 2021),
    Headline("People with disorder", None, 4.3e6, 3.8e6, 7.6e6, COURSE[::-1], "people", 2032),
    Headline("Fentanyl's share of doses", 0.72, 0.694, 0.61, 0.75, COURSE, "", "Jun 2025"),
]
SIZES = st.floats(-1e10, 1e10) | st.just(math.nan)


def test_sparkline_ends_on_the_first_and_last_value() -> None:
    assert sparkline([0, 1, 2, 3], 4) == "▁▃▆█"
    rising = sparkline(np.arange(500.0), 24)
    assert (len(rising), rising[0], rising[-1]) == (24, "▁", "█")
    assert sparkline([5.0, 1.0, 9.0], 1) == "▄"


def test_sparkline_leaves_gaps_and_keeps_a_constant_level() -> None:
    assert sparkline([0, None, 1], 8) == "▁ █"
    assert sparkline([7, 7, 7], 8) == "▄▄▄"
    assert sparkline([], 8) == ""
    assert sparkline([None, None], 8) == "  "


@given(st.lists(st.floats(-1e12, 1e12) | st.just(math.nan), max_size=80), st.integers(1, 40))
def test_sparkline_never_exceeds_its_width(values: list[float], width: int) -> None:
    assert len(sparkline(values, width)) == min(width, len(values))


@given(st.text(max_size=60), SIZES, SIZES, SIZES, SIZES, st.sampled_from([60, 80, 100, 120]))
def test_no_line_is_wider_than_the_terminal(
    label: str, recorded: float, median: float, low: float, high: float, width: int
) -> None:
    rows = [*ROWS, Headline(label, recorded, median, low, high, COURSE, label[:9], 2024)]
    outcomes = [Outcome(label, median, low, high, recorded, low, high, median)]
    for text in (headline_table(rows, width), comparison_table(outcomes, width)):
        assert max(map(cells_wide, text.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_recorded_and_modelled_stand_side_by_side(width: int) -> None:
    text = headline_table(ROWS, width)
    line = text.splitlines()[2]
    assert "80,411" in line
    assert "\u22121.3 %" in line
    assert ("79,384 (71,020 to 88,410)" if width == 120 else "79.4k (71.0k\u201388.4k)") in line
    assert "█" in line


def test_table_has_no_colour_codes() -> None:
    assert "\x1b" not in headline_table(ROWS, 80) + comparison_table([], 80)


def test_first_scenario_averts_nothing_by_definition() -> None:
    rows = [
        Outcome("As today", 212_000, 150_000, 301_000, None, None, None, 4_312_000),
        Outcome("Treatment", 181_000, 120_000, 270_000, 31_000, -2_000, 52_000, 4_100_000),
    ]
    wide = comparison_table(rows, 120).splitlines()
    assert wide[2].split()[-2] == "\u2013"
    assert "31,000 (\u22122,000 to 52,000)" in wide[3]
    assert "people with OUD 2032" in wide[0]


def test_control_characters_do_not_reach_the_terminal() -> None:
    row = ROWS[0]._replace(label="Deaths \x1b[31m red\r\n")
    assert "\x1b" not in headline_table([row], 80)
