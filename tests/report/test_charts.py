"""Claims about the drawing."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from demonstration import fan, figure

from upriver.report.charts import runs, svg
from upriver.report.figures import Figure, Series


def points(path: str) -> list[tuple[float, float]]:
    """The vertices of a path of M and L."""
    return [(float(a), float(b)) for a, b in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)]


def line(drawing: str) -> str:
    """The path of the first line series in the plot (swatches have H and no L)."""
    paths: list[str] = re.findall(r'class="line[^"]*" d="([^"]*)"', drawing)
    return next(path for path in paths if "L" in path)


@pytest.mark.parametrize("wide", [True, False])
def test_drawing_is_well_formed_named_and_described(wide: bool) -> None:
    root = ElementTree.fromstring(svg(figure(), wide, projection=2025.5))
    assert root.attrib["role"] == "img"
    names = {element.attrib.get("id") for element in root.iter()}
    assert set(root.attrib["aria-labelledby"].split()) <= names
    text = "".join(root.itertext())
    assert "73,838 in 2022" in text
    assert "projection begins" in text
    assert "deaths/year" in text


def test_gap_is_a_gap_and_not_zero() -> None:
    broken = Series("Broken", [2015, 2016, 2017, 2018, 2019], [5, 6, np.nan, 7, 8])
    drawing = svg(figure("gap", broken))
    path = line(drawing)
    assert path.count("M") == 2
    assert len(points(path)) == 4
    floor = max(float(y) for y in re.findall(r'class="axis" d="M[\d.]+ ([\d.]+)H', drawing))
    assert all(y < floor - 1 for _, y in points(path))


def test_value_alone_between_gaps_is_a_dot() -> None:
    alone = Series("Alone", [2015, 2016, 2017], [None, 6, None])
    assert svg(figure("alone", alone)).count("<circle") == 1


def test_missing_record_draws_no_mark() -> None:
    drawing = svg(figure())
    marks = re.findall(r'class="points ink full" d="([^"]*)"', drawing)
    assert marks[-1].count("M") == 3


def test_line_passes_through_its_numbers() -> None:
    series = Series("Line", [2000, 2010, 2020], [0, 50, 100])
    vertices = points(line(svg(figure("l", series))))
    (x0, y0), (x1, y1), (x2, y2) = vertices
    assert x1 == pytest.approx((x0 + x2) / 2, abs=0.1)
    assert y1 == pytest.approx((y0 + y2) / 2, abs=0.1)
    assert y0 > y2


def test_band_is_split_where_either_end_is_unknown() -> None:
    parts = runs(np.array([1, 2, np.nan, 4, 5.0]), np.array([1, 2, 3, 4, np.nan]))
    assert parts == [slice(0, 2), slice(3, 4)]


def test_records_and_scenarios_differ_without_colour() -> None:
    lines = [fan(f"Scenario {i}", "scenario", 1 - i / 10) for i in range(5)]
    drawing = svg(figure("many", *lines))
    assert len(set(re.findall(r'class="line c\d (d\d)"', drawing))) == 5


def test_a_projection_outside_the_years_is_not_drawn() -> None:
    assert "projection begins" not in svg(figure(), projection=2050)


def test_text_is_escaped() -> None:
    nasty = Series("</svg><script>alert(1)</script>", [2000, 2001], [1, 2])
    for wide in (True, False):
        assert "<script" not in svg(figure("n", nasty), wide)


def test_a_figure_without_values_says_so() -> None:
    assert "no values" in svg(figure("none", Series("Empty", [2000], [None])))


def test_axis_keeps_zero_unless_told_otherwise() -> None:
    series = [Series("High", [2000, 2010], [900, 1000])]
    low = Figure("a", "a", "a", "people", series, "", [], y_from_zero=False)
    assert ">0</text>" in svg(figure("z", *series))
    assert ">0</text>" not in svg(low)
