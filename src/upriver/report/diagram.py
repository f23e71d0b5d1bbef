"""A diagram of what flows where: nodes in stages, and between them bands as wide as the flow.

Like a figure it is data first: what is drawn (`data_of`) can also be read as a table (`table_of`)
and taken away as CSV (`csv_of`), from the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from upriver.evidence.tables import csv_text
from upriver.report import wording
from upriver.report.figures import CAVEAT, LICENCE, Origin, Table

Fate: TypeAlias = Literal["on", "lost", "held"]
"""What becomes of a flow: it goes on, is seized, or goes into stocks."""

CSV_COLUMNS = (
    *("from", "to", "value", "low", "high", "unit", "fate"),
    *("source", "vintage", "status", "world", "draws"),
)


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

    stages: what each is called; weighed: unit of every amount, as it is written after it; origin:
    where the amounts come from.
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
    origin: Origin = field(default_factory=Origin)

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


def csv_of(diagram: Diagram, licence: str = LICENCE, remarks: Sequence[str] = ()) -> str:
    """Every flow that is drawn, as CSV; caveat, licence and `remarks` in comment lines on top."""
    top = [diagram.title, diagram.question, f"Note: {diagram.note}", CAVEAT, f"Licence: {licence}"]
    label, node = names(diagram), {one.key: one for one in diagram.nodes}
    shared = ("source", "vintage", "status", "world", "draws")
    rows = (
        {
            "from": label[link.source],
            "to": label[link.target],
            "value": link.value,
            "low": link.low,
            "high": link.high,
            "unit": diagram.unit,
            "fate": node[link.target].fate,
            **{name: getattr(diagram.origin, name) for name in shared},
        }
        for link in diagram.links
    )
    return csv_text(CSV_COLUMNS, rows, [*(" ".join(text.split()) for text in top), *remarks])
