"""The view of the states: all that it counts, colours, sorts and reads out is the record's."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hand import flat, opened, saved, settle
from playwright.sync_api import Page
from test_accessibility import WIDE, complaints

from browser import PAIRS, until
from upriver.evidence.figures import all_records
from upriver.evidence.places import MONTHS, STATES
from upriver.evidence.record import Record
from upriver.evidence.rows import parse_records
from upriver.report.wording import number

SERIES = "deaths_synthetic_12m"
RECORDS = {place: one for (name, place), one in all_records().items() if name == SERIES}
KNOWN = {place: one for place, one in RECORDS.items() if np.isfinite(one.values).any()}
HEAD = "view=states"


def month(label: str) -> str:
    """`April 2021`."""
    year, number_ = label.split("-")
    return f"{MONTHS[int(number_) - 1]} {year}"


def peak(record: Record) -> tuple[str, float]:
    """The month of the highest reported value, and the value."""
    at = int(np.nanargmax(record.values))
    return record.labels[at], float(record.values[at])


def newest(record: Record) -> tuple[str, float]:
    """The newest month with a value, and the value."""
    at = int(np.flatnonzero(np.isfinite(record.values))[-1])
    return record.labels[at], float(record.values[at])


def fall(record: Record) -> float:
    """From the peak to the newest value, in percent."""
    return 100 * (1 - newest(record)[1] / peak(record)[1])


def tile(page: Page, place: str):
    """A tile of the map."""
    return page.locator(f".tiles [data-place='{place}']")


def test_the_summary_is_counted_from_the_record(browser, file):
    states = {place: one for place, one in KNOWN.items() if place in STATES}
    early = [place for place, one in states.items() if peak(one)[0] <= "2022-12"]
    assert (len(early), len(states)) == (18, 49)
    with opened(browser, file, HEAD) as page:
        text = flat(page.locator(".states").inner_text())
    assert (
        "18 of the 48 states and DC peaked by December 2022, first Ohio and West Virginia in"
        in text
    )
    assert "West Virginia in April 2021" in text
    assert "77,695 deaths in the 12 months to June 2023" in text
    assert "36,825" in text
    assert "Louisiana and Pennsylvania: no data" in text


def test_there_is_a_tile_for_every_state_and_dc_and_none_lies_on_another(browser, file):
    with opened(browser, file, HEAD) as page:
        found = page.locator(".tiles [data-place]").evaluate_all(
            "all => all.map(one => [one.dataset.place, one.getAttribute('transform')])"
        )
    assert sorted(place for place, _ in found) == sorted(STATES)
    assert len({at for _, at in found}) == len(STATES)


def test_each_tile_reads_out_peak_newest_and_fall(browser, file):
    with opened(browser, file, HEAD) as page:
        for place, record in RECORDS.items():
            if place not in STATES:
                continue
            said = tile(page, place).get_attribute("aria-label") or ""
            if place not in KNOWN:
                assert said.endswith("no data, not in the file.")
                continue
            (label, most), (last, now) = peak(record), newest(record)
            assert f"to {month(label)}, with {number(most, 0)} deaths" in said, place
            assert f"{number(now, 0)} in those to {month(last)}" in said, place
            assert f"{number(fall(record), 1)} % fewer" in said, place


def test_pointing_and_focus_read_the_same_sentence_below_the_map(browser, file):
    with opened(browser, file, HEAD) as page:
        for place, act in (("AZ", tile(page, "AZ").focus), ("OH", tile(page, "OH").hover)):
            act()
            said = page.locator(".states-reading", has_text=f"{STATES[place]}: highest in")
            said.wait_for()
            assert flat(said.inner_text()) == tile(page, place).get_attribute("aria-label")


@pytest.mark.parametrize("by", ["Month of the peak", "Fall since the peak"])
def test_colour_goes_with_what_it_stands_for(by, browser, file):
    with opened(browser, file, HEAD) as page:
        page.get_by_role("radio", name=by).check(force=True)
        found = page.locator(".tiles [data-place]").evaluate_all(
            "all => all.map(one => [one.dataset.place,"
            " one.getAttribute('class').match(/k(\\w+)/)[1],"
            " one.querySelector('.when').textContent])"
        )
    classes = {place: int(k) for place, k, _ in found if place in KNOWN}
    of = (lambda r: peak(r)[0]) if by.startswith("Month") else fall
    order = sorted(classes, key=lambda place: of(KNOWN[place]))
    assert [classes[place] for place in order] == sorted(classes.values())
    assert len(set(classes.values())) >= 6
    for place, k, text in found:
        if place not in KNOWN:
            assert (k, text) == ("none", "no data")
        elif by.startswith("Month"):
            first, year = month(peak(KNOWN[place])[0]).split()
            assert text == f"{first[:3]} {year}"
        else:
            assert text == f"{number(-fall(KNOWN[place]), 1)} %"


def test_every_text_on_a_tile_can_be_read_on_its_ground(browser, file):
    light = """rgb => {
      const [r, g, b] = rgb.match(/[\\d.]+/g).map(Number).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    }"""
    for dark in (False, True):
        with opened(browser, file, HEAD, dark=dark) as page:
            least = page.evaluate(
                f"""() => Math.min(...[...document.querySelectorAll('.tiles [data-place]')].map(
                  one => {{
                  const light = {light};
                  const [a, b] = [light(getComputedStyle(one.querySelector('rect')).fill),
                    light(getComputedStyle(one.querySelector('text')).fill)].sort((x, y) => x - y);
                  return (b + 0.05) / (a + 0.05);
                }}))"""
            )
            assert least >= 4.5


@pytest.mark.parametrize("order", ["peak", "fall", "name"])
def test_cards_stand_in_the_order_that_is_chosen(order, browser, file):
    with opened(browser, file, HEAD) as page:
        page.get_by_label("In order of").select_option(order)
        found = page.locator(".state-card").evaluate_all("all => all.map(one => one.dataset.place)")
        names = page.locator(".state-card b:first-child").first.inner_text()
    assert sorted(found) == sorted(set(RECORDS) - {"US"})
    known = [place for place in found if place in KNOWN]
    if order == "name":
        assert names == "Alabama"
        return
    assert set(found[len(known) :]) == {"LA", "PA"}
    values = [peak(KNOWN[p])[0] if order == "peak" else -fall(KNOWN[p]) for p in known]
    assert values == sorted(values)


def test_the_table_and_its_csv_tell_every_place(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        page.get_by_text("The numbers as a table").last.click()
        rows = page.locator(".states-table tbody tr").all_inner_texts()
        assert len(rows) == len(RECORDS)
        assert "United States" in rows[0]
        lines = saved(page, page.get_by_label("Save peak and fall"), tmp_path).read_text()
    table = csv.DictReader(line for line in lines.splitlines() if not line.startswith("#"))
    found = {row["place"]: row for row in table}
    assert set(found) == set(RECORDS)
    for place, row in found.items():
        missing = int(np.isnan(RECORDS[place].values).sum())
        assert int(row["months_without_a_value"]) == missing
        if place not in KNOWN:
            assert row["peak"] == row["fall_percent"] == ""
            continue
        record = KNOWN[place]
        assert (row["peak"], float(row["deaths_at_peak"])) == peak(record)
        assert (row["newest"], float(row["deaths_newest"])) == newest(record)
        assert float(row["fall_percent"]) == pytest.approx(fall(record), abs=1e-9)


def test_every_month_of_every_place_comes_out_as_it_is_recorded(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        text = saved(page, page.get_by_label("Save every month"), tmp_path).read_text()
    found = parse_records(text.splitlines(), "saved.csv")
    assert {place for _, place in found} == set(RECORDS)
    for (_, place), one in found.items():
        assert one.labels == RECORDS[place].labels
        assert np.array_equal(one.values, RECORDS[place].values, equal_nan=True)
        assert (one.statuses, one.notes) == (RECORDS[place].statuses, RECORDS[place].notes)


def test_a_click_enlarges_a_state_beside_the_country_and_back(browser, file):
    with opened(browser, file, HEAD) as page:
        detail = page.locator(".states-detail")
        assert "United States: deaths with synthetic opioids" in detail.inner_text()
        tile(page, "OH").click()
        until(page, "document.querySelector('.states-detail h3').textContent.startsWith('Ohio')")
        text = flat(detail.inner_text())
        assert "100 is 4,420 deaths in the 12 months to April 2021 in Ohio" in text
        assert "77,695 deaths in the 12 months to June 2023 in the country" in text
        assert detail.locator("svg.drawing path.points").count() >= 2
        detail.get_by_role("radio", name="in deaths").check(force=True)
        assert "Ohio: deaths with synthetic opioids" in detail.inner_text()
        tile(page, "PA").click()
        assert "No data: not in the file." in detail.inner_text()
        page.get_by_role("button", name="Back to the country").click()
        assert "United States" in detail.inner_text()


def test_the_map_is_walked_by_arrows_and_chosen_by_enter(browser, file):
    with opened(browser, file, HEAD) as page:
        tile(page, "OH").focus()
        for key, place in (
            ("ArrowRight", "PA"),
            ("ArrowDown", "VA"),
            ("ArrowLeft", "WV"),
            ("ArrowUp", "OH"),
            ("Home", "AK"),
            ("ArrowDown", "WA"),
            ("ArrowDown", "OR"),
        ):
            page.keyboard.press(key)
            here = page.evaluate("document.activeElement.dataset.place")
            assert here == place, key
        page.keyboard.press("Enter")
        assert tile(page, "OR").get_attribute("aria-selected") == "true"
        assert tile(page, "OR").get_attribute("tabindex") == "0"
        assert page.locator(".tiles [tabindex='0']").count() == 1


def test_the_map_is_saved_with_its_title_sources_and_date(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        settle(page)
        button = page.get_by_role("button", name="Save as SVG: Month of the peak")
        text = saved(page, button, tmp_path).read_text()
    for words in ("Month of the peak of deaths", "Apr 2021", "Data to: January 2026", ">OH<"):
        assert words in text
    assert "var(--" not in text


@pytest.mark.parametrize(("width", "dark"), PAIRS)
def test_axe_finds_nothing_serious_with_a_state_enlarged(width, dark, browser, file):
    with opened(browser, file, HEAD, width=width, dark=dark) as page:
        page.get_by_role("radio", name="Fall since the peak").check(force=True)
        tile(page, "OH").click()
        page.get_by_text("The numbers as a table").last.click()
        settle(page)
        assert complaints(page) == []
        assert page.evaluate(WIDE) == []
