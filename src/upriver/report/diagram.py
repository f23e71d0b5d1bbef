"""A diagram of what flows where: nodes in stages, and between them bands as wide as the flow.

Like a figure it is data first: what is drawn (`data_of`) can also be read as a table (`table_of`)
and taken away as CSV (`csv_of`), from the same numbers.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from upriver.report import wording
from upriver.report.figures import CAVEAT, LICENCE, Table

Fate: TypeAlias = Literal["on", "lost", "held"]
"""What becomes of a flow: it goes on, is seized, or goes into stocks."""

CSV_COLUMNS = ("from", "to", "value", "low", "high", "unit", "fate")


@dataclass(frozen=True)
class Node:
    """A place in a stage, counted from 0; its amount is told, the bands give its size."""

    key: str
    label: str
    stage: int
    value: float
    fate: Fate = "on"


@dataclass(frozen=True)
class Link:
    """A flow between two nodes, with the ends of its interval."""

    source: str
    target: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Diagram:
    """A diagram with what a reader needs beside it; other fields as those of a figure.

    stages: what each is called; weighed: unit of every amount, as it is written after it.
    """

    id: str
    title: str
    question: str
    unit: str
    weighed: str
    stages: Sequence[str]
    nodes: Sequence[Node]
    links: Sequence[Link]
    note: str
    sources: Sequence[str]
    data_to: str | None = None

    def __post_init__(self) -> None:
        """Refuse a link that leads nowhere, or not on to a later stage."""
        stage = {node.key: node.stage for node in self.nodes}
        for link in self.links:
            for end in (link.source, link.target):
                if end not in stage:
                    raise ValueError(f"diagram {self.id!r}: there is no node {end!r}")
            if stage[link.source] >= stage[link.target]:
                raise ValueError(f"diagram {self.id!r}: {link.source!r} leads back")


def data_of(diagram: Diagram) -> dict[str, object]:
    """The diagram as the chart kit reads it."""
    return {
        "id": diagram.id,
        "title": diagram.title,
        "question": diagram.question,
        "unit": diagram.unit,
        "weighed": diagram.weighed,
        "note": diagram.note,
        "sources": list(diagram.sources),
        "dataTo": diagram.data_to,
        "series": [],
        "stages": list(diagram.stages),
        "nodes": [vars(node) for node in diagram.nodes],
        "links": [vars(link) for link in diagram.links],
    }


def names(diagram: Diagram) -> dict[str, str]:
    """What each node is called outside the drawing: with its stage, where two share a label."""
    labels = [node.label for node in diagram.nodes]
    return {
        node.key: node.label
        if labels.count(node.label) == 1
        else f"{node.label}, {diagram.stages[node.stage].lower()}"
        for node in diagram.nodes
    }


def table_of(diagram: Diagram) -> Table:
    """A row a flow: from where, to where, how much, and its interval."""
    label = names(diagram)
    rows = []
    for link in diagram.links:
        places = wording.decimals_for(max(link.value, link.high))
        rows.append(
            (
                label[link.source],
                label[link.target],
                wording.number(link.value, places),
                wording.interval(link.low, link.high, places),
            )
        )
    return Table(
        ("From", "To", diagram.weighed, "95 % interval"), rows, f"{diagram.title} ({diagram.unit})"
    )


def csv_of(diagram: Diagram, licence: str = LICENCE) -> str:
    """Every flow that is drawn, as CSV with its caveat and licence in comment lines on top."""
    remarks = [diagram.title, diagram.question, f"Note: {diagram.note}", CAVEAT]
    out = io.StringIO()
    for remark in [*remarks, f"Licence: {licence}"]:
        out.write("# " + " ".join(remark.split()) + "\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    label, node = names(diagram), {one.key: one for one in diagram.nodes}
    for link in diagram.links:
        ends = label[link.source], label[link.target]
        numbers = (f"{value:.9g}" for value in (link.value, link.low, link.high))
        writer.writerow((*ends, *numbers, diagram.unit, node[link.target].fate))
    return out.getvalue()
