"""How each series looks: colour, dash and marker, so that none is told apart by colour alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from upriver.report.figures import Series

COLOURS = 7
DASHES = ("d0", "d1", "d2", "d3", "d4", "d5")
MARKERS = ("circle", "square", "triangle", "diamond")
BAND_SWATCH = '<rect class="band plain" x="2" y="2" width="24" height="12"/>'


@dataclass(frozen=True)
class Look:
    """Names of CSS classes for colour and dash, and the marker of a record."""

    colour: str
    dash: str = "d0"
    marker: str = ""
    hollow: bool = False


def looks(series: Sequence[Series]) -> list[Look]:
    """A look for each series: records in ink, drivers in grey, models and scenarios in colour."""
    found: list[Look] = []
    lines = records = drivers = 0
    for one in series:
        if one.kind == "recorded":
            marker = MARKERS[records % len(MARKERS)]
            found.append(Look("ink", "d0", marker, hollow=records % 2 == 1))
            records += 1
        elif one.kind == "driver":
            found.append(Look("grey", DASHES[1 + drivers % (len(DASHES) - 1)]))
            drivers += 1
        else:
            dash = DASHES[lines % len(DASHES)]
            found.append(
                Look(f"c{1 + lines % COLOURS}", "d1" if one.dashed and dash == "d0" else dash)
            )
            lines += 1
    return found


def shape(marker: str, x: float, y: float, size: float) -> str:
    """A marker centred at a point, as part of a path."""
    s = size
    if marker == "square":
        s *= 0.9
        return f"M{x - s:.1f} {y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}z"
    if marker == "triangle":
        s *= 1.15
        return f"M{x:.1f} {y - s:.1f}l{s:.1f} {1.8 * s:.1f}h{-2 * s:.1f}z"
    if marker == "diamond":
        s *= 1.25
        return f"M{x:.1f} {y - s:.1f}l{s:.1f} {s:.1f}l{-s:.1f} {s:.1f}l{-s:.1f} {-s:.1f}z"
    half = f"a{s:.1f} {s:.1f} 0 1 0"
    return f"M{x - s:.1f} {y:.1f}{half} {2 * s:.1f} 0{half} {-2 * s:.1f} 0z"


def swatch(look: Look) -> str:
    """The legend's picture of a series, 28 by 16 units."""
    if look.marker:
        fill = "hollow" if look.hollow else "full"
        return f'<path class="points {look.colour} {fill}" d="{shape(look.marker, 14, 8, 3.8)}"/>'
    return f'<path class="line {look.colour} {look.dash}" d="M1 8H27"/>'


def slug(text: str) -> str:
    """Text as an HTML id: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "item"
