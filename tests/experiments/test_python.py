"""What a caller in Python meets: indexing, frames, listings, and errors of our own."""

from decimal import Decimal

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import InputError, SchemaProblem, TimeProblem, UnknownName
from upriver.core.parameters import parameters
from upriver.evidence.figures import series
from upriver.experiments.simulate import simulate
from upriver.experiments.summary import MOST_LINES

DEATHS = "people.overdose.deaths"
WITNESSED = "people.response.witnessed"


@pytest.fixture(scope="module")
def run():
    return simulate("base", draws=10)


def test_a_year_of_a_summary_is_what_its_draws_say(run):
    low, median, high = np.quantile(run.deaths.draws[:, 22], [0.025, 0.5, 0.975])
    np.testing.assert_allclose(run.deaths[2021], (median, low, high), rtol=1e-12)
    assert run.deaths[2021] == run.deaths.at(2021.0)


def test_every_year_is_printed_even_ones_too(run):
    said = repr(run.deaths).splitlines()[1:]
    assert [int(line.split()[0]) for line in said] == list(range(1999, 2032))


def test_a_summary_by_quarter_prints_starts_of_years_and_says_so(run):
    said = repr(run.level("people.heads.oud")).splitlines()
    assert len(said) <= MOST_LINES
    assert "34 of 133 instants" in said[-1]


def test_central_values_are_printed_without_an_interval():
    assert " to " not in repr(simulate("base", draws=0).deaths)


def test_iteration_gives_each_year_with_its_numbers(run):
    rows = list(run.deaths)
    assert len(rows) == len(run.deaths) == 33
    year, median, low, high = rows[22]
    assert (year, (median, low, high)) == (2021, run.deaths[2021])


def test_a_slice_of_years_holds_both_ends(run):
    assert run.deaths[2020:2023].times.tolist() == [2020, 2021, 2022, 2023]
    assert run.deaths[2020:2023].draws.shape == (10, 4)
    assert run.deaths[:2000].times.tolist() == [1999, 2000]


def test_a_frame_holds_the_same_numbers(run):
    frame = run.deaths.to_pandas()
    assert frame.loc[2021].tolist() == list(run.deaths[2021])
    assert frame.attrs["unit"] == "people"
    whole = run.to_pandas()
    sums = whole[(whole["name"] == DEATHS) & (whole["kind"] == "sum")].set_index("year")
    assert sums["median"].tolist() == run.deaths.median.tolist()
    levels = whole[(whole["name"] == "people.heads.oud") & (whole["kind"] == "level")]
    assert levels["year"].tolist() == list(range(1999, 2033))


def test_changing_a_dataset_leaves_the_run_as_it_is(run):
    before = run.values.copy()
    made = run.dataset()
    for name in made.data_vars:
        made[name].values[:] = 0
    assert np.array_equal(run.values, before)
    assert not np.shares_memory(run.dataset()[DEATHS].values, run.values)


def test_a_dataset_holds_what_was_drawn(run):
    made, drawn = run.dataset(), run.parameters
    assert len(drawn) > 150
    assert made["drawn"].dims == ("draw", "parameter")
    for path, values in drawn.items():
        there = made["drawn"].sel(parameter=path)
        assert np.array_equal(there.values, values)
        assert there["parameter_unit"] == parameters()[path].unit
        if run.table.columns[path].shape[1] == 1:
            assert np.array_equal(run.table.columns[path][:, 0], values)


def test_what_is_held_was_not_drawn():
    held = simulate("base", draws=3, settings={"people.overdose.rate_hud": 0.2})
    assert "people.overdose.rate_hud" not in held.parameters
    assert simulate("base", draws=0).parameters == {}


@pytest.mark.parametrize("time", [True, "2021", None, [2021]])
def test_what_is_no_year_is_said_to_be_none(run, time):
    with pytest.raises(SchemaProblem, match="calendar year"):
        run.deaths[time]


@pytest.mark.parametrize("time", [2040, 1990, 2021.5, slice(2040, 2050)])
def test_a_year_off_the_summary_says_which_there_are(run, time):
    with pytest.raises(TimeProblem, match="1999 to 2031"):
        run.deaths[time]


def test_an_output_that_was_not_kept_says_how_to_keep_it(run):
    with pytest.raises(UnknownName, match=r"was not kept.*outputs="):
        run.level("people.treatment.fulfilment[methadone]")
    with pytest.raises(UnknownName, match="does not exist"):
        run.level("people.treatment.fulfilmen")
    with pytest.raises(UnknownName, match=r"is a level.*\.level"):
        run.sums("people.stocks.misuse")
    with pytest.raises(UnknownName, match=r"flow 'people.overdose.death' does not exist"):
        run.sums("people.overdose.death")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: up.simulate(draws=2.5), "whole number"),
        (lambda: up.simulate(draws=True), "whole number"),
        (lambda: up.simulate(draws="20"), "whole number"),
        (lambda: up.simulate(draws=-1), "0 to 1000"),
        (lambda: up.simulate(draws=1001), "0 to 1000"),
        (lambda: up.simulate(settings="0.8"), "mapping"),
        (lambda: up.simulate(settings={WITNESSED: True}), "should be a number"),
        (lambda: up.simulate(settings={WITNESSED: "0.8"}), "should be a number"),
        (lambda: up.simulate(settings={WITNESSED: float("nan")}), "should be a number"),
        (lambda: up.simulate(settings={WITNESSED: Decimal("0.8")}), "should be a number"),
        (lambda: up.simulate(settings={7: 0.8}), "parameter '7' does not exist"),
        (lambda: up.simulate(outputs=3), "names"),
        (lambda: up.simulate(outputs=("people.heads.oudd",)), "Did you mean"),
        (lambda: up.simulate(3), "a name, a file"),
        (lambda: up.simulate(None), "a name, a file"),
        (lambda: up.simulate(world="Whole"), "world 'Whole' does not exist"),
        (lambda: up.simulate(world=1), "world '1' does not exist"),
        (lambda: up.compare("base", ["optimistic"]), "a name, a file"),
        (lambda: up.Scenario("x", changes=[{"handle": "relapse"}]), "parse_scenario"),
        (lambda: up.Scenario("x", changes="relapse"), "list"),
        (lambda: up.Scenario("x", settings="0.8"), "mappings"),
        (lambda: up.Scenario("x", settings={WITNESSED: True}), "should be a number"),
        (lambda: up.Scenario("x", without_acts=("stop",)), "act 'stop' does not exist"),
        (lambda: up.Scenario(3), "text"),
        (lambda: up.parse_scenario(3), "text or a mapping"),
        (lambda: up.parse_scenario({"schema": 1, "titel": "x"}), "title"),
        (lambda: up.sweep(WITNESSED, "0.4"), "list of numbers"),
        (lambda: up.sweep(WITNESSED, []), "empty"),
        (lambda: up.sweep(WITNESSED, [True]), "should be a number"),
        (lambda: up.sweep(WITNESSED, [2]), "0 to 1"),
        (lambda: up.sweep("people.response.witness", [0.4]), "Did you mean"),
        (lambda: up.levers()["naloxon_kits"], "Did you mean"),
        (lambda: up.scenarios()["bas"], "Did you mean 'base'"),
        (lambda: up.evidence("deaths_any_opioids"), "Did you mean"),
        (lambda: up.evidence("deaths_any_opioid", "OO"), "place"),
    ],
)
def test_a_mistake_in_python_gets_an_error_of_ours_that_says_what_to_do(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_one_output_may_be_named_alone():
    assert simulate(draws=1, outputs="people.heads.oud").outputs == ("people.heads.oud",)


def test_a_mapping_is_read_as_a_file_is():
    text = "schema: 1\ntitle: t\nchanges:\n  - {handle: naloxone_kits, by: 0.5}\n"
    data = {"schema": 1, "title": "t", "changes": [{"handle": "naloxone_kits", "by": 0.5}]}
    assert up.parse_scenario(data) == up.parse_scenario(text)


def test_a_sweep_is_a_run_for_each_value():
    found = up.sweep(WITNESSED, [0.4, 0.6], draws=5)
    alone = simulate("base", draws=5, settings={WITNESSED: 0.6})
    whole = alone.periods(DEATHS, np.array([2026.0]), np.array([2032.0]))[:, 0]
    assert found.to_pandas().loc[0.6, "median"] == np.median(whole)
    assert found.deaths()[0].median > found.deaths()[1].median
    assert "0.4" in repr(found)
    assert len(found.plot().axes) == 1


def test_a_comparison_is_plotted_and_framed():
    found = up.compare("base", "optimistic", draws=5)
    frame = found.to_pandas()
    assert frame["averted", "median"].tolist() == [0, found.averted(found.runs[1]).median]
    assert len(found.plot().axes) == 2
    assert "people.overdose.rate_hud" in found.dataset()["parameter"]


def test_listings_print_a_line_each_and_hold_what_there_is():
    for listing in (up.levers(), up.scenarios(), up.evidence()):
        assert len(repr(listing).splitlines()) == len(listing) > 5
        name = next(iter(listing))
        assert listing[name] is not None
        assert name in listing


def test_evidence_is_asked_for_by_name_however_the_room_was_imported():
    found = up.evidence("deaths_any_opioid")
    assert found is series("deaths_any_opioid")
    assert found.to_pandas().loc["2021", "value"] == 80411
    assert "80,411" in repr(found)
    assert up.evidence("deaths_synthetic", place="US").place == "US"
