"""The catalogue says what the records hold, without reading their values."""

from datetime import date

import numpy as np
import pytest

from upriver.evidence.coverage import age, age_text, coverage
from upriver.evidence.figures import all_records, all_series
from upriver.evidence.series import all_words


def test_the_catalogue_is_that_of_the_records() -> None:
    known = coverage()
    assert list(known) == list(all_words())
    assert set(known) == set(all_series())
    for name, one in known.items():
        records = [r for (other, _), r in all_records().items() if other == name]
        recorded = [r for r in records if r.newest]
        assert set(one.places) == {r.place for r in records}
        assert one.places[0] == "US" or "US" not in one.places
        assert {r.unit for r in records} == {one.unit}
        assert {r.calendar for r in records} == {one.calendar}
        ends = [r.ends[r.labels.index(r.newest)] for r in recorded]
        assert one.end == pytest.approx(max(ends))
        assert one.newest in {r.newest for r in recorded}
        assert set(one.sources) <= {key for r in records for key in r.sources}
        known_values = sum(
            int(np.isfinite(v) and s != "projected")
            for r in records
            for v, s in zip(r.values, r.statuses, strict=True)
        )
        assert one.values == known_values


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (2026.9, "new"),
        (2027.5, "new"),
        (2026.82, "1 month old"),
        (2025.0, "23 months old"),
        (2024.0, "3 years old"),
    ],
)
def test_age_is_told_in_months_then_years(end: float, said: str) -> None:
    assert age_text(end, date(2026, 11, 25)) == said


def test_age_grows_by_a_year_in_a_year() -> None:
    older, newer = (age(2020.0, date(year, 3, 1)) for year in (2025, 2026))
    assert newer - older == pytest.approx(1, abs=0.01)
