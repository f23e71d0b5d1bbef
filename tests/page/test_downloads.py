"""What is taken away says what was on the page, and says it on its own."""

import csv
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path

import pytest
from hand import (
    VIEWS,
    answer,
    drag,
    flat,
    follow,
    here,
    menu,
    opened,
    saved,
    scenario_file,
    settle,
    strengths,
    table,
    view,
)

from browser import address, until
from upriver.experiments.caveats import unexplained
from upriver.experiments.simulate import CAVEAT_WHOLE
from upriver.policy.scenario import parse_scenario, read_scenario
from upriver.report import wording

LEVERS = (
    "l=prescribe_to_fewer:0.15:2029:10~prevent_relapse:0.125:2026.5:0~naloxone_kits:0.35:2027:4"
)
NAMED = f"w=constant&{LEVERS}&t=Naloxone,+less+relapse+%26+%22fewer%22+prescriptions"
DRAWN = """[...document.querySelectorAll('.in-view')].every(one => one.childElementCount
  && (!one.querySelector('.chart') || one.querySelector('.chart svg')))"""
"""What is below the window is drawn too."""
READY = "!document.querySelector('main').innerText.includes('Running the model')"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def link(data) -> str:
    """A link that this page made, with a name, a projection and three levers."""
    return f"v={data['version']}&d={data['digest']}&s=2&{NAMED}&view=overview"


def of_deaths(page, name: str):
    """A button of the chart of deaths."""
    return page.locator("#fig-deaths").get_by_role("button", name=name)


def rows_of(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Comment lines of a CSV, and its rows."""
    lines = file.read_text(encoding="utf-8").splitlines()
    remarks = [line for line in lines if line.startswith("#")]
    return remarks, list(csv.DictReader(lines[len(remarks) :]))


def test_the_csv_holds_every_point_of_the_table_beside_the_chart(browser, file, link, tmp_path):
    with opened(browser, file, link) as page:
        shown = table(page, "deaths")
        _, rows = rows_of(saved(page, of_deaths(page, "CSV"), tmp_path))
        legend = page.locator("#fig-deaths svg.drawing").text_content()
    flow = "people.overdose.deaths"
    series = {
        "as today": flow,
        "with your levers": f"with your levers: {flow}",
        "recorded": "deaths_any_opioid",
    }
    assert {row["series"] for row in rows} == set(series.values())
    for label, name in series.items():
        assert label in flat(legend)
        found = {row["period"]: row for row in rows if row["series"] == name}
        for i, year in enumerate(shown["Year"]):
            if shown[label][i] == wording.MISSING:
                assert year not in found
                continue
            row = found.pop(year)
            assert wording.number(float(row["value"]), 0) == shown[label][i]
            if f"{label}: interval" in shown:
                ends = wording.interval(float(row["low"]), float(row["high"]), 0)
                assert ends == shown[f"{label}: interval"][i]
        assert not found


def test_the_csv_says_what_it_is_where_from_and_how_sure(browser, file, link, data, tmp_path):
    with opened(browser, file, link) as page:
        remarks, rows = rows_of(saved(page, of_deaths(page, "CSV"), tmp_path))
    told = "\n".join(remarks)
    (system,) = {one["system"] for one in data["worlds"] if one["name"] == "constant"}
    assert {row["unit"] for row in rows} == {"people/year"}
    assert {row["calendar"] for row in rows} == {"year"}
    assert {"modelled", "reported", "rounded"} <= {row["status"] for row in rows}
    assert {row["world"] for row in rows if row["status"] == "modelled"} == {system}
    assert len({row["source"] for row in rows}) > 4
    for words in (
        "Data to: 2024",
        "Licence: ",
        "are uncertain",
        f"World: {data['systems'][system]['title']}",
    ):
        assert words in told
    assert 'Scenario: Naloxone, less relapse & "fewer" prescriptions' in told
    assert (
        f"Upriver {data['version']} ({data['digest']}); low and high: 95 % interval of 200" in told
    )
    (address_line,) = [line for line in remarks if line.startswith("# Link: ")]
    assert address_line == f"# Link: upriver.html#{link}"


def test_what_is_saved_of_a_view_carries_the_model_s_caveat_in_words(browser, file, tmp_path):
    with opened(browser, file, "view=evidence") as page:
        page.locator('[data-series="deaths_any_opioid"] summary').first.click()
        settle(page)
        button = page.locator("#fig-record-deaths-any-opioid").get_by_role("button", name="CSV")
        remarks, _ = rows_of(saved(page, button, tmp_path))
    assert f"# {unexplained('whole')} {CAVEAT_WHOLE}" in remarks


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_svg_stands_on_its_own(dark, browser, file, link, tmp_path):
    with opened(browser, file, link, dark=dark) as page:
        picture = saved(page, of_deaths(page, "SVG"), tmp_path)
    root = ET.fromstring(picture.read_text(encoding="utf-8"))
    assert root.tag == f"{SVG}svg"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not tags & {"script", "style", "image", "foreignObject", "use", "a", "iframe"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    assert not {"class", "style"} & attributes
    text = flat(" ".join(root.itertext()))
    assert "Opioid overdose deaths" in text
    assert "Sources: " in text
    assert "Scenario: Naloxone, less relapse" in text
    with opened_alone(browser, picture) as alone:
        assert alone.evaluate("document.documentElement.getBBox().width") > 300


def opened_alone(browser, picture: Path):
    """The picture as a file that a browser shows."""
    from browser import open_page

    return open_page(browser, picture)


def test_the_png_is_a_picture_of_the_chart_at_twice_its_size(browser, file, link, tmp_path):
    with opened(browser, file, link) as page:
        raw = saved(page, of_deaths(page, "PNG"), tmp_path).read_bytes()
        width = page.locator("#fig-deaths svg.drawing").evaluate("one => one.clientWidth")
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high, depth, kind = struct.unpack(">IIBB", raw[16:26])
    assert wide == 2 * (width + 40)
    assert high > 600
    assert (depth, kind) in {(8, 2), (8, 6)}
    pixels = colours(raw, 3 if kind == 2 else 4)
    assert len(pixels) > 20, "the picture is blank"


def colours(raw: bytes, channels: int) -> set[bytes]:
    """Colours that a PNG's bytes hold before its filters are undone: few if it is blank."""
    at, packed = 8, b""
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        if raw[at + 4 : at + 8] == b"IDAT":
            packed += raw[at + 8 : at + 8 + length]
        at += 12 + length
    flat_bytes = zlib.decompress(packed)
    return {flat_bytes[i : i + channels] for i in range(1, len(flat_bytes) - 4, channels)}


def test_the_scenario_file_is_the_scenario(browser, file, link, data, tmp_path):
    with opened(browser, file, link) as page:
        written = scenario_file(page, tmp_path)
        said = page.get_by_role("status").filter(has_text="Saved").inner_text()
    found = read_scenario(written)
    assert written.name in said
    assert found.title == 'Naloxone, less relapse & "fewer" prescriptions'
    assert found.projections == read_scenario("constant").projections
    assert [(c.lever, c.amount, c.start, c.years) for c in found.changes] == [
        ("prescribe_to_fewer", -0.15, 2029, 10),
        ("prevent_relapse", -0.125, 2026.5, 0),
        ("naloxone_kits", 0.35, 2027, 4),
    ]
    assert written.read_text().startswith(f"# Made by the page of Upriver {data['version']}")
    assert f"#{link}\n" in written.read_text()


def test_a_page_made_with_the_file_gives_the_same_file_again(browser, file, link, made, tmp_path):
    with opened(browser, file, link) as page:
        first = scenario_file(page, tmp_path).read_text()
        there = strengths(page)
    with opened(browser, made(first), "view=overview") as page:
        again = scenario_file(page, tmp_path).read_text()
        assert strengths(page) == there
    one, other = parse_scenario(first), parse_scenario(again)
    assert (one.title, one.projections) == (other.title, other.projections)
    assert sorted(one.changes, key=str) == sorted(other.changes, key=str)


TINY = ("0.0000001", "1e-7", "-0.00000000012345")


@pytest.mark.parametrize("by", TINY)
def test_numbers_of_any_size_come_through_the_file_as_they_are(by, browser, file, data, tmp_path):
    head = f"v={data['version']}&d={data['digest']}&s=2&w=base"
    with opened(browser, file, f"{head}&l=naloxone_kits:{by}:2027.123456:0.001") as page:
        (change,) = read_scenario(scenario_file(page, tmp_path)).changes
    assert (change.amount, change.start, change.years) == (float(by), 2027.123456, 0.001)


def test_a_link_shows_the_next_reader_the_same_in_every_view(browser, file, data):
    start = f"v={data['version']}&d={data['digest']}&s=2&w=optimistic&view=overview"
    with opened(browser, file, start) as page:
        drag(page, "naloxone_kits", 0.85)
        drag(page, "prevent_relapse", 0.8)
        menu(page, "Help")
        page.get_by_label("Name of this scenario").fill("Mine, 50 % & more")
        page.get_by_label("Name of this scenario").press("Tab")
        page.keyboard.press("Escape")
        for name in VIEWS:
            view(page, name)
            there = here(page)
            with opened(browser, file, there.partition("#")[2]) as other:
                assert here(other) == there
                for shown in (page, other):  # figures below the window are drawn when it is idle
                    until(shown, DRAWN)
                    until(shown, READY)
                assert flat(other.locator("main").inner_text()) == flat(
                    page.locator("main").inner_text()
                )
                current = other.get_by_role("navigation", name="Views").locator("[aria-current]")
                assert current.inner_text() == name
                assert other.locator(".named input").input_value() == "Mine, 50 % & more"


def test_link_to_page_to_link_is_the_same_text(browser, file, link, data):
    head = f"v={data['version']}&d={data['digest']}&s=2"
    links = [
        link,
        f"{head}&w=base&view=levers",
        f"{head}&w=no_fentanyl&l=naloxone_kits:-0.5:1999:0&view=compare",
        f"{head}&w=base&l=prevent_relapse:0.1333:2031:20&t=%F0%9F%8C%8A+%C3%A9+%E6%B0%B4&view=people",
        f"{head}&w=pessimistic&t=a%2Bb%3Dc%23d%25&view=evidence",
    ]
    with opened(browser, file, links[0]) as page:
        for one in links:
            follow(page, one)
            assert here(page) == f"{address(file)}#{one}"
            assert page.locator(".notice").count() == 0
        assert answer(page) if page.locator(".answer").count() else True


def test_the_same_answer_is_the_same_file_to_the_byte(browser, file, link, tmp_path):
    found = []
    for again in ("one", "two"):
        folder = tmp_path / again
        folder.mkdir()
        with opened(browser, file, link) as page:
            found.append(
                [saved(page, of_deaths(page, kind), folder).read_bytes() for kind in ("CSV", "SVG")]
            )
    assert found[0] == found[1]


def test_no_file_name_is_taken_from_what_a_reader_wrote(browser, file, data, tmp_path):
    head = f"v={data['version']}&d={data['digest']}&s=2&w=base&t=..%2F..%2Fetc%2Fpasswd"
    with opened(browser, file, head) as page:
        names = [
            saved(page, of_deaths(page, kind), tmp_path).name for kind in ("CSV", "SVG", "PNG")
        ]
        names.append(scenario_file(page, tmp_path).name)
    assert names[:3] == ["upriver-deaths.csv", "upriver-deaths.svg", "upriver-deaths.png"]
    assert re.fullmatch(r"[a-z-]+\.yaml", names[3])
