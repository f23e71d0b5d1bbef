"""The view of the states: all that it counts, colours, sorts and reads out is the record's."""

import csv
from dataclasses import replace
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
PEOPLE = {place: one for (name, place), one in all_records().items() if name == "residents"}
WHOLE = {
    **RECORDS,
    "NY": replace(RECORDS["NY"], values=RECORDS["NY"].values + RECORDS["YC"].values),
}
"""As the view counts: New York is the whole state."""

HEAD = "view=states"
COUNTED, RATES = "as counted", "per 100,000 people"


def month(label: str) -> str:
    """`April 2021`."""
    year, number_ = label.split("-")
    return f"{MONTHS[int(number_) - 1]} {year}"


def rated(place: str) -> Record:
    """Deaths of a place per 100,000 residents in the middle of their 12 months."""
    record, people = WHOLE[place], PEOPLE[place]
    residents = np.interp(record.ends - 0.5, people.starts + 0.5, people.values)
    return replace(record, values=1e5 * record.values / residents)


def peak(place: str) -> int:
    """Where the highest count stands."""
    return int(np.nanargmax(WHOLE[place].values))


def newest(record: Record) -> int:
    """Where the newest value stands."""
    return int(np.flatnonzero(np.isfinite(record.values))[-1])


def fall(place: str, record: Record) -> float:
    """From the peak to the newest value, in percent."""
    return float(100 * (1 - record.values[newest(record)] / record.values[peak(place)]))


def choose(page: Page, measure: str) -> None:
    """Show deaths in a measure."""
    page.get_by_role("radio", name=measure).check(force=True)


def tile(page: Page, place: str):
    """A tile of the map."""
    return page.locator(f".tiles [data-place='{place}']")


def test_the_summary_is_counted_from_the_record(browser, file):
    labels = {place: WHOLE[place].labels[peak(place)] for place in STATES}
    early = [place for place, label in labels.items() if label <= "2022-12"]
    assert (len(early), len(labels)) == (20, 51)
    now = {place: rated(place) for place in STATES if rated(place).values[-1] > 0}
    order = sorted(now, key=lambda place: now[place].values[-1])
    with opened(browser, file, HEAD) as page:
        text = flat(page.locator(".states").inner_text())
        choose(page, COUNTED)
        counted = flat(page.locator(".states").inner_text())
    assert "Of every 100,000 people, 10.8 died of an overdose with a synthetic opioid" in text
    most, fewest = (f"{STATES[p]} ({now[p].values[-1]:.1f})" for p in (order[-1], order[0]))
    assert f"to January 2026: most in {most}, fewest in {fewest}." in text
    assert "in the 12 months to June 2023, it was 23.2." in text
    assert (
        "20 of the 50 states and DC peaked by December 2022, first Ohio and West Virginia" in text
    )
    assert "of December 2024 in Louisiana and Pennsylvania" in text
    assert "36,825 people died of an overdose" in counted
    assert "in the 12 months to June 2023, it was 77,695." in counted


def test_there_is_a_tile_for_every_state_and_dc_and_none_lies_on_another(browser, file):
    with opened(browser, file, HEAD) as page:
        found = page.locator(".tiles [data-place]").evaluate_all(
            "all => all.map(one => [one.dataset.place, one.getAttribute('transform')])"
        )
    assert sorted(place for place, _ in found) == sorted(STATES)
    assert len({at for _, at in found}) == len(STATES)


@pytest.mark.parametrize("measure", [RATES, COUNTED])
def test_each_tile_reads_out_peak_newest_and_fall(measure, browser, file):
    with opened(browser, file, HEAD) as page:
        choose(page, measure)
        for place in STATES:
            said = tile(page, place).get_attribute("aria-label") or ""
            record = rated(place) if measure == RATES else WHOLE[place]
            unit = f"deaths {RATES}" if measure == RATES else "deaths"
            digits = 1 if measure == RATES else 0
            high, last = peak(place), newest(record)
            most, now = record.values[high], record.values[last]
            assert f"to {month(record.labels[high])}, {number(most, digits)} {unit};" in said, place
            assert f"{number(now, digits)} in those to {month(record.labels[last])}" in said, place
            assert f"{number(fall(place, record), 0)} % fewer" in said, place


def test_pointing_and_focus_read_the_same_sentence_below_the_map(browser, file):
    with opened(browser, file, HEAD) as page:
        for place, act in (("AZ", tile(page, "AZ").focus), ("OH", tile(page, "OH").hover)):
            act()
            said = page.locator(".states-reading", has_text=f"{STATES[place]}: most people")
            said.wait_for()
            assert flat(said.inner_text()) == tile(page, place).get_attribute("aria-label")


@pytest.mark.parametrize("by", ["Newest value", "Month of the peak", "Fall since the peak"])
@pytest.mark.parametrize("measure", [RATES, COUNTED])
def test_colour_goes_with_what_it_stands_for(by, measure, browser, file):
    with opened(browser, file, HEAD) as page:
        choose(page, measure)
        page.get_by_role("radio", name=by).check(force=True)
        found = page.locator(".tiles [data-place]").evaluate_all(
            "all => all.map(one => [one.dataset.place,"
            " one.getAttribute('class').match(/k(\\w+)/)[1],"
            " one.querySelector('.when').textContent])"
        )
    shown = {place: rated(place) if measure == RATES else WHOLE[place] for place in STATES}
    classes = {place: int(k) for place, k, _ in found}

    def of(place: str) -> float | str:
        record = shown[place]
        if by.startswith("Newest"):
            return float(record.values[newest(record)])
        return record.labels[peak(place)] if by.startswith("Month") else fall(place, record)

    order = sorted(classes, key=of)
    assert [classes[place] for place in order] == sorted(classes.values())
    assert len(set(classes.values())) >= 6
    for place, _, text in found:
        if by.startswith("Newest"):
            assert text == number(of(place), 1 if measure == RATES else 0)
        elif by.startswith("Month"):
            first, year = month(of(place)).split()
            assert text == f"{first[:3]} {year}"
        else:
            assert text == f"{number(-of(place), 0)} %"


def test_rates_stand_on_one_scale_and_counts_each_on_their_own(browser, file):
    top = "all => all.map(one => Number(one.getAttribute('cy'))).sort((a, b) => a - b)"
    with opened(browser, file, HEAD) as page:
        rates = page.locator(".state-card .summit").evaluate_all(top)
        choose(page, COUNTED)
        counts = page.locator(".state-card .summit").evaluate_all(top)
    assert rates[0] < 0.2 * rates[-1]
    assert len(rates) == len(STATES)
    assert (len(counts), len(set(counts))) == (len(STATES) + 2, 1)


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


@pytest.mark.parametrize("order", ["now", "peak", "fall", "name"])
def test_cards_stand_in_the_order_that_is_chosen(order, browser, file):
    with opened(browser, file, HEAD) as page:
        page.get_by_label("In order of").select_option(order)
        found = page.locator(".state-card").evaluate_all("all => all.map(one => one.dataset.place)")
        names = page.locator(".state-card b:first-child").first.inner_text()
    assert sorted(found) == sorted(set(RECORDS) - {"US"})
    if order == "name":
        assert names == "Alabama"
        return
    known = [place for place in found if place in STATES]
    assert set(found[len(known) :]) == {"YC", "PR"}
    shown = {place: rated(place) for place in known}
    values = {
        "now": [-one.values[newest(one)] for one in shown.values()],
        "peak": [one.labels[peak(place)] for place, one in shown.items()],
        "fall": [-fall(place, one) for place, one in shown.items()],
    }[order]
    assert values == sorted(values)


def test_the_table_and_its_csv_tell_every_place(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        page.locator(".states-table summary").click()
        rows = page.locator(".states-table tbody tr").all_inner_texts()
        assert len(rows) == len(RECORDS)
        assert "United States" in rows[0]
        lines = saved(page, page.get_by_label("Save peak and fall"), tmp_path).read_text()
    table = csv.DictReader(line for line in lines.splitlines() if not line.startswith("#"))
    found = {row["place"]: row for row in table}
    assert set(found) == set(RECORDS)
    for place, row in found.items():
        record = WHOLE[place]
        high, last = peak(place), newest(record)
        assert int(row["months_without_a_value"]) == int(np.isnan(record.values).sum())
        assert (row["peak"], row["newest"]) == (record.labels[high], record.labels[last])
        assert float(row["deaths_at_peak"]) == record.values[high]
        assert float(row["deaths_newest"]) == record.values[last]
        assert float(row["fall_percent"]) == pytest.approx(fall(place, record), abs=1e-9)
        if place not in PEOPLE:
            assert row["rate_at_peak"] == row["rate_newest"] == ""
            continue
        rates = rated(place)
        assert float(row["rate_at_peak"]) == pytest.approx(rates.values[high], rel=1e-9)
        assert float(row["rate_newest"]) == pytest.approx(rates.values[last], rel=1e-9)
        assert "census_states" in row["source"]


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
        assert "United States: deaths per 100,000 people" in detail.inner_text()
        tile(page, "PA").click()
        until(page, "document.querySelector('.states-detail h3').textContent.startsWith('Penn')")
        assert "Pennsylvania, beside the country: deaths per 100,000 people" in detail.inner_text()
        assert detail.locator("svg.drawing path.points").count() >= 2
        tile(page, "OH").click()
        choose(page, COUNTED)
        until(page, "document.querySelector('.states-detail h3').textContent.startsWith('Ohio')")
        text = flat(detail.inner_text())
        assert "100 is 4,420 deaths in the 12 months to April 2021 in Ohio" in text
        assert "77,695 deaths in the 12 months to June 2023 in the country" in text
        detail.get_by_role("radio", name="in deaths").check(force=True)
        assert "Ohio: deaths with synthetic opioids" in detail.inner_text()
        page.get_by_role("button", name="Back to the country").click()
        assert "United States" in detail.inner_text()


def test_a_place_whose_residents_are_not_held_says_so(browser, file):
    with opened(browser, file, HEAD) as page:
        page.locator(".state-card[data-place='YC']").click()
        said = "No data: its residents are not in the record."
        assert said in page.locator(".states-detail").inner_text()
        choose(page, COUNTED)
        assert "New York City" in page.locator(".states-detail h3").inner_text()


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
        button = page.get_by_role("button", name="Save as SVG: Newest value")
        text = saved(page, button, tmp_path).read_text()
    for words in ("Newest value of deaths", "per 100,000", "Data to: January 2026", ">OH<"):
        assert words in text
    assert "var(--" not in text


@pytest.mark.parametrize(("width", "dark"), PAIRS)
def test_axe_finds_nothing_serious_with_a_state_enlarged(width, dark, browser, file):
    with opened(browser, file, HEAD, width=width, dark=dark) as page:
        page.get_by_role("radio", name="Fall since the peak").check(force=True)
        tile(page, "OH").click()
        page.locator(".states-table summary").click()
        settle(page)
        assert complaints(page) == []
        assert page.evaluate(WIDE) == []
