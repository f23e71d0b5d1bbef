"""Fits of several states: what they share is learnt once, and what is done is not done again."""

import json
from pathlib import Path

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.inference.places import every as fits
from upriver.inference.places.every import Plan, every
from upriver.inference.places.fit import Effort, fit
from upriver.inference.places.pooling import Pooling
from upriver.policy.places.draws import checked, read
from upriver.policy.places.local import NAMES

SHORT = Plan(draws=3, passes=1, effort=Effort(climb=2, warm=2, keep=2, learning=2, looks=1))
STATES = ("WY", "VT")


def test_a_run_of_fits_that_was_stopped_goes_on_with_the_state_that_it_was_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    begun: list[str] = []

    def counted(model, *rest):
        begun.append(model.seen.place)
        if len(begun) == 2:
            raise KeyboardInterrupt
        return fit(model, *rest)

    monkeypatch.setattr(fits, "fit", counted)
    output = tmp_path / "states.npz"
    with pytest.raises(KeyboardInterrupt):
        every(STATES, SHORT, output)
    assert begun == ["WY", "VT"]
    learnt = (tmp_path / "states.parts" / "pooling.json").read_bytes()
    found = every(STATES, SHORT, output)
    assert begun == ["WY", "VT", "VT"]
    assert (tmp_path / "states.parts" / "pooling.json").read_bytes() == learnt

    held = read(output)
    assert tuple(held) == STATES == tuple(found)
    assert held["VT"].draws == 3
    assert set(held["WY"].differences) == set(NAMES)
    widths = Pooling.of_json(json.loads(learnt)["pooling"]).widths
    assert set(widths) == set(NAMES)
    assert held["WY"].said["pooling"]["widths"] == widths
    assert np.all(held["WY"].knots > 0)

    equations = held["WY"].said["equations"]
    assert checked(held["WY"], output, equations) is held["WY"]
    with pytest.raises(InputError, match="another version"):
        checked(held["WY"], output, "other")
    held["WY"].said["country"] = "other"
    with pytest.raises(InputError, match="other draws of the country"):
        checked(held["WY"], output, equations)
