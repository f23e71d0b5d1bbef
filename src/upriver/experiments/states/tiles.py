"""A map of the states as tiles of one size: no geography, and a small state is seen as a large one.

Where a tile stands is as on the page; a test holds the two together.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS = (
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. VT NH",
    "WA ID MT ND MN IL WI MI NY RI MA",
    "OR NV WY SD IA IN OH PA NJ CT ..",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI .. .. TX .. .. .. .. FL .. ..",
)
"""Rows from the top."""

TILES = {
    code: (column, row)
    for row, line in enumerate(ROWS)
    for column, code in enumerate(line.split())
    if code != ".."
}
"""Column and row of each state."""

SIZE, SIDE = 0.94, 0.92
"""Side of a tile of 1, and inches of one."""

GREY = (0.93, 0.93, 0.93, 1.0)
"""Of a state without a number."""

DARK = 0.46
"""Brightness below which a text is light [1]."""


def tiles(
    values: Mapping[str, tuple[float, str]],
    title: str,
    unit: str,
    note: str,
    below: str = "Blues",
) -> "Figure":
    """A tile for each state, its colour a number.

    Args:
        values: number and what is written below the code, by code; a state without is grey.
        title, unit, note: above, at the scale of colours, below.
        below: colour of what is below 0, `Blues` or `Reds`: red is what harms.
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize
    from matplotlib.patches import Rectangle

    from upriver.core.figure import Figure

    numbers = [number for number, _ in values.values()] or [0.0]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    if low < 0 < high:
        both = "RdBu" if below == "Reds" else "RdBu_r"
        colours, scale = colormaps[both], Normalize(-max(-low, high), max(-low, high))
    else:
        colours = colormaps["Blues" if high > 0 else f"{below}_r"]
        scale = Normalize(low, high if high > low else low + 1)
    wide, tall = 1 + max(c for c, _ in TILES.values()), len(ROWS)
    figure = Figure(figsize=(SIDE * wide, SIDE * tall + 1.4), layout="constrained")
    axes = figure.subplots()
    for code, (column, row) in TILES.items():
        number, said = values.get(code, (None, ""))
        face = GREY if number is None else colours(scale(number))
        corner, middle = (column, row), column + SIZE / 2
        axes.add_patch(Rectangle(corner, SIZE, SIZE, facecolor=face, edgecolor="0.7", lw=0.5))
        ink = "white" if _dark(face) else "black"
        axes.text(middle, row + 0.36, code, ha="center", va="center", color=ink, weight="bold")
        axes.text(middle, row + 0.68, said, ha="center", va="center", color=ink, size="small")
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    figure.suptitle(title, size="medium")
    figure.colorbar(
        ScalarMappable(scale, colours), ax=axes, orientation="horizontal", shrink=0.5, label=unit
    )
    figure.supxlabel(note, size="x-small")
    return figure


def _dark(colour: tuple[float, float, float, float]) -> bool:
    """Whether a light text is read better on a colour."""
    red, green, blue, _ = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue < DARK
