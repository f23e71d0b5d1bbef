"""The file: what it may do, how large it is, where it opens, and on how little it runs."""

import base64
import hashlib
import http.server
import re
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hand import VIEWS, answer, flat, opened, push, said, settle, table

from browser import listen, until
from upriver.core.errors import InputError
from upriver.page.write import LICENCES, harmless, page

SIZE, SCRIPT = 2_500_000, 450_000
LIBRARIES = ("preact", "htm", "@preact/signals")


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def text(file: Path) -> str:
    """The text of the page."""
    return file.read_text(encoding="utf-8")


def block(text: str, opening: str) -> str:
    """Text of a script or style element."""
    (found,) = re.findall(rf"{re.escape(opening)}(.*?)</(?:script|style)>", text, re.DOTALL)
    return str(found)


def sha256(text: str) -> str:
    """As a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_the_one_script_and_the_one_style_and_allows_nothing_else(text):
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    script, sheet = block(text, "\n<script>"), block(text, "<style>")
    assert policy == (
        f"default-src 'none'; script-src '{sha256(script)}' 'wasm-unsafe-eval'; "
        f"style-src '{sha256(sheet)}'; img-src data: blob:; worker-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_one_script_runs_and_no_element_carries_code_or_style(text):
    elements = Elements(text).found
    scripts = [attributes for tag, attributes in elements if tag == "script"]
    kinds = [attributes.get("type") for attributes in scripts]
    assert kinds == ["application/json", "text/plain", "text/plain", None]
    assert len([tag for tag, _ in elements if tag == "style"]) == 1
    for tag, attributes in elements:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not str(attributes.get("href", "")).startswith("javascript"), tag


def test_nothing_is_fetched_from_anywhere(text):
    for tag, attributes in Elements(text).found:
        for name in ("src", "srcset", "data", "action", "poster"):
            assert name not in attributes, tag
        if tag == "link":
            assert attributes == {"rel": "icon", "href": "data:,"}
    sheet = block(text, "<style>")
    assert "url(" not in sheet
    assert "@import" not in sheet
    script = block(text, "\n<script>") + block(text, '<script type="text/plain" id="worker">')
    for word in (
        "fetch(",
        "XMLHttpRequest",
        "importScripts",
        "WebSocket",
        "sendBeacon",
        "EventSource",
    ):
        assert word not in script


def test_the_file_is_small(text):
    assert len(text.encode()) <= SIZE
    worker = block(text, '<script type="text/plain" id="worker">')
    assert len((block(text, "\n<script>") + worker).encode()) <= SCRIPT


def test_licences_of_what_is_inside_are_inside(text):
    inside = block(text, '<script type="text/plain" id="licences">')
    assert inside == LICENCES.read_text(encoding="utf-8")
    for library in LIBRARIES:
        assert library in inside
    assert "Permission is hereby granted" in inside


def test_the_same_package_writes_the_same_page_to_the_byte(text):
    assert page() == text


@pytest.mark.parametrize("end", ["</script>", "</SCRIPT\n>", "<!-- x"])
def test_a_block_that_would_end_early_is_refused(end):
    with pytest.raises(ValueError, match="the end of a script"):
        harmless(f"a = '{end}'")


def test_an_unknown_scenario_is_refused_before_anything_is_written():
    with pytest.raises(InputError, match="Did you mean 'optimistic'"):
        page("optimstic")


@pytest.fixture
def host(file: Path) -> Iterator[str]:
    """A web host of this machine that holds the page."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(file.parent))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{file.name}"
    server.shutdown()
    server.server_close()


def test_it_opens_from_a_web_host_as_from_a_disk(browser, file, host):
    with opened(browser, file) as page:
        there = answer(page)
    context = browser.new_context()
    page = context.new_page()
    heard = listen(page)
    page.goto(f"{host}#view=overview")
    until(page, "document.querySelector('[data-answer]')")
    assert answer(page) == there
    page.wait_for_timeout(50)
    assert heard == [f"request: {host}"]
    assert page.url.startswith(f"{host}#v=")
    context.close()


def cores(count: int) -> str:
    """A script that tells the page how many cores there are."""
    return f"Object.defineProperty(navigator, 'hardwareConcurrency', {{ get: () => {count} }});"


COUNT = """
const Made = window.Worker;
window.workers = 0;
window.Worker = class extends Made {
  constructor(...given) { super(...given); window.workers += 1; }
};
"""


def test_one_worker_and_four_give_the_same_numbers_to_the_digit(browser, file):
    found = []
    for count, made in ((1, 1), (4, 4), (64, 4), (0, 1)):
        with opened(browser, file, before=COUNT + cores(count)) as page:
            assert page.evaluate("window.workers") == made
            push(page, "naloxone_kits", 0.5)
            push(page, "prevent_relapse", 0.1)
            settle(page)
            found.append((answer(page), table(page, "deaths")))
    assert all(one == found[0] for one in found)


def test_without_webassembly_it_says_so_and_can_still_be_read(browser, file):
    forbid = "delete window.WebAssembly;"
    with opened(browser, file, before=forbid, calm=False) as page:
        until(page, "document.querySelector('.notice')")
        for name in (*VIEWS, "Levers"):
            page.get_by_role("navigation", name="Views").get_by_role("link", name=name).click()
            assert page.locator("main h2, main p").first.is_visible()
            assert "This browser cannot run the model: it has no WebAssembly" in said(page)
            assert page.get_by_role("button", name="How sure").is_visible()
        page.get_by_role("button", name="Hand out more naloxone kits").click()
        card = flat(page.get_by_role("dialog").inner_text())
        assert "Evidence: grade B" in card
        assert "Who could be harmed" in card


def test_without_javascript_it_says_what_gives_the_same_numbers(browser, file):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "upriver run" in page.locator("noscript").inner_text()
    context.close()
