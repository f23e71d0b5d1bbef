"""Axe finds nothing serious, nothing is cut off, and text may be twice as large."""

import re
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from hand import VIEWS, flat, menu, opened, push, settle, view

from browser import WIDTHS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] });
  return found.violations.map(({ id, impact, nodes }) =>
    ({ id, impact, nodes: nodes.map(node => `${node.target} ${node.failureSummary}`) }));
}"""
WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > clientWidth + 1 && !one.closest('.scroll'))
    .slice(0, 5).map(one => `${one.outerHTML.slice(0, 100)}: ${one.getBoundingClientRect().right}`)
    .concat(`${scrollWidth} > ${clientWidth}`);
}"""
MOVED = "&s=2&l=naloxone_kits:0.5:2026:3~prevent_relapse:0.1:2027:2"


def complaints(page: Any) -> list[str]:
    """What axe says of the page as it stands, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + "\n;undefined")
    settle(page)
    return [
        f"{one['impact']} {one['id']}: {flat(node)}"
        for one in page.evaluate(RUN)
        for node in one["nodes"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture
def link(data) -> str:
    """The beginning of a link with two levers moved."""
    return f"v={data['version']}&d={data['digest']}&s=2&w=base{MOVED}"


both_themes = pytest.mark.parametrize(
    "dark", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["light", "dark"]
)
THEMES = {1440: "light", 390: "dark"}
"""The theme in which a width is tried; all four pairs are tried with the slow tests."""


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_window(name, browser, file, link):
    with with_its_parts(name, browser, file, link) as page:
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            assert page.evaluate(WIDE) == [], width
            if width in THEMES:
                page.emulate_media(color_scheme=THEMES[width])
                assert complaints(page) == [], width


@pytest.mark.slow
@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_serious_in_the_other_theme(name, browser, file, link):
    with with_its_parts(name, browser, file, link) as page:
        for width, theme in THEMES.items():
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            page.emulate_media(color_scheme="dark" if theme == "light" else "light")
            settle(page)
            assert complaints(page) == [], width


@contextmanager
def with_its_parts(name, browser, file, link):
    """A view with two levers moved, and its first two parts open."""
    fragment = f"{link}&view={name.lower()}"
    with opened(browser, file, fragment, reduced_motion="reduce") as page:
        for summary in page.locator("main summary").all()[:2]:
            summary.click()
        yield page


@both_themes
def test_axe_finds_nothing_serious_in_a_dialog(dark, browser, file, link):
    with opened(browser, file, f"{link}&view=levers", width=390, dark=dark) as page:
        for button in ("Hand out more naloxone kits", "How sure", "Embed"):
            if button == "Embed":
                menu(page, button).click()
            else:
                page.get_by_role("button", name=button, exact=button != "How sure").click()
            page.get_by_role("dialog").wait_for()
            settle(page)
            assert complaints(page) == [], button
            page.keyboard.press("Escape")


@both_themes
def test_axe_finds_nothing_serious_in_tour_notice_shelf_and_frame(dark, browser, file, link):
    with opened(browser, file, "", dark=dark) as page:
        menu(page, "Help").click()
        assert page.get_by_role("region", name="First steps").is_visible()
        assert complaints(page) == []
        menu(page, "Help")
        assert complaints(page) == []
    with opened(browser, file, "w=utopia&view=compare", dark=dark) as page:
        for name in ("+ All levers at ‘most’", "+ Optimistic drivers"):
            page.get_by_role("button", name=name).click()
        assert page.locator(".notice").is_visible()
        assert complaints(page) == []
    with opened(browser, file, f"{link}&embed=1", dark=dark) as page:
        assert complaints(page) == []


@pytest.mark.parametrize("name", ["Overview", "Levers"])
def test_the_answer_stays_within_its_box_at_any_width(name, browser, file):
    with opened(browser, file, f"view={name.lower()}") as page:
        for width in (1920, 1440, 1280, 1208, 1199, 1000, 700, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            over = page.evaluate(
                """() => {
                  const box = document.querySelector('.answer').getBoundingClientRect();
                  const range = document.createRange();
                  return [...document.querySelectorAll('.answer p')].filter(one => {
                    range.selectNodeContents(one);
                    return range.getBoundingClientRect().right > box.right + 1;
                  }).map(one => one.textContent);
                }"""
            )
            assert over == [], width


CUT = """() => [...document.querySelectorAll('button, h1, h2, h3, label, td, th, .answer p')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).overflowX === 'hidden'
    && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 2)
  .map(one => one.outerHTML.slice(0, 120))"""


def test_text_may_be_twice_as_large(browser, file, link):
    with opened(browser, file, link) as page:
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        for name in VIEWS:
            view(page, name)
            assert page.evaluate(WIDE) == [], name
            assert page.evaluate(CUT) == [], name


def test_a_fingertip_hits_every_control(browser, file, link):
    with opened(browser, file, f"{link}&view=levers", width=390, has_touch=True) as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input, summary')]
              .filter(one => one.checkVisibility())
              .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
              .filter(([, box]) => box.width < 24 || box.height < 24)"""
        )
        assert small == []


def test_there_is_one_first_heading_and_none_is_skipped(browser, file):
    with opened(browser, file) as page:
        for name in VIEWS:
            view(page, name)
            levels = page.locator("h1, h2, h3, h4, h5").evaluate_all(
                "all => all.filter(one => one.checkVisibility()).map(one => +one.localName[1])"
            )
            assert levels[0] == 1
            assert levels.count(1) == 1
            for before, after in pairwise(levels):
                assert after <= before + 1, (name, levels)


def test_the_page_says_its_language_and_its_name(browser, file):
    with opened(browser, file) as page:
        assert page.locator("html").get_attribute("lang") == "en"
        assert re.match(r"Upriver: ", page.title())
        for role in ("banner", "main", "contentinfo"):
            assert page.get_by_role(role).count() == 1


def test_what_changes_is_told_to_those_who_do_not_see_it(browser, file):
    with opened(browser, file) as page:
        push(page, "naloxone_kits", 0.5)
        assert page.locator("[data-lever=naloxone_kits] output").inner_text() == "+50 %"
        menu(page, "Scenario file").click()
        status = page.get_by_role("status").filter(has_text="Saved scenario.yaml")
        assert status.is_visible()
