"""Charts of a state's report as SVG: rates beside the country's, the fan, bars of levers.

Drawn here rather than by the chart kit, which is a script: what is printed and mailed has none.
"""

from collections.abc import Callable, Sequence
from textwrap import wrap

import numpy as np

from upriver.experiments.summary import figures
from upriver.report.style import LIGHT
from upriver.report.wording import escape

from .facts import MIDDLE, Facts, per

WIDE, LEFT, RIGHT, TOP, BELOW = 680.0, 46.0, 96.0, 14.0, 22.0
"""Width and margins of a chart [units of its view box]."""

BLUE, ORANGE, GREY, INK = LIGHT["c1"], LIGHT["c2"], LIGHT["grey"], LIGHT["ink"]
TICKS = 4
NAME = 13
"""Letters of a name that has room at the right end."""
BAR, ROW = 12.0, 50.0
FROM_NAMES, TO_NUMBERS, LETTERS = 244.0, 500.0, 42
"""Of the bars: where they begin and end, and letters of a line of their names."""


class Frame:
    """Where numbers stand: scales of a chart, and its axes.

    Args:
        years: first and last. most: of the vertical axis, from 0. tall: height of the whole.
    """

    def __init__(self, years: tuple[float, float], most: float, tall: float) -> None:
        self.years, self.tall = years, tall
        self.step = _round_step(most / TICKS)
        self.most = float(self.step * np.ceil(most / self.step - 1e-9))

    def x(self, year: float) -> float:
        """Across."""
        first, last = self.years
        return LEFT + (WIDE - LEFT - RIGHT) * (year - first) / (last - first)

    def y(self, value: float) -> float:
        """Down."""
        return self.tall - BELOW - (self.tall - TOP - BELOW) * value / self.most

    def axes(self) -> str:
        """Lines and numbers of both axes."""
        parts = []
        for value in np.arange(0, self.most + self.step / 2, self.step):
            y = self.y(float(value))
            parts.append(
                f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="{LIGHT["grid"]}"/>'
                f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.6g}</text>'
            )
        first, last = self.years
        for year in range(int(np.ceil(first / 5)) * 5, int(last) + 1, 5):
            parts.append(
                f'<text x="{self.x(year):.1f}" y="{self.tall - 6}" text-anchor="middle">'
                f"{year}</text>"
            )
        return "".join(parts)

    def line(self, pairs: Sequence[tuple[float, float]]) -> str:
        """A path through points."""
        return "M" + "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in pairs)

    def band(self, years: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
        """The ground between two courses."""
        there = list(zip(years, high, strict=True))
        back = list(zip(years, low, strict=True))[::-1]
        return f"{self.line([*there, *back])}Z"

    def dot(self, year: float, value: float, hollow: bool = False) -> str:
        """A point."""
        fill = LIGHT["page"] if hollow else INK
        return (
            f'<circle cx="{self.x(year):.1f}" cy="{self.y(value):.1f}" r="3" fill="{fill}" '
            f'stroke="{INK}"/>'
        )

    def range(self, year: float, low: float, high: float) -> str:
        """What a record allows, as a bar with ends."""
        x, top, foot = self.x(year), self.y(high), self.y(low)
        return (
            f'<path d="M{x:.1f} {top:.1f}V{foot:.1f}M{x - 3:.1f} {top:.1f}h6'
            f'M{x - 3:.1f} {foot:.1f}h6" stroke="{INK}" fill="none"/>'
        )

    def name(self, value: float, text: str, colour: str) -> str:
        """A name at the right end."""
        return (
            f'<text x="{WIDE - RIGHT + 6}" y="{self.y(value) + 4:.1f}" fill="{colour}">'
            f"{escape(text)}</text>"
        )


def rates(found: Facts, tall: float = 165.0) -> str:
    """Deaths per 100,000 people by year, beside the country's."""
    hollow = [per(v, found.place.population, year) for year, v in found.hollow().items()]
    highs = [high for _, high in found.rates.values()]
    most = max([*found.of_country.values(), *highs, *hollow])
    frame = Frame((1999, 2026), most, tall)
    country = [(year + MIDDLE, rate) for year, rate in found.of_country.items()]
    parts = [
        frame.axes(),
        f'<path d="{frame.line(country)}" stroke="{GREY}" fill="none" stroke-width="2" '
        'stroke-dasharray="5 3"/>',
        *_records(frame, found.rates),
        *(
            frame.dot(year + MIDDLE, per(value, found.place.population, year), hollow=True)
            for year, value in found.hollow().items()
        ),
    ]
    names = [(found.of_country[max(found.of_country)], "the country", GREY)]
    last = found.rates[found.newest]
    place = found.place
    short = place.name if len(place.name) <= NAME else place.code
    names.append(((last[0] + last[1]) / 2, short, INK))
    parts += _names(frame, names)
    label = f"Deaths with synthetic opioids per 100,000 people, {found.place.name} and the country"
    return _svg(parts, tall, label)


def fan(found: Facts, tall: float = 190.0) -> str:
    """Deaths by year: the record on what is modelled."""
    years = found.modelled.times + MIDDLE
    kept = years >= 2010
    low, middle, high = (
        column[kept] for column in (found.modelled.low, found.modelled.median, found.modelled.high)
    )
    shown = {year: ends for year, ends in found.deaths.items() if year >= 2010}
    hollow = {year: v for year, v in found.hollow().items() if year >= 2010}
    most = max([float(high.max()), *hollow.values(), *(end for _, end in shown.values())])
    frame = Frame((2010, 2032), most, tall)
    when = years[kept].tolist()
    begins = frame.x(2026)
    parts = [
        f'<rect x="{begins:.1f}" y="{TOP}" width="{WIDE - RIGHT - begins:.1f}" '
        f'height="{tall - TOP - BELOW}" fill="{LIGHT["raised"]}"/>',
        frame.axes(),
        f'<path d="{frame.band(when, low.tolist(), high.tolist())}" fill="{BLUE}" opacity="0.22"/>',
        f'<path d="{frame.line(list(zip(when, middle.tolist(), strict=True)))}" stroke="{BLUE}" '
        'fill="none" stroke-width="2.2"/>',
        *_records(frame, shown),
        f'<text x="{begins + 4:.1f}" y="{TOP + 10}">projected</text>',
    ]
    parts += [frame.dot(year + MIDDLE, value, hollow=True) for year, value in hollow.items()]
    parts += _names(
        frame,
        [
            (float(middle[-1]), "median", BLUE),
            (float(high[-1]), "95 %: high", BLUE),
            (float(low[-1]), "low", BLUE),
        ],
    )
    label = f"Deaths with synthetic opioids in {found.place.name} by year, recorded and modelled"
    return _svg(parts, tall, label)


def bars(found: Facts) -> str:
    """What the levers that are shown avert, done in the place alone and in the whole country."""
    pairs = [(one, found.ranking.alone[one.lever.name], one.averted) for one in found.levers]
    ends = [end for _, *both in pairs for each in both for end in each]
    low, high = min(0.0, *ends), max(1.0, *ends)

    def x(value: float) -> float:
        return FROM_NAMES + (TO_NUMBERS - FROM_NAMES - 8) * (value - low) / (high - low)

    parts = [f'<path d="M{x(0):.1f} 2V{ROW * len(pairs) - 8:.0f}" stroke="{LIGHT["grey"]}"/>']
    for i, (one, alone, everywhere) in enumerate(pairs):
        top = ROW * i + 4
        said = f"{one.lever.level_text[found.ranking.level]}; evidence: {one.lever.evidence.grade}"
        parts += [
            f'<text x="0" y="{top + 10}" class="strong">{escape(one.lever.title)}</text>',
            *(
                f'<text x="0" y="{top + 23 + 12 * k}" class="soft">{escape(line)}</text>'
                for k, line in enumerate(wrap(said, LETTERS))
            ),
            _bar(x, alone, top, BLUE, "here alone"),
            _bar(x, everywhere, top + 18, GREY, "nationwide"),
        ]
    told = "; ".join(
        f"{one.lever.title}: here alone {interval_of(alone)}, nationwide {interval_of(everywhere)}"
        for one, alone, everywhere in pairs
    )
    label = f"Deaths averted in {found.place.name} from 2026 to 2031. {told}"
    return _svg(parts, ROW * len(pairs), label)


def interval_of(values: tuple[float, float, float]) -> str:
    """`34 (−5 to 120)`."""
    middle, low, high = map(figures, values)
    return f"{middle} ({low} to {high})"


def _bar(
    x: Callable[[float], float],
    each: tuple[float, float, float],
    top: float,
    colour: str,
    said: str,
) -> str:
    middle, low, high = each
    left, right = sorted((x(0), x(middle)))
    centre = top + BAR / 2
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(1.0, right - left):.1f}" height="{BAR}" '
        f'fill="{colour}" opacity="0.55"/>'
        f'<path d="M{x(low):.1f} {centre:.1f}H{x(high):.1f}" stroke="{INK}" stroke-width="1.4"/>'
        f'<text x="{TO_NUMBERS}" y="{centre + 4:.1f}" class="soft">{said}</text>'
        f'<text x="{WIDE}" y="{centre + 4:.1f}" text-anchor="end">{interval_of(each)}</text>'
    )


def _records(frame: Frame, known: dict[int, tuple[float, float]]) -> list[str]:
    """Points where a year is known, bars where the record allows a range."""
    return [
        frame.dot(year + MIDDLE, low) if low == high else frame.range(year + MIDDLE, low, high)
        for year, (low, high) in sorted(known.items())
    ]


def _names(frame: Frame, named: Sequence[tuple[float, str, str]]) -> list[str]:
    """Names at the right end, apart from each other."""
    gap = frame.most * 14 / (frame.tall - TOP - BELOW)
    placed: list[tuple[float, str, str]] = []
    for value, text, colour in sorted(named, key=lambda one: one[0]):
        least = placed[-1][0] + gap if placed else 0.0
        placed.append((max(value, least), text, colour))
    return [frame.name(*one) for one in placed]


def _round_step(step: float) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten, no less than what is asked for."""
    power = 10.0 ** np.floor(np.log10(max(step, 1e-9)))
    return float(next(power * k for k in (1, 2, 2.5, 5, 10) if power * k >= step - 1e-12))


def _svg(parts: Sequence[str], tall: float, label: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDE:.0f} {tall:.0f}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
