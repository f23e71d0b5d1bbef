"""The cost of every county follows from the parts, and the page says what the script prints."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from upriver.experiments.plans.job import _blocks
from upriver.experiments.plans.plan import Plan
from upriver.policy.scenario import Scenario

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scale.md"


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    from tools import scale  # type: ignore[import-not-found]

    return scale


def test_the_page_holds_what_the_command_prints() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "scale.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- made: (scale-[a-z]+) -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert len(blocks) == 6
    for name, made in blocks:
        assert f"{name}\n\n{made.strip()}" in done.stdout


@pytest.mark.parametrize("size", [(1, 1, 1), (7, 3, 20), (50, 10, 50), (13, 100, 1000)])
def test_chunks_together_take_what_the_plan_takes(
    scale, size: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted chunk by chunk, the last of each row smaller, beside the sum in one line."""
    for name, number in (("COUNTIES", 100), ("SCENARIOS", 20), ("DRAWS", 60)):
        monkeypatch.setattr(scale, name, number)
    cut = scale.Cut(*size)
    total, count = 0.0, 0
    for place in range(0, 100, cut.places):
        for scenario in range(0, 20, cut.scenarios):
            for draw in range(0, 60, cut.draws):
                places = min(cut.places, 100 - place)
                scenarios = min(cut.scenarios, 20 - scenario)
                each = scale.value("run") + (scenarios - 1) * scale.value("ahead")
                each += scenarios * scale.value("columns")
                spent = scenarios * scale.value("country") + places * each
                total += min(cut.draws, 60 - draw) * spent * scale.value("beside") / 1e3
                count += 1
    assert scale.core_seconds(cut) == pytest.approx(total)
    assert scale.chunks(cut) == count


def test_the_first_cut_is_the_sweeps_own(scale) -> None:
    plan = Plan(
        title="",
        about="",
        scenarios={f"{n}": Scenario(title=f"{n}") for n in range(scale.SCENARIOS)},
        places=tuple(f"{n}" for n in range(scale.COUNTIES)),
        varied=(),
        points=np.empty((1, 0)),
        start=2026.0,
        over=3.0,
        draws=scale.DRAWS,
        years=(1999, 2031),
        keep=("deaths",),
        quantiles=(0.5,),
        text="",
    )
    sizes = {"scenario": scale.SCENARIOS, "point": 1, "place": scale.COUNTIES}
    found = _blocks(plan, sizes)
    own = scale.Cut(found["place"], found["scenario"], plan.draws)
    assert scale.CUTS[0] == own, "make it the first of CUTS in docs/tools/scale.py, then generate"


def test_more_cores_never_take_longer_to_run_and_always_longer_to_begin(scale) -> None:
    cut = scale.CUTS[-1]
    found = [scale.spent(cut, cores) for cores in (2, 100, 10_000)]
    assert sorted((one.compute for one in found), reverse=True) == [one.compute for one in found]
    assert sorted(one.begin for one in found) == [one.begin for one in found]
    assert all(0 < one.used <= 1 for one in found)


def test_no_cut_that_is_told_takes_a_gigabyte_but_the_one_that_shows_it(scale) -> None:
    sizes = [scale.gigabytes(cut) for cut in scale.CUTS]
    assert [size > 1 for size in sizes] == [cut.scenarios == 100 for cut in scale.CUTS]


def test_a_part_that_is_slower_moves_the_answer(scale, monkeypatch: pytest.MonkeyPatch) -> None:
    before = scale.told()
    slower = {**scale.parts(), "run": {**scale.parts()["run"], "value": 1.34}}
    monkeypatch.setattr(scale, "parts", lambda: slower)
    assert scale.told() != before
    assert "135 core hours" in scale.told()


def test_every_part_says_how_it_is_known_and_is_used(scale) -> None:
    text = (ROOT / "docs" / "tools" / "scale.py").read_text(encoding="utf-8")
    for name, part in scale.parts().items():
        assert set(part) == {"value", "unit", "what", "how"}, name
        assert f'value("{name}")' in text, name


def test_a_draw_of_a_place_weighs_what_the_file_that_ships_says(scale) -> None:
    size = (ROOT / "src" / "upriver" / "data" / "draws_places.npz").stat().st_size
    assert scale.value("kept") == pytest.approx(size / 51 / 200, rel=0.02)
