"""Diagrams: what is drawn, told and saved are the same numbers, and all is to one scale."""

import csv
import io

import pytest
from demonstration import SOURCES

from upriver.report import html
from upriver.report.diagram import Diagram, Link, Node, csv_of, data_of, table_of
from upriver.report.figures import Table
from upriver.report.section import Section

NODES = [
    Node("a", "North <b>", 0, 900.0),
    Node("b", "South", 0, 100.0),
    Node("c", "Here", 1, 960.0),
    Node("d", "Taken", 1, 40.0, "lost"),
]
LINKS = [
    Link("a", "c", 880.0, 700.0, 1000.5),
    Link("a", "d", 20.0, 15.0, 30.0),
    Link("b", "c", 80.0, 70.0, 90.0),
    Link("b", "d", 20.0, 10.0, 30.0),
]


def diagram(**changes: object) -> Diagram:
    given = {
        "id": "way", "title": "The way", "question": "Where?", "unit": "kg in the year",
        "weighed": "kg", "stages": ["From", "To"], "nodes": NODES, "links": LINKS,
        "note": "Made up.", "sources": ["wonder"],
    }  # fmt: skip
    return Diagram(**{**given, **changes})  # type: ignore[arg-type]


def test_the_table_has_a_row_a_flow_with_its_interval():
    told = table_of(diagram())
    assert told.columns == ("From", "To", "kg", "95 % interval")
    assert told.rows[0] == ("North <b>", "Here", "880", "700 to 1,000")
    assert len(told.rows) == len(LINKS)


def test_two_nodes_of_one_name_are_told_apart_by_their_stage():
    twins = [Node("a", "Here", 0, 900.0), *NODES[1:]]
    told = table_of(diagram(nodes=twins)).rows
    assert told[0][:2] == ("Here, from", "Here, to")
    assert told[3][:2] == ("South", "Taken")
    assert "Here, from" in csv_of(diagram(nodes=twins))


def test_the_csv_holds_every_flow_and_its_fate():
    text = csv_of(diagram())
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert [(r["from"], r["to"], float(r["value"]), r["fate"]) for r in rows] == [
        ("North <b>", "Here", 880.0, "on"),
        ("North <b>", "Taken", 20.0, "lost"),
        ("South", "Here", 80.0, "on"),
        ("South", "Taken", 20.0, "lost"),
    ]
    assert "# Note: Made up." in text


@pytest.mark.parametrize(
    ("link", "says"),
    [(Link("a", "x", 1, 1, 1), "no node 'x'"), (Link("c", "a", 1, 1, 1), "'c' leads back")],
)
def test_a_link_that_leads_nowhere_or_back_is_refused(link: Link, says: str):
    with pytest.raises(ValueError, match=says):
        diagram(links=[link])


def test_it_stands_in_a_report_beside_figures_and_tables():
    rows = [(f"row {i}", i) for i in range(html.MANY_ROWS + 1)]
    tables = [("A few", Table(("a", "b"), rows[:2], "x")), ("Many", Table(("a", "b"), rows, "y"))]
    text = html.render(
        "T", "", [Section("S", "", [diagram()], tables)], None, {}, [], "As it is.", SOURCES
    )
    assert '<div class="chart-here" data-figure="way">' in text
    assert "North &lt;b&gt;" in text
    assert "880" in text
    assert text.count("<summary>All 13 rows</summary>") == 1
    assert "<h3>A few</h3>" in text


def test_a_source_that_is_not_listed_is_refused():
    parts = [Section("S", "", [diagram(sources=["unknown"])])]
    with pytest.raises(ValueError, match="unknown"):
        html.render("T", "", parts, None, {}, [], "", SOURCES)


@pytest.mark.parametrize("width", [800, 358])
def test_bands_and_places_are_as_wide_as_what_flows(kit, width: int):
    kit.set_viewport_size({"width": width, "height": 900})
    kit.evaluate("figure => show('Sankey', { figure })", data_of(diagram()))
    side = "height" if width == 800 else "width"
    sizes = kit.locator("rect.place").evaluate_all(
        f"all => all.map(one => Number(one.getAttribute('{side}')))"
    )
    assert len(sizes) == len(NODES)
    amounts = [node.value for node in NODES]
    scale = sizes[0] / amounts[0]
    assert sizes == pytest.approx([amount * scale for amount in amounts], abs=0.11)
    fates = kit.locator("path.flowing").evaluate_all("all => all.map(one => one.classList[1])")
    assert sorted(fates) == ["c1", "c1", "c2", "c2"]
    words = kit.locator("svg.drawing").text_content()
    for said in ("North <b>", "900 kg", "Taken", "40 kg", "From", "To"):
        assert said in words
    boxes = kit.locator("svg.drawing text:not(.halo)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
        ".map(b => [b.left, b.top, b.right, b.bottom])"
    )
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert right <= width
        for other in boxes[i + 1 :]:
            apart = left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom
            assert apart or abs(top - other[1]) >= 14


def test_it_is_described_for_whoever_cannot_see_it(kit):
    kit.evaluate("figure => show('Sankey', { figure })", data_of(diagram()))
    told = kit.locator("svg.drawing desc").text_content()
    assert told.startswith("North <b> to Here: 880 kg; North <b> to Taken: 20 kg")
