"""The published base run is met, and would not be if an equation were a little different."""

import numpy as np
import pytest

from upriver.core.errors import FileProblem, SchemaProblem
from upriver.core.parameters import parameters
from upriver.experiments import verify as checking
from upriver.experiments.verify import LARGEST_ALLOWED, MEDIAN_ALLOWED, verify

PERTURBED = (
    "people.overdose.rate_hud",
    "people.overdose.survival_fentanyl_relative",
    "people.disorder.rx_oud_rate",
    "people.quitting.rate_misuse",
    "people.treatment.seeking_rate",
    "people.remission.relapse_rate",
    "people.response.kit_efficiency",
    "people.perceived_risk.rise_years",
    "people.capacity.rampup_years",
    "people.street.readjustment_years",
    "people.initial.misuse",
    "people.market.fentanyl_share",
    "people.prescribing.strength",
)


def test_the_published_run_is_met_by_the_figures_that_ship():
    found = verify()
    assert found.passed
    assert len(found.matches) >= 120
    assert found.largest <= LARGEST_ALLOWED == 1e-3
    assert found.median <= MEDIAN_ALLOWED == 1e-4


@pytest.fixture
def published(shared):
    return shared / "source-model" / "data" / "base_run_published.csv"


def test_the_whole_published_table_is_met(published):
    found = verify(published)
    assert found.passed, found.matches[:10]
    assert len(found.matches) > len(verify().matches)
    # Six figures are printed, so this is all that rounding leaves.
    assert found.largest < 6e-6


def test_the_one_exception_is_the_quantity_that_is_printed_with_three_figures(published):
    found = verify(published)
    assert [m.output for m in found.matches if m.error > 1e-3] == list(checking.EXPLAINED)


def test_the_published_inputs_by_quarter_do_almost_as_well(published):
    """Between quarters a projection is a curve and not a line: that much is the inputs' fault."""
    found = verify(published, own_inputs=True)
    assert found.largest < 2e-3
    assert found.median <= MEDIAN_ALLOWED


@pytest.mark.parametrize("path", PERTURBED)
def test_a_parameter_that_is_off_by_one_percent_is_found(path, monkeypatch):
    usual = checking.table

    def off(scenario):
        columns = usual(scenario)
        return columns.replace({path: columns.columns[path] * 1.01})

    monkeypatch.setattr(checking, "table", off)
    assert not verify().passed


def test_errors_are_sorted_and_the_worst_is_where_it_says():
    found = verify()
    errors = [match.error for match in found.matches]
    assert errors == sorted(errors, reverse=True)
    worst = found.matches[0]
    assert abs(worst.ours - worst.published) / abs(worst.published) == worst.error
    assert 1999 <= worst.year <= 2032


def test_an_exception_says_why_and_is_never_an_unknown_quantity():
    names = checking.published_names()
    assert set(checking.EXPLAINED) <= set(names)
    assert all(len(reason) > 20 for reason in checking.EXPLAINED.values())


def test_too_few_quantities_do_not_pass():
    found = verify()
    few = checking.Verification(found.source, found.matches[:100])
    assert not few.passed


def test_a_quantity_that_is_missing_everywhere_is_not_compared():
    assert checking._match("a", "A", np.full(3, np.nan), np.zeros(3)) is None
    assert checking._match("a", "A", np.zeros(3), np.zeros(3)) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", FileProblem), ("name,1999\nA,1\n", SchemaProblem)],
)
def test_a_file_that_is_not_the_table_is_refused(text, problem, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(text)
    with pytest.raises(problem, match=r"table\.csv"):
        verify(file)


def test_every_quantity_compared_is_ours():
    from upriver.engine.run import load

    ours = {*load().outputs, *load().state, *parameters()}
    assert set(checking.published_names()) <= ours
