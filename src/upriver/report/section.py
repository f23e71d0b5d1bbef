"""A section of the report: a heading, what it says, and the figures, diagrams and tables in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from upriver.report.diagram import Diagram
from upriver.report.figures import Figure, Table


@dataclass(frozen=True, eq=False)
class Section:
    """A heading, paragraphs parted by blank lines, figures or diagrams, and tables with a title."""

    title: str
    text: str
    figures: Sequence[Figure | Diagram] = ()
    tables: Sequence[tuple[str, Table]] = ()
