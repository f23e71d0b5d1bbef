"""The view of the claims: every figure is that of `upriver claims`, and so is what it saves."""

import csv
from pathlib import Path

import pytest
from hand import flat, opened, saved, settle
from playwright.sync_api import Page

from upriver.cli.claims import difference, modelled, quantity, recorded, stated, world
from upriver.evidence.claims import STATUSES, claims
from upriver.experiments.claims import Examined, examine

HEAD = "view=claims"
SEVERAL = "{head}&w=optimistic&l=naloxone_kits:0.5:2026:3&view=claims"


@pytest.fixture(scope="module")
def examined() -> dict[str, Examined]:
    """Claims as the command line has them."""
    return {one.claim.name: one for one in examine()}


def cells(page: Page) -> dict[str, dict[str, str]]:
    """Of each claim that is shown its cells by name, on one line each."""
    settle(page)
    rows = page.locator("[data-claim]").evaluate_all(
        """all => all.map(row => [row.dataset.claim, Object.fromEntries(
          [...row.querySelectorAll('td[data-label]')]
            .map(cell => [cell.dataset.label, cell.textContent]))])"""
    )
    return {name: {label: flat(text) for label, text in found.items()} for name, found in rows}


def agree(found: dict[str, dict[str, str]], examined: dict[str, Examined]) -> None:
    """Every figure on the page is the command line's, to the last printed digit."""
    assert list(found) == list(examined)
    for name, one in examined.items():
        shown = found[name]
        assert shown["Article"] == (stated(one.claim) or "no number"), name
        told = recorded(one).partition(" (")[0] or f"none {one.claim.no_record}"
        assert shown["Record"].startswith(told), name
        if one.recorded:
            assert f"vintage {one.recorded.vintage}" in shown["Record"]
        if one.modelled is None:
            assert shown["Model"] == "–", name
        else:
            figure, _, rest = modelled(one).partition(" (")
            ends, _, when = rest.partition(") ")
            assert shown["Model"] == f"{figure} {when.partition(',')[0]} {ends} {world(one)}", name
        expected = "–" if one.difference is None else difference(one)
        assert shown["Model less record"] == expected, name
        assert shown["Status"] == one.claim.status


def test_every_claim_shows_the_figures_of_the_command_line(browser, file, examined):
    with opened(browser, file, HEAD) as page:
        agree(cells(page), examined)


def test_neither_levers_nor_another_future_change_what_stands_beside_a_claim(
    browser, file, data, examined
):
    link = SEVERAL.format(head=f"v={data['version']}&d={data['digest']}&s=2")
    with opened(browser, file, link) as page:
        agree(cells(page), examined)


def test_a_sum_and_a_level_are_asked_of_the_engine_of_the_page(browser, file):
    with opened(browser, file, HEAD) as page:
        asked = page.evaluate("window.engine.questions.flatMap(({ wants }) => wants)")
    flows = {want.get("flow") for want in asked if want["kind"] == "sums"}
    levels = {want.get("output") for want in asked if want["kind"] == "level"}
    assert "people.overdose.deaths" in flows
    assert "people.treatment.gap_hud" in levels


def test_every_remark_is_told_and_a_claim_without_one_has_none(browser, file):
    with opened(browser, file, HEAD) as page:
        found = dict(
            page.locator("[data-claim]").evaluate_all(
                "all => all.map(row => [row.dataset.claim, row.querySelector('th').textContent])"
            )
        )
    for name, one in claims().items():
        assert flat(one.claim) in flat(found[name])
        assert ("Remark:" in found[name]) == (one.remark is not None)
        assert one.remark is None or flat(one.remark).replace("`", "") in flat(found[name])


def test_claims_are_found_by_status_and_by_words(browser, file):
    with opened(browser, file, HEAD) as page:
        for status in STATUSES:
            page.get_by_role("radio", name=status).check(force=True)
            wanted = [name for name, one in claims().items() if one.status == status]
            assert list(cells(page)) == wanted
            assert f"{len(wanted)} of 37 claims" in page.locator(".claims-view").inner_text()
        page.get_by_role("radio", name="all").check(force=True)
        page.get_by_label("Search").fill("LABORATORIES destroyed")
        assert set(cells(page)) == {"C17", "C19"}
        page.get_by_label("Search").fill("<b>wall</b>")
        assert not cells(page)
        assert page.locator("main b", has_text="wall").count() == 0


def test_the_csv_holds_every_digit(browser, file, examined, tmp_path: Path):
    with opened(browser, file, HEAD) as page:
        settle(page)
        text = saved(page, page.get_by_label("Save the claims as CSV"), tmp_path).read_text()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert [row["name"] for row in rows] == list(examined)
    for row, one in zip(rows, examined.values(), strict=True):
        assert row["claim"] == one.claim.claim
        assert row["status"] == one.claim.status
        for column, value in (
            ("recorded", one.recorded and one.recorded.value),
            ("modelled", one.modelled and one.modelled.median),
            ("modelled_low", one.modelled and one.modelled.low),
            ("modelled_high", one.modelled and one.modelled.high),
            ("difference", one.difference),
        ):
            if value is None:
                assert row[column] == "", (one.claim.name, column)
            else:
                assert float(row[column]) == pytest.approx(value, rel=1e-9), one.claim.name


def test_claims_can_be_read_without_the_engine(browser, file):
    forbid = "delete window.WebAssembly;"
    with opened(browser, file, HEAD, before=forbid, calm=False) as page:
        assert page.locator("[data-claim]").count() == len(claims())
        first = flat(page.locator("[data-claim=C02]").inner_text())
    assert quantity(21089, "people/year") in first
    assert "no answer" in first
