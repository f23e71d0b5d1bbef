"""`--fit FILE`: a fit of one's own runs, is named where its numbers go, and is refused if wrong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from command_line import Command

from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.inference.quantities import DEATHS, table_of
from upriver.policy.chosen import use_fit
from upriver.policy.fitted import SHIPPED, read


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    use_fit(None)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The 120 first draws of one explanation of the fit that ships."""
    draws = read(SHIPPED).only("controls").first(120)
    replace(draws, said={**draws.said, "central": 3}).save(tmp_path / "mine.npz")
    return tmp_path / "mine.npz"


def test_a_run_is_of_the_fit_that_was_chosen_and_says_so(command: Command, mine: Path) -> None:
    ended = command("run", "--fit", str(mine), "--draws", "100", "--json", "--no-files")
    assert ended.code == 0, ended.err
    own = json.loads(ended.out)
    assert "your own fit, mine.npz (SHA-256 " in own["caveat"]
    assert "controls" in own["caveat"]
    assert own["provenance"]["fit"].startswith("your own fit, mine.npz (SHA-256 ")
    use_fit(None)
    usual = json.loads(command("run", "--draws", "100", "--json", "--no-files").out)
    assert "fit" not in usual["provenance"]
    assert usual["provenance"]["table_digest"] != own["provenance"]["table_digest"]


def test_files_are_named_after_the_fit(command: Command, mine: Path, tmp_path: Path) -> None:
    ended = command("compare", "base", "collapse_linked", "--fit", str(mine), "--draws", "20")
    assert ended.code == 0, ended.err
    names = sorted(path.name for path in tmp_path.glob("base-vs*"))
    assert names == [f"base-vs-collapse_linked-fit-mine.{ending}" for ending in ("html", "nc")]
    assert "your own fit, mine.npz" in (tmp_path / names[0]).read_text(encoding="utf-8")


def test_more_draws_than_the_fit_has_are_refused(command: Command, mine: Path) -> None:
    ended = command("run", "--fit", str(mine), "--draws", "200", "--no-files")
    assert ended.code == 2
    assert "the fit has fewer draws" in ended.err
    assert "1 to 120" in ended.err


def test_what_is_no_fit_of_these_equations_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("no draws")
    ended = command("run", "--fit", "text.npz", "--no-files")
    assert ended.code == 2
    assert "holds no draws of a fit" in ended.err
    draws = read(SHIPPED).first(10)
    replace(draws, said={**draws.said, "equations": "0"}).save(tmp_path / "old.npz")
    ended = command("run", "--fit", "old.npz", "--no-files")
    assert ended.code == 2
    assert "another version's equations" in ended.err
    assert "upriver calibrate" in ended.err
    ended = command("run", "--no-files", "--draws", "5")
    assert ended.code == 0, "the draws that ship run after a file was refused"


def test_a_world_without_a_fit_refuses_one(command: Command, mine: Path) -> None:
    ended = command("run", "--fit", str(mine), "--world", "reference", "--no-files")
    assert ended.code == 2
    assert "this world runs no fit" in ended.err


def test_draws_of_the_file_are_what_runs_eat(mine: Path) -> None:
    import upriver as up

    usual = up.simulate("base", draws=30)
    up.use_fit(mine)
    own = up.simulate("base", draws=30)
    counted = load().run(
        table_of(read(mine).first(30)).columns,
        outputs=[DEATHS],
        instants=[int(step_of(year)) for year in (2021, 2022)],
    )
    expected = np.median(np.diff(counted[:, 0], axis=1))
    assert own.deaths[2021][0] == pytest.approx(expected, rel=1e-9)
    assert own.deaths[2021] != usual.deaths[2021]
    assert own.provenance["fit"].startswith("your own fit, mine.npz")
