"""Right is more of what a lever's verb says; links and files of before mean what they meant."""

import json
from pathlib import Path

import pytest
from hand import (
    answer,
    carried,
    flat,
    follow,
    here,
    opened,
    scenario_file,
    settle,
    slider,
    strengths,
    view,
)

from upriver.page.write import page as write_page
from upriver.policy.apply import table
from upriver.policy.levers import GRADES, levers, shipped_levers
from upriver.policy.scenario import parse_scenario, read_scenario
from upriver.system.world import World, is_asleep

FORMER = (
    "relapse:-0.125:2027:0~prescriptions:0.35:2026:3~developing_disorder:-0.2:2028.5:2"
    "~heroin_initiation:0.2:2026:3~misuse_diverted:-0.05:2026:3"
    "~misuse_own_prescription:-0.1:2029:10~fentanyl_overdose_risk:0.25:2026:1"
    "~buprenorphine_provider_capacity:-0.5:2026:3~naloxone_kits:-0.4:2026:3"
    "~buprenorphine_providers:0.7:2026:3~peer_recovery:0.1:2030:3"
)
"""All eleven levers, as a link of schema 1 has them."""

BY = {
    "prevent_relapse": 0.125,
    "prescribe_to_fewer": -0.35,
    "prevent_disorder": 0.2,
    "prevent_heroin_initiation": -0.2,
    "prevent_misuse_diverted": 0.05,
    "prevent_misuse_own": 0.1,
    "lower_fentanyl_risk": -0.25,
    "lower_prescriber_barriers": 0.5,
    "naloxone_kits": -0.4,
    "buprenorphine_providers": 0.7,
    "peer_recovery": 0.1,
}
"""The same, grown with the verb."""

FULL = ("buprenorphine_providers", "lower_prescriber_barriers")
"""More places change next to nothing where those that are there stay empty."""


@pytest.fixture
def head(data) -> str:
    return f"v={data['version']}&d={data['digest']}"


def former_file() -> str:
    """The file of schema 1 that says what the link says."""
    lines = ["schema: 1", "title: before", "world: reference", "changes:"]
    for part in FORMER.split("~"):
        name, by, start, over = part.split(":")
        lines.append(f"  - {{lever: {name}, by: {by}, from: {start}, over: {over}}}")
    return "\n".join([*lines, ""])


def test_a_link_of_before_means_what_it_meant_and_becomes_one_of_now(browser, file, head, tmp_path):
    with opened(browser, file, f"{head}&w=published&l={FORMER}&view=overview") as page:
        assert page.locator(".notice").count() == 0
        text, told, now = answer(page), strengths(page), here(page).partition("#")[2]
        written = scenario_file(page, tmp_path)
    assert f"{head}&s=2&w=published&l=" in now
    fields = dict(part.split("=", 1) for part in now.split("&"))
    found = {one.split(":")[0]: float(one.split(":")[1]) for one in fields["l"].split("~")}
    assert found == BY
    saved, meant = read_scenario(written), parse_scenario(former_file())
    assert sorted(saved.changes, key=str) == sorted(meant.changes, key=str)
    assert table(saved, 3).digest() == table(meant, 3).digest()
    assert "\nschema: 2\n" in written.read_text()
    with opened(browser, file, now) as page:
        assert (answer(page), strengths(page), here(page).partition("#")[2]) == (text, told, now)


def test_a_page_made_with_a_file_of_before_stands_as_it_was_meant(
    browser, file, made, head, tmp_path
):
    with opened(browser, file, f"{head}&w=published&l={FORMER}&view=overview") as page:
        there = strengths(page)
    with opened(browser, made(former_file()), "view=overview") as page:
        assert strengths(page) == there
        written = read_scenario(scenario_file(page, tmp_path))
    meant = parse_scenario(former_file())
    assert sorted(written.changes, key=str) == sorted(meant.changes, key=str)


def test_a_shelf_kept_before_is_read_as_it_was_meant(browser, file, head):
    before = json.dumps([f"#{head}&w=base&l={FORMER}&t=Mine"])
    keep = f"localStorage.setItem('upriver-shelf', {json.dumps(before)});"
    with opened(browser, file, "view=compare", before=keep) as page:
        assert page.locator(".shelf-lost").count() == 0
        page.get_by_role("button", name="Put ‘Mine’").click()
        settle(page)
        assert "prevent_relapse:0.125:2027:0" in here(page)
        assert "prescribe_to_fewer:-0.35:2026:3" in here(page)


NEW = ("retention", "ports_of_entry", "support_affordability")
"""Some of the levers that no published policy is; what each moves is held elsewhere."""


def test_to_the_right_is_more_of_the_verb_and_saves_lives_to_the_left_the_reverse(
    browser, file, head
):
    with opened(browser, file, "view=overview") as page:
        for name, lever in shipped_levers().items():
            if lever.reference is None and name not in NEW:
                continue
            if all(is_asleep(path, World.whole()) for path in lever.acts_on):
                continue
            follow(page, f"{head}&s=2&w=base&view=overview")
            thumb = slider(page, name)
            thumb.focus()
            page.keyboard.press("End")
            settle(page)
            told = strengths(page)[name]
            wanted = f"+{100 * lever.most:g} %" if lever.unit == "percent" else f"+{lever.most:g}"
            assert told == wanted, name
            assert name in FULL or "would avert" in answer(page), name
            if lever.range[0] < 0:
                thumb.focus()
                page.keyboard.press("Home")
                settle(page)
                assert strengths(page)[name] == f"−{100 * -lever.range[0]:g} %"
                assert name in FULL or "more lives" in answer(page), name


@pytest.mark.parametrize("name", ["levers", "people"])
def test_both_ends_of_every_slider_are_named(name, browser, file):
    with opened(browser, file, f"view={name}") as page:
        for one in shipped_levers().values():
            ends = page.locator(f'[data-lever="{one.name}"] .ends span')
            left, right = ends.all_text_contents()
            low = one.range[0]
            assert left == (f"the other way, −{-100 * low:g} %" if low else "as today")
            assert right == one.level_text["most"]


def test_each_lever_says_what_it_costs_and_how_sure_it_is(browser, file):
    with opened(browser, file, "view=levers") as page:
        for name, cost in {
            "naloxone_kits": "$44 a kit",
            "buprenorphine_providers": "$6,000 a person a year",
            "support_seeking": "$560 a person reached",
            "ports_of_entry": "no cost found",
        }.items():
            known = page.locator(f'[data-lever="{name}"] .lever-known')
            assert flat(known.inner_text()).endswith(cost)
            grade = levers()[name].evidence.grade
            words = "none" if grade == "none" else f"grade {grade}"
            letter = known.get_by_role("img")
            assert letter.get_attribute("aria-label") == f"Evidence: {words}, {GRADES[grade]}"


def test_levers_are_found_by_published_and_former_names(browser, file):
    with opened(browser, file, "view=levers") as page:
        search = page.get_by_role("searchbox")
        for words in ("Policy change relapse rate", "buprenorphine_provider_capacity"):
            search.fill(words)
            assert len(strengths(page)) == 1
        search.fill("Policy change relapse rate")
        assert list(strengths(page)) == ["prevent_relapse"]
        page.get_by_role("button", name="Help people stay in recovery", exact=True).click()
        card = flat(page.get_by_role("dialog").inner_text())
        assert "In the published model: Policy change relapse rate" in card
        assert "In the model it lowers (scale) people.remission.relapse_rate" in card


OWN = """\
schema: 2
title: Let fewer people use <b>alone</b>
stage: services
summary: An example.
acts_on: [people.response.witnessed]
operation: replace
direction: less
unit: '1'
levels: {as_today: keep, some: 0.45, more: 0.4, most: 0.2}
level_text: {some: a little, more: more, most: most}
most_because: An assumption, for an example.
range: [0.2, 0.7]
cost: null
evidence: {grade: none, design: None., effect: No usable estimate., sources: []}
cannot_capture: [Much.]
harms: [People.]
"""


def test_a_lever_of_ones_own_stands_on_the_page_and_right_is_its_verb_s_way_too(
    browser, made, tmp_path: Path, monkeypatch
):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "see_fewer.yaml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("UPRIVER_LEVERS", str(folder))
    assert "see_fewer" in levers()
    text = "schema: 2\ntitle: mine\nchanges:\n  - {lever: see_fewer, level: some}\n"
    file = made(text)
    (mine,) = (one for one in carried(file)["levers"] if one["name"] == "see_fewer")
    assert mine["doing"] == "‘Let fewer people use <b>alone</b>’"
    with opened(browser, file, "view=levers") as page:
        ends = page.locator('[data-lever="see_fewer"] .ends span').all_inner_texts()
        assert ends == ["the other way, to 0.700", "most"]
        assert strengths(page)["see_fewer"] == "to 0.450"
        slider(page, "see_fewer").focus()
        page.keyboard.press("End")
        settle(page)
        assert strengths(page)["see_fewer"] == "to 0.200"
        assert "more lives" in answer(page)
        (change,) = read_scenario(scenario_file(page, tmp_path)).changes
        assert (change.lever, change.operation, change.amount) == ("see_fewer", "replace", 0.2)
        page.keyboard.press("Escape")
        view(page, "Levers")
        page.get_by_role("button", name="Let fewer people use <b>alone</b>").click()
        card = flat(page.get_by_role("dialog").inner_text())
        assert "This lever does not ship with Upriver" in card
        assert "In the model it sets (replace) people.response.witnessed" in card


def test_a_lever_that_moves_nothing_in_a_world_says_so_and_is_not_in_its_file(
    browser, tmp_path: Path, monkeypatch
):
    text = (
        OWN.replace("people.response.witnessed", "'supply.seizures.scale[mail]'")
        .replace("operation: replace", "operation: scale")
        .replace("direction: less", "direction: more")
        .replace("'1'", "percent")
        .replace("some: 0.45, more: 0.4, most: 0.2", "some: 0.05, more: 0.1, most: 0.2")
        .replace("[0.2, 0.7]", "[-0.2, 0.2]")
    )
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "inspect_mail.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("UPRIVER_LEVERS", str(folder))
    (tmp_path / "page.html").write_text(write_page(), encoding="utf-8")
    with opened(browser, tmp_path / "page.html") as page:
        slider(page, "inspect_mail").focus()
        page.keyboard.press("End")
        settle(page)
        assert strengths(page)["inspect_mail"] == "+20 %"
        assert read_scenario(scenario_file(page, tmp_path)).changes
        page.get_by_label("What else happens").select_option("published")
        settle(page)
        assert slider(page, "inspect_mail").is_disabled()
        assert (
            "Moves nothing in this model" in page.locator("[data-lever=inspect_mail]").inner_text()
        )
        assert not read_scenario(scenario_file(page, tmp_path)).changes
        assert answer(page).startswith("With nothing changed")
