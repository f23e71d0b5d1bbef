"""How `upriver states` writes numbers: people, rates, percent, and their intervals."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.summary import Interval

PERCENT = 100
MILLION = 1e6


def figure_of(counts: bool) -> Callable[[float], str]:
    """How a number is written: of people, or a rate."""
    return people if counts else rate


def people(value: float) -> str:
    """A number of people, to three figures."""
    size = abs(value)
    text = f"{size / MILLION:.2f}M" if size >= MILLION else shared.three_figures(size)
    return f"−{text}" if value < 0 and text != "0" else text


def rate(value: float) -> str:
    """A rate, with as many digits as it may have."""
    size = abs(value)
    text = f"{size:,.0f}" if size >= PERCENT else f"{size:.1f}" if size >= 1 else f"{size:.2f}"
    return f"−{text}" if value < 0 and float(text.replace(",", "")) else text


def decimal(value: float) -> str:
    """To one decimal."""
    return _signed(f"{value:.1f}")


def percent(value: float) -> str:
    """A difference of a share of 1, in percent."""
    return _signed(f"{PERCENT * value:+.1f} %")


def _signed(text: str) -> str:
    """With a minus sign that is one, and none before nothing."""
    digits = text.lstrip("+-").rstrip(" %")
    return text.lstrip("+-") if not float(digits) else text.replace("-", "−")


def between(known: tuple[float, float] | None, figure: Callable[[float], str]) -> str:
    """What is recorded: a number, a range, or a dash."""
    if known is None:
        return "–"
    low, high = known
    return figure(low) if low == high else f"{figure(low)} to {figure(high)}"


def ends(values: "Interval", figure: Callable[[float], str]) -> str:
    """A median with the ends of its interval."""
    middle, low, high = (figure(one) for one in values)
    return f"{middle} ({low} to {high})"
