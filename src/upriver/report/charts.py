"""A figure as inline SVG: fans with their median, records as points, every mark named.

Colours come from CSS classes (`style.py`), so dark mode and print need no second drawing. A line
is told from another by its dash and its label as well as by its colour. Each figure is drawn for
two widths, since text inside an SVG shrinks with it: 720 units wide, and 360 for a telephone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from upriver.report import marks, scales, wording
from upriver.report.figures import Figure, Series, columns
from upriver.report.marks import Look
from upriver.report.scales import Scale

SIZE = 13.0
LINE = 17.0
INTERVAL = "95 % interval"


@dataclass(frozen=True)
class Drawn:
    """A series with its columns in data units and its look."""

    series: Series
    look: Look
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def is_line(self) -> bool:
        """Whether it is drawn as a line rather than as points."""
        return self.series.kind != "recorded"


def svg(
    figure: Figure,
    wide: bool = True,
    projection: float | None = None,
    interval: str = INTERVAL,
) -> str:
    """The figure as one `<svg>` element.

    `projection` is the decimal year from which on values are projected: a dashed line marks it.
    `interval` names what the shaded bands are.
    """
    name = f"{marks.slug(figure.id)}-{'wide' if wide else 'narrow'}"
    width, plot_height = (720.0, 262.0) if wide else (360.0, 232.0)
    drawn = [
        Drawn(series, look, *columns(series))
        for series, look in zip(figure.series, marks.looks(figure.series), strict=True)
    ]
    (x_low, x_high), (y_low, y_high) = _extent(drawn, figure.y_from_zero)
    y_ticks = scales.ticks(y_low, y_high, 5 if wide else 4)
    decimals = scales.tick_decimals(y_ticks)
    y_texts = [wording.number(value, decimals) for value in y_ticks]

    at_end = _labelled_at_end(drawn, x_low, x_high) if wide else []
    labels = [scales.wrap(d.series.label, SIZE, 140) for d in at_end]
    longest = max(
        (scales.text_width(line, SIZE) for lines in labels for line in lines), default=-8.0
    )
    right = 26.0 + longest
    left = 12.0 + max(scales.text_width(text, SIZE) for text in y_texts)
    legend, top = _legend([d for d in drawn if d not in at_end], drawn, width, interval)
    inside = projection is not None and x_low < projection < x_high
    unit = scales.wrap(figure.unit, SIZE, width - 8, most=2)
    head = [
        f'<text class="unit" x="0" y="{top + LINE * (i + 0.8):.1f}">{wording.escape(line)}</text>'
        for i, line in enumerate(unit)
    ]
    top += LINE * len(unit) + 8 + (LINE if inside else 0)
    x = Scale(x_low, x_high, left, width - right)
    y = Scale(y_ticks[0], y_ticks[-1], top + plot_height, top)

    body = _grid(x, y, y_ticks, y_texts, wide)
    if inside and projection is not None:
        body = [_future(x, y, projection), *body, _projection(x, y, projection)]
    body += [_band(d, x, y, _crowd(drawn)) for d in drawn if d.is_line]
    body += [_line(d, x, y) for d in drawn if d.is_line]
    body += [_points(d, x, y) for d in drawn if not d.is_line]
    body += _end_labels(at_end, labels, x, y)
    if not any(np.isfinite(d.y).any() for d in drawn):
        middle = (x.start + x.end) / 2
        body.append(f'<text x="{middle:.1f}" y="{top + 40:.1f}" class="mid">no values</text>')
    height = y.start + 30
    return (
        f'<svg class="chart {"wide" if wide else "narrow"}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' role="img" aria-labelledby="{name}-t {name}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-t">{wording.escape(figure.title)}</title>'
        f'<desc id="{name}-d">{wording.escape(describe(figure))}</desc>'
        + "".join([*legend, *head, *body])
        + "</svg>"
    )


def describe(figure: Figure) -> str:
    """The figure in words, for whoever cannot see it: each series' first and last value."""
    parts = [figure.question]
    for series in figure.series:
        x, y, _, _ = columns(series)
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if known.size:
            a, b = known[np.argmin(x[known])], known[np.argmax(x[known])]
            parts.append(
                f"{series.label} ({series.kind}): {wording.number(y[a])} in {wording.year(x[a])},"
                f" {wording.number(y[b])} in {wording.year(x[b])}."
            )
    return " ".join([*parts, f"Unit: {figure.unit}."])


def _extent(drawn: list[Drawn], from_zero: bool) -> tuple[tuple[float, float], tuple[float, float]]:
    """The range of years and of values that the data need."""
    xs = [d.x[np.isfinite(d.y)] for d in drawn]
    years = np.concatenate([*xs, np.empty(0)])
    years = years[np.isfinite(years)]
    values = np.concatenate([*(v for d in drawn for v in (d.y, d.low, d.high)), np.empty(0)])
    values = values[np.isfinite(values)]
    if not years.size or not values.size:
        return (2000.0, 2001.0), (0.0, 1.0)
    first, last = float(years.min()), float(years.max())
    if last - first < 0.5:
        first, last = first - 0.5, last + 0.5
    low, high = float(values.min()), float(values.max())
    return (first, last), (min(0.0, low), max(0.0, high)) if from_zero else (low, high)


def _labelled_at_end(drawn: list[Drawn], low: float, high: float) -> list[Drawn]:
    """Lines that reach the right edge and so can carry their name there."""
    lines = [d for d in drawn if d.is_line and np.isfinite(d.y).any()]
    reach = [d for d in lines if d.x[np.isfinite(d.y)].max() >= high - 0.04 * (high - low)]
    return reach if len(reach) <= 6 else []


def _crowd(drawn: list[Drawn]) -> str:
    """A fainter band where many overlap."""
    return " faint" if sum(np.isfinite(d.low).any() for d in drawn if d.is_line) > 2 else ""


def _legend(
    named: list[Drawn], drawn: list[Drawn], width: float, interval: str
) -> tuple[list[str], float]:
    """Entries in rows, and the height that they take."""
    entries = [(marks.swatch(d.look), d.series.label) for d in named]
    if any(np.isfinite(d.low).any() for d in drawn if d.is_line):
        entries.append((marks.BAND_SWATCH, f"shaded: {interval}"))
    parts, across, down, deepest = [], 0.0, 4.0, 1
    for mark, label in entries:
        lines = scales.wrap(label, SIZE, width - 40, most=2) or [""]
        takes = 34 + max(scales.text_width(line, SIZE) for line in lines) + 14
        if across and across + takes - 14 > width:
            across, down, deepest = 0.0, down + LINE * deepest + 3, 1
        texts = "".join(
            f'<text x="34" y="{12.5 + (LINE - 2) * i:.1f}">{wording.escape(line)}</text>'
            for i, line in enumerate(lines)
        )
        parts.append(f'<g transform="translate({across:.1f} {down:.1f})">{mark}{texts}</g>')
        across += takes
        deepest = max(deepest, len(lines))
    return parts, down + LINE * deepest + 8 if entries else 4.0


def _grid(x: Scale, y: Scale, values: list[float], texts: list[str], wide: bool) -> list[str]:
    """Light lines at round values, their numbers, and the years."""
    parts = []
    for value, text in zip(values, texts, strict=True):
        kind = "axis" if value == 0 else "grid"
        parts.append(
            f'<path class="{kind}" d="M{x.start:.1f} {y(value):.1f}H{x.end:.1f}"/>'
            f'<text class="end" x="{x.start - 7:.1f}" y="{y(value) + 4.5:.1f}">{text}</text>'
        )
    years = scales.year_ticks(x.low, x.high, 8 if wide else 5)
    bottom = y.start
    for year in years:
        parts.append(
            f'<path class="axis" d="M{x(year):.1f} {bottom:.1f}v5"/>'
            f'<text class="mid" x="{x(year):.1f}" y="{bottom + 20:.1f}">{year}</text>'
        )
    return parts


def _future(x: Scale, y: Scale, year: float) -> str:
    """The ground behind what is projected."""
    return (
        f'<rect class="future" x="{x(year):.1f}" y="{y.end:.1f}"'
        f' width="{x.end - x(year):.1f}" height="{y.start - y.end:.1f}"/>'
    )


def _projection(x: Scale, y: Scale, year: float) -> str:
    """The dashed line from which on nothing is recorded yet, with its name above the plot."""
    text = "projection begins"
    half = scales.text_width(text, SIZE) / 2
    middle = min(max(x(year), half + 2), x.end + 6 - half)
    return (
        f'<path class="begins" d="M{x(year):.1f} {y.end - 5:.1f}V{y.start:.1f}"/>'
        f'<text class="mid soft" x="{middle:.1f}" y="{y.end - 9:.1f}">{text}</text>'
    )


def runs(*values: NDArray[np.float64]) -> list[slice]:
    """Stretches in which every column is known: a gap in the data is a gap in the drawing."""
    known = np.all([np.isfinite(v) for v in values], axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _path(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """Points as the coordinates of a path, to a tenth of a unit."""
    return "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))


def _pixels(scale: Scale, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A column in pixels."""
    slope = (scale.end - scale.start) / (scale.high - scale.low)
    return scale.start + (values - scale.low) * slope


def _band(d: Drawn, x: Scale, y: Scale, faint: str) -> str:
    """The shaded interval of a line."""
    px, low, high = _pixels(x, d.x), _pixels(y, d.low), _pixels(y, d.high)
    shapes = [
        f"M{_path(px[part], high[part])}L{_path(px[part][::-1], low[part][::-1])}Z"
        for part in runs(px, low, high)
        if part.stop - part.start > 1
    ]
    return f'<path class="band {d.look.colour}{faint}" d="{"".join(shapes)}"/>' if shapes else ""


def _line(d: Drawn, x: Scale, y: Scale) -> str:
    """The median, broken where it is unknown; a value alone between gaps is a dot."""
    px, py = _pixels(x, d.x), _pixels(y, d.y)
    path, dots = "", ""
    for part in runs(px, py):
        if part.stop - part.start > 1:
            path += f"M{_path(px[part], py[part])}"
        else:
            at = part.start
            place = f'cx="{px[at]:.1f}" cy="{py[at]:.1f}" r="2.2"'
            dots += f'<circle class="dot {d.look.colour}" {place}/>'
    line = f'<path class="line {d.look.colour} {d.look.dash}" d="{path}"/>' if path else ""
    return line + dots


def _points(d: Drawn, x: Scale, y: Scale) -> str:
    """Records as marks, with a whisker where they carry an interval."""
    px, py, low, high = _pixels(x, d.x), _pixels(y, d.y), _pixels(y, d.low), _pixels(y, d.high)
    known = np.flatnonzero(np.isfinite(px) & np.isfinite(py))
    apart = float(np.median(np.diff(px[known]))) if known.size > 1 else 10.0
    size = min(3.6, max(1.5, 0.5 * apart))
    shapes = "".join(marks.shape(d.look.marker, px[i], py[i], size) for i in known)
    whiskers = "".join(
        f"M{px[i]:.1f} {low[i]:.1f}V{high[i]:.1f}"
        for i in known
        if np.isfinite(low[i]) and np.isfinite(high[i])
    )
    whisker = f'<path class="whisker {d.look.colour}" d="{whiskers}"/>' if whiskers else ""
    look = f"points {d.look.colour} {'hollow' if d.look.hollow else 'full'}"
    return f'{whisker}<path class="{look}" d="{shapes}"/>' if shapes else ""


def _end_labels(ends: list[Drawn], labels: list[list[str]], x: Scale, y: Scale) -> list[str]:
    """Each line's name at its right end, moved apart, with a leader where it had to move."""
    wanted, heights = [], []
    for d, lines in zip(ends, labels, strict=True):
        last = np.flatnonzero(np.isfinite(d.y))
        wanted.append(y(float(d.y[last[np.argmax(d.x[last])]])))
        heights.append(len(lines) * 14.5 + 4)
    tops = scales.spread(wanted, heights, y.end - 14, y.start + 8)
    parts = []
    for d, lines, at, top, height in zip(ends, labels, wanted, tops, heights, strict=True):
        middle = top + height / 2
        parts.append(
            f'<path class="leader {d.look.colour}" d="M{x.end + 1:.1f} {at:.1f}'
            f'L{x.end + 10:.1f} {middle:.1f}"/>'
        )
        for i, line in enumerate(lines):
            parts.append(
                f'<text class="name {d.look.colour}" x="{x.end + 14:.1f}"'
                f' y="{top + 13 + 14.5 * i:.1f}">{wording.escape(line)}</text>'
            )
    return parts
