"""What people do with a tool without being told: undo, reset, pick, send a link, come back."""

import pytest
from hand import (
    answer,
    drag,
    follow,
    here,
    menu,
    opened,
    push,
    said,
    scenario_file,
    settle,
    slider,
    strengths,
    view,
)

from browser import address, until
from upriver.policy.levers import levers
from upriver.policy.scenario import histories, read_scenario, shipped

MINE = """\
schema: 2
title: My own scenario with a name that is rather long
based_on: optimistic
changes:
  - {lever: prevent_relapse, level: most, from: 2028, over: 1}
"""


def button(page, name: str):
    """A button beside the levers."""
    return page.get_by_role("group", name="Scenario", exact=True).get_by_role(
        "button", name=name, exact=True
    )


def test_a_drag_is_one_step_and_undo_brings_back_what_was(browser, file):
    with opened(browser, file) as page:
        begin = answer(page)
        assert button(page, "Undo").is_disabled()
        drag(page, "naloxone_kits", 0.9, steps=25)
        settle(page)
        after = answer(page)
        button(page, "Undo").click()
        settle(page)
        assert answer(page) == begin
        assert button(page, "Undo").is_disabled()
        button(page, "Redo").click()
        settle(page)
        assert answer(page) == after


def test_undo_and_redo_by_keys_walk_through_every_step(browser, file):
    with opened(browser, file) as page:
        seen = [(answer(page), here(page))]
        for lever, share in (
            ("naloxone_kits", 0.9),
            ("prevent_relapse", 0.9),
            ("naloxone_kits", 0.1),
        ):
            drag(page, lever, share)
            settle(page)
            seen.append((answer(page), here(page)))
        page.get_by_label("What else happens").select_option("pessimistic")
        settle(page)
        seen.append((answer(page), here(page)))
        for expected in reversed(seen[:-1]):
            page.keyboard.press("Control+z")
            settle(page)
            assert (answer(page), here(page)) == expected
        page.keyboard.press("Control+z")
        for expected in seen[1:]:
            page.keyboard.press("Control+Shift+z")
            settle(page)
            assert (answer(page), here(page)) == expected


def test_a_change_after_undo_forgets_what_was_undone(browser, file):
    with opened(browser, file) as page:
        drag(page, "naloxone_kits", 0.9)
        button(page, "Undo").click()
        drag(page, "prevent_relapse", 0.8)
        assert button(page, "Redo").is_disabled()
        button(page, "Undo").click()
        assert set(strengths(page).values()) == {"as today"}


def test_keys_that_undo_text_leave_the_scenario_alone(browser, file):
    with opened(browser, file) as page:
        drag(page, "naloxone_kits", 0.9)
        settle(page)
        after = answer(page)
        menu(page, "Help")
        page.get_by_label("Name of this scenario").fill("Half a na")
        page.keyboard.press("Control+z")
        settle(page)
        assert answer(page) == after


def test_reset_to_today_puts_every_lever_back_in_one_step(browser, file):
    with opened(browser, file) as page:
        begin = answer(page)
        assert button(page, "Reset to today").is_disabled()
        drag(page, "naloxone_kits", 0.9)
        drag(page, "prevent_relapse", 0.9)
        button(page, "Reset to today").click()
        settle(page)
        assert answer(page) == begin
        assert set(strengths(page).values()) == {"as today"}
        button(page, "Undo").click()
        assert list(strengths(page).values()).count("as today") == len(levers()) - 2


def test_reset_to_the_loaded_scenario_brings_it_back(browser, made):
    with opened(browser, made(MINE), "view=overview") as page:
        begin, there = answer(page), strengths(page)
        assert there["prevent_relapse"] == "+20 %"
        drag(page, "naloxone_kits", 0.9)
        drag(page, "prevent_relapse", 0.1)
        button(page, "Reset to “My own scenario with a name…”").click()
        settle(page)
        assert (answer(page), strengths(page)) == (begin, there)
        button(page, "Reset to today").click()
        settle(page)
        assert set(strengths(page).values()) == {"as today"}


def test_a_page_made_without_a_scenario_offers_no_reset_to_one(browser, file):
    with opened(browser, file) as page:
        assert page.get_by_role("button", name="Reset to").count() == 1


def test_every_projection_is_a_choice_and_levers_stay(browser, file):
    with opened(browser, file) as page:
        choice = page.get_by_label("What else happens")
        offered = choice.locator("option").evaluate_all("all => all.map(one => one.value)")
        named = set(shipped()) - set(histories())
        still = [name for name in named if not read_scenario(name).changes]
        still = [name for name in still if name not in ("as_2019", "regimes_drawn")]
        assert sorted(offered) == sorted(still)
        drag(page, "naloxone_kits", 0.9)
        moved = strengths(page)
        answers = set()
        for name in offered:
            choice.select_option(name)
            settle(page)
            answers.add(answer(page))
            assert strengths(page) == moved
        assert len(answers) == len(offered)


def test_the_address_follows_the_scenario_and_the_view(browser, file, data):
    with opened(browser, file, "") as page:
        head = f"{address(file)}#v={data['version']}&d={data['digest']}&s=2"
        assert here(page) == f"{head}&w=base&view=overview"
        drag(page, "naloxone_kits", 1.0)
        assert here(page) == f"{head}&w=base&l=naloxone_kits:1:2026:3&view=overview"
        view(page, "Levers")
        assert here(page).endswith("&l=naloxone_kits:1:2026:3&view=levers")
        page.get_by_label("What else happens").select_option("optimistic")
        assert here(page).startswith(f"{head}&w=optimistic&l=")


def test_the_address_waits_until_the_hand_lets_go(browser, file):
    with opened(browser, file) as page:
        before = here(page)
        drag(page, "naloxone_kits", 0.9, let_go=False)
        assert here(page) == before
        page.mouse.up()
        assert here(page) != before


def test_a_name_is_kept_in_the_address_the_file_and_the_title_of_what_is_shared(
    browser, file, tmp_path
):
    with opened(browser, file) as page:
        menu(page, "Help")
        page.get_by_label("Name of this scenario").fill("  Naloxone   for all ")
        page.keyboard.press("Tab")
        settle(page)
        assert "t=Naloxone+for+all&" in here(page)
        assert '\ntitle: "Naloxone for all"\n' in scenario_file(page, tmp_path).read_text()
        menu(page, "Help")
        page.get_by_label("Name of this scenario").fill("")
        page.keyboard.press("Tab")
        assert "&t=" not in here(page)


def link_of(page) -> str:
    """What is handed on of a page on a disk: no path, but the whole scenario."""
    return "upriver.html#" + here(page).partition("#")[2]


def test_copy_link_copies_the_scenario_and_no_path_of_the_disk(browser, file):
    with opened(browser, file, permissions=["clipboard-read", "clipboard-write"]) as page:
        drag(page, "naloxone_kits", 0.9)
        menu(page, "Copy link").click()
        until(
            page,
            "document.querySelector('.said').textContent || document.querySelector('dialog[open]')",
        )
        assert page.get_by_text("The link is copied.").is_visible()
        assert page.evaluate("navigator.clipboard.readText()") == link_of(page)


@pytest.mark.parametrize(
    "refusal",
    [
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));",
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });",
    ],
    ids=["refused", "not there"],
)
def test_where_nothing_may_be_copied_the_link_lies_ready_to_be_taken(refusal, browser, file):
    with opened(browser, file, before=refusal) as page:
        drag(page, "naloxone_kits", 0.9)
        menu(page, "Copy link").click()
        field = page.get_by_role("dialog").get_by_label("Link", exact=True)
        assert field.input_value() == link_of(page)
        field.focus()
        chosen = field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
        assert chosen == link_of(page)


def test_the_line_to_embed_is_a_frame_of_the_same_scenario(browser, file):
    with opened(browser, file) as page:
        drag(page, "naloxone_kits", 0.9)
        menu(page, "Embed").click()
        line = page.get_by_role("dialog").get_by_label("Line to embed").input_value()
        fragment = here(page).partition("#")[2]
        assert line.startswith(f'<iframe src="upriver.html#{fragment}&embed=1"')
        assert line.endswith("</iframe>")


def test_a_link_from_another_version_says_so_and_keeps_the_scenario(browser, file, data):
    link = "v=0.0.1&d=0123456789ab&w=base&l=naloxone_kits:0.5:2026:3&view=overview"
    with opened(browser, file, link) as page:
        assert "made with version 0.0.1 (0123456789ab)" in said(page)
        assert f"this page is version {data['version']} ({data['digest']})" in said(page)
        assert strengths(page)["naloxone_kits"] == "+50 %"
        page.get_by_role("button", name="Dismiss").click()
        settle(page)
        assert f"#v={data['version']}&d={data['digest']}&s=2&w=base" in here(page)


def test_back_and_forward_of_the_browser_follow_links(browser, file, data):
    head = f"v={data['version']}&d={data['digest']}&s=2"
    with opened(browser, file, f"{head}&w=base&view=overview") as page:
        begin = answer(page)
        follow(page, f"{head}&w=base&l=naloxone_kits:0.5:2026:3&view=overview")
        after = answer(page)
        page.go_back()
        settle(page)
        assert answer(page) == begin
        page.go_forward()
        settle(page)
        assert answer(page) == after


def test_dates_stay_while_a_lever_passes_through_as_today(browser, file):
    with opened(browser, file, "view=levers") as page:
        lever = page.locator('[data-lever="naloxone_kits"]')
        push(page, "naloxone_kits", 0.5)
        lever.get_by_label("from").fill("2029")
        lever.get_by_label("over").fill("7")
        lever.get_by_label("over").press("Tab")
        drag(page, "naloxone_kits", 0.0, steps=30)
        assert lever.locator("output").inner_text() == "−50 %"
        assert lever.get_by_label("from").input_value() == "2029"
        assert lever.get_by_label("over").input_value() == "7"
        assert "naloxone_kits:-0.5:2029:7" in here(page)


def test_a_hand_that_comes_near_today_is_put_there(browser, file):
    with opened(browser, file) as page:
        push(page, "naloxone_kits", 0.5)
        push(page, "naloxone_kits", 0.01)
        assert strengths(page)["naloxone_kits"] == "as today"
        assert abs(float(slider(page, "naloxone_kits").input_value())) < 0.004


def test_dates_out_of_range_are_not_taken(browser, file):
    with opened(browser, file, "view=levers") as page:
        push(page, "naloxone_kits", 0.5)
        settle(page)
        lever, before = page.locator('[data-lever="naloxone_kits"]'), here(page)
        for year in ("1850", "2032", "", "9999999"):
            lever.get_by_label("from").fill(year)
            lever.get_by_label("from").press("Tab")
            assert here(page) == before
            assert lever.get_by_label("from").input_value() == "2026"


def test_a_bar_stays_open_when_the_hand_leads_its_lever_back_to_today(browser, file, data):
    head = f"v={data['version']}&d={data['digest']}&s=2&w=base"
    with opened(browser, file, f"{head}&l=naloxone_kits:0.5:2026:3&view=overview") as page:
        drag(page, "naloxone_kits", 1 / 3, let_go=False)
        assert strengths(page)["naloxone_kits"] == "as today"
        drag_on = slider(page, "naloxone_kits").bounding_box()
        page.mouse.move(drag_on["x"] + drag_on["width"] - 12, drag_on["y"] + 14)
        page.mouse.up()
        assert strengths(page)["naloxone_kits"] not in ("as today", "+50 %")
        bar = page.locator('[data-rank="naloxone_kits"] .rank-open')
        assert bar.get_attribute("aria-expanded") == "true"
        page.get_by_role("button", name="Reset to today").click()
        bar.click()
        assert bar.get_attribute("aria-expanded") == "false"


def test_levers_whose_effect_nobody_measured_are_ranked_after_all_others(browser, file, data):
    grade = {name: lever.evidence.grade for name, lever in levers().items()}
    with opened(browser, file, f"v={data['version']}&d={data['digest']}&view=overview") as page:
        ranks = page.locator(".ranks > [data-rank]")
        first = ranks.evaluate_all("all => all.map(one => one.dataset.rank)")
        assert len(first) == 8
        assert all(grade[name] != "none" for name in first)
        page.get_by_role("button", name="whose effect nobody measured").click()
        every = ranks.evaluate_all("all => all.map(one => one.dataset.rank)")
        assert every[:8] == first
        assert sorted(every) == sorted(grade)
        unmeasured = [grade[name] == "none" for name in every]
        assert unmeasured == sorted(unmeasured)
        apart = page.get_by_role("list", name="If it could be done: effect not measured")
        assert apart.locator("[data-rank]").count() == sum(unmeasured)
