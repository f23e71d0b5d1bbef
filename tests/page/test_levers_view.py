"""The Levers view: a way to each stage, a search, only what differs, and the answer in sight."""

import pytest
from hand import answer, drag, flat, here, opened, push, settle, slider, strengths

from upriver.policy.levers import STAGES, levers

ALL = len(levers())
ONLY = "only what differs from today"


def told(page) -> str:
    """What the view says of how many it shows."""
    return flat(page.locator(".lever-bar [role=status]").inner_text())


def test_every_lever_on_the_page_can_begin_a_sentence(data):
    for one in data["levers"]:
        assert one["doing"] == levers()[one["name"]].doing


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_a_button_leads_to_each_stage_and_leaves_the_address_alone(width, browser, file):
    with opened(browser, file, "view=levers", width=width) as page:
        before = here(page)
        bar = page.get_by_role("group", name="Go to a stage")
        names = [stage.capitalize() for stage in reversed(STAGES)]
        assert [flat(one) for one in bar.get_by_role("button").all_inner_texts()] == names
        for name in names:
            bar.get_by_role("button", name=name).click()
            head = page.get_by_role("heading", name=name, exact=True)
            assert head.evaluate("one => document.activeElement === one")
            seen = "one => { const { x, y, height } = one.getBoundingClientRect(); const found ="
            seen += " document.elementFromPoint(x + 2, y + height - 2); return one === found; }"
            assert head.evaluate(seen), name
            assert here(page) == before


def test_only_what_differs_is_shown_on_demand_and_says_how_many(browser, file):
    with opened(browser, file, "view=levers") as page:
        assert told(page) == f"All {ALL} levers"
        only = page.get_by_label(ONLY)
        only.check()
        assert not strengths(page)
        assert told(page) == "No lever differs from today."
        only.uncheck()
        push(page, "naloxone_kits", 0.5)
        push(page, "mail_inspection", 0.5)
        settle(page)
        assert page.get_by_text(f"{ONLY} (2)").is_visible()
        only.check()
        assert list(strengths(page)) == ["naloxone_kits", "mail_inspection"]
        assert told(page) == f"2 of {ALL} levers"
        assert page.get_by_role("button", name="Market", exact=True).is_disabled()
        page.get_by_role("searchbox").fill("parcels")
        assert list(strengths(page)) == ["mail_inspection"]
        page.get_by_role("searchbox").fill("methadone")
        assert told(page) == "No lever that differs from today speaks of ‘methadone’."


def test_a_lever_that_is_put_back_to_today_stays_under_the_hand(browser, file):
    with opened(browser, file, "s=2&l=naloxone_kits:0.5:2027:1&view=levers") as page:
        page.get_by_label(ONLY).check()
        drag(page, "naloxone_kits", 1 / 3)
        settle(page)
        assert strengths(page) == {"naloxone_kits": "as today"}
        page.get_by_label(ONLY).uncheck()
        page.get_by_label(ONLY).check()
        assert not strengths(page)


def test_a_search_finds_what_is_being_done(browser, file):
    with opened(browser, file, "view=levers") as page:
        page.get_by_role("searchbox").fill("handing out")
        assert set(strengths(page)) == {"naloxone_kits", "safer_smoking_supplies"}
        assert told(page) == f"2 of {ALL} levers"


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_answer_stays_beside_the_levers(width, browser, file):
    with opened(browser, file, "s=2&l=naloxone_kits:0.5:2027:1&view=levers", width=width) as page:
        slider(page, "all_commit").scroll_into_view_if_needed()
        box = page.locator("[data-answer]").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < page.viewport_size["height"] / 4
        assert answer(page)


@pytest.mark.parametrize("width", [768, 390])
def test_in_a_narrow_window_the_answer_stays_on_top_in_one_line(width, browser, file):
    with opened(browser, file, "s=2&l=naloxone_kits:0.5:2027:1&view=levers", width=width) as page:
        slider(page, "all_commit").scroll_into_view_if_needed()
        line = page.locator(".lever-answer")
        box = line.bounding_box()
        assert box is not None
        assert box["y"] <= 1
        assert box["height"] < 40
        assert page.locator(".answer-line:visible").count() == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_whatever_is_touched_is_large_enough_to_be_met(width, browser, file):
    small = """all => all.map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
      .filter(([, { width, height }]) => height && Math.min(width, height) < 28)
      .map(([text]) => text)"""
    with opened(browser, file, "view=levers", width=width) as page:
        places = ":is(.lever, .lever-bar) :is(button, label, input[type=range])"
        assert page.locator(places).evaluate_all(small) == []


def test_moving_a_lever_draws_no_other_anew(browser, file):
    watch = """() => {
      window.drawn = new Set();
      new MutationObserver(all => all.forEach(({ target }) => {
        const element = target.nodeType === 1 ? target : target.parentElement;
        const lever = element?.closest('[data-lever]');
        if (lever) window.drawn.add(lever.dataset.lever);
      })).observe(document.querySelector('.lever-list'),
        { subtree: true, childList: true, attributes: true, characterData: true });
    }"""
    for name in ("people", "levers"):
        with opened(browser, file, f"view={name}") as page:
            page.evaluate(watch)
            push(page, "naloxone_kits", 0.5)
            settle(page)
            assert page.evaluate("[...window.drawn]") == ["naloxone_kits"]
