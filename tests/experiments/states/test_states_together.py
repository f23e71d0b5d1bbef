"""All states in one scenario: each is the place that it is alone, and sums and orders add up."""

from functools import cache

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import OutOfBounds, SchemaProblem, UnknownName
from upriver.evidence.places import STATES
from upriver.experiments.placed import DEATHS, SYNTHETIC, simulate_place
from upriver.experiments.states.quantities import QUANTITIES
from upriver.experiments.states.recorded import recorded
from upriver.experiments.states.result import States
from upriver.experiments.states.run import differs_from
from upriver.places.asked import place

SOUTH = ("AL", "KY", "MS", "TN")
"""All states of one census division."""

YEARS = (2016, 2021, 2024)


@cache
def some() -> States:
    return up.states(places=["VT", "OH"], years=YEARS, draws=6)


@cache
def every() -> States:
    return up.states(years=range(2015, 2026), draws=6)


@cache
def naloxone() -> States:
    found = up.states(
        "naloxone_doubled",
        against="base",
        places=SOUTH,
        years=range(2025, 2032),
        quantities=("deaths", "disorder"),
        draws=6,
    )
    assert isinstance(found, States)
    return found


def test_a_state_among_others_is_what_it_is_alone():
    alone = simulate_place("VT", draws=6).run
    for name, flow in (("deaths", DEATHS), ("synthetic", SYNTHETIC)):
        at = np.array(YEARS) - 1999
        np.testing.assert_allclose(
            some().runs[0].places[name][0], alone.sums(flow).draws[:, at], rtol=1e-9
        )
    oud = alone.level("people.heads.oud")
    np.testing.assert_array_equal(
        some().runs[0].places["disorder"][0],
        oud.draws[:, [int(np.flatnonzero(oud.times == year)[0]) for year in YEARS]],
    )


def test_the_country_beside_them_is_the_countrys_own_run():
    whole = up.simulate("base", draws=6)
    np.testing.assert_allclose(
        some().country(2021, counts=True), whole.sums(DEATHS).draws[:, 2021 - 1999], rtol=1e-12
    )


def test_a_past_that_is_run_once_gives_the_same_to_the_bit():
    for which, scenario in enumerate(("naloxone_doubled", "base")):
        alone = up.states(
            scenario,
            places=SOUTH,
            years=range(2025, 2032),
            quantities=("deaths", "disorder"),
            draws=6,
        )
        for name in ("deaths", "disorder"):
            assert np.array_equal(naloxone().runs[which].places[name], alone.runs[0].places[name])
    assert not naloxone().values(2025).any()
    assert naloxone().values(2030).all()


def test_two_scenarios_that_are_one_differ_by_nothing_and_run_once():
    same = up.states("base", against="base", places="VT", years=2030, draws=3)
    assert not same.values(2030).any()


def test_columns_are_one_until_the_first_step_at_which_any_differs():
    one = {"a": np.zeros((2, 529)), "b": np.ones((1, 1))}
    late = np.zeros((2, 529))
    late[1, 432:] = 0.1
    assert differs_from([one, {**one, "a": late}]) == 432
    assert differs_from([one, {**one, "b": np.full((1, 1), 2.0)}]) == 0
    assert differs_from([one, one]) == 528


def test_after_benchmarking_the_sum_is_the_countrys_in_every_draw_and_year():
    assert every().whole
    raked = every().benchmarked()
    for name, values in raked.runs[0].places.items():
        np.testing.assert_allclose(values.sum(axis=0), raked.runs[0].country[name], rtol=1e-12)
    before = every().runs[0]
    # One factor a draw and year: what states are to each other is left as it was.
    ratio = raked.runs[0].places["deaths"] / before.places["deaths"]
    np.testing.assert_allclose(ratio, np.broadcast_to(ratio[:1], ratio.shape), rtol=1e-12)


def test_sums_say_how_far_they_are_from_the_country():
    rows = every().sums()
    assert {(row.quantity, row.year) for row in rows} == {
        (name, year) for name in QUANTITIES for year in range(2015, 2026)
    }
    for row in rows:
        assert abs(row.apart.median) < 0.5
        assert row.after < 1e-12
        assert (row.near is None) == (row.within is None)
        if row.year < 2025:
            assert (row.recorded is None) == (row.quantity not in ("deaths", "synthetic"))
    assert next(row for row in rows if row.year == 2021).recorded == 80_411


def test_deaths_of_all_states_come_to_the_countrys_to_five_percent_in_every_year():
    found = up.states(years=range(2015, 2026), quantities="deaths")
    assert all(row.near for row in found.sums())
    assert found.seen_to == 2025


def test_a_sum_of_some_states_is_refused():
    with pytest.raises(SchemaProblem, match="49 were not run"):
        some().sums()
    with pytest.raises(SchemaProblem, match="of all states"):
        some().benchmarked()


def test_states_stand_in_order_with_ranks_from_one_on():
    rows = every().order(2021, "synthetic")
    middles = [row.value.median for row in rows]
    assert middles == sorted(middles, reverse=True)
    assert {row.place for row in rows} == set(STATES)
    assert all(1 <= row.rank.low <= row.rank.median <= row.rank.high <= 51 for row in rows)
    counted = every().order(2021, "synthetic", counts=True)
    assert counted[0].value.median > 1000


@pytest.mark.parametrize(
    ("quantity", "year", "published", "country"),
    [
        ("synthetic", 2021, 70_292, 70_601),
        ("synthetic", 2023, 72_425, 72_776),
        ("deaths", 2016, 42_245, 42_249),
    ],
)
def test_what_is_recorded_of_the_states_comes_to_the_control_totals(
    quantity, year, published, country
):
    found = [recorded(place(code), quantity, year) for code in STATES]
    low, high = (sum(getattr(one, end) for one in found if one) for end in ("low", "high"))
    assert low == published
    assert country <= high + 4


def test_what_is_not_recorded_is_none_and_a_year_that_is_withheld_is_a_range():
    wyoming = recorded(place("WY"), "synthetic", 2018)
    assert wyoming is not None
    assert wyoming.low < wyoming.high <= 108
    assert recorded(place("OH"), "disorder", 2022) is None
    assert recorded(place("OH"), "deaths", 2031) is None
    assert recorded(place("OH"), "synthetic", 2010).status == "final, of residents"
    assert recorded(place("OH"), "synthetic", 2024).status == "provisional, of residents"
    assert recorded(place("OH"), "deaths", 2024).status == "provisional, of deaths in the state"


def test_what_is_averted_is_the_same_draws_less_each_other():
    rows = naloxone().averted(2027, 2031)
    assert {row.place for row in rows} == set(SOUTH)
    rates = [row.rate.median for row in rows]
    assert rates == sorted(rates, reverse=True)
    for row in rows:
        assert row.helps == 1
        assert row.share.low > 0
        assert row.apart is not None
        assert row.differs in ("more", "less", "does not differ")


def test_a_table_is_tidy_and_tells_scenarios_and_their_difference_apart():
    table = naloxone().table()
    assert list(table.columns) == [
        "place",
        "year",
        "quantity",
        "unit",
        "quantile",
        "value",
        "world",
        "scenario",
        "draws",
        "source",
    ]
    assert len(table) == 4 * 7 * 2 * 3 * 3
    median = table[(table.place == "KY") & (table.year == 2030) & (table["quantile"] == 0.5)]
    median = median[median.quantity == "deaths"].set_index("scenario")["value"]
    apart = np.median(naloxone().values(2030)[1])
    assert median.iloc[2] == pytest.approx(apart)
    assert list(median.index)[2].endswith("less Base projection")
    counts = some().table(counts=True)
    assert set(counts.unit) == {"people"}


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        ({"places": ["OG"]}, UnknownName, "OG"),
        ({"quantities": "deths"}, UnknownName, "Did you mean 'deaths'"),
        ({"places": []}, SchemaProblem, "a place or more"),
        ({"years": []}, SchemaProblem, "a year or more"),
        ({"years": 1990}, OutOfBounds, "1999 to 2031"),
        ({"years": 2020.5}, SchemaProblem, "2020.5"),
        ({"draws": 900}, OutOfBounds, "too many"),
        ({"draws": 0}, OutOfBounds, "too many or none"),
        ({"draws": 2.5}, SchemaProblem, "2.5"),
    ],
)
def test_what_cannot_be_run_is_refused_in_a_line(asked, error, says):
    with pytest.raises(error, match=says) as refused:
        up.states(**asked)
    assert "\n" not in str(refused.value)


def test_what_was_not_kept_is_refused():
    with pytest.raises(OutOfBounds, match="was not run"):
        some().order(2017)
    with pytest.raises(SchemaProblem, match="hold it against"):
        some().averted(2016, 2021)
    with pytest.raises(SchemaProblem, match="is a level"):
        naloxone().averted(2027, 2031, "disorder")
    with pytest.raises(OutOfBounds, match="before the first"):
        naloxone().averted(2031, 2027)
    with pytest.raises(SchemaProblem, match="was not kept"):
        naloxone().order(2030, "methadone")
