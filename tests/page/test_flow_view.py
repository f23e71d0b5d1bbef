"""The flow view: its kilograms are those of Python, and of every place what comes in goes out."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hand import flat, opened, saved, settle

import upriver as up
import upriver.page
from upriver.core.table import Column as Doubles
from upriver.engine.run import load
from upriver.evidence.figures import all_records
from upriver.experiments.simulate import INTERVAL, Run
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.report import wording
from upriver.system.counters import counter

FILE = Path(upriver.page.__file__).parent / "flows.json"
POUND = 0.45359237
ROUTES = ("mail", "ports", "between", "coastal")
LEVER = "naloxone_kits:0.9:2026:1"


BANDS = json.loads(FILE.read_bytes())["bands"]
FLOWS = sorted({flow for band in BANDS for flow in band["flows"] + band.get("less", [])})
STOCKS = ("supply.precursor_stock", "supply.inventory")
KEPT = (*map(counter, FLOWS), counter("supply.seizures.gross_total"), *STOCKS)


def band_of(run: Run, band: dict[str, Any], year: float) -> Doubles:
    """Kilograms of a band in the year that begins at `year`, by draw."""

    def summed(names: list[str]) -> Doubles:
        return sum(
            (run.periods(name, np.array([year]), np.array([year + 1]))[:, 0] for name in names),
            np.zeros(run.draws),
        )

    return summed(band["flows"]) - summed(band.get("less", []))


def kg(values: Doubles) -> tuple[str, str]:
    """Median and interval of kilograms by draw, to what the draws can say, as the page has them."""
    low, median, high = map(float, np.quantile(values, INTERVAL))
    middle, *ends = wording.known(median, low, high, len(values), 1)
    nothing = max(abs(low), abs(high)) < 0.05
    return "0" if abs(median) < 0.05 else middle, "0" if nothing else " to ".join(ends)


@pytest.fixture(scope="module")
def run() -> Run:
    """The base of the whole system, with what the view shows."""
    return up.simulate("base", world="whole", draws=DEFAULT_DRAWS, outputs=KEPT)


def set_year(page: Any, year: int) -> None:
    """Move the year of the view."""
    page.locator(".flows-year input").evaluate(
        """(one, year) => {
          one.value = year;
          one.dispatchEvent(new Event('input', { bubbles: true }));
        }""",
        year,
    )
    settle(page)


def shown(page: Any) -> dict[str, tuple[str, str]]:
    """Median and interval of each band, as the table has them."""
    details = page.locator(".flows-table").first
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    rows = page.locator("[data-band]").evaluate_all(
        "rows => rows.map(row => [row.dataset.band, ...[...row.cells].map(c => c.textContent)])"
    )
    return {key: (median, ends) for key, _, median, ends in rows}


def expected(run: Run, year: int) -> dict[str, tuple[str, str]]:
    """The same from Python."""
    return {band["key"]: kg(band_of(run, band, year)) for band in BANDS}


def test_every_band_is_counted_by_the_engine_and_drawn_once():
    assert set(map(counter, FLOWS)) <= set(load().state)
    keys = [band["key"] for band in BANDS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("year", [1999, 2014, 2021, 2024, 2031])
def test_of_every_place_what_comes_in_goes_out(year, run):
    places = {band["from"] for band in BANDS} | {band["to"] for band in BANDS}
    checked = 0
    for place in places - {None, "china", "india", "other"}:
        into = [band for band in BANDS if band["to"] == place]
        out = [band for band in BANDS if band["from"] == place and not band.get("total")]
        if not out:
            out = [band for band in BANDS if band["from"] == place]
        came = sum(band_of(run, band, year) for band in into)
        went = sum(band_of(run, band, year) for band in out)
        np.testing.assert_allclose(came, went, rtol=1e-9, atol=1e-9, err_msg=place)
        checked += 1
    assert checked == 10


@pytest.mark.parametrize(
    ("key", "stock"), [("precursors_kept", STOCKS[0]), ("market_kept", STOCKS[1])]
)
def test_what_is_kept_is_the_change_of_the_stock_in_the_engine(key, stock, run):
    (band,) = (one for one in BANDS if one["key"] == key)
    level = run.level(stock).draws
    change = level[:, 4 * (2022 - 1999)] - level[:, 4 * (2021 - 1999)]
    assert np.median(np.abs(change)) > 1
    np.testing.assert_allclose(band_of(run, band, 2021), change, rtol=1e-8)


def test_kilograms_of_a_year_are_those_of_python(browser, file, run, tmp_path):
    with opened(browser, file, "view=flow") as page:
        for year in (2021, 2014, 2031):
            set_year(page, year)
            assert shown(page) == expected(run, year), year
        button = page.get_by_role("button", name="Save the numbers as CSV: kilograms of fentanyl")
        text = saved(page, button, tmp_path).read_text()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert len(rows) == len(BANDS)
    for row, band in zip(rows, BANDS, strict=True):
        values = np.quantile(band_of(run, band, 2031), INTERVAL)
        found = [float(row[name]) for name in ("low", "value", "high")]
        np.testing.assert_allclose(found, values, rtol=1e-7, atol=1e-9)


def test_kilograms_follow_a_lever_as_python_does(browser, file, data, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "schema: 2\ntitle: mine\nchanges:\n"
        "  - {lever: naloxone_kits, by: 0.9, from: 2026, over: 1}\n"
    )
    moved = up.simulate(str(mine), world="whole", draws=DEFAULT_DRAWS, outputs=KEPT)
    base = up.simulate("base", world="whole", draws=DEFAULT_DRAWS, outputs=KEPT)
    link = f"v={data['version']}&d={data['digest']}&s=2&w=base&l={LEVER}&view=flow"
    with opened(browser, file, link) as page:
        set_year(page, 2031)
        assert shown(page) == expected(moved, 2031)
        assert expected(moved, 2031) != expected(base, 2031)


def test_the_numbers_in_the_drawing_are_those_of_the_table(browser, file):
    with opened(browser, file, "view=flow") as page:
        table = shown(page)
        texts = page.locator(".supply-drawing [data-key]").evaluate_all(
            "all => all.map(one => [one.dataset.key, "
            "one.querySelector('.flow-number').textContent, one.getAttribute('aria-label')])"
        )
    assert {key for key, _, _ in texts} == set(table)
    for key, number, said in texts:
        assert number == table[key][0]
        assert f"{number} kg a year" in said
        assert table[key][1] in said


def test_the_drawing_is_walked_with_arrow_keys(browser, file):
    with opened(browser, file, "view=flow") as page:
        page.locator(".supply-drawing [data-key][tabindex='0']").focus()
        detail = page.locator(".flows-detail")
        assert "Sent through southwest ports of entry" in detail.inner_text()
        page.keyboard.press("ArrowRight")
        assert "Seized within Mexico" in detail.inner_text()
        page.keyboard.press("Home")
        assert "Precursors from China" in detail.inner_text()
        page.keyboard.press("End")
        assert "Sold in the United States" in detail.inner_text()
        assert "95 % interval" in detail.inner_text()


def percent(value: float) -> str:
    """A share as the view writes it."""
    return f"{wording.number(100 * value, 1 if 100 * value < 10 else 0)} %"


def recorded(place: str, year: int) -> float:
    """Pounds of fentanyl recorded at a place in a fiscal year."""
    record = all_records()["seized_fentanyl", place]
    begin = year - 0.25
    inside = (record.starts >= begin - 1e-6) & (record.starts < begin + 1 - 1e-6)
    assert np.sum(inside) == 12
    return float(np.sum(record.values[inside]))


def test_seizures_stand_beside_the_record_and_are_not_flow(browser, file, run):
    with opened(browser, file, "view=flow") as page:
        text = flat(page.locator(".supply-seizures").inner_text())
        rows = page.locator("[data-corridor]").evaluate_all(
            "rows => rows.map(row => [row.dataset.corridor, "
            "[...row.querySelectorAll('b')].map(one => one.textContent)])"
        )
    starts, ends = np.array([2020.75]), np.array([2021.75])

    def flows(name: str, routes: tuple[str, ...] = ROUTES) -> Doubles:
        every = (run.periods(f"supply.{name}[{r}]", starts, ends)[:, 0] for r in routes)
        return sum(every, np.zeros(run.draws))

    seized, delivered = flows("seizures.seized"), flows("seizures.delivered")
    chance = float(np.median(seized / (seized + delivered)))
    assert "Seizures are not flow." in text
    assert f"and {percent(chance)} of it seized: one kilogram in" in text
    total = recorded("US", 2021)
    assert f"recorded {wording.number(total * POUND, 0)} kg ({wording.number(total, 0)} lb)" in text
    sent = {"ports": ("ports",), "between": ("between",), "elsewhere": ("mail", "coastal")}
    places = {"ports": ("southwest/OFO",), "between": ("southwest/USBP",)}
    for key, (share_sent, _, share_recorded) in rows:
        assert share_sent == percent(
            float(np.median(flows("pipeline.sent", sent[key]) / flows("pipeline.sent")))
        )
        if key in places:
            known = sum(recorded(f"US:{place}", 2021) for place in places[key])
            assert share_recorded == percent(known / total)
    assert len(rows) == 3


def test_weight_by_fiscal_year_is_that_of_python(browser, file, run, tmp_path):
    with opened(browser, file, "view=flow") as page:
        figure = page.locator("#fig-flow-seized")
        page.locator(".people-figures .in-view").first.evaluate(
            "one => one.scrollIntoView({ block: 'center' })"
        )
        figure.wait_for()
        settle(page)
        text = saved(page, figure.get_by_role("button", name="CSV"), tmp_path).read_text()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    modelled = {r["period"]: float(r["value"]) for r in rows if r["status"] == "modelled"}
    known = {r["period"]: float(r["value"]) for r in rows if r["status"] != "modelled"}
    assert known["FY2021"] == pytest.approx(recorded("US", 2021) * POUND, rel=1e-6)
    for year in (2015, 2021, 2025, 2031):
        ours = run.periods(
            "supply.seizures.gross_total", np.array([year - 0.25]), np.array([year + 0.75])
        )
        assert modelled[f"FY{year}"] == pytest.approx(float(np.median(ours)), rel=1e-7)


@pytest.mark.parametrize("name", ["flow", "diplomacy"])
def test_the_published_model_says_that_it_has_none_and_opens_the_base(name, browser, file, data):
    link = f"v={data['version']}&d={data['digest']}&s=2&w=optimistic&l={LEVER}&view={name}"
    with opened(browser, file, link) as page:
        main = page.locator("main")
        assert "Not part of the published model." in main.inner_text()
        assert main.locator("svg.drawing").count() == 0
        page.get_by_role("button", name="Open the base projection").click()
        settle(page)
        assert "w=base" in page.url
        assert LEVER in page.url
        assert "How sure." in main.inner_text()
        assert main.locator("svg.drawing").count() > 0


def test_stages_before_the_market_are_computed_or_said_to_be_missing(browser, file, data, run):
    with opened(browser, file) as page:
        stages = flat(page.locator(".stages").inner_text())
        (made,) = (one for one in BANDS if one["key"] == "made_mexico")
        middle, ends = kg(band_of(run, made, 2031))
        assert f"{middle} kg of fentanyl made in Mexico in 2031" in stages
        assert f"{ends.split()[0]} kg to" in stages
        assert stages.count("Modelled") == 6
        assert "Given to the model" not in stages
    link = f"v={data['version']}&d={data['digest']}&s=2&w=optimistic&view=overview"
    with opened(browser, file, link) as page:
        stages = flat(page.locator(".stages").inner_text())
        assert stages.count("Not part of the published model") == 3
        assert "Given to the model: recorded to 2020" in stages
        page.get_by_role("button", name="Open the base").first.click()
        settle(page)
        assert "Modelled" in page.locator(".stages").inner_text()
