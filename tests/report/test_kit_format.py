"""The kit writes numbers, CSV and tables as Python does, to the byte."""

import itertools
import math
import random
from typing import Any

import numpy as np
import pytest
from demonstration import fan, figure
from hypothesis import given, settings
from hypothesis import strategies as st

from upriver.report import wording
from upriver.report.figures import Figure, Series, data_of, data_to, sources_of, table_of
from upriver.report.tidy import csv_of

PAGE: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def page(kit):
    """The page for tests that hypothesis repeats."""
    PAGE["now"] = kit


def doubles() -> list[float]:
    """Sizes as they come, ties at every number of decimals, and their neighbours."""
    dice = random.Random(7)
    ties = [
        (dice.randrange(10**6) + 0.5) / 2**places * sign
        for places in range(8)
        for sign in (1, -1)
        for _ in range(60)
    ]
    ties += [n / 8 for n in range(-80, 80)] + [n * 10.0**6 + 500 for n in range(300)]
    near = [math.nextafter(value, end) for value in ties[:600] for end in (math.inf, -math.inf)]
    sizes = [dice.uniform(-1, 1) * 10.0 ** dice.randrange(-12, 16) for _ in range(2500)]
    edges = [0.0, -0.0, 1e21, 1e22, 1.5e300, 5e-324, 0.05, 99.95, 99.99999999999999, 1e-5, 999.5]
    powers = [10.0**n * k for n in range(-8, 18) for k in (1, 0.9995, 0.99949999, 9.995, 9.9995)]
    return [*ties, *near, *sizes, *edges, *powers, math.nan, math.inf, -math.inf]


@pytest.mark.parametrize("decimals", [None, 0, 1, 2, 3, 6])
def test_numbers_are_written_as_in_python(kit, decimals):
    values = doubles()
    found = kit.evaluate(
        "([values, places]) => values.map((v) => kit.number(v, places ?? undefined))",
        [values, decimals],
    )
    assert len(values) > 5000
    assert found == [wording.number(value, decimals) for value in values]


def test_short_numbers_and_changes_are_written_as_in_python(kit):
    values = doubles()
    known = [value for value in values if math.isfinite(value)]
    for name, mine, given_ in (
        ("short", wording.short, values),
        ("percent", wording.percent, values),
        ("year", wording.year, [v for v in known if abs(v) < 1e15]),
        ("decimalsFor", wording.decimals_for, known),
        ("plain", lambda v: f"{v:.9g}", known),
    ):
        found = kit.evaluate(f"(values) => values.map((v) => kit.{name}(v))", given_)
        assert found == [mine(value) for value in given_], name


def test_both_ends_of_an_interval_read_alike(kit):
    values = doubles()
    pairs = list(itertools.pairwise(values))
    found = kit.evaluate(
        "(p) => p.map(([a, b]) => [kit.interval(a, b), kit.short(a, b, 1e6)])", pairs
    )
    assert found == [[wording.interval(a, b), wording.short(a, b, 1e6)] for a, b in pairs]


def test_what_draws_can_say_is_written_as_in_python(kit):
    dice = random.Random(16)
    values = [v for v in doubles() if abs(v) < 1e12]
    rows = [[*dice.sample(values, 3), dice.choice([0, 50, 84, 200, 1000])] for _ in range(3000)]
    rows += [[1.27, 0.84, 1.75, 200, 1], [5.04, -0.3, 50.7, 200, 1], [1e5, 2e4, 3e5, 200, 0]]
    rows += [[5000, 0, w, 200] for w in range(0, 200_000, 999)] + [[7.0, 7.0, 7.0, 200]]
    found = kit.evaluate("(rows) => rows.map((row) => kit.known(...row))", rows)
    assert found == [list(wording.known(*row)) for row in rows]


@pytest.mark.parametrize(
    ("value", "above", "text"),
    [
        (310_000.0, 1e4, "310k"),
        (8_500.0, 1e4, "8,500"),
        (2_530_000.0, 1e4, "2.53M"),
        (-95_000.0, math.inf, "\u221295,000"),
        (-0.0, 1e4, "0"),
        (math.nan, 1e4, wording.MISSING),
    ],
)
def test_a_number_that_was_rounded_keeps_no_zeros_behind_it(kit, value, above, text):
    assert wording.bare(value, above) == text
    no_end = "Infinity" if math.isinf(above) else above
    assert kit.evaluate(f"(value) => kit.bare(value, {no_end})", value) == text


def test_what_draws_can_say_is_short_as_in_python(kit):
    dice = random.Random(41)
    sizes = [dice.uniform(-1, 1) * 10.0 ** dice.randrange(0, 9) for _ in range(600)]
    texts = [wording.known(size, 0.6 * size, 1.7 * size, 200, 0)[0] for size in sizes]
    values = [float(text.replace(",", "").replace(wording.MINUS, "-")) for text in texts]
    found = kit.evaluate("(texts) => texts.map((text) => kit.brief(text))", texts)
    assert found == [wording.bare(value, 1e4) for value in values]
    assert any(text.endswith("M") for text in found)


def test_what_is_missing_is_a_dash_and_never_a_zero(kit):
    assert kit.evaluate("[null, undefined, NaN].map((v) => kit.number(v))") == ["–"] * 3


TEXTS = st.text(max_size=30) | st.sampled_from(
    ['=1+1\n#, "x"', "-a", "@b,c", "\x1f\x85\u3000x", ""]
)
NUMBERS = st.none() | st.floats(allow_nan=True, allow_infinity=True)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any figure: unordered years, gaps, texts that would break a CSV."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        n = draw(st.integers(0, 6))
        column = st.lists(NUMBERS, min_size=n, max_size=n)
        years = draw(st.lists(st.floats(1990, 2040) | st.none(), min_size=n, max_size=n))
        ends = (draw(column), draw(column)) if draw(st.booleans()) else (None, None)
        kind = draw(st.sampled_from(["modelled", "recorded", "scenario", "driver"]))
        found.append(Series(draw(TEXTS), years, draw(column), *ends, kind=kind, source=draw(TEXTS)))
    reach = draw(st.none() | st.floats(1999, 2030) | TEXTS)
    texts = [draw(TEXTS) for _ in range(4)]
    return Figure("f", texts[0], texts[1], texts[2], found, texts[3], ["a"], data_to=reach)


@settings(max_examples=150)
@given(figures())
def test_csv_is_pythons_to_the_byte(one):
    text = PAGE["now"].evaluate("(figure) => kit.csvOf(figure)", data_of(one))
    assert text.encode(errors="replace") == csv_of(one).encode(errors="replace")


@settings(max_examples=80)
@given(figures())
def test_table_reach_and_sources_are_pythons(one):
    data = data_of(one)
    found, reach, sources = PAGE["now"].evaluate(
        "(f) => [kit.tableOf(f), kit.dataTo(f), kit.sourcesOf(f)]", data
    )
    mine = table_of(one)
    assert found["columns"] == list(mine.columns)
    assert found["rows"] == [list(row) for row in mine.rows]
    assert found["caption"] == mine.caption
    assert (reach or None) == (data_to(one) or None)
    assert sources == sources_of(one)


def test_a_demonstration_figure_gives_the_same_csv_and_table(kit):
    one = figure("f", fan(), Series("Sums", [2019.5, 2020.5], [1e5, np.nan], kind="recorded"))
    text, rows = kit.evaluate("(f) => [kit.csvOf(f), kit.tableOf(f, 'point').rows]", data_of(one))
    assert text == csv_of(one)
    assert rows == [list(row) for row in table_of(one, every="point").rows]


def test_remarks_stand_above_the_numbers(kit):
    text = kit.evaluate("(f) => kit.csvOf(f, ['Scenario: a\\n#b', 'Link'])", data_of(figure()))
    top = text.split("series,place")[0].splitlines()
    assert top[-2:] == ["# Scenario: a #b", "# Link"]


@given(st.text(max_size=20))
def test_an_id_is_pythons(text):
    assert PAGE["now"].evaluate("(t) => kit.slug(t)", text) == wording.slug(text)
