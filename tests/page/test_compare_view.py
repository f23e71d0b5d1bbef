"""The compare view: numbers and order of `upriver compare`, and a shelf that works by hand."""

import csv

from hand import flat, opened, saved, scenario_file, settle, view

import upriver as up
from upriver.experiments.compare import Comparison
from upriver.policy.levers import levers
from upriver.report import wording
from upriver.system.world import World, is_asleep

MOST = "All levers at ‘most’"
HEAD = "view=compare"


def rows(page) -> list[list[str]]:
    """The table of outcomes: of each row its cells, on one line each."""
    found = page.locator("table.outcomes tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
    )
    return [[flat(cell) for cell in row] for row in found]


def cell(median: float, low: float, high: float, places: int | None = None) -> str:
    return f"{wording.number(median, places)} {wording.interval(low, high, places)}"


def expected(comparison: Comparison) -> list[list[str]]:
    """The rows without their names, from Python."""
    found = []
    for i, run in enumerate(comparison.runs):
        total, averted = comparison.deaths(run), comparison.averted(run)
        percent = comparison.averted_percent(run)
        found.append(
            [
                cell(total.median, total.low, total.high),
                cell(averted.median, averted.low, averted.high) if i else wording.MISSING,
                cell(percent.median, percent.low, percent.high, 1) if i else wording.MISSING,
                cell(*run.level("people.heads.oud").at(2032)),
                cell(*run.level("people.heads.treatment").at(2032)),
            ]
        )
    return found


def test_the_table_is_that_of_upriver_compare_to_the_last_digit(browser, file, data, tmp_path):
    head = f"v={data['version']}&d={data['digest']}&s=2"
    link = f"{head}&w=drivers_held&l=prevent_relapse:0.15:2023:2&{HEAD}"
    with opened(browser, file, link) as page:
        mine = scenario_file(page, tmp_path)
        page.get_by_role("button", name="Keep this scenario").click()
        page.get_by_role("button", name="+ Unequal risk").click()
        page.get_by_role("button", name=f"+ {MOST}").click()
        settle(page)
        shown = rows(page)
        saved_as = saved(page, page.locator(".compared > .actions button"), tmp_path)
    most = tmp_path / "most.yaml"
    most.write_text(
        "schema: 2\ntitle: most\nchanges:\n"
        + "".join(f"  - {{lever: {name}, level: most}}\n" for name in levers()),
        encoding="utf-8",
    )
    comparison = up.compare("base", str(mine), "unequal_risk", str(most))
    assert comparison.since == 2023
    assert [row[1:] for row in shown] == expected(comparison)
    lines = [line for line in saved_as.read_text().splitlines() if not line.startswith("#")]
    for row, run in zip(csv.DictReader(lines), comparison.runs, strict=True):
        assert float(row["deaths"]) == comparison.deaths(run).median
        assert row["world"] == run.world
        if run is not comparison.runs[0]:
            assert float(row["averted_low"]) == comparison.averted(run).low


def test_a_scenario_of_the_published_model_is_held_against_its_own_base(browser, file):
    with opened(browser, file, HEAD) as page:
        assert page.locator(".other-ground").count() == 0
        page.get_by_role("button", name="+ Optimistic drivers").click()
        settle(page)
        (_, shown) = rows(page)
        assert (
            "‘Optimistic drivers’: on other drivers" in page.locator(".other-ground").inner_text()
        )
    comparison = up.compare("published", "optimistic")
    assert "Optimistic drivers (published model)" in flat(shown[0])
    assert shown[1:] == expected(comparison)[1]


def test_a_scenario_is_kept_renamed_loaded_removed_and_remembered(browser, file, data):
    link = f"v={data['version']}&d={data['digest']}&s=2&w=base&l=naloxone_kits:0.5:2026:3&{HEAD}"
    with opened(browser, file, link) as page:
        page.get_by_role("button", name="Keep this scenario").click()
        name = page.get_by_label("Name of scenario 2")
        name.fill("=half <b>more</b>\u202e naloxone")
        name.press("Enter")
        assert name.input_value() == "=half <b>more</b> naloxone"
        settle(page)
        assert "=half <b>more</b> naloxone" in rows(page)[1][0]
        assert page.locator("main b b").count() == 0
        page.get_by_role("button", name="Reset to today").click()
        page.get_by_role("button", name="Put ‘=half").click()
        view(page, "Levers")
        assert flat(page.locator("[data-lever=naloxone_kits] output").inner_text()) == "+50 %"
        page.reload()
        settle(page)
        view(page, "Compare")
        assert page.get_by_label("Name of scenario 2").input_value() == "=half <b>more</b> naloxone"
        page.get_by_role("button", name="Remove ‘=half").click()
        settle(page)
        assert len(rows(page)) == 1


def test_only_what_differs_is_named(browser, file):
    whole = World.whole()
    acting = sum(
        not all(is_asleep(path, whole) for path in lever.acts_on) for lever in levers().values()
    )
    with opened(browser, file, HEAD) as page:
        assert page.locator("table.differences").count() == 0
        page.get_by_role("button", name=f"+ {MOST}").click()
        settle(page)
        assert page.locator("table.differences tbody tr").count() == acting
        page.get_by_role("button", name="+ Constant drivers").click()
        settle(page)
        assert page.locator("table.differences tbody tr").count() == acting + 1


def test_the_shelf_holds_five(browser, file):
    with opened(browser, file, HEAD) as page:
        for _ in range(4):
            page.get_by_role("button", name=f"+ {MOST}").click()
        assert page.get_by_role("button", name="Keep this scenario").is_disabled()
        settle(page)
        assert len(rows(page)) == 5
