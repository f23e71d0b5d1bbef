"""CSV that we write: a formula in a text cell is harmless, and a negative number stays a number."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.evidence.tables import csv_text, guard, plain

BREAKS = re.compile("[\x00\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "+1-1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "-cmd",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\rx",
        "\ttext",
        "-1%",
        "--1",
        "=-1",
    ],
)
def test_a_formula_is_made_harmless(text):
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["-12.5", "+3", "-1e-5", "12", " -4 ", ".5", "", "a=b", "a-b", "é"]
)
def test_numbers_and_plain_text_stay_as_they_are(text):
    assert guard(text) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_come_back_as_they_were(number):
    text = csv_text(["x"], [{"x": number}])
    assert float(text.splitlines()[1]) == number
    assert "'" not in text


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_text_comes_back_and_never_begins_as_a_formula(cells):
    header = [f"c{at}" for at in range(len(cells))]
    text = csv_text(header, [dict(zip(header, cells, strict=True))])
    assert len(text.splitlines()) == 2
    back = list(csv.reader(io.StringIO(text, newline="")))[1]
    for cell, one in zip(back, cells, strict=True):
        assert cell.removeprefix("'") == " ".join(BREAKS.split(one)).removeprefix("'")
        assert cell.lstrip()[:1] not in ("=", "@") or cell.startswith("'")


def test_what_is_not_known_is_empty():
    assert csv_text(["a", "b"], [{"a": None, "b": float("nan")}, {}]) == "a,b\n,\n,\n"
    assert plain(float("inf")) == ""
    assert plain(3.0) == "3"
    assert plain(-0.25) == "-0.25"
