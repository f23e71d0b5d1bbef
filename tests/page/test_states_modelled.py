"""The modelled world beside the record: what is told of a state is what its run gives."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from hand import flat, opened, push, saved, settle, view
from test_accessibility import WIDE, complaints

from browser import PAIRS, until
from upriver.evidence.places import STATES
from upriver.experiments.placed import DEATHS, SYNTHETIC, simulate_place
from upriver.experiments.summary import interval
from upriver.places.asked import place as place_of
from upriver.places.shares import residents_at
from upriver.report.told.states import BASE, FROM, LAST_YEAR, digest
from upriver.report.told.store import told
from upriver.report.wording import number

HEAD = "view=states"
PLACE = "OH"
TOLD = told("states")
READ = "document.querySelector('#states-model-title')"


@pytest.fixture(scope="module")
def runs():
    """Ohio as today, and with twice the naloxone."""
    return [simulate_place(PLACE, name).run for name in (BASE, "naloxone_doubled")]


def rates(counts: np.ndarray, year: int) -> np.ndarray:
    """Per 100,000 residents in the middle of a year."""
    people = residents_at(place_of(PLACE).population, np.array([year + 0.5]))[0]
    return 1e5 * counts / people


def choose(page, place: str) -> None:
    """Enlarge a state."""
    page.locator(f".tiles [data-place='{place}']").click()
    until(page, f"{READ}?.textContent.endsWith({STATES[place]!r})")


def test_what_is_told_of_states_is_of_the_draws_that_ship():
    assert TOLD["digest"] == digest(), "stale: python tools/told.py states"
    assert set(TOLD["places"]) == {"US", *STATES}


def test_what_is_told_of_a_state_is_what_its_run_gives(runs):
    found = TOLD["places"][PLACE]
    base, more = runs
    for name, flow in (("synthetic", SYNTHETIC), ("any_opioid", DEATHS)):
        given = base.sums(flow)
        for row, expected in zip(found[name], (given.low, given.median, given.high), strict=True):
            assert row == pytest.approx(expected.tolist(), rel=1e-4)
    span = (np.array([FROM]), np.array([float(LAST_YEAR)]))
    as_today, with_more = (run.periods(DEATHS, *span)[:, 0] for run in (base, more))
    said = found["averted"]["naloxone_doubled"]
    assert said["deaths"] == pytest.approx(list(interval(as_today - with_more)), rel=1e-4)
    percent = interval(100 * (1 - with_more / as_today))
    assert said["percent"] == pytest.approx(list(percent), rel=1e-4)


def test_ranks_put_all_states_in_order_and_hold_their_median():
    for name in ("synthetic", "any_opioid"):
        for year in map(str, TOLD["ranked"]):
            ranks = [TOLD["places"][code]["ranks"][name][year] for code in STATES]
            assert all(1 <= low <= median <= high <= len(ranks) for median, low, high in ranks)
            middle = np.mean([median for median, _, _ in ranks])
            assert middle == pytest.approx((len(ranks) + 1) / 2, abs=0.5)


def test_the_page_shows_a_state_beside_its_record(browser, file, runs):
    synthetic = runs[0].sums(SYNTHETIC)
    with opened(browser, file, HEAD) as page:
        choose(page, PLACE)
        text = flat(page.locator(".states-model").inner_text())
        points = page.locator(".states-model svg.drawing path.points").count()
    expected = []
    for year in TOLD["ranked"]:
        median, low, high = rates(np.array(synthetic.at(year)), year)
        expected.append(f"{number(median, 1)} ({number(low, 1)} to {number(high, 1)})")
    assert f"recorded, {expected[0]} modelled. If all stays as today, {expected[1]} in 2031" in text
    assert "This does not follow the levers of this page." in text
    assert f"{TOLD['draws']} draws" in text
    assert TOLD["made"] in text
    assert "upriver page --place OH" in text
    assert points >= 1


def test_counts_and_other_deaths_are_shown_too(browser, file, runs):
    with opened(browser, file, HEAD) as page:
        choose(page, PLACE)
        page.get_by_role("radio", name="as counted").check(force=True)
        page.get_by_role("radio", name="with any opioid").check(force=True)
        text = flat(page.locator(".states-model").inner_text())
    (modelled,) = re.findall(r"recorded, ([\d,]+) \(", text)
    assert float(modelled.replace(",", "")) == pytest.approx(
        runs[0].sums(DEATHS).at(2024)[0], rel=6e-3
    )
    assert "2,276 recorded" in text
    assert "Twice the naloxone" in text


def test_it_does_not_follow_a_lever(browser, file):
    with opened(browser, file, "view=levers") as page:
        view(page, "States")
        choose(page, PLACE)
        before = flat(page.locator(".states-model").inner_text())
        view(page, "Levers")
        push(page, "naloxone_kits", 1.0)
        settle(page)
        view(page, "States")
        until(page, READ)
        assert flat(page.locator(".states-model").inner_text()) == before


def test_the_country_has_no_rank_and_a_city_no_model(browser, file):
    with opened(browser, file, HEAD) as page:
        until(page, READ)
        text = flat(page.locator(".states-model").inner_text())
        assert "The model beside the record: United States" in text
        assert "1 is the most" not in text
        page.locator(".state-card[data-place='YC']").click()
        until(page, f"{READ}.textContent.includes('New York City')")
        assert "no counterpart of New York City" in flat(page.locator(".states-model").inner_text())


def test_the_order_of_all_and_its_csv(browser, file, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        until(page, READ)
        page.get_by_text("All states in order, as modelled").click()
        rows = page.locator(".states-model tbody th").all_inner_texts()
        button = page.get_by_label("Save what is modelled of every state")
        lines = saved(page, button, tmp_path).read_text().splitlines()
    names = [row for row in rows if row in STATES.values()]
    assert sorted(names) == sorted(STATES.values())
    found = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {row["place"] for row in found} == {"US", *STATES}
    year = str(TOLD["ranked"][0])
    of_year = [r for r in found if (r["year"], r["quantity"]) == (year, "synthetic")]
    by_rate = sorted(
        (row for row in of_year if row["place"] != "US"), key=lambda r: -float(r["rate_median"])
    )
    assert [row["name"] for row in by_rate][:5] == names[:5]
    for row in of_year:
        low, median, high = (
            one[int(year) - 1999] for one in TOLD["places"][row["place"]]["synthetic"]
        )
        for cell, value in (("low", low), ("median", median), ("high", high)):
            assert float(row[cell]) == pytest.approx(value, rel=2e-3, abs=2e-3)


@pytest.mark.parametrize(("width", "dark"), PAIRS)
def test_nothing_of_it_is_wider_than_the_window_or_wrong_for_a_reader(width, dark, browser, file):
    with opened(browser, file, HEAD, width=width, dark=dark) as page:
        choose(page, PLACE)
        page.get_by_text("All states in order, as modelled").click()
        assert not page.evaluate(WIDE)
        assert not complaints(page)
