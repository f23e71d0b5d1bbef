"""The first two pages of a report answer; the rest is an annex that they lead to."""

import re
from functools import cache
from pathlib import Path

import pytest

from browser import open_page, until
from upriver.experiments.compare import Comparison, compare
from upriver.experiments.simulate import Run, simulate
from upriver.report.answered import answer_of, answer_of_comparison
from upriver.report.story import comparison_report, report, sections
from upriver.report.wording import escape

PAPER = {"width": 658, "height": 986}
"""What is printed on an A4 page within margins of 18 mm, in pixels."""


@cache
def run() -> Run:
    return simulate("base", draws=30)


@cache
def several() -> Comparison:
    return compare("base", "drivers_held", draws=10)


@cache
def text_of(name: str) -> str:
    return report(run()) if name == "run" else comparison_report(several())


def test_the_answer_is_a_sentence_with_its_interval_and_the_record():
    told = answer_of(run())
    found = re.fullmatch(
        r"From 2026 to 2031 about ([\d,]+) people would die of an opioid overdose; it could be "
        r"anything from ([\d,]+) to ([\d,]+)\. In 2031 alone it would be about [\d,]+ "
        r"\([\d,]+ to [\d,]+\), after 54,000 recorded in 2024\.",
        told,
    )
    assert found is not None
    middle, low, high = (float(one.replace(",", "")) for one in found.groups())
    assert low < middle < high
    years = run().deaths
    total = sum(years.at(float(year))[0] for year in range(2026, 2032))
    assert middle == pytest.approx(total, rel=0.1)


def test_one_run_of_central_values_answers_without_an_interval():
    told = answer_of(simulate("base", draws=0))
    assert "it could be" not in told
    assert "(" not in told


def test_a_comparison_answers_with_what_each_scenario_does():
    (verdict,) = several().verdicts
    assert answer_of_comparison(several()) == verdict.sentence(several().since)


@pytest.mark.parametrize("name", ["run", "several"])
def test_answer_curve_how_sure_table_and_sources_come_before_the_annex(name):
    text = text_of(name)
    marks = [
        '<p class="answer">',
        'id="fig-deaths"',
        "<b>How sure:</b>",
        'id="headline"',
        'id="from"',
        'id="annex"',
        'aria-label="Contents"',
        'id="cannot-tell"',
        'id="sources"',
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert text.count('id="fig-deaths"') == text.count('aria-label="Contents"') == 1


def test_the_list_of_contents_leads_to_every_section_and_figure():
    (listed,) = re.findall(r'<nav aria-label="Contents">(.*?)</nav>', text_of("run"), re.DOTALL)
    for i, section in enumerate(sections([run()]), 1):
        assert f'<a href="#part-{i}">{escape(section.title)}</a>' in listed
        for figure in section.figures:
            assert escape(figure.title) in listed
    for target in re.findall(r'href="#([^"]+)"', listed):
        assert f'id="{target}"' in text_of("run")


@pytest.mark.parametrize("name", ["run", "several"])
def test_on_paper_the_annex_begins_on_the_third_page(name, browser, tmp_path: Path):
    file = tmp_path / "report.html"
    file.write_text(text_of(name), encoding="utf-8")
    with open_page(browser, file) as page:
        until(page, "document.querySelectorAll('svg.drawing').length > 2")
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.wait_for_timeout(100)
        table, annex = (
            page.evaluate(
                f"document.getElementById('{one}').parentNode.getBoundingClientRect().top"
            )
            for one in ("headline", "annex")
        )
        breaks = page.evaluate(
            "['headline', 'annex'].map(id => "
            "getComputedStyle(document.getElementById(id).parentNode).breakBefore)"
        )
        assert page.locator(".annex nav").is_visible()
    assert breaks == ["page", "page"]
    assert table <= PAPER["height"]
    assert annex - table <= PAPER["height"]
