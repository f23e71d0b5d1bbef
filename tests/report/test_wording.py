"""How a number is written in text."""

import pytest

from upriver.report.wording import digits, stated


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (2023.557, "year", "2023.56"),  # a date
        (4.394, "year", "4.39"),  # a span
        (25_712.0, "provider", "25,700"),
        (3_761_234.0, "people/year", "3,760,000"),
        (0.00848, "1/year", "0.00848"),
        (0.757, "1", "0.757"),
        (-0.0848, "1", "\N{MINUS SIGN}0.0848"),
        (0.0, "1", "0"),
    ],
)
def test_a_constant_is_stated_without_an_exponent(value, unit, said):
    assert stated(value, unit) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(2_303_620.4, "2303620"), (0.764, "0.764"), (1e-5, "1e-05"), (-4.0, "-4"), (3e8, "300000000")],
)
def test_digits_that_one_may_copy_have_no_exponent(value, said):
    assert digits(value) == said
    assert float(said) == pytest.approx(value, rel=1e-6)
