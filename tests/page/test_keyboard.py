"""Everything can be reached and used by keyboard alone, and says what it is."""

import pytest
from hand import VIEWS, answer, opened, push, settle, slider, strengths, view

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const label = one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent;
  const outlined = [one, one.closest('label')].some(part =>
    part && getComputedStyle(part).outlineStyle !== 'none');
  const drawn = [...one.querySelectorAll('path, rect')].some(part =>
    one instanceof SVGElement && getComputedStyle(part).stroke !== 'none');
  return [one.localName, one.type ?? '', label, box.width * box.height > 0, outlined || drawn];
}"""
"""What has the focus: element, type, name, whether it takes room, whether the focus is seen."""

REACHABLE = """() => {
  const all = document.querySelectorAll(
    'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary,'
    + '[tabindex="0"]');
  const groups = new Set();
  return [...all].filter(one => {
    if (one.closest('dialog:not([open])') || !one.checkVisibility()) return false;
    if (one.type !== 'radio') return true;
    if (groups.has(one.name)) return false;
    return groups.add(one.name);
  }).length;
}"""


AS_IT_COMES = ("People", "Flow")
"""Views that draw their figures as they come into the window, and their controls with them."""


def walk(page, draws: bool, most: int = 400) -> list[list]:
    """What has the focus, tab after tab, from the top of the page to its end.

    Where a view draws as it comes into the window, each step waits for that: a key that follows
    sooner than the browser's next frames goes past what is not there yet.
    """
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if draws:
            settle(page)
        now = page.evaluate(FOCUSED)
        if now is None:
            break
        found.append(now)
    return found


WHOLE = 12_000
"""Height of a window in which all of a view is seen at once, in pixels."""


@pytest.mark.parametrize("name", VIEWS)
def test_every_control_of_a_view_is_reached_by_tab_seen_and_named(name, browser, file):
    with opened(browser, file, f"view={name.lower()}") as page:
        usual = page.viewport_size
        page.set_viewport_size({"width": usual["width"], "height": WHOLE})
        settle(page)
        reachable = page.evaluate(REACHABLE)
        page.set_viewport_size(usual)
        settle(page)
        found = walk(page, name in AS_IT_COMES)
        assert len(found) == reachable
        assert found[-1][2].startswith("Sources")
        for tag, kind, label, has_size, outlined in found:
            assert label.strip(), (tag, kind)
            assert has_size, (tag, label)
            assert outlined, (tag, label)
        assert found[0][2] == "Skip to the view"


NAMELESS = """() => [...document.querySelectorAll('input, select, textarea')]
  .filter(one => !one.getAttribute('aria-label'))
  .filter(one => ![...one.labels].some(({ textContent }) => textContent.trim()))
  .map(one => one.outerHTML)"""


def test_every_form_control_has_a_label(browser, file):
    with opened(browser, file) as page:
        for name in VIEWS:
            view(page, name)
            nameless = page.evaluate(NAMELESS)
            assert nameless == [], name


def test_skip_leads_past_the_toolbar_into_the_view(browser, file):
    with opened(browser, file) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_slider_is_moved_by_arrows_home_and_end_and_each_is_a_step(browser, file):
    with opened(browser, file) as page:
        slider(page, "naloxone_kits").focus()
        for key, text in (("End", "+100 %"), ("Home", "−50 %")):
            page.keyboard.press(key)
            assert strengths(page)["naloxone_kits"] == text
            assert slider(page, "naloxone_kits").get_attribute("aria-valuetext") == text
        settle(page)
        assert "more lives" in answer(page)
        page.keyboard.press("ArrowRight")
        assert strengths(page)["naloxone_kits"] == "−49 %"
        page.keyboard.press("Control+z")
        assert strengths(page)["naloxone_kits"] == "−50 %"
        page.keyboard.press("Control+z")
        assert strengths(page)["naloxone_kits"] == "+100 %"


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowLeft"])
def test_arrows_lead_from_as_today_and_through_it(key, browser, file):
    back = {"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight"}[key]
    with opened(browser, file) as page:
        for lever in ("naloxone_kits", "prevent_relapse"):
            slider(page, lever).focus()
            for _ in range(6):
                page.keyboard.press(key)
            assert strengths(page)[lever] != "as today"
            seen = []
            for _ in range(14):
                page.keyboard.press(back)
                seen.append(strengths(page)[lever])
            assert "as today" in seen
            assert seen[-1] != "as today"


def test_levels_are_chosen_by_arrows(browser, file):
    with opened(browser, file, "view=levers") as page:
        group = page.get_by_role("radiogroup", name="Hand out more naloxone kits: level")
        group.get_by_role("radio", name="as today").focus()
        for text in ("a fifth more kits", "half as many kits again", "twice as many kits"):
            page.keyboard.press("ArrowRight")
            assert group.get_by_role("radio", name=text).is_checked()
        settle(page)
        assert strengths(page)["naloxone_kits"] == "+100 %"
        assert "would avert" in answer(page)


def test_a_strength_between_levels_leaves_no_level_chosen(browser, file):
    with opened(browser, file, "view=levers") as page:
        push(page, "naloxone_kits", 0.33)
        group = page.get_by_role("radiogroup", name="Hand out more naloxone kits: level")
        assert group.locator("input:checked").count() == 0


DIALOGS = {
    "Hand out more naloxone kits": "Hand out more naloxone kits",
    "How sure": "How sure, and what this cannot tell you",
}
"""Titles of dialogs, by the button that opens them."""


def test_a_dialog_holds_the_focus_and_escape_gives_it_back(browser, file):
    with opened(browser, file, "view=levers") as page:
        for button, title in DIALOGS.items():
            opener = page.get_by_role("button", name=button, exact=button != "How sure")
            opener.focus()
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog", name=title)
            dialog.wait_for()
            inside = "document.querySelector('dialog').contains(document.activeElement)"
            for _ in range(30):
                page.keyboard.press("Tab")
                assert page.evaluate(f"{inside} || document.activeElement === document.body")
            page.keyboard.press("Escape")
            dialog.wait_for(state="hidden")
            assert opener.evaluate("one => one === document.activeElement")


def test_a_dialog_closes_by_its_button_and_by_a_click_beside_it(browser, file):
    with opened(browser, file) as page:
        opener = page.get_by_role("button", name="How sure")
        opener.click()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.get_by_role("dialog").wait_for(state="hidden")
        opener.click()
        page.get_by_role("dialog").wait_for()
        page.mouse.click(5, 5)
        page.get_by_role("dialog").wait_for(state="hidden")


def test_a_term_is_explained_on_focus(browser, file):
    with opened(browser, file) as page:
        term = page.get_by_role("region", name="The answer").locator(".term")
        term.focus()
        tip = page.get_by_role("tooltip").filter(has_text="middle 95 % of the draws").first
        assert tip.is_visible()
        assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
        page.keyboard.press("Tab")
        assert not tip.is_visible()


def test_a_chart_is_read_by_arrows_and_says_what_it_reads(browser, file):
    with opened(browser, file) as page:
        reader = page.get_by_label("Opioid overdose deaths: arrow keys read the values")
        reader.focus()
        page.keyboard.press("Home")
        said = reader.locator("[aria-live]").inner_text()
        assert said.startswith("1999: ")
        page.keyboard.press("ArrowRight")
        assert reader.locator("[aria-live]").inner_text().startswith("2000: recorded 8,407; ")
        page.keyboard.press("Escape")
        assert reader.locator("[aria-live]").inner_text() == ""
