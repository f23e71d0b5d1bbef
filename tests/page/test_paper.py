"""Each view on paper: complete as it is opened, without scrolling first."""

from pathlib import Path

import pytest
from hand import VIEWS, opened, settle

from browser import until

MOVED = "s=2&l=naloxone_kits:0.5:2027:1"
PRINTED = """
window.changed = 0;
window.late = new MutationObserver(found => { changed += found.length; });
addEventListener('afterprint', () => {
  const count = name => document.querySelectorAll(name).length;
  window.printed = {
    text: document.body.innerText, waits: count('.awaits, [aria-busy="true"]'),
    places: count('.in-view'), lazy: count('.in-view svg.drawing'),
    figures: count('figure.figure'), drawn: count('figure.figure svg.drawing'),
    late: changed + late.takeRecords().length,
  };
});
"""
"""What stands on paper when the browser has made it, before the page is as on screen again.

`late` counts what changed after the browser had counted its pages: it would be cut off at the end.
"""

COUNTED = """() => addEventListener('beforeprint', async () => {
  for (let i = 0; i < 50; i++) await null;
  late.observe(document.body, { childList: true, subtree: true });
})"""
"""Listens after all that the page has on its own; then the browser counts its pages."""

ALL = "[...document.querySelectorAll('.in-view')].every(one => one.querySelector('svg.drawing'))"


def rested(page) -> None:
    """Wait until the page has drawn what is below the fold, too."""
    until(page, ALL, 60)
    settle(page)


@pytest.mark.parametrize("name", [name.lower() for name in VIEWS])
@pytest.mark.parametrize("width", [1440, 390])
def test_a_view_is_on_paper_as_a_whole_without_scrolling_first(name, width, browser, file):
    head = f"{MOVED}&view={name}"
    with opened(browser, file, head, width=width, before=PRINTED) as page:
        rested(page)
        page.evaluate(COUNTED)
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
        found = page.evaluate("window.printed")
    assert pdf.startswith(b"%PDF")
    assert found["waits"] == 0
    assert "Running the model" not in found["text"]
    assert found["late"] == 0
    assert found["lazy"] == found["places"]
    assert found["drawn"] == found["figures"]


def test_the_printer_waits_until_all_is_drawn(browser, file):
    heard = "window.print = () => { window.paper = document.querySelectorAll('.awaits').length; };"
    with opened(browser, file, f"{MOVED}&view=people", before=heard + PRINTED) as page:
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Print").click()
        assert until(page, "window.paper !== undefined && [window.paper]", 60) == [0]
        assert page.evaluate(f"() => {ALL}")


def test_a_move_computes_what_is_in_view_and_rest_brings_the_others(browser, file: Path):
    with opened(browser, file, "view=people") as page:
        rested(page)
        page.get_by_text("Move a lever here").click()
        page.locator("[data-lever] input[type=range]").first.evaluate(
            "one => one.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))"
        )
        until(page, f"!({ALL})")
        page.locator("[data-lever] input[type=range]").first.evaluate(
            "one => one.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))"
        )
        rested(page)
