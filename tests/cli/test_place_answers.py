"""Answers for a state from the command line: levers, forecast, explanation."""

import json

import numpy as np
import pytest
from command_line import Command

from upriver.experiments.placed import simulate_place
from upriver.experiments.placed_explain import explain_in
from upriver.experiments.placed_forecast import forecast_in
from upriver.experiments.placed_ranking import rank_in
from upriver.experiments.ranking import alone
from upriver.policy.levers import levers

FEW = ("--draws", "8")
IN = ("--place", "AK")
SERVICES = ("--stage", "services")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_levers_are_ranked_in_a_state_done_everywhere_and_there_alone(command: Command) -> None:
    told = json.loads(command("rank", *IN, *FEW, *SERVICES, "--json").out)
    assert (told["place"], told["draws"]) == ("AK", 8)
    medians = [one["averted"]["median"] for one in told["levers"]]
    assert medians == sorted(medians, reverse=True)
    shown = command("rank", *IN, *FEW, *SERVICES)
    assert shown.code == 0, shown.err
    assert "In AK alone: what it averts if no other place does it" in flat(shown.out)
    assert "Costs are not told" in flat(shown.out)


def test_a_ranking_says_like_things_alike_of_the_country_and_of_a_state(command: Command) -> None:
    for where in ((), IN):
        asked = ("rank", *where, *FEW, *SERVICES)
        levers = json.loads(command(*asked, "--json").out)["levers"]
        printed = command(*asked).out
        shown = flat(printed)
        (drawn, *_) = (one for one in levers if one["effect_drawn"])
        for of, one in (
            ("Of all levers", levers[0]),
            ("Of those whose effect is drawn from an interval", drawn),
        ):
            assert f"{of}, '{one['title']}' averts most: " in shown
            assert f"in {one['averts_in']:.0%} of draws." in shown
        for one in levers:
            (row,) = (line for line in printed.splitlines() if line.startswith(f"{one['lever']} "))
            assert f" {one['averts_in']:.0%} " in row
        assert "the same for all. 8 draws are few" in shown


def test_what_a_lever_averts_in_a_state_is_the_difference_of_two_whole_runs() -> None:
    found = rank_in("AK", stages=("corridors",), draws=6)
    for one in found.rows:
        runs = [
            simulate_place("AK", scenario, draws=6).run.periods(
                "people.overdose.deaths", np.array([2026.0]), np.array([2032.0])
            )[:, 0]
            for scenario in ("base", alone(one.lever, found.level))
        ]
        np.testing.assert_allclose(
            one.averted.median, np.median(runs[0] - runs[1]), rtol=1e-6, atol=1e-6
        )
        # The place alone cannot move the market.
        assert found.alone[one.lever.name] == (0, 0, 0)


def test_a_lever_of_care_does_something_in_the_place_alone() -> None:
    found = rank_in("AK", stages=("services",), draws=6)
    assert found.alone["naloxone_kits"].median > 0


def test_levers_with_a_place_ranks_all_and_shows_no_card(command: Command) -> None:
    ended = command("levers", "naloxone_kits", *IN)
    assert ended.code == 2
    assert "no card has a place" in ended.err
    assert "naloxone_kits" in levers()


def test_a_forecast_of_a_state_says_that_it_is_ours_alone_and_what_that_is_worth(
    command: Command,
) -> None:
    ended = command("forecast", *IN, "--months", "6")
    assert ended.code == 0, ended.err
    assert "no ensemble is offered for states" in flat(ended.out)
    assert "247 to 256 residents" in flat(ended.out)
    told = json.loads(command("forecast", *IN, "--months", "6", "--json").out)
    assert (told["ensemble"], told["scored"]) == (False, "docs/unseen.md")
    rows = {one["to"]: one for one in told["sums_of_12_months"]}
    assert list(rows)[-1] == "2026-07"
    assert rows["2024-12"]["recorded"] == [247, 256]
    assert rows["2025-12"]["where_died_provisional"] > 0
    for one in rows.values():
        assert one["quantiles"] == sorted(one["quantiles"])


def test_sums_of_a_calendar_year_are_those_of_its_run() -> None:
    found = forecast_in("AZ")
    year = simulate_place("AZ").run.sums("people.overdose.by_synthetic").at(2030)
    (middle,) = found.quantiles(2031 * 12 - 1, (0.5,))
    assert middle == pytest.approx(year.median, rel=0.03)


def test_the_parts_of_a_states_change_add_up() -> None:
    found = explain_in("AZ", 2020, 2022, draws=4)
    total = sum(found.parts.values())
    np.testing.assert_allclose(total, found.after - found.before, atol=1e-6)
    runs = simulate_place("AZ", draws=4).run.sums("people.overdose.deaths").draws
    np.testing.assert_allclose(found.after, runs[:, 2022 - 1999])
    assert {"market_of_country", "spread", "unexplained_country", "unexplained_here"} <= set(
        found.parts
    )


def test_a_place_without_a_difference_has_no_part_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from upriver.experiments import placed_explain
    from upriver.experiments.placed import place_draws
    from upriver.policy.places.draws import PlaceDraws

    own = place_draws(None, "AZ")["AZ"].first(2)
    plain = PlaceDraws(
        "AZ",
        {name: np.zeros(2) for name in own.differences},
        np.ones_like(own.knots),
        own.said,
    )
    monkeypatch.setattr(placed_explain, "place_draws", lambda file, code: {code: plain})
    found = explain_in("AZ", 2020, 2022)
    for name in ("spread", "unexplained_here"):
        np.testing.assert_allclose(found.parts[name], 0, atol=1e-9)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (("forecast", *IN, "--score"), "none of a state is yet"),
        (("forecast", *IN, "--hub", "x"), "--hub"),
        (("explain", *IN, "--prior"), "--prior"),
        (("rank", *IN, "--level", "mst"), "Did you mean 'most'"),
        (("rank", "--place-fit", "x.npz"), "goes with --place"),
        (("explain", *IN, "--from", "2022", "--to", "2021"), "above 2022"),
    ],
)
def test_what_cannot_be_asked_of_a_state_is_refused_in_one_line(
    asked: tuple[str, ...], word: str, command: Command
) -> None:
    ended = command(*asked)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1, ended.err
    assert word in ended.err
