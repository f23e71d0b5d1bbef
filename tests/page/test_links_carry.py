"""A link carries what its view shows: Compare, Diplomacy's choice, a whole scenario file."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import yaml
from hand import (
    answer,
    carried,
    flat,
    follow,
    here,
    opened,
    said,
    saved,
    scenario_file,
    settle,
    view,
)

import upriver as up
from upriver.policy.levers import levers

NALOXONE = "base,naloxone_kits:0.5:2027:1,=half <b>more</b>, and (sooner)"
HELD = "drivers_held,prevent_relapse:0.1:2026:3,Treatment"
FITS = ("pessimistic_prospect", "without_tariffs_2025", "china_controls_alone")
"""Scenarios of which a link carries the file: changes alone, a history of its own, both."""


@pytest.fixture
def head(data: dict[str, Any]) -> str:
    """The beginning of a link that this page made."""
    return f"v={data['version']}&d={data['digest']}&s=2"


def tail(address: str) -> str:
    return address.partition("#")[2]


def shelf(page: Any) -> list[str]:
    """Names of what stands on the shelf beside as today."""
    return page.locator(".shelf-entry input").evaluate_all("all => all.map(one => one.value)")


def packed(document: object) -> str:
    """As the page packs a file for a link."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    raw = packer.compress(json.dumps(document).encode()) + packer.flush()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_the_shelf_travels_in_a_link_of_compare_and_is_the_same_text_again(browser, file, head):
    link = f"{head}&w=base&view=compare&c={quote(NALOXONE)}&c={quote(HELD)}"
    with opened(browser, file, link) as page:
        assert shelf(page) == ["=half <b>more</b>, and (sooner)", "Treatment"]
        assert page.locator("main b b").count() == 0
        assert page.locator(".notice").count() == 0
        own, numbers = tail(here(page)), page.locator("table.outcomes").all_inner_texts()
        view(page, "Overview")
        assert "&c=" not in here(page)
    with opened(browser, file, own) as page:
        assert tail(here(page)) == own
        assert page.locator("table.outcomes").all_inner_texts() == numbers
        page.reload()
        settle(page)
        assert page.locator("table.outcomes").all_inner_texts() == numbers


def test_the_shelf_of_a_link_does_not_take_away_one_s_own(browser, file, head):
    with opened(browser, file, "view=compare") as page:
        page.get_by_role("button", name="+ Unequal risk").click()
        settle(page)
        follow(page, f"{head}&w=base&view=compare&c={quote(HELD)}")
        assert shelf(page) == ["Treatment"]
        assert "Your own scenario is kept." in page.locator(".shelf-aside").inner_text()
        page.get_by_role("button", name="Back to my own").click()
        settle(page)
        assert shelf(page) == ["Unequal risk"]
        assert page.locator(".shelf-aside").count() == 0


def test_what_does_not_fit_in_the_longest_link_is_told_at_both_ends(browser, file, head):
    every = "~".join(f"{name}:{one.most:.16f}:2026:3" for name, one in levers().items())
    with opened(browser, file, f"{head}&w=base&l={every}&view=compare") as page:
        assert page.locator(".notice").count() == 0
        for _ in range(4):
            page.get_by_role("button", name="Keep this scenario").click()
        settle(page)
        own = tail(here(page))
        assert len(own) <= 8000
        page.get_by_role("button", name="Menu", exact=True).click()
        page.locator("#menu").get_by_role("button", name="Embed").click()
        assert "The link leaves out" in page.locator("dialog").inner_text()
    with opened(browser, file, own) as page:
        (left,) = re.findall(r"Of the scenarios compared, (\d) did not fit", said(page))
        assert len(shelf(page)) == 4 - int(left) < 4


@pytest.mark.parametrize("choice", ["collapse (0.05)", "full (0.9)"])
def test_the_choice_of_diplomacy_travels_in_its_link(choice, browser, file):
    with opened(browser, file, "view=diplomacy") as page:
        assert "dip=" not in here(page)
        page.get_by_label(choice, exact=True).check()
        settle(page)
        own, told = tail(here(page)), page.locator(".diplomacy-answer").inner_text()
        assert "&dip=" in own
    with opened(browser, file, own) as page:
        assert page.get_by_label(choice, exact=True).is_checked()
        assert page.locator(".diplomacy-answer").inner_text() == told
        assert tail(here(page)) == own


@pytest.mark.parametrize("name", FITS)
def test_a_loaded_scenario_travels_whole_in_a_link(name, browser, file, made, tmp_path):
    with opened(browser, made(name), "view=overview") as page:
        own, told = tail(here(page)), answer(page)
        text = scenario_file(page, tmp_path).read_text(encoding="utf-8")
        follow(page, own)
        assert "The link brought" not in said(page)
    assert len(own) < 4500
    with opened(browser, file, own) as page:
        assert "The link brought the scenario file" in said(page)
        assert answer(page) == told
        page.get_by_role("button", name="Dismiss").click()
        settle(page)
        assert tail(here(page)) == own
        again = scenario_file(page, tmp_path).read_text(encoding="utf-8")
        assert unsigned(again) == unsigned(text)
        view(page, "Compare")
        page.get_by_role("button", name="Keep this scenario").click()
        settle(page)
        compared, rows = tail(here(page)), page.locator("table.outcomes").all_inner_texts()
    (tmp_path / "again.yaml").write_text(again, encoding="utf-8")
    ours = up.compare("base", str(tmp_path / "again.yaml"))
    assert ours.runs[1].deaths.median == pytest.approx(up.simulate(name).deaths.median)
    with opened(browser, file, compared) as page:
        assert page.locator("table.outcomes").all_inner_texts() == rows


def unsigned(text: str) -> Any:
    return yaml.safe_load(text)


def test_a_file_that_is_too_large_for_a_link_is_told_at_both_ends(browser, file, made):
    with opened(browser, made("as_2019"), "view=overview") as page:
        own, told = tail(here(page)), answer(page)
        assert "&f=-" in own
        page.get_by_role("button", name="Menu", exact=True).click()
        page.locator("#menu").get_by_role("button", name="Embed").click()
        assert "is too large for a link: send its file along" in page.locator("dialog").inner_text()
        page.keyboard.press("Escape")
        follow(page, own)
        assert answer(page) == told
    with opened(browser, file, own) as page:
        assert "too large for a link: ask for the file" in said(page)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A file as a link carries it, before it is packed."""
    from upriver.page.write import page

    place = tmp_path_factory.mktemp("whole") / "page.html"
    place.write_text(page("pessimistic_prospect"), encoding="utf-8")
    (one,) = [world for world in carried(place)["worlds"] if world.get("loaded")]
    fields = (
        "title", "about", "source", "system", "rewrites", "columns", "changes", "levers", "document"
    )  # fmt: skip
    return {name: one.get(name) for name in fields}


EVIL = "<img src=x onerror=window.pwned=1>"
PATH = "supply.adulterants.response"
FAR = base64.b64encode(b"\x00\x00\x00\x7f" * 2).decode()
ENDS = base64.b64encode(b"\x00\x00\x10\x02").decode()


def wrong_files(whole: dict[str, Any]) -> dict[str, Any]:
    """Files that no page made."""
    change = whole["changes"][0]
    return {
        "no mapping": [1, 2],
        "null": None,
        "a further field": {**whole, "html": EVIL},
        "no title": {**whole, "title": " "},
        "a title that is no text": {**whole, "title": {"a": 1}},
        "another system": {**whole, "system": "__proto__"},
        "an unknown path": {**whole, "columns": {"people.nothing": [1, 1, 0.5]}},
        "a path of JavaScript": {**whole, "columns": {"__proto__": [1, 1, 0.5]}},
        "out of bounds": {**whole, "columns": {PATH: [1, 1, -1e9]}},
        "no number": {**whole, "columns": {PATH: [1, 1, None]}},
        "draws of its own": {**whole, "columns": {PATH: [1, 200, "AAAA"]}},
        "too few steps": {**whole, "columns": {PATH: [5, 1, "AAAA", "AAAA"]}},
        "a course out of bounds": {**whole, "columns": {PATH: [529, 1, FAR, ENDS]}},
        "a course that is no base64": {**whole, "columns": {PATH: [529, 1, EVIL, EVIL]}},
        "a column of no world": {**whole, "columns": {PATH: {"as": "utopia"}}},
        "an operation of its own": {**whole, "changes": [{**change, "operation": "eval"}]},
        "a change of no path": {**whole, "changes": [{**change, "paths": ["__proto__"]}]},
        "a change of nothing": {**whole, "changes": [{**change, "paths": []}]},
        "a change long ago": {**whole, "changes": [{**change, "start": 1066}]},
        "a change without end": {**whole, "changes": [{**change, "years": 1e9}]},
        "an amount of text": {**whole, "changes": [{**change, "amount": "1"}]},
        "factors of few draws": {**whole, "changes": [{**change, "factors": [1, 2]}]},
        "many changes": {**whole, "changes": [change] * 500},
        "a lever that is none": {**whole, "levers": {"wall": {"by": 1, "from": 2026, "over": 1}}},
        "a lever out of range": {
            **whole,
            "levers": {"naloxone_kits": {"by": 1e6, "from": 2026, "over": 1}},
        },
        "a document of other fields": {**whole, "document": {"!!python": EVIL}},
        "a deep document": {**whole, "document": {"set": json.loads("[" * 50 + "]" * 50)}},
    }


def test_a_file_in_a_link_that_no_page_made_is_refused_whole_and_told(browser, file, head, whole):
    with opened(browser, file) as page:
        today = answer(page)
        for name, found in wrong_files(whole).items():
            follow(page, f"{head}&w=base&view=overview")
            follow(page, f"{head}&w=file&f={packed(found)}&view=overview")
            assert "The scenario file in the link is not right" in said(page), name
            assert answer(page) == today, name
            assert page.evaluate("window.pwned") is None
        for junk in ("AAAA", "%3Cb%3E", "x" * 6000, "=", packed({"title": "x" * 2_000_000})):
            follow(page, f"{head}&w=base&view=overview")
            follow(page, f"{head}&w=file&f={junk}&view=overview")
            assert "is not right" in said(page), junk[:20]
            assert answer(page) == today


def test_markup_in_the_texts_of_a_file_in_a_link_stays_text(browser, file, head, whole):
    nasty = {**whole, "title": EVIL, "about": EVIL, "source": EVIL}
    nasty["changes"] = [{**one, "label": EVIL} for one in whole["changes"]]
    with opened(browser, file, f"{head}&w=file&f={packed(nasty)}&view=overview") as page:
        assert EVIL in answer(page)
        view(page, "Compare")
        page.get_by_role("button", name="Keep this scenario").click()
        settle(page)
        assert page.locator("img").count() == 0
        assert page.evaluate("window.pwned") is None


WRONG = {
    "c=utopia,,Name": "compares a scenario of 'utopia'",
    "c=__proto__,,Name": "compares a scenario of '__proto__'",
    "c=file,,Name": "compares a scenario of 'file'",
    "c=base,wall:1:2026:3,Name": "names a lever 'wall'",
    "c=base,naloxone_kits:9:2026:3,Name": "strength 9",
    "&".join(["c=base,,A"] * 9): "holds 9 scenarios to compare, and the shelf takes 4",
    "c=%2B3": "3 did not fit in the link",
    "dip=war": "a choice of Diplomacy that this page does not have",
    "dip=__proto__": "a choice of Diplomacy that this page does not have",
}


def test_what_is_wrong_with_a_shelf_or_a_choice_in_a_link_is_told(browser, file, head):
    with opened(browser, file) as page:
        for fields, words in WRONG.items():
            follow(page, f"{head}&w=base&view=overview")
            follow(page, f"{head}&w=base&view=compare&{fields}")
            assert words in said(page), fields
            assert page.locator(".shelf-entry").count() <= 5
        follow(page, f"{head}&w=base&view=compare&c={quote(f'base,,{EVIL}')}")
        assert shelf(page) == [EVIL]
        assert page.locator("img").count() == 0
        assert unquote(tail(here(page))).replace("+", " ").endswith(f"&c=base,,{EVIL}")


def test_a_link_that_is_saved_in_a_table_opens_the_file_too(browser, file, made, tmp_path: Path):
    with opened(browser, made("china_controls_alone"), "view=overview") as page:
        button = page.locator("#fig-deaths").get_by_role("button", name="CSV")
        lines = saved(page, button, tmp_path).read_text(encoding="utf-8").splitlines()
        told = answer(page)
    (link,) = [line for line in lines if line.startswith("# Link: ")]
    with opened(browser, file, tail(link)) as page:
        assert flat(answer(page)) == told
