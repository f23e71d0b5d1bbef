"""Results in a notebook: world, interval, unit and digests are there, and titles are text."""

import re

import numpy as np
import pytest

import upriver as up
from upriver.evidence.record import NEWEST

HOSTILE = "Half the <b>relapses</b> & 'more' <script>"


def text(thing) -> str:
    """What a reader sees."""
    found = re.sub(r"<[^>]*>", " ", thing._repr_html_())
    return re.sub(r"\s+", " ", found)


def hostile():
    changes = [{"handle": "relapse", "by": -0.5}]
    return up.parse_scenario({"schema": 2, "title": HOSTILE, "changes": changes})


def rounded(ends):
    """Median and interval, each to three figures."""
    median, low, high = (f"{float(f'{value:.3g}'):,.0f}" for value in ends)
    return f"{median} ({low} to {high})"


@pytest.fixture(scope="module")
def both():
    return up.compare("base", hostile(), draws=100)


def test_a_run_says_its_world_its_unit_its_interval_and_what_made_it(both):
    run = both.runs[0]
    said = text(run)
    assert f"2031 – {rounded(run.deaths[2031])}" in said
    assert "Opioid overdose deaths [people in a year], median (95 % interval) of 100 draws" in said
    assert "World whole (whole system, fitted), Upriver" in said
    for digest in ("table_digest", "equations_digest"):
        assert str(run.provenance[digest])[:12] in said
    assert "2021 80,411" in said  # as recorded
    assert said.index("unexplained") < said.index("2031")


def test_a_run_without_draws_says_that_it_has_no_interval():
    run = up.simulate("base", draws=0)
    said = text(run)
    assert "one run of central values, no interval" in said
    assert f"2031 – {float(f'{run.deaths[2031].median:.3g}'):,.0f} " in said
    assert " to " not in said[said.index("modelled") : said.index("most")]


def test_a_run_that_kept_no_deaths_says_what_it_kept():
    run = up.simulate("base", draws=2, outputs="people.heads.oud")
    assert "1 outputs by quarter" in text(run)
    assert "<table" not in run._repr_html_()


def test_a_comparison_has_a_row_for_each_scenario_with_what_it_averts(both):
    said = text(both)
    deaths, averted = both.deaths(both.runs[1]), both.averted(both.runs[1])
    assert f"{rounded(deaths)} {rounded(averted)}" in said
    assert "[people], median (95 % interval) of 100 draws, world whole" in said
    assert both._repr_html_().count("<tr>") == 3


def test_titles_are_text(both):
    for thing in (both, both.runs[1], both.runs[1].deaths):
        found = thing._repr_html_()
        assert "<b>" not in found
        assert "<script" not in found
        assert "Half the &lt;b&gt;relapses" in found


def test_a_summary_has_a_row_a_year_and_its_unit(both):
    level = both.runs[0].level("people.heads.oud")
    said = text(level)
    assert f"[people], median and 95 % interval of {len(level.draws)} draws" in said
    assert level._repr_html_().count("<tr>") == 1 + 34
    assert "34 of 133 instants, the starts of years" in said


def test_a_lever_says_what_is_known_and_who_could_be_harmed():
    for name, lever in up.levers().items():
        said = text(lever)
        assert f"({name})" in said
        assert f"evidence {lever.evidence.grade}:" in said
        assert "may harm" in said
        assert "leaves out" in said
    assert "some +20 % a fifth more" in text(up.levers()["naloxone_kits"])


def test_a_record_has_its_newest_values_with_unit_source_and_status():
    record = up.evidence("deaths_any_opioid")
    said = text(record)
    assert "deaths_any_opioid, US [people/year]" in said
    assert "2021 80,411 secondary nida_2021, final" in said
    assert record._repr_html_().count("<tr>") == 1 + NEWEST
    disorder = up.place("OH").disorder
    value, low, high = (getattr(disorder, name)[-1] for name in ("values", "low", "high"))
    assert np.isfinite(low)
    assert f"{value:,.10g} ({low:,.10g} to {high:,.10g})" in text(disorder)


def test_a_place_says_what_is_withheld_and_whose_a_figure_is():
    said = text(up.place("VT"))
    assert "Vermont (VT)" in said
    assert "withheld" in said
    assert "good samaritan law" in said


def test_a_listing_has_a_row_each():
    levers = up.levers()
    assert levers._repr_html_().count("<tr>") == 1 + len(levers)


def test_a_run_of_a_place_says_the_place():
    run = up.simulate("base", place="OH", draws=20)
    said = text(run)
    assert "in Ohio" in said
    assert "recorded modelled" not in said
    assert "20 draws are few" in said


def test_a_figure_shows_in_a_notebook_by_itself(both):
    for thing in (both.runs[0], both):
        picture = thing.plot()._repr_png_()
        assert picture.startswith(b"\x89PNG")
        assert picture == thing.plot()._repr_png_()


def test_a_comparison_without_draws_has_no_interval():
    found = up.compare("base", "naloxone_doubled", draws=0)
    said = text(found)
    assert "one run of central values, no interval, world whole" in said
    assert "draw by draw" not in said
    assert " to " not in said[said.index("averted") : said.index("One draw of the fit")]
