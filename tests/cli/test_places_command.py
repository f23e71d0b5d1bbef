"""Fits and runs of a state from the command line: what is written, said and refused."""

import json
from pathlib import Path

import pytest
from command_line import Command

from upriver.inference.places.every import Plan
from upriver.inference.places.fit import Effort
from upriver.policy.places.draws import read

SHORT = Effort(warm=3, keep=3, learning=2, looks=1)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(how: str, cut: float | None, seed: int, quick: bool) -> Plan:
        return Plan(how=how, draws=4, seed=seed, effort=SHORT)

    monkeypatch.setattr("upriver.cli.fit_places._plan", plan)


@pytest.mark.usefixtures("short")
def test_a_state_is_fitted_and_run(command: Command, tmp_path: Path) -> None:
    fitted = command("calibrate", "--place", "OH", "--pooling", "none", "-o", "oh.npz")
    assert fitted.code == 0, fitted.err
    assert "OH: 4 draws" in fitted.out
    assert "upriver run --place OH --place-fit oh.npz" in fitted.out
    assert read(tmp_path / "oh.npz")["OH"].draws == 4
    # What was done is not done again: the file is the same, to the byte.
    written = (tmp_path / "oh.parts" / "OH.npz").read_bytes()
    command("calibrate", "--place", "Ohio", "--pooling", "none", "-o", "oh.npz")
    assert (tmp_path / "oh.parts" / "OH.npz").read_bytes() == written

    told = command("run", "--place", "OH", "--place-fit", "oh.npz", "--draws", "4")
    assert told.code == 0, told.err
    assert "in Ohio (whole system, fitted), recorded and modelled" in " ".join(told.out.split())
    assert "a cut posterior" in " ".join(told.out.split())
    assert "2021" in told.out

    said = command("run", "--place", "OH", "--place-fit", "oh.npz", "--draws", "4", "--json")
    found = json.loads(said.out)
    assert found["place"] == "OH"
    year = next(row for row in found["deaths"] if row["year"] == 2021)
    low, high = year["recorded"]
    assert low == high > 3000
    assert 0.5 * low < year["synthetic"][0] < 2 * low

    many = command("run", "--place", "OH", "--place-fit", "oh.npz", "--draws", "5")
    assert many.code == 2
    assert "1 to 4" in many.err


@pytest.mark.usefixtures("short")
def test_a_share_of_all_states_is_fitted_and_says_what_is_missing(
    command: Command, tmp_path: Path
) -> None:
    asked = ("calibrate", "--all-states", "--pooling", "none", "-o", "all.npz")
    ended = command(*asked, "--chunk", "51/51")
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert said.startswith("Share 51/51: fitted: WY; 50 of all are missing.")
    assert [file.name for file in (tmp_path / "all.parts").iterdir()] == ["WY.npz"]
    for more, word in [
        (("--chunk", "52/51"), "there is no such share"),
        (("--chunk", "1/51", "--workers", "2"), "one process does a share"),
        (("--workers", "0"), "1 or more"),
    ]:
        refused = command(*asked, *more)
        assert refused.code == 2
        assert word in refused.err
    assert "--chunk: is of several fits" in command("calibrate", "--chunk", "1/2").err
    assert "--workers: is of many fits" in command("calibrate", "--workers", "2").err


def test_what_is_of_the_country_alone_is_refused_for_a_place(command: Command) -> None:
    for ask, word in [
        (("calibrate", "--place", "OH", "--odds"), "--odds"),
        (("calibrate", "--place", "OH", "--pooling", "learned"), "learnt"),
        (("calibrate", "--place", "OG"), "OG"),
        (("run", "--place", "OH", "--world", "reference"), "--world"),
        (("run", "--place", "OH", "--place-fit", "no.npz"), "no.npz"),
    ]:
        ended = command(*ask)
        assert ended.code == 2, ended
        assert ended.err.count("\n") == 1, ended.err
        assert word in ended.err, ended.err


def test_every_state_has_draws_that_ship(command: Command) -> None:
    for code in ("OH", "WY", "PA"):
        ended = command("run", "--place", code, "--json")
        assert ended.code == 0, ended
        assert json.loads(ended.out)["draws"] == 200


def test_where_no_draws_of_places_ship_it_is_said_how_to_make_them(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.experiments.placed.SHIPPED", tmp_path / "none.npz")
    ended = command("run", "--place", "OH")
    assert ended.code == 2
    assert "calibrate --place OH -o" in ended.err
