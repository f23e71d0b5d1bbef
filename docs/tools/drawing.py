"""Small line charts for the model book: inline SVG, the same bytes on every machine."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

WIDE, TALL = 330, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 24
COLOURS = ("#0a5a9c", "#b1480c", "#4b7f52", "#7a5195")
MOST_STEPS = 4
DASHES = ("", "6 3", "2 3", "8 3 2 3")


def chart(
    title: str, unit: str, years: NDArray[np.float64], lines: Mapping[str, NDArray[np.float64]]
) -> str:
    """A chart with one line a name, its legend below, and the title above.

    Args:
        years: shape (n,). lines: values by name, shape (n,).
    """
    ticks = _ticks(np.concatenate(list(lines.values())))
    low, high = ticks[0], ticks[-1]
    across = LEFT + (WIDE - LEFT - RIGHT) * (years - years[0]) / (years[-1] - years[0])

    def up(value: NDArray[np.float64] | float) -> NDArray[np.float64]:
        share = (np.asarray(value) - low) / (high - low)
        return np.asarray(TOP + (TALL - TOP - BOTTOM) * (1 - share))

    parts = [
        f'<svg viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" role="img" aria-label="{title}" '
        'xmlns="http://www.w3.org/2000/svg" font-size="11" fill="currentColor">'
    ]
    for value in ticks:
        y = float(up(value))
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
            'stroke="currentColor" opacity="0.2"/>'
            f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>'
        )
    for i in range(0, len(years), max(1, (len(years) - 1) // 4)):
        parts.append(
            f'<text x="{across[i]:.1f}" y="{TALL - 6}" text-anchor="middle">{years[i]:.0f}</text>'
        )
    keys = []
    for (name, values), colour, dash in zip(lines.items(), COLOURS, DASHES, strict=False):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up(values), strict=True))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/>'
        )
        keys.append(
            f'<span style="color:{colour}">{"&#9473;" if not dash else "&#9476;"}</span> {name}'
        )
    legend = "<br>".join(keys)
    return (
        f'<figure class="sign"><figcaption><b>{title}</b> [{unit}]</figcaption>'
        f"{''.join(parts)}</svg><p>{legend}</p></figure>"
    )


def row(charts: Sequence[str]) -> str:
    """Charts beside each other."""
    return f'<div class="signs">{"".join(charts)}</div>\n'


def _ticks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round numbers around all values, from zero unless they lie well above it."""
    low, high = float(values.min()), float(values.max())
    if 0 < low < 0.6 * high:
        low = 0.0
    rough = max(high - low, 1e-9) / MOST_STEPS
    size = 10.0 ** np.floor(np.log10(rough))
    step = size * next(nice for nice in (1, 2, 5, 10) if nice * size >= rough * (1 - 1e-9))
    return np.arange(np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9) + 1) * step


def _short(value: float) -> str:
    """A number of an axis."""
    return f"{value / 1000:g}k" if abs(value) >= 10_000 else f"{value:.4g}"
