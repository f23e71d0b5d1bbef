"""What readers find: how sure, cards of levers, help, themes, paper, one page in another."""

import pytest
from hand import VIEWS, answer, drag, flat, menu, opened, settle, strengths, view

from browser import until
from upriver.experiments.simulate import CAVEAT_WHOLE
from upriver.policy.levers import GRADES, Lever, levers
from upriver.report.limits import cannot_tell

MINE = """\
schema: 2
title: Naloxone for everybody
changes:
  - {lever: naloxone_kits, level: most}
"""


@pytest.mark.parametrize("width", [1440, 390])
def test_how_sure_and_what_it_cannot_tell_are_in_sight_and_one_click_away(width, browser, file):
    with opened(browser, file, width=width) as page:
        strip = page.get_by_label("How sure, and how recent")
        for name in VIEWS:
            view(page, name)
            for end in (True, False):
                page.evaluate("end => scrollTo(0, end ? document.body.scrollHeight : 0)", end)
                box = strip.bounding_box()
                assert box is not None
                assert box["y"] + box["height"] <= page.viewport_size["height"] + 1
            if width > 1000:
                text = flat(strip.inner_text())
                assert "200 draws" in text
                assert "fitted" in text
                assert "Sources: record to January 2026" in text
            strip.get_by_role("button", name="How sure").click()
            told = flat(page.get_by_role("dialog").inner_text())
            for sentence in (*cannot_tell("whole"), CAVEAT_WHOLE, "over 200 draws"):
                assert flat(sentence) in told
            page.keyboard.press("Escape")
            strip.get_by_role("button", name="Sources").click()
            told = flat(page.get_by_role("dialog").inner_text())
            assert "Deaths to 2024; with synthetic opioids to January 2026" in told
            assert "ends in 2020." in told
            page.keyboard.press("Escape")


def test_a_card_says_what_how_far_how_sure_at_what_cost_and_what_it_misses(browser, file):
    with opened(browser, file, "view=levers") as page:
        for lever in levers().values():
            page.get_by_role("button", name=lever.title, exact=True).click()
            card = page.get_by_role("dialog", name=lever.title)
            card.locator("svg.drawing path.line").nth(3).wait_for(state="attached")
            text = flat(card.inner_text())
            links = card.get_by_role("link").evaluate_all("all => all.map(one => one.href)")
            assert all(link.startswith(("https://", "http://")) for link in links)
            for words in words_of(lever):
                assert flat(words) in text, lever.name
            page.keyboard.press("Escape")
            card.wait_for(state="hidden")


def words_of(lever: Lever) -> list[str]:
    """What a card has to say."""
    evidence = lever.evidence
    grade = "none" if evidence.grade == "none" else f"grade {evidence.grade}"
    found = [f"Evidence: {grade}, {GRADES[evidence.grade]}", evidence.effect, evidence.design]
    found += [lever.summary, *lever.level_text.values(), lever.most_because]
    found += [evidence.interval, evidence.note, *lever.cannot_capture, *lever.harms, *lever.acts_on]
    if lever.cost:
        found += [f"{lever.cost.unit}, in dollars of {lever.cost.year}", lever.cost.note]
    else:
        found.append("No published cost that fits was found.")
    return [words for words in found if words]


def test_levers_are_found_by_words(browser, file):
    with opened(browser, file, "view=levers") as page:
        search = page.get_by_role("searchbox")
        assert len(strengths(page)) == len(levers())
        search.fill("NALOXONE")
        assert {"naloxone_kits", "over_the_counter_naloxone"} <= {*strengths(page)}
        assert len(strengths(page)) < 6
        search.fill("people.remission")
        assert "prevent_relapse" in strengths(page)
        search.fill("<b>wall</b>")
        assert not strengths(page)
        assert page.get_by_text(
            f"No lever speaks of ‘<b>wall</b>’. There are {len(levers())}."
        ).is_visible()
        search.fill("")
        assert len(strengths(page)) == len(levers())


def test_help_points_at_four_places_and_covers_nothing(browser, file):
    with opened(browser, file, "") as page:
        tour = page.get_by_role("region", name="First steps")
        assert tour.count() == 0
        menu(page, "Help").click()
        seen = []
        for step in range(1, 5):
            assert f"{step} of 4. " in tour.inner_text()
            seen.append(tour.locator("b").inner_text())
            until(page, "document.querySelectorAll('.pointed').length === 1")
            if step < 4:
                tour.get_by_role("button", name="Next").click()
        assert len(set(seen)) == 4
        tour.get_by_role("button", name="Back").click()
        assert "3 of 4. " in tour.inner_text()
        tour.get_by_role("button", name="Next").click()
        tour.get_by_role("button", name="Done").click()
        assert tour.count() == 0
        until(page, "document.querySelectorAll('.pointed').length === 0")
        menu(page, "Help").click()
        until(page, "document.activeElement.matches('.tour')")
        page.keyboard.press("Escape")
        tour.wait_for(state="detached")


def test_a_link_goes_straight_to_its_scenario(browser, file):
    with opened(browser, file, "w=base&v=0.1.0&l=naloxone_kits:0.5:2026:3") as page:
        assert page.get_by_role("region", name="First steps").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_theme_is_the_system_s_until_another_is_chosen_and_then_stays(dark, browser, file):
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, file, dark=dark) as page:
        own = page.evaluate(ground)
        menu(page, "Help")
        choice = page.get_by_label("Colours")
        assert choice.input_value() == "auto"
        choice.select_option("light" if dark else "dark")
        other = page.evaluate(ground)
        assert own != other
        page.reload()
        settle(page)
        menu(page, "Help")
        assert page.get_by_label("Colours").input_value() == ("light" if dark else "dark")
        assert page.evaluate(ground) == other
        page.get_by_label("Colours").select_option("auto")
        assert page.evaluate(ground) == own


LIVELY = """() => [...document.querySelectorAll('*')].filter(one => {
  const { transitionDuration, animationName } = getComputedStyle(one);
  return animationName !== 'none' || transitionDuration.split(',').some(time => parseFloat(time));
}).map(one => one.outerHTML.slice(0, 80))"""
"""Elements that would move or fade."""


def test_nothing_moves_by_itself_for_those_who_ask_for_stillness(browser, file):
    with opened(browser, file, reduced_motion="reduce") as page:
        page.get_by_role("button", name="How sure").click()
        lively = page.evaluate(LIVELY)
        assert lively == []
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


CONTROLS = """() => [...document.querySelectorAll(
    'button:not(.lever-name, .rank-open, .link), input[type=range], nav, .tour, [type=search]')]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"""
"""Controls that would be printed; the name of a lever and the line on limits are words."""


def test_on_paper_there_are_scenario_answer_and_how_sure_and_no_controls(browser, made):
    with opened(browser, made(MINE), "view=overview") as page:
        drag(page, "prevent_relapse", 0.9)
        settle(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        settle(page)
        assert page.evaluate(CONTROLS) == []
        assert "would avert" in answer(page)
        assert "Naloxone for everybody" in page.get_by_label("What else happens").inner_text()
        assert page.get_by_label("How sure, and how recent").is_visible()
        made_by = page.locator(".on-paper").inner_text()
        assert "Scenario: " in made_by
        assert page.url.partition("#")[2] in made_by
        assert page.locator("#fig-deaths svg.drawing").is_visible()
        assert page.get_by_text("Help people stay in recovery").first.is_visible()
        assert page.get_by_text("Prescribe opioids to fewer people").count() == 0
        raw = page.pdf(format="A4")
    assert raw.startswith(b"%PDF")


def test_embedded_there_are_answer_deaths_and_how_sure_and_nothing_else(browser, file, data):
    head = f"v={data['version']}&d={data['digest']}&s=2&w=base&l=naloxone_kits:0.5:2026:3"
    with opened(browser, file, f"{head}&view=levers") as page:
        whole = answer(page)
    with opened(browser, file, f"{head}&view=levers&embed=1") as page:
        assert whole.startswith(answer(page))
        assert page.locator("figure").count() == 1
        assert page.locator("#fig-deaths svg.drawing").is_visible()
        assert page.get_by_role("button", name="How sure").is_visible()
        assert page.locator("input, select, nav, .drop, .tour").count() == 0
        assert "naloxone" in page.get_by_role("heading", level=1).inner_text().lower()
        link = page.get_by_role("link", name="Open the whole page").get_attribute("href")
        assert link == f"#{head}&view=levers"
        assert page.url.endswith("&embed=1")


def test_the_published_model_says_which_years_it_missed(browser, file, data):
    link = f"v={data['version']}&d={data['digest']}&s=2&w=optimistic&view=overview"
    with opened(browser, file, link) as page:
        page.get_by_role("button", name="How sure").click()
        told = flat(page.get_by_role("dialog").inner_text())
        assert "it missed recorded deaths in 2022, 2023 and 2024, which it had not seen." in told
        assert "not yet fitted" not in told
