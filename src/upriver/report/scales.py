"""Axes: round ticks, the scale from numbers to pixels, and how much room a text takes."""

import math
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A linear map from `[low, high]` in the data to `[start, end]` in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies, in pixels."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Evenly spaced round numbers that enclose `[low, high]`, about `wanted` intervals of them."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return [0.0, 1.0]
    low, high = min(low, high), max(low, high)
    least = max(abs(low), abs(high)) * 1e-9
    if high - low <= least:
        room = abs(high) * 0.5 or 1.0
        low, high = (0.0, high) if high > 0 else (high - room, high + room)
    raw = (high - low) / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in STEPS if s * power >= raw * (1 - 1e-9))
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [_clean(i * step, step) for i in range(first, last + 1)]


def year_ticks(low: float, high: float, wanted: int = 8) -> list[int]:
    """Whole years inside `[low, high]`, on multiples of 1, 2, 5, 10, ... years."""
    inside = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)
    for step in (1, 2, 5, 10, 20, 50, 100):
        years = [year for year in inside if year % step == 0]
        if len(years) <= max(1, wanted):
            return years or list(inside[:1])
    return list(inside[:1])


def tick_decimals(values: list[float]) -> int:
    """Decimals that all ticks need."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    for places in range(10):
        if abs(round(step, places) - step) <= abs(step) * 1e-6:
            return places
    return 10


def _clean(value: float, step: float) -> float:
    """The tick without the dust of floating point."""
    places = max(0, 2 - math.floor(math.log10(step)))
    return round(value, places) + 0.0


NARROW = set("iljtfrI.,:;'|!()[] -")
BROAD = set("mwMW%@")


def text_width(text: str, size: float) -> float:
    """Pixels that a text takes in a usual sans-serif face, rather too many than too few."""
    units = sum(0.36 if c in NARROW else 0.92 if c in BROAD else 0.62 for c in text)
    return units * size


def wrap(text: str, size: float, room: float, most: int = 3) -> list[str]:
    """Text in at most `most` lines of `room` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [_cut(line, size, room) for line in lines]


def _cut(line: str, size: float, room: float) -> str:
    """The line, shortened to its room."""
    if text_width(line, size) <= room:
        return line
    while len(line) > 1 and text_width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip('… ')}…"


def spread(wanted: list[float], heights: list[float], low: float, high: float) -> list[float]:
    """Tops of blocks that want to be centred at `wanted`, moved so that none covers another."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    tops = [0.0] * len(wanted)
    edge = low
    for i in order:
        tops[i] = max(edge, wanted[i] - heights[i] / 2)
        edge = tops[i] + heights[i]
    edge = high
    for i in reversed(order):
        tops[i] = min(tops[i], edge - heights[i])
        edge = tops[i]
    return tops
