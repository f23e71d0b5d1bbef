"""Firefox and WebKit say what Chromium says, word for word, and complain of nothing.

The browsers are driven by `firefox.py`, `webkit.py` and `chromium.py`, and read by `seen.py`.
"""

import re
import time
from itertools import zip_longest

import pytest
from seen import Shown, link, settle, shown, words

from upriver.page import write

BROKEN = re.compile(r"\b(NaN|undefined|Infinity)\b|\[object")
NOISY = """<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline';
img-src http://upriver.test">
<title>noisy</title></head><body><p style="color: red">Words</p><script>
console.warn('a warning');
Promise.reject(new Error('a promise not kept'));
setTimeout(() => { throw new Error('thrown'); });
new Image().src = 'http://upriver.test/asked.png';
new Image().src = 'http://elsewhere.test/forbidden.png';
</script></body></html>
"""
"""A page that does all that ours must not."""


def different(found: Shown, usual: Shown) -> list[str]:
    """Pieces that differ, each with what Chromium says, the first five."""
    lines = []
    for part, (here, there) in enumerate(
        [
            (found.words, usual.words),
            *zip_longest(found.folded, usual.folded, fillvalue=[]),
        ]
    ):
        for one, other in zip_longest(here, there, fillvalue="nothing"):
            if one != other:
                lines.append(f"part {part}: {one!r}, in Chromium {other!r}")
    if found.marks != usual.marks:
        lines.append(f"charts, and empty ones: {found.marks}, in Chromium {usual.marks}")
    return lines[:5]


@pytest.mark.parametrize("view", write.VIEWS)
def test_a_view_is_whole_and_says_the_same_to_the_last_digit_in_every_engine(
    view, engine, usual, file, data
):
    engine.open(file, link(data, view))
    found = shown(engine)
    assert different(found, usual(view)) == []
    assert engine.heard() == []
    assert len(found.words) > 50
    assert [text for text in found.words if BROKEN.search(text)] == []
    assert found.marks[1] == 0


SLIDER = """document.querySelector('[data-lever="naloxone_kits"] input[type=range]')"""
STRENGTH = """document.querySelector('[data-lever="naloxone_kits"] output').textContent"""


def pressed(engine, file):
    """What the page says of a lever after each key, and of everything at the end."""
    engine.open(file, "view=levers")
    shown_before = settle(engine)
    engine.evaluate(f"({SLIDER}).focus()")
    said = []
    for key in ("End", "Home", "ArrowRight"):
        engine.press(key)
        said.append(engine.evaluate(STRENGTH))
    settle(engine, after=shown_before)
    return said, words(engine)


def test_a_slider_is_moved_by_keys_in_every_engine(engine, chromium, file):
    said, everything = pressed(engine, file)
    assert said == ["+100 %", "−50 %", "−49 %"]
    assert everything == pressed(chromium, file)[1]
    assert engine.heard() == []


def test_a_figure_that_stands_in_another_page_says_the_same_in_every_engine(
    engine, chromium, file, data
):
    found = []
    for one in (engine, chromium):
        one.open(file, f"{link(data, 'overview')}&embed=1")
        found.append(shown(one))
    assert different(*found) == []
    assert engine.heard() == []


HEARD = (
    "a warning",
    "a promise not kept",
    "thrown|Script error",
    "upriver.test/asked",
    "elsewhere.test",
    "style",
)
"""What has to be heard; WebKit gives no words of an error in a file."""


def test_what_a_page_says_throws_asks_for_and_is_forbidden_is_heard_in_every_engine(
    engine, tmp_path
):
    noisy = tmp_path / "noisy.html"
    noisy.write_text(NOISY, encoding="utf-8")
    engine.open(noisy)
    last = time.monotonic() + 10
    missing = list(HEARD)
    while missing and time.monotonic() < last:
        heard = "\n".join(engine.heard())
        missing = [part for part in HEARD if not re.search(part, heard)]
    assert not missing, heard


def test_webkit_itself_has_no_complaint_of_the_page(mini_browser, file, tmp_path):
    from webkit import complaints

    noisy = tmp_path / "noisy.html"
    noisy.write_text(NOISY, encoding="utf-8")
    heard = complaints(mini_browser, noisy, tmp_path, enough="a warning")
    assert any("a warning" in line for line in heard)
    assert complaints(mini_browser, file, tmp_path) == []
