"""Cards: how a thing looks in a notebook, as a piece of HTML that stands alone.

No script, no class and no colour of its own: text, lines and curves have the colour of the text
around them, so that a card is read on a light page and on a dark one. All that is given is text and
is escaped. A notebook asks a thing for `_repr_html_`; each room makes that of its own things here.
"""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

WIDE, HIGH = 420, 96
"""Of a curve, in its own units."""

BELOW = 16
"""Of it, for the years below the curve."""

CELL = "padding:0.1em 0.9em 0.1em 0;vertical-align:top;border:none;background:none;"
LINE = "margin:0.3em 0;max-width:46em;"
QUIET = LINE + "opacity:0.75;font-size:0.85em;"


def card(
    title: str, *, says: Sequence[str] = (), body: Sequence[str] = (), foot: Sequence[str] = ()
) -> str:
    """A card.

    Args:
        title: what it is of. says: sentences before the numbers. foot: small ones after them.
        body: pieces that `table` and `curve` made; they stand as they are.
    """
    told = [f'<p style="{LINE}">{escape(text)}</p>' for text in says if text]
    small = [f'<p style="{QUIET}">{escape(text)}</p>' for text in foot if text]
    head = f'<p style="{LINE}"><strong>{escape(title)}</strong></p>'
    return "\n".join(['<div style="overflow-x:auto">', head, *told, *body, *small, "</div>"])


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    numbers: bool = True,
) -> str:
    """A table; the first cell of a row says what the row is of.

    Args:
        heads: of the columns; none where the table needs no head. caption: what is counted, its
            unit and its interval. numbers: whether cells are numbers, which stand at the right.
    """
    side = "right" if numbers else "left"
    above = f'<caption style="{QUIET}text-align:left;caption-side:top;white-space:nowrap">'
    lines = [f"{above}{escape(caption)}</caption>"] if caption else []
    if heads:
        first, *others = heads
        lines.append(
            f"<thead><tr>{_cell('th', first, 'left', 'col')}"
            + "".join(_cell("th", text, side, "col") for text in others)
            + "</tr></thead>"
        )
    lines.append("<tbody>")
    for name, *cells in rows:
        lines.append(
            f"<tr>{_cell('th', name, 'left', 'row')}"
            + "".join(_cell("td", text, side) for text in cells)
            + "</tr>"
        )
    style = "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0.3em 0;border:none"
    return "\n".join([f'<table style="{style}">', *lines, "</tbody>", "</table>"])


def curve(
    times: Doubles,
    middle: Doubles,
    low: Doubles | None = None,
    high: Doubles | None = None,
    *,
    label: str,
    marks: bool = False,
) -> str:
    """A small curve from zero up, with a band where there is one.

    Args:
        times, middle, low, high: shape (n,); what is not finite is left out.
        label: what it shows, for whoever does not see it. marks: points in place of a line.
    """
    known = np.isfinite(middle)
    if known.sum() < 2:
        return ""
    t, m = times[known], middle[known]
    band = low is not None and high is not None
    top = float(np.nanmax(high[known] if band and high is not None else m)) or 1.0
    across = (t - t[0]) / (t[-1] - t[0]) * WIDE

    def points(values: Doubles, at: Doubles = across) -> str:
        height = HIGH - BELOW
        up = height - np.clip(values, 0, top) / top * (height - 4)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(at, up, strict=True))

    drawn = []
    if low is not None and high is not None:
        around = f"{points(low[known])} {points(high[known][::-1], across[::-1])}"
        drawn.append(f'<polygon points="{around}" fill="currentColor" fill-opacity="0.18"/>')
    if marks:
        pairs = [pair.split(",") for pair in points(m).split()]
        drawn += [f'<circle cx="{x}" cy="{y}" r="2" fill="currentColor"/>' for x, y in pairs]
    else:
        drawn.append(
            f'<polyline points="{points(m)}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        )
    said = 'fill="currentColor" font-size="11" font-family="inherit"'
    most = f"{top:.3g}" if top < 1 else f"{top:,.0f}"
    drawn += [
        f'<text x="0" y="{HIGH - 3}" {said}>{int(t[0])}</text>',
        f'<text x="{WIDE}" y="{HIGH - 3}" text-anchor="end" {said}>{int(t[-1])}</text>',
        f'<text x="0" y="11" {said}>most {most}</text>',
    ]
    frame = f'viewBox="-4 0 {WIDE + 8} {HIGH}" width="{WIDE + 8}" height="{HIGH}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {frame} role="img" style="max-width:100%"'
    return f'{head} aria-label="{escape(label)}">' + "".join(drawn) + "</svg>"


def _cell(tag: str, text: str, side: str, scope: str = "") -> str:
    """A cell of text."""
    weight = "font-weight:normal;" if tag == "th" and scope == "row" else ""
    where = f' scope="{scope}"' if scope else ""
    return f'<{tag}{where} style="{CELL}{weight}text-align:{side}">{escape(text)}</{tag}>'
