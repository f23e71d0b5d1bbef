"""What is made from something else is fresh, and `tools/anew.py` would notice if it were not."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import anew

QUICK = [one for one in anew.ALL if one.name not in ("pages that are generated", "what is told")]
OF_EQUATIONS = ("past forecasts", "deaths from data to 2020", "draws of the country")


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.name.replace(" ", "-"))
def test_what_ships_is_of_what_it_should_be_of(one: anew.Made) -> None:
    assert not anew.stale(one), " ".join(one.by)


@pytest.mark.parametrize("name", OF_EQUATIONS)
def test_other_equations_make_it_stale(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = (one for one in anew.ALL if one.name == name)
    monkeypatch.setattr(anew, "equations", lambda: "0" * 64)
    assert anew.stale(one)


def test_what_cannot_be_read_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "ROOT", tmp_path)
    (one,) = (one for one in anew.ALL if one.name == "deaths from data to 2020")
    assert anew.stale(one)


def test_each_thing_stands_below_what_it_is_made_from() -> None:
    order = [one.name for one in anew.ALL]
    for below, above in (
        ("draws of the country", "the engine"),
        ("draws of the states", "draws of the country"),
        ("what nothing explains in states", "draws of the states"),
        ("what is told", "past forecasts"),
        ("answers", "draws of the country"),
    ):
        assert order.index(above) < order.index(below)
