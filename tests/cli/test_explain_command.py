"""`upriver explain`: a sentence, parts with intervals, and what the answer hangs on."""

import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.cli.explain import _changed
from upriver.experiments.summary import Interval


def test_it_says_what_the_change_is_put_down_to(command: Command, tmp_path: Path) -> None:
    ended = command("explain", "--to", "2023", "--draws", "6", "--picture", "why.png")
    assert ended.code == 0, ended.err
    assert "from 2022 to 2023" in ended.out
    for title in ("unexplained", "already under way", "shock, controls and relations"):
        assert f"\n{title}" in ended.out
    assert "6 draws are few" in " ".join(ended.out.split())
    assert (tmp_path / "why.png").stat().st_size > 10_000


def test_as_json_parts_have_intervals_and_explanations(command: Command) -> None:
    ended = command("explain", "--to", "2023", "--draws", "6", "--prior", "--json")
    found = json.loads(ended.out)
    assert set(found["fit"]["parts"]["naloxone"]["by_explanation"]) <= {
        "precursors", "production", "controls", "depletion", "ways", "together",
    }  # fmt: skip
    assert found["prior"]["world"] == "prior"
    for side in found.values():
        for one in side["parts"].values():
            assert one["low"] <= one["median"] <= one["high"]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((-100.0, -300.0, -50.0), "fell by 100 (50 to 300)"),
        ((100.0, 50.0, 300.0), "rose by 100 (50 to 300)"),
        ((-100.0, -300.0, 50.0), "changed by −100 (−300 to +50)"),
    ],
)
def test_a_change_that_may_go_either_way_is_told_with_signs(
    ends: tuple[float, float, float], said: str
) -> None:
    assert _changed(Interval(*ends)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--from", "22"), "should be a year"),
        (("--from", "2025", "--to", "2022"), "is not after the first year"),
        (("--to", "2032"), "is outside the run"),
        (("--draws", "0"), "should be at least 1"),
        (("--picture", "why.gif"), "should end in .svg, .png or .pdf"),
    ],
)
def test_bad_input_is_one_line(command: Command, given: tuple[str, ...], said: str) -> None:
    ended = command("explain", *given)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert said in ended.err
