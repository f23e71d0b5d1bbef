"""The report of the whole system: supply and diplomacy are there, and only there."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import PAIRS, WIDTHS, open_page, until
from upriver.experiments.compare import compare
from upriver.experiments.flow import HOW_SURE, flow
from upriver.experiments.seized import NOT_FLOW, fiscal_years
from upriver.experiments.simulate import Run, simulate
from upriver.report.colophon import COMPUTED
from upriver.report.diplomacy import dated
from upriver.report.limits import cannot_tell
from upriver.report.story import comparison_report, report, sections
from upriver.report.supply import shares
from upriver.report.wording import escape, number

OURS = ("Supply", "Seizures", "Market", "Diplomacy")


@cache
def run(world: str = "whole") -> Run:
    return simulate("base", world=world, draws=20)


@cache
def page_of(world: str = "whole") -> str:
    return report(run(world))


def figures(text: str) -> dict[str, dict]:
    (data,) = re.findall(r'<script type="application/json" id="figures">(.*?)</script>', text)
    return {one["id"]: one for one in json.loads(data)["figures"]}


def test_nothing_of_supply_or_diplomacy_is_in_the_report_of_the_published_model():
    text = page_of("reference")
    titles = [section.title for section in sections([run("reference")])]
    assert not set(OURS) & set(titles)
    for word in (
        "Kilograms of fentanyl",
        "Seizures are not flow",
        "Diplomacy",
        "computed by Upriver",
    ):
        assert word not in text
    assert all(escape(line) in text for line in cannot_tell("reference"))
    shown = figures(text)
    driver, record = shown["fentanyl"]["series"]
    assert (driver["source"], record["origin"]["source"]) == ("source_x8", "nflis_source")


def test_the_whole_system_has_them_and_says_how_sure_in_each():
    found = {section.title: section for section in sections([run()])}
    for title in OURS:
        assert HOW_SURE in found[title].text
    assert NOT_FLOW in found["Seizures"].text
    assert "before cooperation" in found["Diplomacy"].text
    assert all(escape(line) in page_of() for line in cannot_tell("whole"))
    assert "not modelled yet" not in page_of()


def test_fentanyls_share_is_computed_and_names_no_publication_as_its_source():
    shown = figures(page_of())["fentanyl"]
    ours = [one for one in shown["series"] if one["kind"] != "recorded"]
    assert [(one["label"], one["source"]) for one in ours] == [("computed", COMPUTED)]
    assert ours[0]["y"][-1] == pytest.approx(run().level("supply.fentanyl_share").at(2032)[0])
    assert "lim2022" not in shown["sources"]


def test_the_kilograms_that_are_drawn_are_those_of_the_run():
    found, shown = flow(run()), figures(page_of())["kilograms"]
    links = {(one["source"], one["target"]): one["value"] for one in shown["links"]}
    for corridor in found.corridors:
        assert links[corridor.name, "delivered"] == corridor.delivered.median
        assert links[corridor.name, "border"] == corridor.seized.median
        assert ((corridor.name, "inland") in links) == (corridor.site == "Mexico")
    assert links["origin China", "site Mexico"] == found.precursors["China"].median
    assert links["delivered", "sold"] == found.sold.median
    stored = links["delivered", "stored"]
    # A median of differences is not quite the difference of medians, both of wide distributions.
    apart = stored - (found.delivered.median - found.sold.median)
    assert stored > 0
    assert abs(apart) < 0.05 * found.delivered.median


def test_seized_weight_stands_beside_the_record():
    shown = figures(page_of())["seized"]
    modelled, record = shown["series"]
    found = fiscal_years(run())
    assert modelled["y"] == [one.modelled.median for one in found]
    assert record["y"] == [one.recorded for one in found]
    assert (record["kind"], record["origin"]["source"]) == ("recorded", "cbp_drugs")


def test_shares_of_corridors_stand_beside_recorded_ones():
    year = flow(run())
    told = shares(year)
    for row, one in zip(told.rows, year.beside, strict=True):
        assert row[0] == one.label
        assert row[3] == number(100 * (one.recorded or 0.0), 1)
        assert (row[1] is None) == (one.sent is None)


def test_what_seizures_imply_is_a_wide_range():
    shown = figures(page_of())["implied"]
    range_ = shown["series"][-1]
    assert range_["label"] == "implied by recorded seizures"
    assert len(range_["y"]) == 7
    assert all(high / low > 2 for low, high in zip(range_["low"], range_["high"], strict=True))
    assert "plausible range" in shown["interval"]


def test_acts_are_dated_in_order_with_their_source():
    rows = dated().rows
    told = {(row[0].replace("\u00a0", " "), row[1]) for row in rows}
    assert ("5 Aug 2022", "China") in told
    assert ("15 Nov 2023", "China and United States") in told
    assert all(row[2] and row[3] for row in rows)
    years = [int(row[0][-4:]) for row in rows]
    assert years == sorted(years)
    assert not any("Federal Register" in row[3] for row in rows)


def test_several_runs_of_the_whole_system_are_told_apart():
    both = compare("base", "drivers_held", draws=5).runs
    titles = [section.title for section in sections(both)]
    assert "Supply" not in titles
    assert {"Seizures", "Market", "Diplomacy"} <= set(titles)
    seized = next(s for s in sections(both) if s.title == "Seizures").figures[0]
    assert len({series.label for series in seized.series}) == 3
    published = compare("base", "constant", draws=5, world="reference")
    assert "Diplomacy" not in comparison_report(published)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as a file."""
    made = tmp_path_factory.mktemp("whole") / "report.html"
    made.write_text(page_of(), encoding="utf-8")
    return made


def shown(page) -> None:
    """Wait until every figure is drawn."""
    count = len(figures(page_of()))
    until(page, f"document.querySelectorAll('svg.drawing').length === {count}")


def test_it_opens_in_silence_without_scrolling_sideways(browser, file):
    with open_page(browser, file) as page:
        shown(page)
        for is_open in ("false", "true"):
            page.locator("details").evaluate_all(
                f"all => all.forEach(one => {{ one.open = {is_open}; }})"
            )
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                until(page, f"document.documentElement.scrollWidth <= {width}")


@pytest.mark.parametrize(("width", "dark"), PAIRS)
def test_axe_finds_nothing_serious(browser, file, width, dark):
    with open_page(browser, file, width=width, dark=dark) as page:
        shown(page)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_the_diagram_can_be_taken_away(browser, file):
    with open_page(browser, file) as page:
        holder = page.locator("#fig-kilograms")
        until(page, "document.querySelector('#fig-kilograms rect.place')")
        for kind, start in (("CSV", b"# Kilograms"), ("SVG", b"<svg "), ("PNG", b"\x89PNG")):
            with page.expect_download() as given:
                holder.get_by_text(kind, exact=True).click()
            assert given.value.path().read_bytes().startswith(start)


@pytest.mark.parametrize("width", [1440, 768])
def test_no_name_in_the_diagram_is_cut_or_covers_another(browser, file, width):
    with open_page(browser, file, width=width) as page:
        until(page, "document.querySelector('#fig-kilograms rect.place')")
        told = page.locator("#fig-kilograms text:not(.halo)")
        assert not any("…" in text for text in told.all_text_contents())
        boxes = told.evaluate_all(
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(b => [b.left, b.top, b.right, b.bottom])"
        )
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
            assert apart or abs(top - other[1]) >= 14
