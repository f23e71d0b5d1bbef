"""What is missing is named, with where one would look, and is not in the record after all."""

import pytest

from upriver.core.errors import InputError
from upriver.core.files import parse_yaml
from upriver.evidence.figures import all_series, series
from upriver.evidence.missing import missing, read_missing


def test_every_gap_says_what_why_and_where():
    for gap in missing().values():
        assert gap.what
        assert gap.why
        assert gap.where


@pytest.mark.parametrize("name", [n for gap in missing().values() for n in gap.series])
def test_a_series_that_a_gap_would_complete_ships(name):
    assert name in all_series()


def test_a_gap_that_has_been_filled_is_taken_off_the_list():
    assert "deaths_methadone" not in all_series()
    assert all_series()["deaths_any_opioid"].statuses[-1] == "rounded"
    assert all_series()["deaths_heroin"].newest < "2024"


@pytest.mark.parametrize(
    "text", ["a:\n  what: x\n  why: y\n", "a:\n  what: x\n  why: y\n  wher: z\n"]
)
def test_a_gap_without_a_place_to_look_is_refused(text):
    with pytest.raises(InputError, match="where"):
        read_missing(parse_yaml(text, "missing.yaml"))


def test_a_kind_of_death_is_never_more_often_than_the_kind_that_holds_it():
    opioid, all_drugs = series("deaths_any_opioid"), series("deaths_all_drugs")
    for year, deaths in zip(opioid.labels, opioid.values, strict=True):
        assert deaths < all_drugs.at(year)
        for part in ("synthetic", "heroin", "prescription", "natural"):
            assert (series(f"deaths_{part}").at(year) or 0) < deaths


def test_people_with_a_disorder_in_source_are_the_sum_of_its_three_series():
    parts = [series(n) for n in ("rx_oud", "rx_oud_with_heroin", "heroin_use_disorder")]
    whole = series("oud_source")
    for year, people in zip(whole.labels, whole.values, strict=True):
        assert abs(people - sum(part.at(year) for part in parts)) <= 1
