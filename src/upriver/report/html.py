"""The report as one HTML file: offline, nothing fetched, light, dark and on paper.

Everything a caller passes is text and is escaped. The content policy allows one style block and
one script, each by its hash. The script is the chart kit, which draws the figures from JSON; all
numbers stand in tables, so that a reader without scripts misses no number.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence

from upriver.report import diagram, figures, style, tidy, wording
from upriver.report.assemble import BUNDLE, assemble
from upriver.report.diagram import Diagram
from upriver.report.figures import Cell, Figure, Table
from upriver.report.front import Front, annex, contents, where_from
from upriver.report.made import anchor, provenance_part, sources_part
from upriver.report.section import Section, check, cited_by, used
from upriver.report.wording import escape, slug

LICENCES = BUNDLE.with_name("LICENSES.txt")

HELP = (
    "If this touches you: in the United States, call or text 988 at any hour, or call "
    "1-800-662-4357 for treatment and support near you. Both are free and confidential."
)

WITHOUT = (
    "The charts need JavaScript. Without it every number is still here: open 'The numbers as a "
    "table' under each figure."
)


MANY_ROWS = 12
"""A table of more rows is folded."""


def render(
    title: str,
    subtitle: str,
    sections: Sequence[Section],
    headline_table: Table | None,
    provenance: Mapping[str, object],
    cannot_tell: Sequence[str],
    interval_note: str,
    sources: Sequence[Mapping[str, str]],
    *,
    projection: float | None = None,
    interval: str = figures.INTERVAL,
    licence: str = figures.LICENCE,
    texts: Sequence[tuple[str, str]] = (),
    lines: Sequence[str] = (),
    made: Mapping[str, object] | None = None,
    front: Front | None = None,
) -> str:
    """The whole page; with a `front`, two pages that answer, and the rest as an annex.

    `sources` have `key`, `text` and `url` (only http and https become links), and `short` if they
    are to be cited by something better than their key; those that nothing cites are left out.
    `projection` is the decimal year from which on values are projected, drawn in every figure that
    spans it. `texts` are scenarios with their whole text, `lines` what every CSV says on top of
    what was run, and `made` the same for a
    program that runs it again (`experiments/again.py`).
    Raises ValueError if two figures share an id, or a figure names a source that is not listed.
    """
    shown = [*([Section("", "", [front.figure])] if front else []), *sections]
    check(shown, sources)
    sheet, script = style.report_sheet(), assemble("kit/report.js", {"kit": style.KIT})
    cited = {source["key"]: source.get("short") or source["key"] for source in sources}
    said = [f"{title}. Upriver {provenance.get('upriver_version', '')}".rstrip() + "."]
    anchors = [(f"part-{i}", section.title) for i, section in enumerate(sections, 1)]
    data = _data(shown, projection, interval, cited, [*said, *lines[:1]])
    sure = f'<div class="sure"><p><b>How sure:</b> {escape(interval_note)}</p></div>'
    above, body = sure + contents(sections), [_headline(headline_table)] if headline_table else []
    if front:
        curve = _figure(front.figure, interval_note, licence, cited, lines, level=2)
        body = [
            f'<div class="first">{curve}{sure}</div>',
            *body,
            where_from(cited_by(front.figure), cited, provenance, headline_table),
            annex(sections),
        ]
        above = ""
    answer = f'<p class="answer">{escape(front.answer)}</p>' if front else ""
    for (part, _), section in zip(anchors, sections, strict=True):
        drawn = [_figure(f, interval_note, licence, cited, lines) for f in section.figures]
        body.append(
            f'<section aria-labelledby="{part}"><h2 id="{part}">{escape(section.title)}</h2>'
            f"{paragraphs(section.text)}{''.join(drawn)}{_tables(section)}</section>"
        )
    limits = "".join(f"<li>{escape(line)}</li>" for line in cannot_tell)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{style.policy(sheet, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{escape(title)}</title>
<style>{sheet}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<header>
<h1>{escape(title)}</h1>
{answer}<p class="lead">{escape(subtitle)}</p>
<noscript><div class="without"><p>{WITHOUT}</p></div></noscript>
{above}
</header>
<main id="main" tabindex="-1">
{"".join(body)}
<section aria-labelledby="cannot-tell"><h2 id="cannot-tell">What this cannot tell you</h2>
<ul>{limits}</ul></section>
{sources_part(used(shown, sources))}
{provenance_part(provenance, texts)}
</main>
<footer><p>{escape(HELP)}</p></footer>
<script type="application/json" id="figures">{data}</script>
<script type="application/json" id="made">{_json(made or {})}</script>
<script type="text/plain" id="licences">{LICENCES.read_text(encoding="utf-8")}</script>
<script>{script}</script>
</body>
</html>
"""


def paragraphs(text: str) -> str:
    """Text whose paragraphs are parted by blank lines."""
    parts = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def table(data: Table, stack: bool = False) -> str:
    """A table with caption and scopes; a column of numbers is aligned to the right.

    With `stack`, each row becomes a block of labelled values on a telephone.
    """
    numeric = [i > 0 and _numeric([row[i] for row in data.rows]) for i in range(len(data.columns))]
    mark = [' class="num"' if is_number else "" for is_number in numeric]
    head = "".join(
        f'<th scope="col"{mark[i]}>{escape(name)}</th>' for i, name in enumerate(data.columns)
    )
    kind = ' class="stack" role="table"' if stack else ""
    group, line = (' role="rowgroup"', ' role="row"') if stack else ("", "")
    lines = []
    for given in data.rows:
        row = [_dated(name, cell) for name, cell in zip(data.columns, given, strict=True)]
        header = ' role="rowheader"' if stack else ""
        cells = [f'<th scope="row"{header}>{_cell(row[0])}</th>'] if row else []
        for i, cell in enumerate(row[1:], 1):
            if stack:
                label = escape(data.columns[i])
                value = f"<span>{_cell(cell)}</span>"
                cells.append(f'<td role="cell"{mark[i]} data-label="{label}">{value}</td>')
            else:
                cells.append(f"<td{mark[i]}>{_cell(cell)}</td>")
        lines.append(f"<tr{line}>{''.join(cells)}</tr>")
    return (
        f"<table{kind}><caption>{escape(data.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody{group}>{''.join(lines)}</tbody></table>"
    )


def _headline(data: Table) -> str:
    """The answer in one table, before everything else."""
    return (
        '<section aria-labelledby="headline"><h2 id="headline">In short</h2>'
        f'<div class="scroll" role="group" tabindex="0" aria-labelledby="headline">'
        f"{table(data, stack=True)}</div></section>"
    )


def _tables(section: Section) -> str:
    """The tables of a section, below its figures; a long one opens when it is asked for."""
    found = []
    for title, data in section.tables:
        rows = (
            f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(title)}">'
            f"{table(data, stack=True)}</div>"
        )
        if len(data.rows) > MANY_ROWS:
            rows = f"<details><summary>All {len(data.rows)} rows</summary>{rows}</details>"
        found.append(f'<div class="more"><h3>{escape(title)}</h3>{rows}</div>')
    return "".join(found)


def _figure(
    figure: Figure | Diagram,
    interval_note: str,
    licence: str,
    cited: Mapping[str, str],
    lines: Sequence[str],
    level: int = 3,
) -> str:
    """A figure with its sentence, how sure it is, its sources, and its numbers.

    The script draws it where it says `chart-here`, and puts its pictures where it says `pictures`.
    """
    name = slug(figure.id)
    if isinstance(figure, Diagram):
        reach, numbers = figure.data_to, diagram.csv_of(figure, licence, lines)
        twin, from_zero = table(diagram.table_of(figure)), True
    else:
        reach, numbers = figures.data_to(figure), tidy.csv_of(figure, licence, lines)
        twin, from_zero = table(figures.table_of(figure)), figure.y_from_zero
    data = f"<b>Data to:</b> {escape(reach)}." if reach else "No records are drawn here."
    keys = cited_by(figure)
    links = "; ".join(f'<a href="#{anchor(key)}">{escape(cited[key])}</a>' for key in keys)
    text = base64.b64encode(numbers.encode(errors="replace")).decode()
    above_zero = "" if from_zero else " The vertical axis need not start at zero."
    label = escape(figure.title)
    return (
        f'<figure class="figure" id="fig-{name}" aria-labelledby="fig-{name}-h">'
        f'<h{level} class="figure-title" id="fig-{name}-h">{label}</h{level}>'
        f'<p class="question">{escape(figure.question)}</p>'
        f'<div class="chart-here" data-figure="{escape(figure.id)}"></div>'
        f"<figcaption><p><b>Note:</b> {escape(figure.note or interval_note)}{above_zero}</p>"
        f'<p class="soft">{data}{f" <b>Sources:</b> {links}." if links else ""}</p></figcaption>'
        f"<details><summary>The numbers as a table</summary>"
        f'<div class="scroll" role="region" tabindex="0" aria-label="Numbers: {label}">{twin}</div>'
        f'</details><p class="actions"><a class="get" download="upriver-{name}.csv"'
        f' href="data:text/csv;charset=utf-8;base64,{text}"'
        f' aria-label="Save the numbers as CSV: {label}">CSV</a>'
        f'<span class="pictures"></span></p></figure>'
    )


def _data(
    sections: Sequence[Section],
    projection: float | None,
    interval: str,
    cited: Mapping[str, str],
    remarks: Sequence[str],
) -> str:
    """What the script draws from, as JSON in which nothing can end its block."""
    drawn = [f for section in sections for f in section.figures]
    data = {
        "figures": [
            diagram.data_of(f)
            if isinstance(f, Diagram)
            else figures.data_of(f, projection, interval)
            for f in drawn
        ],
        "cited": {key: cited[key] for f in drawn for key in cited_by(f)},
        "remarks": list(remarks),
    }
    return _json(data)


def _json(data: object) -> str:
    """JSON in which nothing can end its block."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _cell(cell: Cell) -> str:
    """A cell's text: numbers with separators, a dash for what is not known."""
    if isinstance(cell, str):
        # An interval in brackets stays on one line.
        return escape(re.sub(r"\([^)]{1,32}\)", lambda m: m[0].replace(" ", "\u00a0"), cell))
    return wording.number(None if cell is None else float(cell))


def _dated(name: str, cell: Cell) -> Cell:
    """A year as a year: 2032, never 2,032."""
    is_year = name.lower() == "year" and isinstance(cell, int | float)
    return wording.year(float(cell)) if is_year and cell is not None else cell


def _numeric(cells: Sequence[Cell]) -> bool:
    """Whether a column holds numbers, or text that starts with one."""
    known = [c for c in cells if c is not None and c != wording.MISSING]
    return bool(known) and all(
        not isinstance(c, str) or c.lstrip(f"+-$~ {wording.MINUS}")[:1].isdigit() for c in known
    )
