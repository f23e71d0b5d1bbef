"""The first two pages of a report: answer, curve, how sure, table, and where they are from.

All else is an annex behind them, with a list of what is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from upriver.report.figures import Figure, Table
from upriver.report.made import anchor
from upriver.report.section import Section
from upriver.report.wording import escape, slug

ENDS = (
    ("cannot-tell", "What this cannot tell you"),
    ("sources", "Sources"),
    ("provenance", "How this was made"),
)
"""Parts that stand at the end of every report."""


RECORD = "Record"
"""The column of a table that says who recorded each number."""


@dataclass(frozen=True, eq=False)
class Front:
    """The answer in a sentence or two, and the curve that shows it."""

    answer: str
    figure: Figure


def contents(sections: Sequence[Section], *, of_figures: bool = False) -> str:
    """What is in a report as a list of links; with the titles of figures behind each section."""
    lines = []
    for i, section in enumerate(sections, 1):
        links = [
            f'<a href="#fig-{slug(figure.id)}">{escape(figure.title)}</a>'
            for figure in section.figures
        ]
        behind = f": {'; '.join(links)}" if of_figures and links else ""
        lines.append(f'<li><a href="#part-{i}">{escape(section.title)}</a>{behind}</li>')
    lines += [f'<li><a href="#{key}">{text}</a></li>' for key, text in ENDS]
    return f'<nav aria-label="Contents"><ul>{"".join(lines)}</ul></nav>'


def where_from(
    keys: Sequence[str],
    cited: Mapping[str, str],
    provenance: Mapping[str, object],
    table: Table | None,
) -> str:
    """Sources of the curve, what made the numbers, and where the annex says more."""
    named = (
        " The table names who recorded each number." if table and RECORD in table.columns else ""
    )
    links = "; ".join(f'<a href="#{anchor(key)}">{escape(cited[key])}</a>' for key in keys)
    known = [
        f"{name} {provenance[key]}"
        for key, name in (("upriver_version", "Upriver"), ("world", "world"), ("draws", "draws"))
        if key in provenance
    ]
    by = f" Made by {escape(', '.join(known))}." if known else ""
    return (
        '<section class="from" aria-labelledby="from"><h2 id="from">Where the numbers are from</h2>'
        f"<p>The curve: {links}.{named}{by}</p>"
        '<p>Behind these pages: <a href="#cannot-tell">what this cannot tell you</a>, '
        '<a href="#sources">every source in full</a>, '
        '<a href="#provenance">what it takes to make the same numbers again</a>.</p></section>'
    )


def annex(sections: Sequence[Section]) -> str:
    """How the annex begins."""
    return (
        '<section class="annex" aria-labelledby="annex"><h2 id="annex">Annex</h2>'
        "<p>Every figure with its numbers, its note and its sources.</p>"
        f"{contents(sections, of_figures=True)}</section>"
    )
