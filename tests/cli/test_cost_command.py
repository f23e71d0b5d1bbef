"""`upriver cost`: a sentence, the table, the components, what it cannot tell."""

import json
from pathlib import Path

import numpy as np
import pytest
from command_line import Command

from upriver.cli.costed import _figures, _money, _price
from upriver.experiments.costs.prices import price

CALL = ("cost", "published", "published/nx_kits", "published/return_to_oud", "--draws", "12")


def test_it_says_what_scenarios_cost_and_gain(command: Command, tmp_path: Path) -> None:
    ended = command(*CALL)
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert ended.out.startswith("Against '")
    for words in (
        "overdose deaths averted", "QALYs gained", "cost, health sector", "cost, society",
        "USD per death averted", "best at 50,000 and 100,000", "naloxone kits given out",
        "without the measure's own cost", "not known, left out", "no cost known",
        "What this cannot tell",
        "costs in USD of 2021", "12 draws are few",
    ):  # fmt: skip
        assert words in said
    assert list(tmp_path.iterdir()) == []


def test_as_json_the_components_add_up(command: Command) -> None:
    found = json.loads(command(*CALL, "--view", "society", "--discount", "0", "--json").out)
    assert found["dollars"] == 2021
    assert found["discount"] == 0
    assert found["view"] == "society"
    for one in found["scenarios"]:
        parts = sum(part["mean"] for part in one["components"].values())
        assert parts == pytest.approx(one["cost"]["society"]["mean"], abs=0.01)
    for at in ("50000", "100000"):
        assert sum(one["acceptable"][at] for one in found["scenarios"]) == pytest.approx(1)
    usual = json.loads(command(*CALL, "--json").out)
    assert usual["discount"] == 0.03


def test_central_values_have_no_interval(command: Command) -> None:
    ended = command("cost", "base", "precursors_halved", "--draws", "0")
    assert " to " not in ended.out.split("\n\n")[1]
    assert "best at" not in ended.out


@pytest.mark.parametrize(
    ("cost", "gained", "said"),
    [(100_000.0, 2.0, "50,000"), (-1.0, 1.0, "saves"), (1.0, -1.0, "dominated"),
     (-100_000.0, -2.0, "saves 50,000 per loss")],
)  # fmt: skip
def test_a_price_that_is_none_is_told_in_words(cost: float, gained: float, said: str) -> None:
    assert _price(price(cost, gained)) == said


def test_money_is_told_to_three_figures() -> None:
    assert _money(np.array([2.5e9]), central=True) == "2.50 bn"
    assert _money(np.array([-1.234e7]), central=True) == "−12.3 m"
    assert _figures(-0.001) == "0.00"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("base",), "a comparison needs two scenarios"),
        (("base", "base", "--view", "state"), "view 'state'"),
        (("base", "base", "--discount", "-1"), "should be percent a year"),
        (("base", "base", "--discount", "much"), "should be percent a year"),
    ],
)
def test_bad_input_is_one_line(command: Command, given: tuple[str, ...], said: str) -> None:
    ended = command("cost", *given)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert said in ended.err


def test_a_mix_of_few_draws_says_so_in_a_sentence(command: Command) -> None:
    ended = command("portfolio", "--budget", "1bn", "--draws", "4")
    assert ended.code == 0, ended.err
    assert "95 % intervals. 4 draws are few" in " ".join(ended.out.split())
    assert "Spent: on treatment, kits and measures" in " ".join(ended.out.split())
