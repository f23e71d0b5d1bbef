"""Claims about the report: safe, offline, complete."""

import base64
import hashlib
import html as entities
import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from demonstration import HEADLINE, SOURCES, figure, sections

from upriver.report import html
from upriver.report.figures import data_of, table_of
from upriver.report.section import Section
from upriver.report.tidy import csv_of

NASTY = "<script>alert('1')</script> & \"more\" \x00<img src=x onerror=alert(1)>"


def page(title: str = "Deaths averted", subtitle: str = "By 2032") -> str:
    """A report."""
    return html.render(
        title,
        subtitle,
        sections(title),
        HEADLINE,
        {"version": "0.1", title: title},
        [title],
        "Intervals cover 95 % of draws.",
        SOURCES,
        projection=2026,
    )


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))


def blocks(text: str) -> list[tuple[str, str]]:
    """Attributes and text of every script element."""
    return re.findall(r"<script([^>]*)>(.*?)</script>", text, re.S)


def markup(text: str) -> str:
    """The page without its scripts, which hold markup of their own."""
    return re.sub(r"<script[^>]*>.*?</script>", "", text, flags=re.DOTALL)


def test_nothing_a_user_writes_becomes_markup() -> None:
    elements = Elements(page(NASTY, NASTY)).found
    assert not {"img", "iframe", "object"} & {tag for tag, _ in elements}
    scripts = [attrs for tag, attrs in elements if tag == "script"]
    plain = [attrs for tag, attrs in Elements(page()).found if tag == "script"]
    assert scripts == plain
    assert not any(name.startswith("on") for _, attrs in elements for name in attrs)
    assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in elements)


def test_policy_names_the_one_style_block_and_the_one_script_by_hash() -> None:
    text = page()
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    (script,) = [body for attributes, body in blocks(text) if not attributes]
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    hashes = [
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        for part in (script, style)
    ]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    assert "unsafe" not in policy


def test_blocks_that_are_no_script_are_never_run() -> None:
    kinds = [attributes for attributes, _ in blocks(page(NASTY)) if attributes]
    assert kinds == [
        ' type="application/json" id="figures"',
        ' type="application/json" id="made"',
        ' type="text/plain" id="licences"',
    ]


def test_data_of_the_charts_are_the_figures_and_end_no_block() -> None:
    nasty = Section("s", "t", [figure(NASTY)])
    text = html.render("t", "s", [nasty], None, {}, [], "", SOURCES, projection=2026)
    block, made = [body for attributes, body in blocks(text) if "json" in attributes]
    assert "<" not in block + made
    found = json.loads(block)
    assert found["figures"] == json.loads(json.dumps([data_of(figure(NASTY), 2026)]))
    assert found["cited"] == {"wonder": "wonder"}


def test_licences_of_the_libraries_travel_with_them() -> None:
    (text,) = [body for attributes, body in blocks(page()) if "licences" in attributes]
    assert "preact" in text
    assert "Permission is hereby granted" in text


def test_no_element_has_an_inline_style() -> None:
    assert not any("style" in attrs for _, attrs in Elements(page()).found)


def test_nothing_outside_is_referred_to_but_by_links() -> None:
    assert not any("src" in attrs for _, attrs in Elements(page()).found)
    for tag, attrs in Elements(page()).found:
        for name, value in attrs.items():
            if value and "//" in value and name != "xmlns":
                assert (tag, name) == ("a", "href")
    style = page().split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_every_figure_has_its_table_and_its_numbers() -> None:
    text = page()
    one = figure("deaths-0")
    assert markup(text).count("<details>") == markup(text).count("<figure") == 2
    assert html.table(table_of(one)) in text
    encoded = re.findall(r'download="upriver-deaths-0.csv" href="data:[^,]*,([^"]*)"', text)
    assert base64.b64decode(encoded[0]).decode() == csv_of(one)


def test_every_figure_says_how_sure_it_is_and_how_far_data_reach() -> None:
    for part in markup(page()).split("<figure ")[1:]:
        assert "<b>Note:</b>" in part
        assert "Data to:" in part
        assert 'href="#source-wonder"' in part
        assert 'data-figure="deaths-' in part


def test_a_source_is_cited_by_its_short_name_where_it_has_one() -> None:
    named = [{**SOURCES[0], "short": "CDC <WONDER> (2024)"}]
    text = html.render("t", "s", sections(), None, {}, [], "", named)
    assert ">CDC &lt;WONDER&gt; (2024)</a>" in text


def test_every_inner_link_leads_somewhere_and_no_id_is_given_twice() -> None:
    elements = Elements(page()).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in elements:
        target = attrs.get("href") or ""
        assert not target.startswith("#") or target[1:] in ids


def test_page_says_what_it_cannot_tell_and_how_it_was_made() -> None:
    text = entities.unescape(page())
    names = ("What this cannot tell you", "Sources", "How this was made", "Skip to", "JavaScript")
    for heading in names:
        assert heading in text


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Elements(page()).found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_twin_ids_and_unlisted_sources_are_refused() -> None:
    twice = [Section("a", "", [figure("x"), figure("X")])]
    with pytest.raises(ValueError, match="two figures"):
        html.render("t", "s", twice, None, {}, [], "", SOURCES)
    with pytest.raises(ValueError, match="'wonder' is not in the list"):
        html.render("t", "s", sections(), None, {}, [], "", [])


def test_a_year_has_no_thousands_separator() -> None:
    text = html.table(HEADLINE)
    assert ">2032<" in text
    assert ">28,300<" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert page() == page()


def test_the_room_loads_no_heavy_library() -> None:
    code = (
        "import sys, upriver.report.html, upriver.report.terminal;"
        "print([m for m in ('pandas','matplotlib','xarray','jax','scipy','rich','pydantic')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
