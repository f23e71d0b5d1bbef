"""A card is well-formed HTML, without a script or a colour of its own, and escapes its texts."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.card import card, curve, table

ALONE = {"circle", "polygon", "polyline"}
HOSTILE = '<script>alert("x")</script><img src=x onerror=y> & \'"</table>'


class Parsed(HTMLParser):
    """Tags, attributes and text of a piece of HTML; refuses tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in ALONE
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def whole(text: str) -> str:
    times = np.arange(2000.0, 2010.0)
    drawn = curve(times, times - 1990, times - 1995, times - 1980, label=text)
    rows = [[text, text, text]]
    return card(text, says=[text], body=[table([text] * 3, rows, caption=text), drawn], foot=[text])


@given(st.text(max_size=40))
def test_whatever_is_given_stands_as_text(text):
    plain, found = Parsed(whole("a")), Parsed(whole(text + "a"))
    assert found.tags == plain.tags


def test_a_hostile_title_stays_text():
    found = Parsed(whole(HOSTILE))
    assert "script" not in found.tags
    assert "img" not in found.tags
    assert found.text.count(HOSTILE) == 10
    assert ("aria-label", HOSTILE) in found.attributes


def test_no_colour_of_its_own_and_no_script():
    found = whole("a")
    assert not re.search(r"#[0-9a-f]{3}|rgb|(?:color|background):(?!none)", found, re.IGNORECASE)
    assert not re.search(r"\son\w+=|javascript:|https?://(?!www.w3.org)", found)


@pytest.mark.parametrize("values", [[np.nan] * 4, [1.0, np.nan, np.nan, np.nan]])
def test_a_curve_of_less_than_two_points_is_none(values):
    assert curve(np.arange(4.0), np.array(values), label="x") == ""


def test_a_curve_leaves_out_what_is_not_known_and_stays_in_its_frame():
    found = curve(np.arange(5.0), np.array([0, np.nan, 3, 9, 4.5]), label="x", marks=True)
    places = re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', found)
    assert len(places) == 4
    assert {float(y) for _, y in places} == {80.0, 54.7, 4.0, 42.0}
    assert curve(np.arange(3.0), np.zeros(3), label="x")
