"""How a number and a text are written, everywhere: `80,411`, `0.42`, `+2.1 %`, `2024.25`.

`kit/format.js` writes the same digits.
"""

import html
import math
import re
import unicodedata

MISSING = "\u2013"  # an en dash
MINUS = "\u2212"

CALENDAR = 1900
"""From so many years on, years are a date."""

INTERVAL_WIDE, MEDIAN = 3.92, 1.25
"""Deviations that an interval of 95 % is wide; error of a median in errors of a mean."""


def decimals_for(largest: float) -> int:
    """Decimals that show about three significant figures of `largest`, none from 100 on."""
    size = abs(largest)
    if not math.isfinite(size) or size >= 100 or size == 0:
        return 0
    return min(6, max(0, 2 - int(f"{size:.17e}".partition("e")[2])))


def number(value: float | None, decimals: int | None = None) -> str:
    """A number with thousands separators; a missing one (None, NaN) is a dash, never a zero."""
    if value is None or not math.isfinite(value):
        return MISSING
    places = decimals_for(value) if decimals is None else decimals
    text = f"{abs(value):,.{places}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    return MINUS + text if negative else text


def interval(low: float | None, high: float | None, decimals: int | None = None) -> str:
    """`71,020 to 88,410`; a dash if either end is missing."""
    ends = number(low, decimals), number(high, decimals)
    return MISSING if MISSING in ends else f"{ends[0]} to {ends[1]}"


def known_places(low: float, high: float, draws: int) -> int | None:
    """Decimals that so many draws can say: to the power of ten that two errors of a median hold.

    The error is Monte Carlo's: of a median of normal draws, 1.25 deviations by the root of draws.
    Below zero they are tens, hundreds and so on, as of `round`; None if nothing varies.
    """
    wide = (high - low) / INTERVAL_WIDE
    if not math.isfinite(wide) or wide <= 0 or draws < 1:
        return None
    return -math.floor(math.log10(2 * MEDIAN * wide / math.sqrt(draws)))


def known(
    median: float, low: float, high: float, draws: int, most: int = 6
) -> tuple[str, str, str]:
    """A median and its interval, written to what so many draws can say, in `most` decimals."""
    found = known_places(low, high, draws)
    largest = max(map(abs, (median, low, high)))
    places = min(most if found is None else found, most, decimals_for(largest))
    middle, start, end = (number(round(v, places), max(0, places)) for v in (median, low, high))
    return middle, start, end


def bare(value: float | None, above: float = math.inf) -> str:
    """A rounded number without zeros behind it: `310,000`; from `above` on `310k`."""
    if value is None or not math.isfinite(value):
        return MISSING
    size = abs(value)
    named = ((1e9, "B"), (1e6, "M"), (1e3, "k")) if size >= above else ()
    scale, letter = next(((s, name) for s, name in named if size >= s), (1.0, ""))
    text = f"{size / scale:,.12g}"
    return f"{MINUS if value < 0 and text != '0' else ''}{text}{letter}"


def short(value: float | None, like: float | None = None, above: float = 1e4) -> str:
    """Three significant figures where room is scarce: `4.31M`, `79.4k`, `812`.

    `like` is the number whose scale and decimals to share, so that both ends of an interval
    read alike; what is below `above` is written out.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    size = abs(value if like is None else like)
    if size >= above:
        for scale, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
            if size >= scale * 0.9995:
                return number(value / scale, decimals_for(size / scale)) + letter
    return number(value, decimals_for(size))


def stated(value: float, unit: str, figures: int = 3) -> str:
    """A constant in its unit, to so many figures: `0.757`, `25,700`; a date, `2023.56`."""
    if unit == "year" and value >= CALENDAR:
        return year(value)
    return bare(float(f"{value:.{figures}g}"))


def digits(value: float) -> str:
    """Six figures of a number, as one may write it in a file: `0.764`, `2303620`."""
    text = f"{value:g}"
    return f"{float(text):.0f}" if "e+" in text else text


def percent(change: float | None) -> str:
    """A relative change with its sign: `+3.4 %`, `+12.0 %`; a dash if there is none."""
    if change is None or not math.isfinite(change):
        return MISSING
    text = number(100 * change, 1)
    return f"{text} %" if change < 0 or text == "0.0" else f"+{text} %"


def year(value: float) -> str:
    """A decimal year without needless decimals: `2024`, `2024.5`, `2024.08`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def slug(text: str) -> str:
    """Text as an HTML id: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "item"


def plain(text: str) -> str:
    """Text on one line, without control, format or broken characters (a terminal obeys them)."""
    return "".join(
        c for c in " ".join(text.split()) if unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )


def escape(text: str) -> str:
    """Text safe inside HTML and SVG, in elements and in quoted attributes."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return html.escape(kept, quote=True)
