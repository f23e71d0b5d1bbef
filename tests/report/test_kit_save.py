"""What a reader takes away: a drawing that stands alone, a picture of its size, the numbers."""

import base64
import re
import xml.etree.ElementTree as ElementTree

import pytest
from demonstration import fan, figure

from upriver.report import style
from upriver.report.figures import data_of
from upriver.report.tidy import csv_of

SVG = "{http://www.w3.org/2000/svg}"
AROUND = {"title": "Deaths <b>", "question": "How many?", "foot": ["Source: made up."]}
PICTURE = """async (around) => {
  const blob = await kit.pngOf(document.querySelector('svg.drawing'), 2, around);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return [blob.type, btoa(String.fromCharCode(...bytes.slice(0, 24))), bytes.length];
}"""


@pytest.fixture
def drawing(kit):
    """A page that shows a figure as a chart."""
    one = figure("saved", figure().series[0], fan(), fan("Less", "scenario", 0.5))
    kit.evaluate("(figure) => show('Figure', {figure})", data_of(one, 2025))
    return kit


def saved(page, around=None) -> str:
    """The drawing as a file."""
    text: str = page.evaluate(
        "(around) => kit.svgOf(document.querySelector('svg.drawing'), around)", around or {}
    )
    return text


def test_a_saved_drawing_needs_no_style_sheet(drawing):
    text = saved(drawing)
    root = ElementTree.fromstring(text)
    assert not any({"class", "style"} & set(element.attrib) for element in root.iter())
    assert "var(" not in text
    assert "system-ui" in root.attrib["font-family"]
    (ground, *_) = root.findall(f"{SVG}rect")
    assert ground.attrib["fill"] == style.LIGHT["page"]
    strokes = {element.attrib.get("stroke") for element in root.iter(f"{SVG}path")}
    assert {"rgb(10, 95, 163)", "rgb(176, 74, 8)"} <= strokes
    dashes = {element.attrib.get("stroke-dasharray") for element in root.iter(f"{SVG}path")}
    assert "8px, 4px" in dashes


def test_a_saved_drawing_says_what_it_shows(drawing):
    text = "".join(ElementTree.fromstring(saved(drawing, AROUND)).itertext())
    for words in ("Deaths <b>", "How many?", "Source: made up.", "deaths/year", "Less"):
        assert words in text


def test_a_picture_has_twice_the_size_of_the_drawing(drawing):
    kind, head, length = drawing.evaluate(PICTURE, AROUND)
    bytes_ = base64.b64decode(head)
    width, height = (int.from_bytes(bytes_[i : i + 4]) for i in (16, 20))
    assert kind == "image/png"
    assert length > 10_000
    found = re.match(r'<svg[^>]*? width="(\d+)" height="(\d+)"', saved(drawing, AROUND))
    assert found is not None
    assert (width, height) == (2 * int(found[1]), 2 * int(found[2]))


def test_buttons_hand_over_the_three_files(drawing):
    names = {}
    for button in ("CSV", "SVG", "PNG"):
        with drawing.expect_download() as given:
            drawing.get_by_text(button, exact=True).click()
        names[given.value.suggested_filename] = given.value.path().read_bytes()
    assert list(names) == ["upriver-saved.csv", "upriver-saved.svg", "upriver-saved.png"]
    one = figure("saved", figure().series[0], fan(), fan("Less", "scenario", 0.5))
    assert names["upriver-saved.csv"].decode() == csv_of(one)
    assert names["upriver-saved.png"][:4] == b"\x89PNG"


def test_a_figure_has_its_heading_note_sources_and_table(drawing):
    holder = drawing.locator("figure#fig-saved")
    assert holder.get_attribute("aria-labelledby") == "fig-saved-h"
    assert drawing.locator("h3#fig-saved-h").inner_text() == "Deaths from synthetic opioids"
    caption = drawing.locator("figcaption").inner_text()
    assert "Note: The band covers 95 % of draws." in caption
    assert "Data to: 2022. Sources: wonder." in caption
    assert drawing.locator("table").count() == 0
    drawing.locator("summary").click()
    drawing.locator("details table").wait_for()
    assert drawing.locator("details thead th").all_inner_texts()[:2] == ["Year", "Recorded"]
    assert drawing.locator("details tbody tr").count() == 18


def test_sources_are_cited_and_only_web_addresses_are_links(kit):
    kit.evaluate(
        """(figure) => show('Figure', {figure, sourceText: (key) => (
          {text: `Study of ${key}`, url: key === 'good' ? 'https://example.org' : 'javascript:1'}
        )})""",
        {**data_of(figure()), "sources": ["good", "bad"]},
    )
    assert "Sources: Study of good; Study of bad." in kit.locator("figcaption").inner_text()
    assert [a.get_attribute("href") for a in kit.locator("figcaption a").all()] == [
        "https://example.org"
    ]
