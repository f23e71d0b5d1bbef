"""Claims of speed are ratios of calls that take turns; here the clock is ours, nothing is timed."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from upriver.cli.speed import asked
from upriver.core.pairs import ratios, typical
from upriver.experiments import speed
from upriver.experiments.speed import Claim, Measured, NotHere, measure


class Clock:
    """A clock that calls move on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def takes(self, *seconds: float) -> Callable[[], None]:
        """A call that takes so long, then so long, and so on; the last for ever."""
        left = list(seconds)

        def call() -> None:
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return call


def claim(clock: Clock, slow: float, fast: float, bar: float, at_most: bool = False) -> Claim:
    return Claim("a claim", "", bar, at_most, 3, lambda _: (clock.takes(slow), clock.takes(fast)))


def test_a_ratio_is_of_two_times_whatever_the_machine() -> None:
    for machine in (0.001, 1.0, 50.0):
        clock = Clock()
        (found,) = measure([claim(clock, 3 * machine, machine, 2.0)], clock=clock)
        assert found.ratio == pytest.approx(3.0)
        assert found.met


def test_a_bar_is_missed_from_either_side() -> None:
    clock = Clock()
    met = [
        measure([claim(clock, 3.0, 1.0, bar, most)], clock=clock)[0].met
        for bar, most in ((2.9, False), (3.1, False), (3.1, True), (2.9, True))
    ]
    assert met == [True, False, True, False]


def test_a_single_pair_that_was_held_up_does_not_count_and_neither_does_the_first_call() -> None:
    clock = Clock()
    slow, fast = clock.takes(500.0, 2.0, 90.0, 2.0), clock.takes(500.0, 1.0)
    found = list(ratios(slow, fast, 5, clock))
    assert found == pytest.approx([2.0, 90.0, 2.0, 2.0, 2.0])
    assert typical(found) == pytest.approx(2.0)


def test_a_machine_that_slows_down_steadily_favours_neither() -> None:
    clock, pace = Clock(), iter(np.linspace(1.0, 2.0, 60))

    def call() -> None:
        clock.now += next(pace)

    def other() -> None:
        clock.now += next(pace)

    found = list(ratios(call, other, 20, clock))
    assert typical(found) == pytest.approx(1.0, abs=0.005)


def test_what_cannot_be_measured_is_neither_met_in_words_nor_missed() -> None:
    def nowhere(_: int) -> tuple[()]:
        raise NotHere("this machine has one core")

    (found,) = measure([Claim("a claim", "", 1.7, False, 3, nowhere)])  # type: ignore[arg-type]
    assert found.ratio is None
    assert found.met
    assert found.why == "this machine has one core"


def test_one_core_and_no_jax_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "_cores", lambda: 1)
    monkeypatch.setattr(speed, "find_spec", lambda name: None)
    found = {one.claim.name: one.why for one in measure(_named("second core", "JAX"))}
    assert "one core" in found["a second core is used"]
    assert "JAX is not installed" in found["the compiled engine is faster than JAX"]


def test_both_calls_of_a_pair_do_the_work_that_they_are_said_to_do() -> None:
    """The years ahead alone are 97 of 529 instants, and end where all years end, to the bit."""
    every, ahead = speed.all_years_over_those_ahead(1)
    whole, late = every(), ahead()
    assert np.array_equal(whole[..., -late.shape[-1] :], late)  # type: ignore[index]
    many, few = speed.many_over_few(1)
    assert np.shape(many())[0] == 5 * np.shape(few())[0]


def test_every_claim_has_its_own_name_and_a_bar_that_one_cannot_help_meeting_is_none() -> None:
    names = [one.name for one in speed.CLAIMS]
    assert len(names) == len(set(names))
    assert all(one.bar > 1 or one.at_most for one in speed.CLAIMS)
    assert all(Measured(one, 1e9 if one.at_most else 1e-9).met is False for one in speed.CLAIMS)


def test_the_page_of_performance_has_every_claim_with_its_bar() -> None:
    text = (Path(__file__).parents[2] / "docs" / "performance.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \|$", text.split("## As ratios")[1].split("## ")[0], re.MULTILINE)
    bars = [row.split(" | ")[1] for row in rows[2:]]
    assert bars == [asked(Measured(one, 1.0)) for one in speed.CLAIMS]


def test_progress_counts_claims() -> None:
    told: list[tuple[int, int]] = []
    clock = Clock()
    measure([claim(clock, 1, 1, 1)] * 2, lambda done, of: told.append((done, of)), clock)
    assert told == [(0, 2), (1, 2), (2, 2)]


def _named(*parts: str) -> list[Claim]:
    return [one for one in speed.CLAIMS if any(part in one.name for part in parts)]
