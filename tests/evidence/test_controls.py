"""Control totals hold, and the checks find what is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.core.fields import Document
from upriver.evidence import controls
from upriver.evidence.controls import Part, filled, overlaps, totals
from upriver.evidence.figures import series
from upriver.evidence.references import references


@pytest.mark.parametrize("total", totals(), ids=lambda one: one.name)
def test_a_control_total_holds_and_says_its_vintage(total: controls.Total) -> None:
    assert total.holds(), f"{total.found()} is not {total.expected}"
    assert total.source in references()
    for part in total.parts:
        for record in part.records():
            assert total.vintage in record.vintages


@pytest.mark.parametrize("overlap", overlaps(), ids=lambda one: one.name)
def test_series_that_hold_the_same_quantity_agree(overlap: controls.Overlap) -> None:
    found = overlap.differences()
    assert len(found) >= 3
    assert max(map(abs, found.values())) <= overlap.within


@pytest.mark.parametrize("total", totals(), ids=lambda one: one.name)
def test_a_total_that_is_off_fails(total: controls.Total) -> None:
    assert not replace(total, expected=total.expected + 2 * total.within + 1).holds()


def test_what_is_no_peak_fails() -> None:
    (peak,) = (one for one in totals() if one.peak)
    at = "2022-06"
    value = series("deaths_synthetic_12m").at(at)
    assert value is not None
    assert not replace(peak, periods=(at,), expected=value).holds()


def test_months_fill_a_year_and_a_gap_does_not() -> None:
    months = series("seized_fentanyl")
    total = filled(months, 2018.75, 2019.75)
    wanted = [months.at(f"2018-{m}") for m in (10, 11, 12)]
    wanted += [months.at(f"2019-{m:02d}") for m in range(1, 10)]
    assert total == pytest.approx(sum(v for v in wanted if v is not None))
    assert filled(months, 2017.75, 2018.75) is None
    broken = replace(months, values=np.where(np.arange(len(months.values)) == 3, np.nan, 1.0))
    assert filled(broken, 2018.75, 2019.75) is None


def test_a_rolling_sum_is_never_added_up() -> None:
    rolling = series("deaths_synthetic_12m")
    assert filled(rolling, 2020.0, 2021.0) == rolling.at("2020-12")
    assert filled(rolling, 2020.0, 2022.0) is None


def test_each_is_every_place_but_the_country() -> None:
    assert "US" not in {record.place for record in Part("residents", "each").records()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expected": "many"}, "should be a number"),
        ({"within": -1}, "out of bounds"),
        ({"perods": ["2010"]}, "unknown field"),
        ({"periods": "2010"}, "should be a list"),
        ({"peak": "no"}, "true or false"),
        ({"source": "wondr"}, "Did you mean 'wonder'"),
    ],
)
def test_an_entry_that_is_not_right_is_refused(change: dict[str, object], said: str) -> None:
    fields = {
        "title": "a total",
        "of": "deaths_any_opioid",
        "periods": ["2010"],
        "expected": 21089,
        "within": 0,
        "unit": "people",
        "vintage": "final",
        "source": "wonder",
    }
    document = Document("controls.yaml", {"totals": {"one": {**fields, **change}}})
    with pytest.raises(InputError, match=said):
        controls.read_totals(document)
