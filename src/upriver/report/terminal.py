"""The headline in a terminal: plain text, no colour, columns that fit the width.

Where room is scarce, long numbers are shortened first, then the course, then the difference go;
the recorded value, the median and its interval always stay.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from upriver.report import wording
from upriver.report.figures import Numbers, column

BLOCKS = "▁▂▃▄▅▆▇█"
DASH = "\u2013"
GAP = "  "


class Headline(NamedTuple):
    """One quantity at one moment, recorded beside modelled, and its course over the years."""

    label: str
    recorded: float | None
    median: float
    low: float
    high: float
    course: Numbers
    unit: str
    year: float | str


class Outcome(NamedTuple):
    """What one scenario comes to; `averted` is against the first scenario, for which it is None."""

    label: str
    deaths: float
    deaths_low: float
    deaths_high: float
    averted: float | None
    averted_low: float | None
    averted_high: float | None
    people: float


@dataclass(frozen=True)
class Layout:
    """One way to fit: from what size on numbers are shortened, and which columns stay."""

    short_above: float
    course: int
    difference: bool = True


NEVER, MILLIONS, THOUSANDS = float("inf"), 1e6, 1e4
LAYOUTS = (
    Layout(NEVER, course=24),
    Layout(MILLIONS, course=24),
    Layout(MILLIONS, course=16),
    Layout(THOUSANDS, course=10),
    Layout(THOUSANDS, course=0),
    Layout(THOUSANDS, course=0, difference=False),
)


def sparkline(values: Numbers, width: int = 24) -> str:
    """The course of a quantity in blocks, lowest to highest; a gap is a space.

    The first and the last block are the first and the last value.
    """
    found = column(values, len(values))
    if width < 1 or not found.size:
        return ""
    if found.size > width:
        found = found[np.linspace(0, found.size - 1, width).round().astype(int)]
        if width == 1:
            found = found[-1:]
    known = found[np.isfinite(found)]
    if not known.size:
        return " " * found.size
    low, span = known.min(), known.max() - known.min()
    if span <= 1e-12 * max(1e-300, float(np.abs(known).max())):
        return "".join(BLOCKS[3] if np.isfinite(v) else " " for v in found)
    return "".join(
        BLOCKS[min(7, int((v - low) / span * 8))] if np.isfinite(v) else " " for v in found
    )


def headline_table(
    rows: Sequence[Headline], width: int = 80, span: tuple[int, int] = (1999, 2032)
) -> str:
    """Quantity, year, recorded, modelled with its interval, difference, course.

    No line is wider than `width` (at least 40); `span` names the years of the course.
    """
    width = max(40, width)
    for layout in LAYOUTS:
        head, cells = _headline_cells(rows, layout, span)
        room = width - sum(_widest(head, cells)[1:]) - len(GAP) * (len(head) - 1)
        needed = max((_longest_word(row[0]) for row in cells), default=0)
        if room >= max(14 if layout.short_above == THOUSANDS else 22, min(needed, 24)):
            break
    return lay_out(head, cells, width, left={0, len(head) - 1} if layout.course else {0})


def comparison_table(
    rows: Sequence[Outcome], width: int = 80, span: tuple[int, int] = (2026, 2031)
) -> str:
    """Scenario, deaths over `span`, deaths averted against the first, people with OUD after it.

    Both sums carry their interval; rows are rounded to what is known, and printed as they are. No
    line is wider than `width` (at least 40).
    """
    width = max(40, width)
    years = f"{span[0]}{DASH}{span[1]}"
    head = ["scenario", f"deaths {years}", "averted", f"people with OUD {span[1] + 1}"]
    for above, kept in ((NEVER, 4), (THOUSANDS, 4), (THOUSANDS, 3)):
        cells = [
            [
                wording.plain(row.label),
                _as_given(row.deaths, row.deaths_low, row.deaths_high, above),
                _as_given(row.averted, row.averted_low, row.averted_high, above),
                wording.bare(row.people, above),
            ][:kept]
            for row in rows
        ]
        names = [*head[:3], head[3] if above == NEVER else f"OUD {span[1] + 1}"][:kept]
        room = width - sum(_widest(names, cells)[1:]) - len(GAP) * (kept - 1)
        if room >= 18:
            break
    return lay_out(names, cells, width, left={0})


def _headline_cells(
    rows: Sequence[Headline], layout: Layout, span: tuple[int, int]
) -> tuple[list[str], list[list[str]]]:
    """Column names and the text of every cell."""
    tight = layout.short_above == THOUSANDS
    modelled = "modelled (95 %)" if tight else "modelled (95 % interval)"
    if rows and not any(np.isfinite(row.low) for row in rows):
        modelled = "modelled"
    head = ["quantity", "year", "recorded", modelled]
    head += ["differs" if tight else "difference"] if layout.difference else []
    if layout.course:
        years = f"{span[0]}{DASH}{span[1]}"
        head.append(years if layout.course < 20 else f"course {years}")
    cells = []
    for row in rows:
        places = wording.decimals_for(_largest(row.median, row.low, row.high))
        size = abs(row.recorded or 0.0)
        line = [
            wording.plain(f"{row.label} [{row.unit}]" if row.unit else row.label),
            wording.plain(row.year) if isinstance(row.year, str) else wording.year(row.year),
            wording.short(row.recorded, above=MILLIONS)
            if size >= MILLIONS and layout.short_above < NEVER
            else wording.number(row.recorded, places),
            _with_interval(row.median, row.low, row.high, layout.short_above),
        ]
        if layout.difference:
            line.append(wording.percent(row.median / row.recorded - 1 if row.recorded else None))
        if layout.course:
            line.append(sparkline(row.course, layout.course))
        cells.append(line)
    return head, cells


def _largest(*values: float | None) -> float:
    """The largest size among the known values, 0 if none is known."""
    return max((abs(v) for v in values if v is not None and np.isfinite(v)), default=0.0)


def _with_interval(
    median: float | None, low: float | None, high: float | None, short_above: float
) -> str:
    """`79,384 (71,020 to 88,410)`, or in short `79.4k (71.0k to 88.4k)`; a dash if unknown.

    Without an interval the number stands alone.
    """
    if median is None or not np.isfinite(median):
        return wording.MISSING
    if low is None or high is None or not np.isfinite(low + high):
        return wording.short(median, median, short_above)
    size = _largest(median, low, high)
    parts = [wording.short(v, size, short_above) for v in (median, low, high)]
    tight = short_above == THOUSANDS and wording.MINUS not in "".join(parts)
    return f"{parts[0]} ({parts[1]}{DASH if tight else ' to '}{parts[2]})"


def _as_given(median: float | None, low: float | None, high: float | None, above: float) -> str:
    """`310,000 (210,000 to 440,000)` of rounded numbers, or in short `310k (...)`."""
    parts = [wording.bare(v, above) for v in (median, low, high)]
    if wording.MISSING in parts:
        return parts[0]
    tight = above == THOUSANDS and wording.MINUS not in "".join(parts)
    return f"{parts[0]} ({parts[1]}{DASH if tight else ' to '}{parts[2]})"


def lay_out(head: list[str], cells: list[list[str]], width: int, left: set[int]) -> str:
    """Aligned columns, those in `left` to the left; the first takes what room is left and wraps."""
    widths = _widest(head, cells)
    rest = sum(widths[1:]) + len(GAP) * (len(widths) - 1)
    widths[0] = max(8, min(widths[0], width - rest))
    lines = [_row(head, widths, left), "─" * min(width, rest + widths[0])]
    for row in cells:
        first, *more = _wrap(row[0], widths[0])
        lines.append(_row([first, *row[1:]], widths, left))
        lines += [f"  {line}" for line in more]
    return "\n".join(_fit(line.rstrip(), width) for line in lines) + "\n"


def _row(cells: Sequence[str], widths: Sequence[int], left: set[int]) -> str:
    """One line of cells, padded to their columns."""
    padded = []
    for i, (cell, room) in enumerate(zip(cells, widths, strict=True)):
        space = " " * max(0, room - cells_wide(cell))
        padded.append(cell + space if i in left else space + cell)
    return GAP.join(padded)


def _widest(head: list[str], cells: list[list[str]]) -> list[int]:
    """The widest cell of every column."""
    return [max(map(cells_wide, column)) for column in zip(head, *cells, strict=True)]


def _longest_word(text: str) -> int:
    """Cells that the longest word takes."""
    return max(map(cells_wide, text.split()), default=0)


def _wrap(text: str, room: int) -> list[str]:
    """Text in lines of `room` cells, later ones two cells shorter since they are indented."""
    lines = [""]
    for word in text.split():
        here = room if len(lines) == 1 else room - 2
        if not lines[-1] or cells_wide(f"{lines[-1]} {word}") <= here:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    return [_fit(line, room if i == 0 else room - 2) for i, line in enumerate(lines)]


def _fit(text: str, room: int) -> str:
    """Text cut to its room, with an ellipsis where something was lost."""
    if cells_wide(text) <= room:
        return text
    while text and cells_wide(text) > room - 1:
        text = text[:-1]
    return text + "…"


def cells_wide(text: str) -> int:
    """Terminal cells that a text takes: two for wide characters, none for combining ones."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
