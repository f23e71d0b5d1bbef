"""Whatever an address, a file, a name or the browser's memory holds, the page lives and says so."""

import json
import random
from urllib.parse import quote

import pytest
from hand import answer, flat, follow, opened, said, settle, view
from playwright.sync_api import Page

from browser import until

EVIL = (
    "<img src=x onerror=window.pwned=1>",
    '"><script>window.pwned=1</script>',
    "javascript:window.pwned=1",
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "';window.pwned=1;//",
    "<iframe srcdoc='<script>top.pwned=1</script>'>",
    "<svg onload=window.pwned=1>",
    "${window.pwned=1}{{constructor.constructor('window.pwned=1')()}}",
)
FOREIGN = (
    "script:not([type]), script[src], img, iframe, object, embed, [onerror], [onload], base, meta"
)
COUNT = f"document.querySelectorAll({json.dumps(FOREIGN)}).length"


def unharmed(page: Page, before: int) -> None:
    """Nothing ran and nothing was put in that is not the page's own; and the page still answers."""
    assert page.evaluate("window.pwned") is None
    assert page.evaluate(f"() => {COUNT}") == before
    assert page.evaluate("() => document.querySelectorAll('a[href^=javascript]').length") == 0
    assert page.get_by_role("heading", name="Upriver", level=1).is_visible()


@pytest.fixture
def head(data) -> str:
    """The beginning of a link that this page made."""
    return f"v={data['version']}&d={data['digest']}&s=2"


WRONG: dict[str, tuple[str, str]] = {
    "truncated in a lever": ("{head}&w=base&l=naloxone_kits:0.5:20", "is not right"),
    "truncated in a name": ("{head}&w=base&l=naloxone_k", "names a lever 'naloxone_k'"),
    "truncated in an escape": ("{head}&w=base&t=abc%E2%9", ""),
    "no scenario": ("hello", "holds no scenario"),
    "only a version": ("{head}", "holds no scenario"),
    "oversized": ("{head}&w=base&t=" + "x" * 100_000, "too long (1000"),
    "another version": ("v=9.9.9&d=ea&w=base", "made with version 9.9.9 (ea)"),
    "another digest": ("v=0.1.0&d=000000000000&w=base", "(000000000000)"),
    "no version": ("w=base&l=relapse:-0.1:2026:3", "an unknown version"),
    "a schema of tomorrow": (
        "s=3&w=base&l=naloxone_kits:0.5:2026:3",
        "is of schema '3', and this page reads 1 and 2; its levers were left as today",
    ),
    "a former name in schema 2": (
        "{head}&w=base&l=relapse:-0.1:2026:3",
        "names a lever 'relapse' that this page does not have in schema 2, where it is "
        "'prevent_relapse'",
    ),
    "a new name in schema 1": (
        "w=base&l=prevent_relapse:0.1:2026:3",
        "names a lever 'prevent_relapse' that this page does not have in schema 1",
    ),
    "a strength out of a former range": (
        "w=base&l=fentanyl_overdose_risk:0.3:2026:3",
        "strength 0.3, allowed -0.2 to 0.25",
    ),
    "an unknown lever": ("{head}&w=base&l=wall:1:2026:3", "names a lever 'wall'"),
    "an unknown world": ("{head}&w=utopia", "names a projection 'utopia'"),
    "a file that is not here": (
        "{head}&w=file",
        "a scenario file that this page was not made with",
    ),
    "an unknown view": ("{head}&w=base&view=admin", "names a view 'admin'"),
    "a strength out of range": (
        "{head}&w=base&l=prevent_relapse:7:2026:3",
        "strength 7, allowed -0.2 to 0.2",
    ),
    "a year out of range": (
        "{head}&w=base&l=prevent_relapse:0.1:1850:3",
        "year 1850, allowed 1999 to 2032",
    ),
    "a ramp out of range": (
        "{head}&w=base&l=prevent_relapse:0.1:2026:-1",
        "ramp -1, allowed 0 to 33",
    ),
    "words for numbers": ("{head}&w=base&l=prevent_relapse:much:2026:3", "a number is missing"),
    "infinity": ("{head}&w=base&l=prevent_relapse:1e999:2026:3", "a number is missing"),
    "too many numbers": ("{head}&w=base&l=prevent_relapse:0.1:2026:3:4", "is not right"),
    "a name of JavaScript": ("{head}&w=__proto__&l=constructor:1:2026:3", "'__proto__'"),
    "a view of JavaScript": ("{head}&w=base&view=__proto__", "names a view '__proto__'"),
    "unicode controls": (
        "{head}&w=base&view=%E2%80%AEadmin%00%1B[31m",
        "names a view 'admin [31m'",
    ),
    "broken escapes": ("{head}&w=%&l=%zz&t=%%%", "names a projection '%'"),
}


@pytest.mark.parametrize("name", ["truncated in a lever", "oversized", "broken escapes"])
def test_a_page_that_opens_with_a_link_that_is_not_right_says_so(name, browser, file, head):
    fragment, words = WRONG[name]
    with opened(browser, file, fragment.replace("{head}", head)) as page:
        assert words in said(page)
        assert "it could be" in answer(page)
        unharmed(page, page.evaluate(f"() => {COUNT}"))
        page.get_by_role("button", name="Dismiss").click()
        assert page.locator(".notice").count() == 0


def test_whatever_is_wrong_with_a_link_is_told_and_the_page_works(browser, file, head):
    with opened(browser, file) as page:
        before = page.evaluate(f"() => {COUNT}")
        for name, (fragment, words) in WRONG.items():
            follow(page, f"{head}&w=base&view=overview")
            follow(page, fragment.replace("{head}", head))
            assert words in said(page), name
            assert bool(words) == (page.locator(".notice").count() == 1), name
            assert "it could be" in answer(page), name
            unharmed(page, before)


def test_what_is_right_of_a_link_is_used(browser, file, head):
    levers = "wall:1:2026:3~naloxone_kits:0.5:2026:3~prevent_relapse:9:2026:3"
    link = f"{head}&w=base&l={levers}&view=levers"
    with opened(browser, file, link) as page:
        assert page.locator('[data-lever="naloxone_kits"] output').inner_text() == "+50 %"
        assert page.locator('[data-lever="prevent_relapse"] output').inner_text() == "as today"
        assert "it was left as today" in said(page)
        assert "would avert" in answer(page)


def test_script_in_any_field_of_a_link_stays_text(browser, file, head):
    with opened(browser, file) as page:
        before = page.evaluate(f"() => {COUNT}")
        for field in ("w", "l", "t", "view", "v", "d", "embed"):
            for i, evil in enumerate(EVIL):
                follow(page, f"{head}&w=base&{field}={quote(evil)}" if i % 2 else f"{field}={evil}")
                unharmed(page, before)
        view(page, "Compare")
        unharmed(page, before)


PIECES = (
    *EVIL, "v=0.1.0", "d=", "w=base", "w=file", "w=optimistic", "l=", "naloxone_kits", "relapse",
    "prevent_relapse", "s=1", "s=2", "s=",
    ":0.5", ":2026", ":3", ":", "~", "&", "=", "%", "%00", "%E2%80%AE", "%ff", "view=", "levers",
    "people", "compare", "evidence", "t=", "é水🌊", "c=", "f=", "f=-", "dip=full",
    "c=base,,A", "\u2028", "\x00", "\x1b", "embed=2", "-0",
    "1e5", "NaN", "__proto__", "#", "?", "+", "'", '"', "<", ">",
)  # fmt: skip


def random_fragment(dice: random.Random, head: str) -> str:
    """Pieces of links in any order, or a link with some characters changed."""
    if dice.random() < 0.5:
        return "".join(dice.choice(PIECES) for _ in range(dice.randint(0, 20)))
    levers = "naloxone_kits:0.5:2026:3~prevent_relapse:0.1:2027:2"
    text = f"{head}&w=base&l={levers}&t=A name&view=overview"
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice(PIECES) + text[at + dice.randint(0, 12) :]
    return text


THROW = """async ([fragments, count, own]) => {
  const foreign = () => document.querySelectorAll(count).length;
  const before = foreign();
  for (const text of fragments) {
    location.hash = text;
    await new Promise(done => {
      addEventListener('hashchange', done, { once: true });
      setTimeout(done, 30);
    });
    await new Promise(done => setTimeout(done));
    const alive = document.querySelector('#app h1');
    const notice = document.querySelector('[role=status] .notice li');
    const told = notice || location.hash.startsWith(own);
    if (!alive || !told || foreign() !== before || window.pwned) return text;
  }
  return null;
}"""
"""What is wrong is told; if nothing is, the address becomes the page's own."""


def throw(page: Page, seed: int, count: int, head: str) -> None:
    """Put random fragments into the address, one after the other."""
    dice = random.Random(seed)
    fragments = [random_fragment(dice, head) for _ in range(count)]
    for begin in range(0, count, 200):
        killer = page.evaluate(THROW, [fragments[begin : begin + 200], FOREIGN, f"#{head}&w="])
        assert killer is None, killer
    follow(page, f"{head}&w=base&l=naloxone_kits:0.5:2026:3&view=overview")
    assert page.locator(".notice").count() == 0
    assert "would avert" in answer(page)


def test_hundreds_of_random_fragments_leave_the_page_alive(browser, file, head):
    with opened(browser, file) as page:
        throw(page, 1, 300, head)


@pytest.mark.slow
def test_ten_thousand_random_fragments_leave_the_page_alive(browser, file, head):
    with opened(browser, file) as page:
        throw(page, 2, 10_000, head)


IN_FILES = (
    *EVIL[:4],
    "</SCRIPT ><b>&lt;b&gt;",
    "]]>--!> & \\u003c \\u2028 ${x} 'a' \\\" é水🌊",
)


def nasty_file(title: str, about: str, source: str) -> str:
    """A scenario file with markup in every field that holds a text."""
    texts = {"title": title, "about": about, "source": source}
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
    changes = ["  - {lever: naloxone_kits, level: most}", "  - {handle: relapse, by: -0.1}"]
    return "\n".join(["schema: 2", *lines, "changes:", *changes, ""])


@pytest.mark.parametrize("i", range(len(IN_FILES)))
def test_markup_in_every_text_of_a_scenario_file_is_shown_as_text(i, browser, file, made):
    evil = IN_FILES[i]
    made_page = made(nasty_file(evil, IN_FILES[i - 1], IN_FILES[i - 2]))
    text = made_page.read_text(encoding="utf-8")
    plain = file.read_text(encoding="utf-8")
    for mark in ("<script", "</script", "<!--", "<img", "<iframe"):
        assert text.lower().count(mark) == plain.lower().count(mark)
    assert text.isascii() or not set("\u2028\u2029") & set(text)
    with opened(browser, made_page, "view=overview") as page:
        before = page.evaluate(f"() => {COUNT}")
        assert evil in page.get_by_label("What else happens").inner_text()
        assert "would avert" in answer(page)
        for name in ("Levers", "Compare", "People", "Evidence")[i % 4 :: 4]:
            view(page, name)
            unharmed(page, before)


def test_names_that_a_reader_writes_stay_text(browser, file):
    with opened(browser, file) as page:
        before = page.evaluate(f"() => {COUNT}")
        page.get_by_role("button", name="Menu", exact=True).click()
        field = page.get_by_label("Name of this scenario")
        for evil in EVIL:
            field.fill(evil)
            field.press("Enter")
            unharmed(page, before)
            assert flat(field.input_value()) == flat(evil)
        settle(page)
        for name in ("Levers", "People", "Overview"):
            view(page, name)
            unharmed(page, before)


def test_names_on_the_shelf_stay_text_now_and_on_the_next_visit(browser, file):
    kept = [evil[:60] for evil in EVIL[:4]]
    with opened(browser, file, "view=compare") as page:
        before = page.evaluate(f"() => {COUNT}")
        for evil in kept:
            page.get_by_label("The scenario that stands on the levers").fill(evil)
            page.get_by_role("button", name="Keep this scenario").click()
        settle(page)
        unharmed(page, before)
        page.reload()
        settle(page)
        unharmed(page, before)
        shown = flat(page.get_by_role("table").first.inner_text())
        assert all(flat(evil) in shown for evil in kept)


JUNK = (
    "null", "[1,null,{}]", "{", "x" * 100_000,
    '["#w=base&l=naloxone_kits:9:2026:3"]', '["#w=<img src=x onerror=window.pwned=1>"]',
    json.dumps([f"#w=base&t={evil}" for evil in EVIL]), '{"length":1e9}', "1e999",
    json.dumps(["#w=base"] * 1000), "\u2028\x00",
)  # fmt: skip
FILL = "for (const key of {keys}) localStorage.setItem(key, {value});"
KEYS = ["upriver-shelf", "upriver-theme"]


@pytest.mark.parametrize("junk", JUNK, ids=[text[:24] for text in JUNK])
def test_junk_in_the_browser_s_memory_does_no_harm(junk, browser, file):
    fill = FILL.format(keys=json.dumps(KEYS), value=json.dumps(junk))
    with opened(browser, file, "view=compare", before=fill) as page:
        unharmed(page, page.evaluate(f"() => {COUNT}"))
        assert page.get_by_label("Colours").input_value() == "auto"
        assert page.get_by_text("Scenarios on the shelf").is_visible()
        assert page.locator(".shelf-entry").count() <= 5


def test_every_key_that_the_page_reads_is_one_that_is_tried_here(file):
    text = file.read_text(encoding="utf-8")
    for word in ("localStorage.getItem(KEY", "localStorage.setItem(KEY"):
        assert text.count(word) == 2
    assert text.count("localStorage.") == 4
    assert "sessionStorage" not in text
    assert "document.cookie" not in text


def test_a_browser_without_memory_shows_the_page_all_the_same(browser, file):
    forbid = (
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    with opened(browser, file, "view=compare", before=forbid) as page:
        page.get_by_role("button", name="Menu", exact=True).click()
        page.get_by_label("Colours").select_option("dark")
        page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.get_by_role("button", name="Keep this scenario").click()
        settle(page)
        assert until(page, "document.querySelectorAll('.shelf-entry').length") == 2
