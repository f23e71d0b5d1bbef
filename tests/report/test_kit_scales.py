"""Claims about axes: ticks are round and enclose the data, and an axis stands still."""

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
PAGE: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def page(kit):
    """The page for tests that hypothesis repeats."""
    PAGE["now"] = kit


def call(name: str, *given_: Any) -> Any:
    """What a function of the kit gives."""
    return PAGE["now"].evaluate(f"(given) => kit.{name}(...given)", list(given_))


@given(NUMBERS, NUMBERS, st.integers(2, 10))
def test_ticks_enclose_the_data_at_round_even_steps(a: float, b: float, wanted: int) -> None:
    ticks = call("enclosing", a, b, wanted)
    low, high = min(a, b), max(a, b)
    step = ticks[1] - ticks[0]
    room = 1e-6 * step
    assert 2 <= len(ticks) <= wanted + 3
    assert high - low < 1e-8 * max(abs(low), abs(high)) or (
        ticks[0] <= low + room and ticks[-1] >= high - room
    )
    for i, tick in enumerate(ticks):
        assert math.isclose(tick, ticks[0] + i * step, rel_tol=1e-9, abs_tol=room)
    leading = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert any(math.isclose(leading, nice, rel_tol=1e-6) for nice in (1, 2, 2.5, 5))


@given(st.floats(1900, 2100), st.floats(0, 150), st.integers(1, 12))
def test_years_are_whole_and_inside(start: float, length: float, wanted: int) -> None:
    years = call("yearTicks", start, start + length, wanted)
    assert len(years) <= wanted
    assert all(year == int(year) for year in years)
    assert all(start - 1e-6 <= year <= start + length + 1e-6 for year in years)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(10, 30)), min_size=1, max_size=6))
def test_labels_never_cover_each_other(blocks: list[tuple[float, float]]) -> None:
    heights = [height for _, height in blocks]
    tops = call("spread", [at for at, _ in blocks], heights, 0, 250)
    placed = sorted(zip(tops, heights, strict=True))
    for (top, height), (below, _) in itertools.pairwise(placed):
        assert top + height <= below + 1e-6
    assert placed[0][0] >= -1e-6
    assert placed[-1][0] + placed[-1][1] <= 250 + 1e-6


@given(st.text("ab mW%.", max_size=60), st.floats(40, 300))
def test_wrapped_text_keeps_to_its_room(text: str, room: float) -> None:
    lines = call("wrap", text, room, 2)
    assert len(lines) <= 2
    assert all(call("textWidth", line) <= room for line in lines)


def test_nothing_to_draw_still_has_an_axis() -> None:
    assert call("enclosing", math.nan, math.inf) == [0, 1]


def test_ticks_keep_the_decimals_they_need() -> None:
    assert call("tickTexts", [0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"]
    assert call("tickTexts", [0, 2.5e6, 5e6]) == ["0", "2.5M", "5.0M"]
    assert call("tickTexts", [0, 50_000, 100_000]) == ["0", "50,000", "100,000"]
    assert call("tickTexts", [0, 50_000, 100_000], True) == ["0", "50k", "100k"]


def test_an_axis_grows_at_once_and_shrinks_only_when_much_is_empty() -> None:
    shown = call("settled", None, 0, 95, 5)
    assert shown == [0, 100]
    assert call("settled", shown, 0, 101, 5)[1] > 100
    assert call("settled", shown, 0, 61, 5) == shown
    assert call("settled", shown, 0, 40, 5) == [0, 40]


@given(st.lists(st.floats(0, 1e6) | st.just(1e-300), min_size=2, max_size=8))
def test_an_axis_always_holds_the_data(highs: list[float]) -> None:
    shown = None
    for high in highs:
        shown = call("settled", shown, 0, high, 5)
        assert shown[0] <= 0
        assert shown[1] >= high * (1 - 1e-9)
