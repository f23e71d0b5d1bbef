"""A state's report: two pages, without a script, whose numbers are those of the runs."""

import re
from dataclasses import replace

import pytest

from browser import browser as browser
from browser import open_page
from upriver.core.time import LAST_YEAR
from upriver.evidence.places import STATES
from upriver.experiments.placed import simulate_place
from upriver.experiments.ranking import Ranked
from upriver.places.asked import place as place_of
from upriver.report.brief.facts import Facts, care, facts, shown
from upriver.report.brief.page import answer, page
from upriver.report.wording import escape

DRAWS = 12
TALL = "e => [e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth]"
A4 = (688, 1020)
"""Pixels of the ground of an A4 page within its margins, at 96 to an inch."""


@pytest.fixture(scope="module")
def alaska() -> Facts:
    return facts("AK", draws=DRAWS)


def test_numbers_are_those_of_the_runs(alaska: Facts) -> None:
    run = simulate_place("AK", draws=DRAWS).run
    modelled = run.sums("people.overdose.by_synthetic")
    assert alaska.modelled.at(2030) == modelled.at(2030)
    total = modelled[2026 : LAST_YEAR - 1].draws.sum(axis=1)
    assert total.min() <= alaska.ahead.low <= alaska.ahead.median <= total.max()
    assert alaska.deaths[2020] == (10, 109)
    assert alaska.newest == 2024
    assert alaska.peak == 2023
    assert set(alaska.hollow()) >= {2017, 2020, 2025}
    assert 2023 not in alaska.hollow()
    assert alaska.rates[2023][0] == pytest.approx(37.3, abs=0.1)
    assert alaska.of_country[2024] == pytest.approx(14.0, abs=0.1)


def test_levers_are_those_of_care_that_were_studied_most_lives_first(alaska: Facts) -> None:
    alone = [alaska.ranking.alone[one.lever.name].median for one in alaska.levers]
    assert alone == sorted(alone, reverse=True)
    assert len(alone) == 3
    assert all(one.drawn and one.lever.evidence.grade != "none" for one in alaska.levers)
    assert all(one.lever.stage in ("people", "services") for one in alaska.levers)
    assert len(shown(alaska.ranking, 5)) == 5
    assert all(isinstance(one, Ranked) for one in alaska.levers)


def test_the_page_has_no_script_and_says_what_it_does_not_know(alaska: Facts) -> None:
    text = page(alaska)
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert escape(answer(alaska)) in text
    for words in (
        "247 to 256 residents of Alaska",
        "What this cannot tell",
        "little better than a trend",
        "A cut posterior",
        "here alone",
        "nationwide",
        "988",
    ):
        assert words in text, words
    assert text.count('<section class="sheet"') == 2
    for svg in re.findall(r"<svg[^>]*>", text):
        assert 'role="img"' in svg
        assert "aria-label=" in svg


def test_it_opens_in_silence_and_fits_two_pages(browser, alaska: Facts, tmp_path) -> None:
    file = tmp_path / "report.html"
    longest = replace(alaska.place, name="District of Columbia")
    file.write_text(page(replace(alaska, place=longest)), encoding="utf-8")
    with open_page(browser, file, width=1440) as opened:
        opened.emulate_media(media="print")
        opened.set_viewport_size({"width": A4[0], "height": A4[1]})
        for sheet in opened.query_selector_all(".sheet"):
            inside, tall, across, wide = sheet.evaluate(TALL)
            assert inside <= tall
            assert across <= wide


def test_where_months_are_withheld_the_answer_says_who_died_there(alaska: Facts) -> None:
    """As of Wyoming, where a year of residents is a count of 0 to 108."""
    hidden = replace(alaska, deaths={**alaska.deaths, 2023: (0.0, 108.0), 2024: (0.0, 108.0)})
    assert hidden.is_wide
    assert not alaska.is_wide
    assert hidden.peak == 2023
    assert "by a provisional count" in answer(hidden)
    assert replace(hidden, where_died={}).peak is None


def test_rates_of_every_state_stand_beside_the_countrys() -> None:
    """So that a rate and the country's have one unit: none is ten times the other, but naloxone."""
    for code in STATES:
        for rate in care(place_of(code)):
            if rate.here is None or rate.there is None:
                continue
            assert 0 < rate.here < 12 * rate.there, (code, rate)
            if rate.ends is not None:
                assert rate.ends[0] <= rate.here <= rate.ends[1]


def test_a_state_without_provisional_counts_is_told_without_them(alaska: Facts) -> None:
    without = replace(alaska, later=None, where_died={}, unseen="")
    assert "provisionally." not in answer(without)
    assert page(without).count('<section class="sheet"') == 2
