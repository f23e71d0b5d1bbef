"""The view Answers: all that was told of six questions, and no number besides."""

import re
from typing import Any

import pytest
from hand import flat, here, opened
from playwright.sync_api import Page

from upriver.report.told.store import told

HEAD = "view=answers"
TOLD = told("answers")
ANSWERS = TOLD["answers"]
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def bare(text: str) -> str:
    return flat(text.replace("`", ""))


def texts(one: dict[str, Any]) -> list[str]:
    """All that an answer says, in the order of the page."""
    found = [one["question"], *one["first"], *one["short"]]
    for part in one["parts"]:
        if isinstance(part, str):
            found.append(part)
        else:
            found += [
                *re.split(r"[.;] ", part["about"], maxsplit=1),
                *part["header"],
                *(cell for row in part["rows"] for cell in row),
            ]
    return [bare(text) for text in [*found, *one["sure"], *one["cannot"], *one["made"]] if text]


def section(page: Page, one: dict[str, Any]) -> str:
    """What stands under a question, all parts open, on one line."""
    place = page.locator(f"#answer-{one['number']}")
    closed = place.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    return flat(place.inner_text())


@pytest.mark.parametrize("one", ANSWERS, ids=lambda one: str(one["number"]))
def test_an_answer_stands_there_whole_and_has_no_number_besides(one, browser, file, data):
    with opened(browser, file, HEAD) as page:
        shown = section(page, one)
    for text in texts(one):
        assert text.rstrip(":") in shown
    made = {str(TOLD["draws"]), "100", data["version"], TOLD["stamp"], str(one["number"])}
    known = set(NUMBER.findall(" ".join([*texts(one), *made])))
    found = set(NUMBER.findall(shown))
    assert {text.rstrip(",") for text in found} <= {text.rstrip(",") for text in known}


def test_the_answer_comes_before_what_is_behind_it(browser, file):
    with opened(browser, file, HEAD) as page:
        for one in ANSWERS:
            shown = section(page, one)
            places = [shown.index(bare(one[key][0])) for key in ("question", "short", "sure")[1:]]
            assert places == sorted(places)
            assert shown.index(bare(one["short"][0])) < shown.index("How sure")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_button_leads_to_its_question_and_leaves_the_address_as_it_is(width, browser, file):
    with opened(browser, file, HEAD, width=width) as page:
        before = here(page)
        for one in reversed(ANSWERS):
            button = page.get_by_role("button", name=f"{one['number']}. {one['topic']}")
            button.focus()
            page.keyboard.press("Enter")
            place = page.locator(f"#answer-{one['number']} h3")
            assert place.evaluate("one => document.activeElement === one")
            top = place.evaluate("one => one.getBoundingClientRect().top")
            assert -1 <= top <= page.viewport_size["height"] - 20
        assert here(page) == before


WIDE = """() => {
  const { clientWidth } = document.documentElement;
  return [...document.querySelectorAll('main *')].filter(one => one.checkVisibility()
    && !one.closest('.scroll') && one.getBoundingClientRect().right > clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 100));
}"""


def test_a_telephone_cuts_nothing_with_every_part_open(browser, file):
    with opened(browser, file, HEAD, width=390) as page:
        for one in ANSWERS:
            section(page, one)
        assert page.evaluate(WIDE) == []
        wide = page.locator("main .scroll").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
        )
        assert wide == 0


def test_no_line_of_prose_is_longer_than_is_good_to_read(browser, file):
    with opened(browser, file, HEAD) as page:
        widths = page.locator(".answers-one > p, .answers-one > ul").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().width)"
        )
        assert max(widths) <= 44 * 16


def test_answers_can_be_read_without_the_engine(browser, file):
    forbid = "delete window.WebAssembly;"
    with opened(browser, file, HEAD, before=forbid, calm=False) as page:
        assert page.locator(".answers-one").count() == len(ANSWERS)
