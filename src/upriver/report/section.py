"""A section of the report: a heading, what it says, and the figures, diagrams and tables in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from upriver.report.diagram import Diagram
from upriver.report.figures import Figure, Table, sources_of
from upriver.report.wording import slug


@dataclass(frozen=True, eq=False)
class Section:
    """A heading, paragraphs parted by blank lines, figures or diagrams, and tables with a title."""

    title: str
    text: str
    figures: Sequence[Figure | Diagram] = ()
    tables: Sequence[tuple[str, Table]] = ()


def check(sections: Sequence[Section], sources: Sequence[Mapping[str, str]]) -> None:
    """Refuse what would break a link: twin ids, unlisted sources."""
    listed = {source["key"] for source in sources}
    seen: set[str] = set()
    for section in sections:
        for figure in section.figures:
            if slug(figure.id) in seen:
                raise ValueError(f"two figures have the id {figure.id!r}; give each its own")
            seen.add(slug(figure.id))
            for key in cited_by(figure):
                if key not in listed:
                    raise ValueError(f"figure {figure.id!r}: source {key!r} is not in the list")


def used(
    sections: Sequence[Section], sources: Sequence[Mapping[str, str]]
) -> list[Mapping[str, str]]:
    """Sources that a figure cites or a table names, in the order of the list."""
    figures_of = [figure for section in sections for figure in section.figures]
    cited = {key for figure in figures_of for key in cited_by(figure)}
    given = [one for section in sections for _, one in section.tables]
    cells = [str(cell) for one in given for row in one.rows for cell in row]
    words = {word for cell in cells for word in re.findall(r"[\w.-]+", cell)}
    return [one for one in sources if one["key"] in cited | words]


def cited_by(figure: Figure | Diagram) -> list[str]:
    """Keys of the sources of a figure or a diagram."""
    if isinstance(figure, Diagram):
        return list(figure.sources)
    return sources_of(figure)
