"""Parameters: paths by row, ways back, and a broken file refused with its line."""

from dataclasses import replace

import pytest

from upriver.core.errors import InputError
from upriver.core.parameters import Knot, Reversion, Together, check_together, read_parameters

HEAD = """\
level:
  symbol: z
  axis: country
  unit: "1"
  within: [0, 1]
  meaning: a level
  source: assumption
"""
REVERT = "  between: revert\n  toward: 0.4\n  revert_years: 2\n"
ROWS = """\
  path:
    china:
      - {year: 1999, value: 0.4}
      - {year: 2018.5, value: 0.6, act: pledge, source: bloomberg2018, note: said so}
    india: 0.5
    mexico: {1999: 0.1, 2018: 0.2}
"""


@pytest.fixture
def read(tmp_path):
    def of(text):
        file = tmp_path / "made.yaml"
        file.write_text(HEAD + text)
        return read_parameters(file, "room.made")

    return of


def test_each_row_may_have_its_own_path_or_one_number(read):
    found = read(ROWS + REVERT)
    assert found["room.made.level[china]"].knots == (
        Knot(1999, 0.4),
        Knot(2018.5, 0.6, "pledge", "bloomberg2018", "said so"),
    )
    assert found["room.made.level[india]"].knots == (Knot(1999, 0.5),)
    assert found["room.made.level[mexico]"].knots == (Knot(1999, 0.1), Knot(2018, 0.2))
    assert {p.reversion for p in found.values()} == {Reversion(toward=0.4, years=2)}


def test_a_path_by_years_is_that_of_all_rows(read):
    found = read("  path: {1999: 0.1, 2018: 0.2}\n")
    assert {p.knots for p in found.values()} == {(Knot(1999, 0.1), Knot(2018, 0.2))}


def test_values_and_plausible_intervals_may_be_given_by_row(read):
    found = read(
        "  value: {china: 0.1, india: 0.2, mexico: 0.3}\n"
        "  plausible: {china: [0, 1], india: [0, 0.5], mexico: [0.2, 0.4]}\n"
        "  plausible_from: assumption\n"
    )
    assert [p.value for p in found.values()] == [0.1, 0.2, 0.3]
    assert [p.plausible for p in found.values()] == [(0, 1), (0, 0.5), (0.2, 0.4)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ROWS.replace("india", "indai") + REVERT, ("line 12", "indai is no row", "'india'")),
        (ROWS.replace("    india: 0.5\n", "") + REVERT, ("path.india is missing",)),
        ("  value: {china: 1, mexico: 1}\n", ("value.india is missing",)),
        (ROWS.replace("act:", "atc:") + REVERT, ("line 11", "'atc'", "'act'")),
        (ROWS.replace("year: 2018.5, ", "") + REVERT, ("line 11", "year is missing")),
        (ROWS.replace("value: 0.4}", "value: 0.4, act: a}") + REVERT, ("begins with an act",)),
        (ROWS.replace("2018.5", "1998") + REVERT, ("years that do not rise",)),
        (ROWS.replace("0.6", "1.6") + REVERT, ("1.6", "0 to 1")),
        (ROWS + REVERT.replace("0.4", "1.4"), ("1.4", "0 to 1")),
        (ROWS + REVERT.replace("years: 2", "years: 0"), ("revert_years", "more than 0")),
        (ROWS + "  between: revert\n", ("needs 'toward' and 'revert_years'",)),
        (ROWS + REVERT.replace("revert\n", "step\n"), ("needs 'toward' and 'revert_years'",)),
        (ROWS + REVERT.replace("revert\n", "rever\n"), ("'revert'",)),
    ],
)
def test_a_broken_row_or_way_back_is_refused_in_one_line(read, text, says):
    with pytest.raises(InputError) as raised:
        read(text)
    for words in ("made.yaml", *says):
        assert words in str(raised.value)
    assert "\n" not in str(raised.value)


BESIDE = "  value: 0.5\n  together: {with: OTHER, correlation: 0.8}\n"


def test_a_constant_may_be_drawn_with_another(read):
    found = read(BESIDE.replace("OTHER", "room.made.other"))
    assert {p.together for p in found.values()} == {Together("room.made.other", 0.8)}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{with: a}", "correlation"),
        ("{with: a, correlation: 1.5}", "-1 to 1"),
        ("{with: a, correlation: 0.5, by: 2}", "by"),
    ],
)
def test_what_it_is_drawn_with_is_told_whole(read, told, says):
    with pytest.raises(InputError, match=says):
        read(f"  value: 0.5\n  together: {told}\n")


def test_what_it_is_drawn_with_is_there_and_no_ring(read):
    alone = next(iter(read("  value: 0.5\n").values()))
    one, other = (replace(alone, together=Together(path, 0.5)) for path in ("b", "a"))
    with pytest.raises(InputError, match="does not exist"):
        check_together("a", {"a": one})
    with pytest.raises(InputError, match="ring"):
        check_together("a", {"a": one, "b": other})
    check_together("a", {"a": one, "b": alone})
