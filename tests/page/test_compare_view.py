"""The compare view: numbers and order of `upriver compare`, and a shelf that works by hand."""

import csv
import re

from hand import flat, opened, saved, scenario_file, settle, view

import upriver as up
from upriver.experiments.compare import Comparison
from upriver.experiments.summary import Interval, figures
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


def cell(found: Interval, draws: int, most: int = 6) -> str:
    middle, low, high = wording.known(*found, draws, most)
    return f"{middle} {low} to {high}"


def expected(comparison: Comparison) -> list[list[str]]:
    """The rows without their names, from Python."""
    found = []
    for i, run in enumerate(comparison.runs):
        averted, n = comparison.averted(run), run.draws
        middle, low, high = map(figures, averted)
        dash = [wording.MISSING] * 3
        found.append(
            [
                cell(comparison.deaths(run), n),
                *(
                    (
                        f"{middle} {low} to {high}",
                        cell(comparison.averted_percent(run), n, 1),
                        f"{comparison.verdicts[i - 1].helps} of {n}",
                    )
                    if i
                    else dash
                ),
                cell(run.level("people.heads.oud").at(2032), n),
                cell(run.level("people.heads.treatment").at(2032), n),
            ]
        )
    return found


def grounds(page) -> list[tuple[str, list[list[str]]]]:
    """Of each ground its first sentence and its rows."""
    found = page.locator(".ground").evaluate_all(
        """all => all.map(one => [
          one.querySelector(".compare-said span")?.textContent ?? "",
          [...one.querySelectorAll("table.outcomes tbody tr")].map(
            row => [...row.children].map(cell => cell.textContent)),
        ])"""
    )
    return [(flat(said), [[flat(text) for text in row] for row in rows]) for said, rows in found]


def test_each_ground_is_that_of_upriver_compare_to_the_last_digit(browser, file, data, tmp_path):
    head = f"v={data['version']}&d={data['digest']}&s=2"
    link = f"{head}&w=drivers_held&l=prevent_relapse:0.15:2023:2&{HEAD}"
    with opened(browser, file, link) as page:
        mine = scenario_file(page, tmp_path)
        page.get_by_role("button", name="Keep this scenario").click()
        page.get_by_role("button", name="+ Unequal risk").click()
        page.get_by_role("button", name=f"+ {MOST}").click()
        settle(page)
        shown = grounds(page)
        first = flat(page.locator(".first-said").inner_text())
        saved_as = saved(page, page.locator(".compared > .actions button"), tmp_path)
    most = tmp_path / "most.yaml"
    most.write_text(
        "schema: 2\ntitle: most\nchanges:\n"
        + "".join(f"  - {{lever: {name}, level: most}}\n" for name in levers()),
        encoding="utf-8",
    )
    today = up.compare("base", "unequal_risk", str(most))
    held = up.compare("drivers_held", str(mine))
    assert first.startswith("Not on one ground.")
    assert "‘Drivers held, supply as it goes’" in first
    assert [[row[1:] for row in rows] for _, rows in shown] == [expected(today), expected(held)]
    assert held.since == 2023
    (verdict,) = held.verdicts
    middle, low, high = map(figures, verdict.averted)
    assert f"averts about {middle} deaths from 2023 to 2031 ({low} to {high}), " in shown[1][0]
    lines = [line for line in saved_as.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    runs = [(today, run) for run in today.runs] + [(held, run) for run in held.runs]
    for row, (comparison, run) in zip(rows, runs, strict=True):
        assert float(row["deaths"]) == comparison.deaths(run).median
        assert row["world"] == run.world
        if run is comparison.runs[0]:
            assert row["held_against"] == row["averted"] == ""
        else:
            assert float(row["averted_low"]) == comparison.averted(run).low


def test_a_scenario_of_the_published_model_is_held_against_its_own_base(browser, file):
    with opened(browser, file, HEAD) as page:
        assert page.locator(".other-ground").count() == 0
        assert page.locator(".first-said").count() == 0
        page.get_by_role("button", name="+ Optimistic drivers").click()
        settle(page)
        (_, alone), (said, shown) = grounds(page)
        assert "(published model)" in page.locator(".first-said").inner_text()
        elsewhere = page.locator(".other-ground").inner_text()
    comparison = up.compare("published", "optimistic")
    assert len(alone) == 1
    assert shown[0][0] == "Published base projection all levers as today"
    assert shown[1][0] == "2 Optimistic drivers"
    assert [row[1:] for row in shown] == expected(comparison)
    assert "than with ‘Published base projection’ with all levers as today: fewer in" in said
    assert elsewhere.startswith("‘Optimistic drivers’ has other drivers or another history")


def test_only_what_all_are_held_against_has_a_band_beside_the_lines(browser, file):
    with opened(browser, file, HEAD) as page:
        for name in ("some", "most"):
            page.get_by_role("button", name=f"+ All levers at ‘{name}’").click()
        settle(page)
        assert page.locator("#fig-compare-deaths-1 .line").count() == 3
        filled = page.locator("#fig-compare-deaths-1 path.band.c1")
        assert filled.count() == page.locator("#fig-compare-deaths-1 path.band").count() == 2
        tops = page.locator(".multiples figure").evaluate_all(
            "all => all.map(one => [...one.querySelectorAll('text.end')].map(t => t.textContent))"
        )
        assert len(tops) == 2
        assert tops[0] == tops[1]


def test_no_text_of_the_view_runs_into_the_next(browser, file):
    with opened(browser, file, HEAD) as page:
        for name in ("+ Less fentanyl", "+ Unequal risk", f"+ {MOST}"):
            page.get_by_role("button", name=name).click()
        settle(page)
        texts = page.locator("main").locator("p, caption, li > span, legend, th, td").all()
        for one in texts:
            text = one.text_content() or ""
            assert not re.search(r"[a-z’][A-Z‘(]|[a-z][0-9]|[,;:)][A-Za-z‘]|[.][A-Z‘]", text), text


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
        view(page, "Levers")
        page.get_by_role("button", name="Reset to today").click()
        view(page, "Compare")
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
