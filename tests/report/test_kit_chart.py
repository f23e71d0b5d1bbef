"""Claims about the drawing: what is shown, what is said, and what moves when numbers do."""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest
from demonstration import YEARS, fan, figure

from upriver.report.figures import Figure, Series, data_of


def draw(kit: Any, one: Figure, projection: float | None = None, **props: Any) -> str:
    """The drawing of a figure, as text."""
    kit.evaluate("(p) => show('Chart', p)", {"figure": data_of(one, projection), **props})
    text: str = kit.locator("svg.drawing").evaluate(
        "(s) => new XMLSerializer().serializeToString(s)"
    )
    return text


def points(path: str) -> list[tuple[float, float]]:
    """The vertices of a path of M and L."""
    return [(float(a), float(b)) for a, b in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)]


def lines(drawing: str) -> list[str]:
    """Paths of the line series in the plot (swatches have H and no L)."""
    paths = re.findall(r'class="line[^"]*" d="([^"]*)"', drawing)
    return [path for path in paths if "L" in path]


def test_drawing_is_well_formed_named_and_described(kit):
    drawing = draw(kit, figure(), 2025.5)
    root = ElementTree.fromstring(drawing)
    assert root.attrib["role"] == "img"
    names = {element.attrib.get("id") for element in root.iter()}
    assert set(root.attrib["aria-labelledby"].split()) <= names
    text = "".join(root.itertext())
    assert "73,838 in 2022" in text
    assert "projection begins" in text
    assert "deaths/year" in text


def test_gap_is_a_gap_and_not_zero(kit):
    broken = Series("Broken", [2015, 2016, 2017, 2018, 2019], [5, 6, np.nan, 7, 8])
    drawing = draw(kit, figure("gap", broken))
    (path,) = lines(drawing)
    assert path.count("M") == 2
    assert len(points(path)) == 4
    (floor,) = re.findall(r'class="axis" d="M[\d.]+ ([\d.]+)H', drawing)
    assert all(y < float(floor) - 1 for _, y in points(path))


def test_value_alone_between_gaps_is_a_dot(kit):
    alone = Series("Alone", [2015, 2016, 2017], [None, 6, None])
    assert draw(kit, figure("alone", alone)).count('class="dot') == 1


def test_missing_record_draws_no_mark(kit):
    marks = re.findall(r'class="points ink full" d="([^"]*)"', draw(kit, figure()))
    assert marks[-1].count("M") == 3


def test_line_passes_through_its_numbers(kit):
    series = Series("Line", [2000, 2010, 2020], [0, 50, 100])
    (x0, y0), (x1, y1), (x2, y2) = points(lines(draw(kit, figure("l", series)))[0])
    assert x1 == pytest.approx((x0 + x2) / 2, abs=0.1)
    assert y1 == pytest.approx((y0 + y2) / 2, abs=0.1)
    assert y0 > y2


def test_band_is_split_where_either_end_is_unknown(kit):
    parts = kit.evaluate("() => kit.stretches([1, 2, NaN, 4, 5], [1, 2, 3, 4, NaN])")
    assert parts == [[0, 2], [3, 4]]


def test_scenarios_differ_without_colour(kit):
    many = [fan(f"Scenario {i}", "scenario", 1 - i / 10) for i in range(5)]
    drawing = draw(kit, figure("many", *many))
    assert len(set(re.findall(r'class="line c\d (d\d)"', drawing))) == 5


def test_records_differ_without_colour(kit):
    two = [Series(name, [2000, 2010], [1, 2], kind="recorded") for name in "ab"]
    drawing = draw(kit, figure("two", *two))
    assert set(re.findall(r'class="points ink (\w+)" d="', drawing)) == {"full", "hollow"}


def test_what_scenarios_have_in_common_is_drawn_once(kit):
    other = fan("Other", "scenario")
    late = np.where(YEARS > 2025, 1.5, 1.0)
    other = Series("Other", YEARS, np.asarray(other.y) * late, kind="scenario")
    first = Series("First", YEARS, fan().y)
    whole, part = lines(draw(kit, figure("p", first, other)))
    assert len(points(whole)) == len(YEARS)
    assert len(points(part)) == np.sum(YEARS > 2025) + 1


def test_a_projection_outside_the_years_is_not_drawn(kit):
    assert "projection begins" not in draw(kit, figure(), 2050)


def test_text_is_never_markup(kit):
    nasty = Series("</svg><script>alert(1)</script>", [2000, 2001], [1, 2])
    assert "<script" not in draw(kit, figure("n", nasty))
    assert kit.locator("#app script").count() == 0


def test_a_figure_without_values_says_so(kit):
    assert "no values" in draw(kit, figure("none", Series("Empty", [2000], [None])))
    assert "no values" in draw(kit, figure("nothing", Series("Empty", [], [])))


def test_axis_keeps_zero_unless_told_otherwise(kit):
    series = [Series("High", [2000, 2010], [900, 1000])]
    low = Figure("a", "a", "a", "people", series, "", [], y_from_zero=False)
    assert ">0</text>" in draw(kit, figure("z", *series))
    assert ">0</text>" not in draw(kit, low)


def test_a_domain_overrides_the_data(kit):
    drawing = draw(kit, figure("d", Series("a", [2000, 2010], [1, 2])), domain=[0, 800])
    assert ">800</text>" in drawing


OVERLAPS = """() => {
  const svg = document.querySelector('svg.drawing'), frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map((t) => [t.textContent, t.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
    || b.top < frame.top - 3 || b.bottom > frame.bottom + 3).map(([t]) => `outside: ${t}`);
  for (const [i, [s, a]] of boxes.entries()) for (const [t, b] of boxes.slice(i + 1)) {
    const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (w > 1 && h > 4) out.push(`${s} over ${t}`);
  }
  return out;
}"""


@pytest.mark.parametrize("width", [1200, 800, 560, 358, 300])
@pytest.mark.parametrize("compact", [False, True])
def test_no_text_covers_another_or_leaves_the_frame(kit, width, compact):
    kit.set_viewport_size({"width": width, "height": 900})
    names = ["Base", "Fewer people start, and more are treated early", "More", "Less", "As in 2019"]
    for spread in (0.001, 0.2):
        many = [fan(name, "scenario", 1 - i * spread) for i, name in enumerate(names)]
        records = Series("Recorded by the survey", [2015, 2016], [1, 2], kind="recorded")
        draw(kit, figure("many", *many, records), 2016, compact=compact)
        assert kit.evaluate(OVERLAPS) == []


def test_a_move_changes_only_paths_heights_and_words(kit):
    draw(kit, figure("moves", figure().series[0], fan(), fan("Less", "scenario", 0.8)), 2025)
    kit.evaluate("""() => {
      globalThis.seen = new Set();
      new MutationObserver((all) => all.forEach((m) => seen.add(m.attributeName ?? m.type)))
        .observe(document.querySelector('svg.drawing'),
          {attributes: true, childList: true, subtree: true, characterData: true});
    }""")
    draw(kit, figure("moves", figure().series[0], fan(), fan("Less", "scenario", 0.7)), 2025)
    assert set(kit.evaluate("() => [...seen]")) <= {"d", "transform", "characterData"}


def test_the_axis_stands_still_while_values_move(kit):
    def top(factor: float) -> str:
        return max(
            re.findall(
                r'class="end"[^>]*>([\d,]+)<', draw(kit, figure("s", fan("a", "modelled", factor)))
            ),
            key=len,
        )

    first = top(1.0)
    assert top(0.75) == first
    assert top(0.3) != first


def test_keys_read_the_numbers(kit):
    draw(kit, figure())
    kit.locator(".reader").focus()
    said = kit.locator(".reader [aria-live]")
    for key, words in (("Home", "2015"), ("End", "2032"), ("ArrowLeft", "2031")):
        kit.keyboard.press(key)
        assert said.inner_text().startswith(f"{words}: Modelled")
    for _ in range(9):
        kit.keyboard.press("ArrowLeft")
    assert said.inner_text() == "2022: Recorded 73,838; Modelled 50,000 (45,000 to 60,000)"
    assert kit.locator(".tip tr").all_inner_texts()[1].split("\t")[1:] == [
        "Modelled",
        "50,000",
        "45,000 to 60,000",
    ]
    kit.keyboard.press("Escape")
    assert kit.locator(".tip").count() == 0


@pytest.mark.parametrize("width", [800, 358])
def test_a_pointer_reads_the_numbers_inside_the_window(kit, width):
    kit.set_viewport_size({"width": width, "height": 900})
    draw(kit, figure("many", *[fan(f"Scenario {i}", "scenario", 1 - i / 10) for i in range(5)]))
    box = kit.locator(".reader").bounding_box()
    for share in (0.1, 0.5, 0.97):
        kit.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        tip = kit.locator(".tip").bounding_box()
        assert tip["x"] >= -0.5
        assert tip["x"] + tip["width"] <= width + 0.5
    kit.mouse.move(0, 890)
    assert kit.locator(".tip").count() == 0


def test_scenarios_that_agree_share_a_row(kit):
    draw(kit, figure("same", fan("One"), fan("Two", "scenario"), fan("Three", "scenario")))
    kit.locator(".reader").focus()
    kit.keyboard.press("Home")
    assert "One and 2 others" in kit.locator(".reader [aria-live]").inner_text()


def test_a_sparkline_is_drawn_and_says_nothing(kit):
    props = {"x": [1, 2, 3], "y": [1, None, 3], "low": [0, 1, 2], "high": [2, 3, 4]}
    kit.evaluate("(p) => show('Sparkline', p)", {**props, "points": {"x": [1, 2], "y": [1, None]}})
    spark = kit.locator("svg.spark")
    assert spark.get_attribute("aria-hidden") == "true"
    assert spark.locator(".specks").get_attribute("d").count("M") == 1
