"""Claims about axes: ticks are round, evenly spaced and enclose the data."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from upriver.report import scales

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@given(NUMBERS, NUMBERS, st.integers(2, 10))
def test_ticks_enclose_the_data_at_round_even_steps(a: float, b: float, wanted: int) -> None:
    ticks = scales.ticks(a, b, wanted)
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
    years = scales.year_ticks(start, start + length, wanted)
    assert len(years) <= wanted
    assert all(start - 1e-6 <= year <= start + length + 1e-6 for year in years)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(10, 30)), min_size=1, max_size=6))
def test_labels_never_cover_each_other(blocks: list[tuple[float, float]]) -> None:
    heights = [height for _, height in blocks]
    tops = scales.spread([at for at, _ in blocks], heights, 0, 250)
    placed = sorted(zip(tops, heights, strict=True))
    for (top, height), (below, _) in itertools.pairwise(placed):
        assert top + height <= below + 1e-9
    assert max(top + height for top, height in placed) <= 250 + 1e-9


def test_infinite_data_still_have_an_axis() -> None:
    assert scales.ticks(math.nan, math.inf) == [0.0, 1.0]


@given(st.text(), st.floats(40, 300))
def test_wrapped_text_keeps_to_its_room(text: str, room: float) -> None:
    assert all(scales.text_width(line, 13) <= room for line in scales.wrap(text, 13, room))
