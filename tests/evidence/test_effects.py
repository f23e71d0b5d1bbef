"""Effect sizes: each with design, grade and a source that exists, and none of them odd."""

import pytest

from upriver.core.errors import InputError, UnknownName
from upriver.core.files import parse_yaml
from upriver.evidence.effects import FILE, RATIOS, effect, effects, read_effects
from upriver.evidence.references import references

ASKED = (
    "methadone_all_causes",
    "buprenorphine_all_causes",
    "naloxone_programmes_low",
    "healing_deaths",
    "waiver_end_patients",
    "naloxone_over_the_counter",
    "class_control_2019",
    "supervised_site_near",
    "syringes_hepatitis_c",
    "heroin_assisted_deaths",
    "supportive_housing_overdose",
    "jail_treatment_share_of_deaths",
    "monitoring_programmes",
    "tapering_overdose",
    "homelessness_overdose",
)

GOOD = """\
some:
  measure: a measure
  outcome: deaths
  kind: rate ratio
  value: 0.7
  low: 0.5
  high: 0.9
  design: cohort
  grade: C
  population: people
  period: '2020'
  sources: [sordo2017]
"""


@pytest.mark.parametrize("name", ASKED)
def test_what_was_asked_for_is_there_with_a_value_or_the_reason(name):
    found = effect(name)
    assert found.value is not None or found.note
    assert set(found.sources) <= set(references())


@pytest.mark.parametrize("name", sorted(effects()))
def test_an_interval_holds_its_value_and_a_ratio_is_above_zero(name):
    found = effect(name)
    if found.low is not None and found.high is not None and found.value is not None:
        assert found.low <= found.value <= found.high
        assert found.low < found.high
    if found.kind in RATIOS and found.value is not None:
        assert found.value > 0


def test_what_has_no_value_is_graded_none_and_nothing_else_is():
    for found in effects().values():
        assert (found.grade == "none") == (found.value is None)


def test_the_null_results_that_the_model_must_agree_with_are_null_here():
    assert effect("healing_deaths").low < 1 < effect("healing_deaths").high
    assert effect("naloxone_over_the_counter").value is None
    assert effect("waiver_end_patients").high < 0


def test_the_corrected_figures_of_tapering_are_used():
    assert effect("tapering_overdose").value == 1.28
    assert effect("tapering_crisis").value == 1.74


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("low: 0.5", "low: 0.8", "outside its own interval"),
        ("low: 0.5", "low: null", "stand together"),
        ("low: 0.5", "low: 0", "above 0"),
        ("value: 0.7\n  low: 0.5\n  high: 0.9", "value: 0\n  low: null\n  high: null", "above 0"),
        ("value: 0.7\n  low: 0.5\n  high: 0.9", "value: null\n  low: null\n  high: null", "note"),
        ("value: 0.7", "value: null", "interval is there"),
        ("grade: C", "grade: E", "grade"),
        ("kind: rate ratio", "kind: ratio", "kind"),
        ("sources: [sordo2017]", "sources: [sordo2018]", "sordo2017"),
        ("sources: [sordo2017]", "sources: []", "source"),
        ("period: ", "perod: ", "period"),
        ("value: 0.7", "value: '0.7'", "number"),
    ],
)
def test_a_broken_entry_is_refused_with_its_line(old, new, says):
    assert old in GOOD
    with pytest.raises(InputError, match=says) as caught:
        read_effects(parse_yaml(GOOD.replace(old, new), "effects.yaml"))
    assert "effects.yaml, line" in str(caught.value)


def test_an_unknown_effect_is_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match="healing_deaths"):
        effect("healing_death")


def test_the_file_names_no_figure_of_a_study_that_it_does_not_cite():
    assert FILE.read_text(encoding="utf-8").count("sources:") == len(effects())
