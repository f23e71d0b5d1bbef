"""Runs in a place: what is kept, held and refused, and how they meet what was recorded."""

from pathlib import Path

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import InputError
from upriver.evidence.places import STATES
from upriver.experiments.placed import OUTPUTS, place_draws, recorded, simulate_place
from upriver.experiments.placed_caveats import caveat_in, met, unseen
from upriver.experiments.placed_counted import months, years
from upriver.experiments.placed_unexplained import kept, shares, unexplained_share_in
from upriver.policy.apply import table
from upriver.policy.disturbances import RISK
from upriver.policy.having import part
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.scenario import read_scenario

SYNTHETIC = "people.overdose.by_synthetic"


def test_a_run_in_a_place_is_a_run_like_any_other() -> None:
    run = up.simulate("naloxone_doubled", place="Alaska", draws=6)
    assert (run.place, run.draws) == ("AK", 6)
    assert run.title == "Twice the naloxone in Alaska (whole system, fitted)"
    assert run.outputs == OUTPUTS
    assert not [name for name in run.outputs if "supply." in name or "diplomacy" in name]
    assert up.simulate(draws=6).place == ""


def test_nothing_before_a_scenario_differs_in_a_place() -> None:
    found = up.compare("base", "naloxone_doubled", place="AK", draws=6)
    base, other = (run.values[:, :, run.times < 2026] for run in found.runs)
    np.testing.assert_array_equal(base, other)


def test_a_lever_at_the_border_reaches_a_place_by_the_market() -> None:
    base, border = up.compare("base", "border_doubled", place="AZ", draws=6).runs
    price = "people.market.price"
    assert not np.array_equal(base.table.columns[price], border.table.columns[price])
    assert np.all(
        base.table.columns["people.response.kits"] == border.table.columns["people.response.kits"]
    )


def test_what_some_states_have_alone_is_taken_from_them_alone() -> None:
    """Where there was none, people meet the market of a country that has less treatment."""
    seeking = "people.treatment.seeking_rate"
    for place, moved in (("OH", True), ("TX", False)):
        base, ended = up.compare("base", "medicaid_expansion_ended", place=place, draws=6).runs
        usual, fewer = (run.table.columns[seeking] for run in (base, ended))
        same = np.all(usual == fewer)
        if moved:
            there = 1 - fewer[:, -1] / np.broadcast_to(usual, fewer.shape)[:, -1]
            changed, plain = (
                table(read_scenario(name), 6).wide(seeking)[:, -1]
                for name in ("medicaid_expansion_ended", "base")
            )
            one = 1 - changed / plain
            np.testing.assert_allclose(there * part("medicaid_expansion", 2026), one, rtol=1e-9)
        assert bool(same) is not moved
        assert any("no Medicaid expansion in Texas" in said for said in ended.remarks) is not moved
    found = up.states("medicaid_expansion_ended", against="base", places=["OH", "TX"], draws=6)
    alone = up.compare("base", "medicaid_expansion_ended", place="OH", draws=6)
    ends = np.array([2031.0]), np.array([2032.0])
    deaths = [run.periods("people.overdose.deaths", *ends)[:, 0] for run in alone.runs]
    (ohio,) = (row for row in found.averted(2031, 2031) if row.place == "OH")
    people = up.place("OH").population.at("2024")
    assert people is not None
    wanted = 1e5 * np.median(deaths[0] - deaths[1]) / people
    assert ohio.rate.median == pytest.approx(wanted, rel=0.02)


def test_what_the_market_is_made_of_is_not_kept_of_a_place() -> None:
    with pytest.raises(InputError, match="the country's market"):
        up.simulate(place="AK", draws=2, outputs=("supply.price",))


def test_a_parameter_that_is_held_is_told_to_be_times_the_places_own() -> None:
    run = up.simulate(place="AK", draws=2, settings={"people.overdose.rate_hud": 0.1})
    assert any("times what is the place's own" in said for said in run.remarks)


def test_a_draw_of_a_place_is_the_countrys_draw_of_the_same_number() -> None:
    """So that the first so many draws are the same, however many run."""
    few, more = (up.simulate(place="AK", draws=n, outputs=(SYNTHETIC,)) for n in (3, 7))
    np.testing.assert_array_equal(few.values, more.values[:3])


def test_a_year_is_known_where_its_count_is_and_a_range_where_months_are_withheld() -> None:
    alaska = up.place("AK")
    low, high = recorded(alaska, 2020) or (0, 0)
    assert low < high
    known = recorded(alaska, 2010)
    assert known is not None
    assert known[0] == known[1] == alaska.deaths_by_year["synthetic"].at("2010")
    assert recorded(alaska, 2026) is None


def test_counts_vary_about_what_is_expected() -> None:
    run = simulate_place("AZ", draws=100).run
    expected = run.sums(SYNTHETIC)
    found = years(run)
    assert found.shape == (100, len(expected.times))
    assert np.all(found == np.round(found))
    np.testing.assert_allclose(found[:, -8:].mean(), expected.draws[:, -8:].mean(), rtol=0.02)
    np.testing.assert_array_equal(found[:, 17:], months(run).reshape(100, -1, 12).sum(axis=2))


def test_the_caveat_says_how_the_record_is_met_and_no_counterfactual_is_held_against_it() -> None:
    run = simulate_place("AZ").run
    known, held, hidden = met(run)
    assert 0 < held <= known == 26
    assert hidden == 0
    assert f"in {held} of the {known} years" in caveat_in(run)
    assert "2025" in unseen(run)
    other = up.simulate(place="AZ", settings={"people.response.witnessed": 0.9})
    assert "years to 2024" not in caveat_in(other)


def test_what_nothing_explains_in_a_place_is_told_of_the_place() -> None:
    run = simulate_place("AZ").run
    low, middle, high = unexplained_share_in(run)
    assert 0 <= low <= middle <= high
    assert RISK in run.table.columns
    with pytest.raises(ValueError, match="country"):
        unexplained_share_in(up.simulate(draws=1))


def test_what_is_kept_of_it_is_of_the_draws_that_ship_and_equals_what_is_reckoned() -> None:
    every = place_draws()
    assert all(kept(own) is not None for own in every.values()), "python tools/unexplained.py"
    few = every["VT"].first(8)
    assert kept(few) == pytest.approx(shares(few), rel=1e-6), "python tools/unexplained.py"
    other = PlaceDraws(few.place, few.differences, few.knots, {**few.said, "fit": "another"})
    assert kept(other) is None


@pytest.mark.slow
def test_2025_is_met_in_as_many_states_as_is_said() -> None:
    said = {True: [], False: []}
    for code in STATES:
        run = up.simulate(place=code, outputs=(f"cumulative.{SYNTHETIC}",))
        if told := unseen(run):
            said[": inside" in told].append(code)
    assert (len(said[True]), len(said[False])) == (40, 7)
    assert said[False] == ["AL", "AZ", "CA", "CO", "MN", "MT", "NM"]
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "places.md").read_text("utf-8")
    assert "in 40, below it in Alabama" in page
