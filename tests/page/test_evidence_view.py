"""The view of the evidence: all records of all places, all effects, acts and gaps, as they ship."""

import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hand import flat, opened, saved, settle
from playwright.sync_api import Page
from test_accessibility import WIDE, both_themes, complaints

from upriver.evidence.effects import effects
from upriver.evidence.events import all_events
from upriver.evidence.figures import all_records, all_series
from upriver.evidence.missing import missing
from upriver.evidence.record import Record
from upriver.evidence.rows import parse_records
from upriver.evidence.series import all_words
from upriver.page.payload_evidence import is_on_page
from upriver.report import wording

HEAD = "view=evidence"
RECORDS = {key: one for key, one in all_records().items() if is_on_page(*key)}
ON_PAGE = [name for name in all_words() if name in {series for series, _ in RECORDS}]
SEVERAL = sorted(n for n in ON_PAGE if sum(name == n for name, _ in RECORDS) > 1)


def card(page: Page, name: str) -> Any:
    """The card of a series, opened."""
    found = page.locator(f"[data-series='{name}']")
    if found.get_attribute("open") is None:
        found.locator("summary").first.click()
        settle(page)
    return found


def part(page: Page, name: str) -> None:
    """Open a part of the view."""
    page.get_by_role("radio", name=name).check(force=True)


def rows(text: str) -> list[dict[str, str]]:
    """Rows of a saved table."""
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def same(one: Record, other: Record) -> None:
    """Two records are the same, value by value."""
    assert (one.labels, one.unit, one.calendar) == (other.labels, other.unit, other.calendar)
    for column in ("values", "low", "high", "starts", "ends"):
        assert np.array_equal(getattr(one, column), getattr(other, column), equal_nan=True)
    for column in ("sources", "vintages", "statuses", "notes"):
        assert getattr(one, column) == getattr(other, column)


def test_every_record_of_every_place_comes_out_of_the_page_as_it_went_in(
    browser, file, tmp_path: Path
):
    seen = set()
    with opened(browser, file, HEAD) as page:
        for name in SEVERAL:
            button = card(page, name).get_by_role("button", name="Save the numbers of all")
            text = saved(page, button, tmp_path).read_text()
            page.locator(f"[data-series='{name}'] > summary").click()
            for key, one in parse_records(text.splitlines(), f"{name}.csv").items():
                same(one, all_records()[key])
                seen.add(key)
    assert seen == {key for key in RECORDS if key[0] in SEVERAL}
    assert len(RECORDS) < len(all_records())


@pytest.mark.parametrize(
    "part",
    [
        slice(0, None, 4),
        *(pytest.param(slice(k, None, 4), marks=pytest.mark.slow) for k in (1, 2, 3)),
    ],
    ids=["a quarter", "the next", "the third", "the last"],
)
def test_every_series_draws_its_values_where_they_belong(part, browser, file, tmp_path: Path):
    names = ON_PAGE[part]
    with opened(browser, file, HEAD) as page:
        for name in names:
            found = card(page, name)
            button = found.get_by_role("button", name="Save the numbers as CSV", exact=False)
            text = saved(page, button.first, tmp_path).read_text()
            told = found.locator("figure desc").first.text_content() or ""
            found.locator("summary").first.click()
            record, beside = all_series()[name], all_words()[name].beside
            same(parse_records(text.splitlines(), name)[name, record.place], record)
            at = record.middles
            if record.calendar == "year" and beside and beside.kind != "sums":
                at = record.starts
            known = np.isfinite(record.values) & (np.array(record.statuses) != "projected")
            ends = re.search(r"recorded \(recorded\): \S+ in (\S+), \S+ in (\S+)\.", told)
            assert ends is not None, name
            assert ends.groups() == (wording.year(min(at[known])), wording.year(max(at[known])))


def test_a_state_can_be_drawn_and_has_no_counterpart_in_the_model(browser, file):
    with opened(browser, file, HEAD) as page:
        found = card(page, "deaths_synthetic_12m")
        assert found.locator("path.line.c1").count() == 1
        found.get_by_label("Place", exact=True).select_option("OH")
        settle(page)
        found.locator("figure[id='fig-record-deaths-synthetic-12m-oh']").wait_for()
        text = flat(found.inner_text())
        assert "of the country as a whole, and has no counterpart of this place." in text
        assert "Place Ohio" in text
        assert found.locator("figure path.line").count() == 0


def test_what_is_of_another_place_says_so(browser, file):
    with opened(browser, file, HEAD) as page:
        for name, words in (("china_cases", "China"), ("death_rate_opioids", "Canada")):
            assert words in page.locator(f"[data-series='{name}'] summary").first.inner_text()


def test_every_effect_is_told_with_interval_grade_and_design(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        part(page, "Effects")
        lines = [flat(text) for text in page.locator(".effects tbody tr").all_inner_texts()]
        table = rows(saved(page, page.locator("main > .actions button"), tmp_path).read_text())
    assert len(lines) == len(table) == len(effects())
    for line, row, one in zip(lines, table, effects().values(), strict=True):
        for words in (one.measure, one.outcome, one.design, one.population, one.note or ""):
            assert flat(words) in line
        assert (row["name"], row["grade"]) == (one.name, one.grade)
        for column in ("value", "low", "high"):
            value = getattr(one, column)
            assert row[column] == "" if value is None else float(row[column]) == value
        assert one.value is not None or "no estimate" in line


def test_every_act_and_every_gap_is_told(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        part(page, "Acts")
        assert page.locator(".acts-year li").count() == len(all_events())
        table = rows(saved(page, page.locator("main > .actions button"), tmp_path).read_text())
        found = [tuple(row.values()) for row in table]
        assert found == [(e.date, e.place, e.kind, e.what, e.source) for e in all_events()]
        part(page, "What we could not find")
        text = flat(page.locator(".gaps").inner_text())
        for one in missing().values():
            assert flat(one.why) in text
            assert flat(one.where) in text


def test_a_word_is_looked_for_in_all_parts(browser, file):
    with opened(browser, file, HEAD) as page:
        page.get_by_label("Search").fill("naltrexone")
        counts = page.locator(".choices .count").all_inner_texts()
        assert all(int(count) > 0 for count in (counts[0], counts[1]))
        part(page, "Effects")
        assert page.locator(".effects tbody tr").count() == int(counts[1])
        page.get_by_label("Search").fill("<b>wall</b>")
        assert page.locator(".choices .count").all_inner_texts() == ["0"] * 4
        assert page.locator("main b", has_text="wall").count() == 0


@both_themes
def test_axe_finds_nothing_serious_in_any_part(dark, browser, file):
    with opened(browser, file, HEAD, width=390, dark=dark) as page:
        for name in ("Effects", "Acts", "What we could not find"):
            part(page, name)
            settle(page)
            assert complaints(page) == [], name
            assert page.evaluate(WIDE) == [], name
        part(page, "Series")
        card(page, "nflis_share_all")
        assert complaints(page) == []
        assert page.evaluate(WIDE) == []


@pytest.mark.parametrize(
    ("world", "told"), [("base", "supply.fentanyl_share"), ("optimistic", "people.market.")]
)
def test_what_supply_makes_stands_beside_its_record_and_not_what_is_given(
    world, told, browser, file, data
):
    link = f"v={data['version']}&d={data['digest']}&s=2&w={world}&{HEAD}"
    with opened(browser, file, link) as page:
        text = flat(card(page, "nflis_share_opioid").inner_text())
        assert told in text
        assert ("it is given the record" in text) == (world == "optimistic")
