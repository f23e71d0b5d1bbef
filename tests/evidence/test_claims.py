"""Claims of the founding article: all of them, each beside what the record says, looked up."""

import csv
from pathlib import Path

import pytest

from upriver.core.errors import InputError, UnknownName
from upriver.core.files import parse_yaml
from upriver.engine.run import load
from upriver.evidence.claims import claim, claims, read_claims, recorded
from upriver.evidence.figures import series
from upriver.evidence.references import references
from upriver.experiments.claims import named

SEED = Path(__file__).parents[3] / "shared" / "seed_claims.csv"

GOOD = """\
C01:
  claim: something
  kind: figure
  quantity: deaths
  stated: {value: 1, unit: people/year, year: 2010}
  record: {series: deaths_any_opioid, period: 2010, transform: value}
  modelled: {kind: sums, name: people.overdose.deaths, year: 2010}
  status: shown
  remark: null
"""


def test_all_37_claims_are_there_in_order():
    assert list(claims()) == [f"C{i:02d}" for i in range(1, 38)]


def test_numbers_years_and_kinds_are_those_of_the_first_list():
    if not SEED.exists():
        pytest.skip("the reference data beside the repository are not there")
    with SEED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = claim(row["id"])
            assert found.kind == row["kind"]
            assert (found.stated is not None) == bool(row["value"])
            if found.stated is not None:
                assert found.stated.value == float(row["value"])
                assert str(found.stated.year or "") == row["year"]


@pytest.mark.parametrize("name", [c.name for c in claims().values() if c.record])
def test_a_recorded_figure_has_its_unit_vintage_period_and_sources(name):
    found = recorded(claim(name))
    assert found.value == found.value
    assert found.vintage
    assert found.period
    assert found.sources
    assert set(found.sources) <= set(references())
    stated = claim(name).stated
    if stated is not None and found.unit != "1":
        assert found.unit == stated.unit


def test_the_synthetic_share_of_2021_is_just_below_the_88_percent_of_the_article():
    found = recorded(claim("C01"))
    assert found.value == pytest.approx(87.8, abs=0.05)
    assert found.unit == "percent"
    assert "False as worded" in claim("C01").remark


@pytest.mark.parametrize(("name", "value"), [("C02", 21_089), ("C03", 80_411), ("C17", 123)])
def test_figures_that_the_article_took_from_the_record_are_met(name, value):
    assert recorded(claim(name)).value == value == claim(name).stated.value


@pytest.mark.parametrize("name", ["C18", "C19", "C20"])
def test_what_china_stated_is_what_the_article_says(name):
    assert recorded(claim(name)).value == pytest.approx(claim(name).stated.value)


def test_the_southwest_border_has_94590_of_97834_pounds():
    found = recorded(claim("C11"))
    assert found.value == pytest.approx(100 * 94_590 / 97_834, abs=0.01)
    assert found.period == "2018-10 to 2025-12"


def test_the_peak_of_deaths_is_found_and_not_typed():
    deaths = series("deaths_all_drugs")
    assert recorded(claim("C37")).value == max(deaths.values)
    assert recorded(claim("C37")).period == "2022"


def test_a_claim_without_a_record_says_why_and_gives_none():
    for one in claims().values():
        assert (recorded(one) is None) == (one.no_record is not None)


def test_what_the_model_would_be_asked_exists_in_it():
    names = {*load().outputs, *load().state}
    for one in claims().values():
        if one.modelled is not None:
            given = [*one.modelled.names, one.modelled.over or one.modelled.name]
            assert {name for each in given for name in named(each)} <= names


TEST = "{expects: more, than: 0, because: it would be seen}"
TESTED = GOOD.replace(
    "record: {series: deaths_any_opioid, period: 2010, transform: value}",
    f"record: null\n  no_record: none\n  test: {TEST}",
).replace("status: shown", "status: tested")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f"  test: {TEST}\n", "", "test"),
        ("expects: more", "expects: other", "expectation"),
        ("than: 0", "than: much", "than"),
        (", because: it would be seen", "", "because"),
        ("status: tested", "status: shown", "status"),
        (
            "modelled: {kind: sums, name: people.overdose.deaths, year: 2010}",
            "modelled: null",
            "test",
        ),
    ],
)
def test_a_claim_is_tested_only_by_what_a_run_could_deny(old, new, says):
    assert read_claims(parse_yaml(TESTED, "claims.yaml"))["C01"].test.than == 0
    assert old in TESTED
    with pytest.raises(InputError, match=says):
        read_claims(parse_yaml(TESTED.replace(old, new), "claims.yaml"))


def test_at_least_31_claims_are_shown_or_tested_and_the_rest_say_why_not():
    found = claims().values()
    assert sum(one.status in ("shown", "tested") for one in found) >= 31
    for one in found:
        assert (one.test is not None) == (one.status == "tested")
        if one.status in ("not modelled", "no record"):
            assert one.no_record
            assert one.modelled is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("period: 2010, transform: value", "period: 1910, transform: value", "no period"),
        ("series: deaths_any_opioid", "series: deaths_any_opiod", "deaths_any_opioid"),
        ("transform: value", "transform: ratio", "transform"),
        ("transform: value", "transform: share", "over"),
        ("period: 2010, transform: value", "period: 2010, transform: peak", "nothing"),
        ("status: shown", "status: tested", "shown"),
        ("status: shown", "status: seen", "status"),
        ("kind: figure", "kind: number", "kind"),
        ("kind: sums", "kind: share", "over"),
        ("kind: sums", "kind: effect", "scenario"),
        ("kind: sums", "world: all, kind: sums", "world"),
        ("remark: null", "remark: null\n  no_record: none", "no_record"),
        ("remark: null", f"remark: null\n  test: {TEST}", "test"),
        ("  remark: null\n", "", "remark"),
        ("year: 2010}\n  record", "year: about 2010}\n  record", "whole number"),
        ("period: 2010", "period: 2010, places: [MA]", "place"),
    ],
)
def test_a_broken_claim_is_refused_with_its_line(old, new, says):
    assert old in GOOD
    with pytest.raises(InputError, match=says) as caught:
        read_claims(parse_yaml(GOOD.replace(old, new), "claims.yaml"))
    assert "claims.yaml, line" in str(caught.value)


def test_what_the_whole_system_says_of_a_claim_says_what_is_assumed():
    whole = [one for one in claims().values() if one.modelled and one.modelled.world == "whole"]
    assert {one.name for one in claims().values() if one.test} - {"C33"} <= {
        one.name for one in whole
    }
    for one in whole:
        assert "assumed" in (one.remark or "").lower(), one.name


def test_months_that_overlap_are_never_added_up():
    text = GOOD.replace(
        "deaths_any_opioid, period: 2010", "deaths_synthetic_12m, period: [2020-01, 2020-12]"
    )
    with pytest.raises(InputError, match="overlap"):
        read_claims(parse_yaml(text, "claims.yaml"))


def test_an_unknown_claim_is_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match="C37"):
        claim("C38")
