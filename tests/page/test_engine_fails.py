"""An engine that fails says so, what it was asked for, and what to do; no view goes on waiting."""

import pytest
from hand import VIEWS, answer, opened, push, said, settle

from browser import until

HARM = """
const send = Worker.prototype.postMessage;
window.harm = %s;
Worker.prototype.postMessage = function (message, ...rest) {
  const asked = message.wants ? 'wants' : message.type;
  return send.call(this, { ...message, ...window.harm[asked] }, ...rest);
};
"""
"""Spoils what the page puts to its workers, by kind of message."""

CAUGHT = "{ wants: { runs: null } }"
"""A worker throws while it runs the model, and answers that it failed."""

UNCAUGHT = "{ wants: { part: 5, parts: 1 } }"
"""The leader throws where nobody catches, and never answers."""

CURE = "Reload the page; your scenario is in the address. If it fails again, report both."
ASKED = "The engine failed when asked for "
LOUD = (
    "Uncaught",
    "Cannot read properties",
    "TypeError",
    "undefined",
    "must be a WebAssembly.Module",
)


@pytest.mark.parametrize("harm", [CAUGHT, UNCAUGHT], ids=["caught", "uncaught"])
def test_a_view_whose_engine_throws_says_so_and_waits_no_more(browser, file, harm):
    with opened(browser, file, before=HARM % harm, calm=False, allowed=LOUD) as page:
        until(page, "document.querySelector('.notice')")
        told = said(page)
        assert ASKED in told
        assert "averted" in told.partition(ASKED)[2]
        assert "of ‘Base projection’ (" in told
        assert CURE in told
        for name in (*VIEWS, "Levers"):
            page.get_by_role("navigation", name="Views").get_by_role("link", name=name).click()
            until(page, "!document.querySelector('.awaits, [aria-busy=\"true\"]')")
            assert "Running the model" not in page.locator("body").inner_text()
            assert CURE in said(page)
        view_text = page.locator("main").inner_text()
        assert "No answer: what went wrong is said above." in view_text


def test_a_worker_that_does_not_start_is_no_missing_webassembly(browser, file):
    harm = HARM % "{ start: { module: null } }"
    with opened(browser, file, before=harm, calm=False, allowed=LOUD) as page:
        until(page, "document.querySelector('.notice')")
        assert "The engine failed (" in said(page)
        assert CURE in said(page)
        assert "cannot run the model" not in said(page)
        assert "Running the model" not in page.locator("body").inner_text()


def test_an_engine_that_failed_once_answers_what_comes_next(browser, file):
    with opened(browser, file, before=HARM % "{}", allowed=LOUD) as page:
        push(page, "naloxone_kits", 0.5)
        settle(page)
        before = answer(page)
        page.evaluate(f"window.harm = {CAUGHT}")
        push(page, "naloxone_kits", 0.6)
        until(page, "document.querySelector('.notice')")
        assert "of ‘Base projection: Hand out more naloxone kits’ (" in said(page)
        assert answer(page) == before
        assert page.get_by_role("button", name="Dismiss").count() == 0
        page.evaluate("window.harm = {}")
        push(page, "naloxone_kits", 0.7)
        settle(page)
        assert "The engine failed" not in said(page)
        assert answer(page) != before


def test_an_embedded_answer_that_fails_says_so_too(browser, file):
    before = HARM % CAUGHT
    with opened(browser, file, "embed=1", before=before, calm=False, allowed=LOUD) as page:
        until(page, "document.querySelector('.notice')")
        assert CURE in said(page)
        assert "Running the model" not in page.locator("body").inner_text()
