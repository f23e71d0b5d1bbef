"""A page of a state: its numbers are those of `upriver run --place`, and it says whose they are."""

import csv
from pathlib import Path

import pytest
from hand import answer, carried, flat, menu, opened, push, saved, scenario_file, settle, view
from test_accessibility import WIDE, complaints

import upriver as up
from browser import PAIRS, until
from upriver.cli.main import main
from upriver.core.errors import InputError, UnknownName
from upriver.experiments.placed import DEATHS, country_run, place_draws, placed_in
from upriver.experiments.summary import figures
from upriver.experiments.verdict import verdict
from upriver.page import write
from upriver.policy.draws import DEFAULT_DRAWS
from upriver.policy.scenario import read_scenario
from upriver.report import wording

PLACE, NAME = "OH", "Ohio"
OUTPUTS = (f"cumulative.{DEATHS}", "people.heads.oud")
CARE = "naloxone_kits:0.5:2027:3"
BORDER = "ports_of_entry:1:2026:2"
PAST = "prescribe_to_fewer:0.3:2005:3~supportive_housing:0.3:2020:3~methadone_places:0.5:2026:3"
NEARLY = 1e-12


@pytest.fixture(scope="module")
def place_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of Ohio."""
    found = tmp_path_factory.mktemp("place") / "ohio.html"
    found.write_text(write.page(place=PLACE), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def head(place_page) -> str:
    """What a link of the page begins with."""
    found = carried(place_page)
    return f"v={found['version']}&d={found['digest']}&p={PLACE}&s=2&w=base"


@pytest.fixture(scope="module")
def own():
    """Its draws."""
    return place_draws(None, PLACE)[PLACE]


def of_python(scenario: str, own):
    """The place's run of a scenario."""
    return placed_in(country_run(read_scenario(scenario), DEFAULT_DRAWS), own, OUTPUTS).run


def rows_of(file: Path, series: str) -> list[dict[str, str]]:
    """Rows of a saved figure."""
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    return [row for row in csv.DictReader(lines) if row["series"] == series]


@pytest.mark.parametrize("levers", ["", CARE, BORDER, PAST], ids=["base", "care", "border", "past"])
def test_the_page_has_the_numbers_of_the_run_of_the_place(
    levers, browser, place_page, head, own, tmp_path
):
    with opened(browser, place_page, f"{head}&l={levers}&view=overview") as page:
        text = answer(page)
        button = page.locator("#fig-deaths").get_by_role("button", name="CSV")
        file = saved(page, button, tmp_path)
        people = flat(page.locator(".stage", has_text="opioid use disorder").inner_text())
        scenario = str(scenario_file(page, tmp_path))
    base, now = of_python("base", own), of_python(scenario, own)
    today = now if levers == "" else base
    for name, run in ((DEATHS, today), (f"with your levers: {DEATHS}", now)):
        found = rows_of(file, name)
        assert bool(found) == (not name.startswith("with") or bool(levers))
        given = run.sums(DEATHS)
        for row in found:
            at = int(float(row["period"])) - 1999
            for cell, values in (("value", given.median), ("low", given.low), ("high", given.high)):
                assert float(row[cell]) == pytest.approx(values[at], rel=NEARLY)
    told = wording.known(*now.level("people.heads.oud").at(2032), now.draws, 0)
    middle, *ends = (wording.bare(float(text.replace(",", "")), 1e4) for text in told)
    assert f"{middle} people" in people
    assert " to ".join(ends) in people
    assert f"in {NAME}" in text
    if not levers:
        total = base.periods(DEATHS, [2026.0], [2032.0])[:, 0]
        median = sorted(total)[len(total) // 2 - 1 : len(total) // 2 + 1]
        assert f"about {figures(sum(median) / 2)} people would die" in text


def test_the_place_has_its_own_record_beside_it(browser, place_page, tmp_path):
    with opened(browser, place_page) as page:
        button = page.locator("#fig-deaths").get_by_role("button", name="CSV")
        file = saved(page, button, tmp_path)
    found = {row["period"]: row for row in rows_of(file, "deaths_any_opioid")}
    assert (float(found["2016"]["value"]), found["2016"]["source"]) == (3613, "kiang2019")
    assert (float(found["2021"]["value"]), found["2021"]["place"]) == (4479, PLACE)


def test_all_that_leaves_the_page_names_the_place(browser, place_page, head, tmp_path):
    with opened(browser, place_page, f"{head}&l={CARE}&view=overview") as page:
        assert not page.locator(".notices .notice").count()
        assert NAME in page.title()
        assert page.locator(".bar .place").inner_text() == NAME
        assert f"in {NAME}" in page.locator(".sure-strip").inner_text()
        assert f"&p={PLACE}&" in page.evaluate("location.hash")
        button = page.locator("#fig-deaths").get_by_role("button", name="CSV")
        text = saved(page, button, tmp_path).read_text()
        scenario = scenario_file(page, tmp_path).read_text()
        said = page.locator(".menu").inner_text()
    assert f"# Place: {NAME} ({PLACE})" in text
    assert "A cut posterior" in text
    assert f"of {NAME}" in scenario.splitlines()[0]
    for one in (text, scenario, said):
        assert f"upriver run scenario.yaml --place {PLACE} --draws {DEFAULT_DRAWS}" in one


def test_views_of_the_country_are_left_out_and_it_is_said(browser, place_page):
    with opened(browser, place_page) as page:
        links = page.get_by_role("navigation", name="Views").get_by_role("link").all_inner_texts()
        text = flat(page.locator("main").inner_text())
        assert {link.lower() for link in links} == set(write.VIEWS_OF_PLACE)
        assert "Why, Answers, Cost, Forecast, Beliefs, Flow" in text
        assert "Which lever saves most" not in text
        menu(page, "What this cannot tell you").click()
        dialog = flat(page.locator("dialog").inner_text())
    assert "people do not move between states" in dialog
    assert "The model is national" not in dialog


def test_every_view_speaks_of_the_place_and_none_of_a_record_of_the_country(browser, place_page):
    with opened(browser, place_page) as page:
        for name in ("Levers", "Compare", "People", "States"):
            view(page, name)
            text = flat(page.locator("main").inner_text())
            assert "in the United States die" not in text
        view(page, "People")
        page.locator("#fig-people-disorder").scroll_into_view_if_needed()
        settle(page)
        figure = flat(page.locator("#fig-people-disorder").inner_text())
    assert f"Of people in {NAME}" in figure
    assert "survey" not in figure


def test_a_lever_s_card_draws_what_it_moves_in_the_place(browser, place_page):
    with opened(browser, place_page, "view=levers") as page:
        page.get_by_role("button", name="Hand out more naloxone kits").first.click()
        page.locator("dialog svg.drawing").wait_for()
        assert page.locator("dialog svg.drawing path").count() > 3


def test_a_lever_that_moves_and_goes_back_leaves_the_numbers_of_today(browser, place_page):
    with opened(browser, place_page, "view=levers") as page:
        before = answer(page)
        push(page, "ports_of_entry", 0.7)
        settle(page)
        assert answer(page) != before
        push(page, "ports_of_entry", 0)
        settle(page)
        assert answer(page) == before


def test_a_link_of_another_place_says_so(browser, place_page, file):
    link = f"v=0&d=0&s=2&w=base&l={CARE}&view=overview"
    with opened(browser, place_page, link) as page:
        said = flat(page.locator(".notices").inner_text())
    assert f"made on the country’s page, and this page is of {NAME}" in said
    with opened(browser, file, link.replace("w=base", "w=base&p=WV")) as page:
        said = flat(page.locator(".notices").inner_text())
    assert "made on a page of West Virginia, and this page is of the United States" in said


@pytest.mark.parametrize("name", ["Overview", "Levers", "Compare", "People"])
@pytest.mark.parametrize(("width", "dark"), PAIRS)
def test_nothing_is_wider_than_the_window_or_wrong_for_a_reader(
    name, width, dark, browser, place_page
):
    with opened(browser, place_page, f"view={name.lower()}", width=width, dark=dark) as page:
        until(page, "document.querySelector('main').textContent.length > 200")
        assert not page.evaluate(WIDE)
        assert not complaints(page)


def test_the_page_of_a_place_is_smaller_and_holds_no_other_draws(place_page, file, own):
    found = carried(place_page)
    assert place_page.stat().st_size < 0.6 * file.stat().st_size
    assert (found["draws"], found["place"]["code"]) == (own.draws, PLACE)
    assert set(found["told"]) == {"states"}


def test_what_is_no_place_or_has_no_market_is_refused(tmp_path, capsys):
    with pytest.raises(UnknownName):
        write.page(place="ZZ")
    with pytest.raises(InputError, match="published model"):
        write.page("published", place=PLACE)
    with pytest.raises(SystemExit) as ended:
        main(["page", "--place-fit", str(tmp_path / "x.npz"), "-o", str(tmp_path / "x.html")])
    assert ended.value.code == 2
    assert "--place-fit is of a place" in capsys.readouterr().err


def test_what_some_states_have_alone_is_its_part_of_the_country_on_the_page(
    browser, made, tmp_path
):
    name = "medicaid_expansion_ended"
    with opened(browser, made(name)) as page:
        said, file = answer(page), scenario_file(page, tmp_path)
    base, ended = up.compare("base", name).runs
    more = verdict(base, ended, 2026)
    assert f"would cost about {figures(-more.averted.median)} more lives" in said
    assert read_scenario(file).changes == read_scenario(name).changes
    with pytest.raises(InputError, match="some states have alone"):
        write.page(name, PLACE)
