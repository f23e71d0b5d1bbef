"""What leaves the page comes back: every table, every link and the scenario's file, as they were.

Tables are looked for in the code, so that a new one which nothing here saves fails.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hand import drag, follow, here, menu, opened, saved, scenario_file, settle, view
from playwright.sync_api import Page
from test_assembled import MODULES

import upriver as up
from browser import address
from upriver import __version__
from upriver.evidence.calendars import period
from upriver.evidence.effects import effects
from upriver.evidence.events import all_events
from upriver.evidence.figures import all_records
from upriver.evidence.missing import missing
from upriver.evidence.record import COLUMNS
from upriver.evidence.sources import user_csv
from upriver.experiments.against import projection_begins
from upriver.experiments.claims import examine
from upriver.experiments.simulate import Run, Summary
from upriver.policy.scenario import read_scenario
from upriver.system.counters import COUNTED

SERIES = (
    "deaths_any_opioid",  # sums, several sources
    "deaths_synthetic_12m",  # rolling, with values withheld in places
    "population",  # a projection of its publisher
    "buprenorphine_patients",  # instants
    "heroin_price",  # given to the model
    "seized_fentanyl_fiscal",  # fiscal years
    "fentanyl_powder_purity",  # months, with an interval
    "homeless",
)
MODELLED = ("upriver-compare.csv", "upriver-claims.csv", "upriver-cost.csv")
"""Tables of modelled numbers without a column that says so."""

NOW = "with your levers"
MOVED = (NOW, "2 Base projection: Hand out more naloxone kits")
KNOWN = ("", *MOVED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files lie."""
    return tmp_path_factory.mktemp("taken")


@pytest.fixture(scope="module")
def taken(browser, file, folder) -> dict[str, Path]:
    """Every table that the page gives, a lever moved and two scenarios beside it, by its name."""
    found: dict[str, Path] = {}
    with opened(browser, file) as page:
        drag(page, "naloxone_kits", 0.9)
        settle(page)
        found["scenario.yaml"] = scenario_file(page, folder)
        for name in ("Overview", "Levers", "Beliefs", "People", "Flow", "Diplomacy", "Claims"):
            view(page, name)
            found |= tables(page, folder)
        view(page, "Compare")
        page.get_by_role("button", name="Keep this scenario").click()
        page.get_by_role("button", name="+ Optimistic").first.click()
        settle(page)
        found |= tables(page, folder)
        view(page, "States")
        found |= tables(page, folder)
        page.locator("[data-place=OH]").first.click()
        settle(page)
        found |= tables(page, folder)
        page.get_by_role("radio", name="as counted").check(force=True)
        found |= tables(page, folder)
        page.get_by_role("radio", name="in deaths").check(force=True)
        found |= tables(page, folder)
        for name in ("Why", "Answers", "Cost", "Forecast"):
            view(page, name)
            found |= tables(page, folder)
        view(page, "Evidence")
        for name in SERIES:
            card = page.locator(f"[data-series='{name}']")
            card.locator("summary").first.click()
            settle(page)
            found |= tables(card, folder)
            card.locator("summary").first.click()
        for name in ("Effects", "Acts", "What we could not find"):
            page.get_by_role("radio", name=name).check(force=True)
            found |= tables(page, folder)
    return found


def tables(where: Any, folder: Path) -> dict[str, Path]:
    """The tables of a part of the page; what is drawn only in view is brought there."""
    page: Page = where if isinstance(where, Page) else where.page
    found = {}
    blocks = where.locator(".in-view").all() or [where.locator("main") if where is page else where]
    if where is page and where.locator(".in-view").count():
        blocks = [where.locator("main"), *blocks]
    for block in blocks:
        if block.get_attribute("class") == "in-view":
            block.evaluate("one => one.scrollIntoView({ block: 'center' })")
            block.locator("figure").wait_for()
            settle(page)
        for button in block.get_by_role("button", name=re.compile("CSV")).all():
            if button.is_visible():
                given = saved(page, button, folder)
                found[given.name] = given
    return found


def test_every_table_that_the_code_can_write_is_among_them(taken):
    wanted = []
    for module, text in MODULES.items():
        wanted += re.findall(r"saveTable\((`[^`]*`|\"[^\"]*\")", text)
        if "<${PageFigure}" in text:
            named = [one for ids in re.findall(r"\bid: (.+),$", text, re.M) for one in quoted(ids)]
            assert named, module
            wanted += [f"'upriver-{one}.csv'" for one in named]
    assert len(wanted) > 30
    for call in wanted:
        parts = re.split(r"\$\{.*?\}", call[1:-1])
        pattern = re.compile(".+".join(map(re.escape, parts)), re.IGNORECASE)
        assert any(pattern.fullmatch(name) for name in taken), call
    downloads = {m for m, text in MODULES.items() if re.search(r"\bdownload\(", text)}
    assert downloads == {
        "kit/save.js",
        "kit/figure.js",
        "page/parts/series-csv.js",
        "page/frame/menu.js",
    }, "what else is handed over?"


def quoted(text: str) -> list[str]:
    """Texts in quotes."""
    return [a or b for a, b in re.findall(r'"([^"]+)"|`([^`]+)`', text)]


def text_of(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Comment lines, and rows as any reader of CSV has them."""
    lines = file.read_text(encoding="utf-8").splitlines()
    said = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    return said, list(csv.DictReader(lines[len(said) :]))


def over_time(taken: dict[str, Path]) -> Iterator[Path]:
    """Tables of values over time."""
    for file in taken.values():
        if f"\n{','.join(COLUMNS)}\n" in file.read_text(encoding="utf-8"):
            yield file


def test_every_table_over_time_is_read_back_as_it_was_written(taken):
    files = list(over_time(taken))
    assert len(files) > 30
    for file in files:
        found = user_csv.read(str(file)).parsed()
        rows = text_of(file)[1]
        for one in found.values():
            mine = [r for r in rows if (r["series"], r["place"]) == (one.name, one.place)]
            mine.sort(key=lambda row: period(row["calendar"], row["period"])[::-1])
            assert [row["period"] for row in mine] == list(one.labels), file.name
            for column, values in (("value", one.values), ("low", one.low), ("high", one.high)):
                assert same([row[column] for row in mine], values), (file.name, column)
            assert [row["source"] for row in mine] == list(one.sources)
            assert [row["vintage"] for row in mine] == list(one.vintages)
            assert [row["status"] for row in mine] == list(one.statuses)
            assert [row["note"] for row in mine] == list(one.notes)
        assert sum(len(one.labels) for one in found.values()) == len(rows)


def same(texts: list[str], values: Any) -> bool:
    """Whether texts are these numbers, to the last bit; nothing is NaN."""
    read = np.array([float(text) if text else np.nan for text in texts])
    return np.array_equal(read, np.asarray(values), equal_nan=True)


def test_what_was_recorded_leaves_with_its_own_source_vintage_and_status(taken):
    seen = set()
    for file in over_time(taken):
        for row in text_of(file)[1]:
            one = all_records().get((row["series"], row["place"]))
            if row["status"] == "modelled" or one is None or row["unit"] != one.unit:
                continue
            i = one.labels.index(row["period"])
            told = (row["source"], row["vintage"], row["status"], row["note"])
            mine = (one.sources[i], one.vintages[i], one.statuses[i], one.notes[i])
            assert told == mine, file.name
            assert same(
                [row["value"], row["low"], row["high"]], [one.values[i], one.low[i], one.high[i]]
            )
            assert (row["world"], row["draws"]) == ("", "")
            seen.add(row["series"])
    assert {"deaths_any_opioid", "nflis_share_opioid", *SERIES} <= seen


@pytest.fixture(scope="module")
def runs(taken) -> dict[str, Run]:
    """The runs behind the tables: the base, and the scenario that the page wrote down."""
    wanted = {
        row["series"].partition(",")[0]
        for file in over_time(taken)
        for row in text_of(file)[1]
        if row["status"] == "modelled"
    }
    state = up.simulate("base", draws=1).outputs
    outputs = (
        *state,
        *(
            name
            for name in wanted
            if name in COUNTED or name.startswith(("people.", "supply.", "diplomacy."))
        ),
    )
    kept = tuple(dict.fromkeys(name for name in outputs if not name.startswith(("(", "averted"))))
    known = tuple(name for name in kept if is_output(name))
    scenario = read_scenario(str(taken["scenario.yaml"]))
    return {
        name: up.simulate(one, outputs=known) for name, one in (("base", "base"), (NOW, scenario))
    }


def is_output(name: str) -> bool:
    """Whether the engine gives it as it is."""
    from upriver.engine.run import load

    engine = load()
    return name in engine.outputs or name in engine.state


def test_modelled_numbers_are_those_of_the_program_to_the_last_digit(taken, runs, data):
    """The scenario comes from the file that the page wrote, so that this is its round trip, too."""
    seen: set[str] = set()
    for file in over_time(taken):
        for row in text_of(file)[1]:
            if row["status"] != "modelled":
                continue
            assert (row["source"], row["vintage"]) == (f"upriver {__version__}", data["digest"])
            assert row["draws"] == "200"
            label, _, name = row["series"].rpartition(": ")
            run = runs[NOW if label in MOVED or alone(file) else "base"] if label in KNOWN else None
            summary = None if run is None else summary_of(run, name, row["calendar"])
            if summary is None or row["world"] != "whole" or "diplomacy" in file.name:
                continue
            ours = summary.at(float(row["period"]))
            assert [float(row[c]) for c in ("value", "low", "high")] == list(ours), file.name
            seen.add(file.name)
    assert len(seen) > 15


def alone(file: Path) -> bool:
    """Figures of several lines show them with the levers alone."""
    several = ("upriver-beliefs", "states", "need", "gap", "medications", "places", "used")
    return file.stem.removeprefix("upriver-people-") in several


def summary_of(run: Run, name: str, calendar: str) -> Summary | None:
    """The same in Python; None for what is given to the model, and for several flows together."""
    if not is_output(name) or calendar == "fiscal year":
        return None
    return run.sums(name) if calendar == "year" else run.level(name)


def test_every_table_says_what_it_is_of_which_world_and_version(taken, data):
    version = f"Upriver {__version__} ({data['digest']})"
    for name, file in taken.items():
        if not name.endswith(".csv"):
            continue
        said, rows = text_of(file)
        assert rows, name
        assert not said[0].startswith(("Upriver", "Licence")), name
        assert any(line.startswith("Licence: ") for line in said), name
        assert sum(line.startswith(version) for line in said) == 1, name
        computed = any(row.get("status") == "modelled" for row in rows)
        if computed or name in MODELLED:
            assert any(line.startswith("World: ") for line in said), name
            (made,) = [line for line in said if line.startswith(version)]
            assert "95 % interval of 200 draws" in made
            assert made.endswith(f"projection begins: {projection_begins():g}"), name
        else:
            assert not any(line.startswith(("Scenario", "World")) for line in said), name


def test_tables_that_are_no_series_hold_what_python_has(taken):
    unguarded = re.compile(r"^'(?=[=+\-@])")
    rows = {
        name: [{k: unguarded.sub("", v) for k, v in row.items()} for row in text_of(taken[name])[1]]
        for name in (
            "upriver-acts.csv",
            "upriver-effects.csv",
            "upriver-missing.csv",
            "upriver-claims.csv",
        )
    }
    acts = [(e.date, e.place, e.kind, e.what, e.source) for e in all_events()]
    assert [tuple(row.values()) for row in rows["upriver-acts.csv"]] == acts
    for row, one in zip(rows["upriver-effects.csv"], effects().values(), strict=True):
        assert row["sources"] == "; ".join(one.sources)
        for column in ("name", "measure", "outcome", "design", "population", "grade"):
            assert row[column] == " ".join(str(getattr(one, column)).split())
    for row, gap in zip(rows["upriver-missing.csv"], missing().values(), strict=True):
        assert (row["name"], row["what"]) == (gap.name, " ".join(gap.what.split()))
    for row, claim in zip(rows["upriver-claims.csv"], examine(), strict=True):
        assert row["name"] == claim.claim.name
        if claim.modelled is not None:
            ours = (claim.modelled.median, claim.modelled.low, claim.modelled.high)
            shown = [float(row[c]) for c in ("modelled", "modelled_low", "modelled_high")]
            assert shown == list(ours), claim.claim.name
            assert row["modelled_world"] == claim.claim.modelled.world
        if claim.recorded is not None:
            assert float(row["recorded"]) == claim.recorded.value
            assert row["vintage"] == claim.recorded.vintage


def test_each_link_in_a_table_opens_its_scenario_and_is_the_same_text_again(browser, file, taken):
    _, rows = text_of(taken["upriver-compare.csv"])
    links = [row["link"] for row in rows]
    links += [
        line.removeprefix("Link: ")
        for line in text_of(taken["upriver-deaths.csv"])[0]
        if line.startswith("Link: ")
    ]
    assert len(links) == 5
    with opened(browser, file, "view=levers") as page:
        for link in links:
            follow(page, link.partition("#")[2])
            assert here(page) == address(file) + link.removeprefix("upriver.html")
            assert page.locator(".notice").count() == 0


def test_nothing_that_is_saved_tells_where_the_page_lies(browser, file, taken, tmp_path):
    files = list(taken.values())
    heard = (
        "window.heard = []; navigator.clipboard.writeText = async (text) => { heard.push(text); };"
    )
    with opened(browser, file, before=heard) as page:
        drag(page, "prevent_relapse", 0.2)
        settle(page)
        files.append(saved(page, page.get_by_role("button", name="Save as SVG").first, tmp_path))
        menu(page, "Copy link").click()
        page.get_by_role("button", name="Embed").click()
        shared = page.locator("dialog textarea").evaluate_all("all => all.map(one => one.value)")
        copied = page.evaluate("window.heard")
    texts = [one.read_text(encoding="utf-8") for one in files] + shared + copied
    assert copied == [shared[0]]
    assert shared[0].startswith("upriver.html#v=")
    for text in texts:
        assert "file:" not in text
        assert str(file.parent) not in text


def test_a_page_on_the_web_gives_its_whole_address(browser, file, tmp_path):
    where = "https://example.org/upriver.html"
    context = browser.new_context()
    try:
        page = context.new_page()
        page.route(
            where, lambda route: route.fulfill(body=file.read_bytes(), content_type="text/html")
        )
        page.goto(f"{where}#view=overview")
        page.locator("#fig-deaths").wait_for()
        given = saved(page, page.locator("#fig-deaths").get_by_role("button", name="CSV"), tmp_path)
        (link,) = [line for line in text_of(given)[0] if line.startswith("Link: ")]
        assert link == f"Link: {page.url}"
        assert page.url.startswith(f"{where}#v=")
    finally:
        context.close()


def test_a_page_made_with_a_scenario_file_does_not_say_where_that_lay(made, tmp_path):
    text = made("schema: 1\ntitle: mine\nchanges:\n  - {lever: relapse, level: some}\n").read_text()
    assert str(tmp_path) not in text
