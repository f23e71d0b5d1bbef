"""The figures that ship: each with unit, source and period, and none of them odd."""

import numpy as np
import pytest

from upriver.core.errors import UnknownName
from upriver.core.parameters import parameters
from upriver.core.units import UNITS
from upriver.evidence.calendars import CALENDARS
from upriver.evidence.figures import DATA, all_records, all_series, series
from upriver.evidence.record import STATUSES, WITHOUT_VALUE, Record
from upriver.evidence.references import citation, references


def records(name: str) -> list[Record]:
    """The records of a series, in every place."""
    return [record for (one, _), record in all_records().items() if one == name]


@pytest.mark.parametrize("name", sorted(all_series()))
def test_every_series_has_a_known_unit_source_calendar_and_status(name):
    for found in records(name):
        assert found.unit in UNITS
        assert found.calendar in CALENDARS
        assert set(found.sources) <= set(references())
        assert set(found.statuses) <= set(STATUSES)
        assert all(found.vintages)


@pytest.mark.parametrize("name", sorted(all_series()))
def test_every_series_has_one_value_a_period_or_says_why_not(name):
    for found in records(name):
        without = np.isin(found.statuses, WITHOUT_VALUE)
        assert (np.isfinite(found.values) == ~without).all()
        assert (found.values[~without] >= 0).all() or name.endswith("_change")
        assert (np.diff(found.periods) > 0).all()


def test_recorded_deaths_are_the_counts_that_the_country_published():
    deaths = series("deaths_any_opioid")
    assert deaths.at(2021) == pytest.approx(80_411, rel=1e-3)
    assert deaths.at(2022) == pytest.approx(81_806, rel=1e-3)
    assert deaths.at(1900) is None


def test_every_source_can_be_cited_on_one_line():
    for key in references():
        line = citation(key)
        assert references()[key]["year"] in line
        assert "\n" not in line
        assert "{" not in line


def test_every_source_is_used():
    used = {p.source for p in parameters().values()}
    used |= {source for s in all_series().values() for source in s.sources}
    cited = "".join(
        file.read_text(encoding="utf-8")
        for pattern in (
            "data/**/*.csv",
            "policy/**/*.yaml",
            "*/*.yaml",
            "experiments/costs/*.yaml",
            "**/*.py",
        )
        for file in DATA.parent.glob(pattern)
    )
    assert {key for key in references() if key not in used and key not in cited} == set()


def test_an_unknown_series_is_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match="deaths_any_opioid"):
        series("deaths_any_opiod")
