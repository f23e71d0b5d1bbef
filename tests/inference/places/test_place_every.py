"""Fits of several states: what they share is learnt once, and what is done is not done again."""

import json
from pathlib import Path

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.inference.places import every as fits
from upriver.inference.places.every import Plan, every, job, share
from upriver.inference.places.fit import Effort, fit
from upriver.inference.places.pooling import Pooling
from upriver.policy.places.draws import checked, read
from upriver.policy.places.local import NAMES
from upriver.work import Store, run_here
from upriver.work.cluster import run_with_dask

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


def files(folder: Path) -> dict[str, bytes]:
    parts = folder / "states.parts"
    found = {file.name: file.read_bytes() for file in parts.iterdir() if file.is_file()}
    return {**found, "states.npz": (folder / "states.npz").read_bytes()}


def test_fits_in_shares_or_as_chunks_give_the_bytes_of_one_after_the_other(tmp_path: Path):
    ways = ("whole", "shares", "chunks")
    for way in ways:
        (tmp_path / way).mkdir()
    outputs = {way: tmp_path / way / "states.npz" for way in ways}
    for code in reversed(STATES):
        share(STATES, (code,), SHORT, outputs["shares"])
    assert not outputs["shares"].exists()
    # What another share has learnt meanwhile is taken, and a store's chunks are the states.
    store = Store.make(tmp_path / "done.zarr", job(STATES, SHORT, outputs["chunks"]))
    assert run_here(store, (2, 2)) == run_here(store) == 1
    for output in outputs.values():
        every(STATES, SHORT, output)
    found = [files(tmp_path / way) for way in ways]
    assert set(found[0]) == {"WY.npz", "VT.npz", "pooling.json", "states.npz"}
    assert found[0] == found[1] == found[2]


def test_what_another_share_learnt_meanwhile_is_taken(tmp_path: Path):
    file = tmp_path / "pooling.json"
    first = fits._kept(file, "one", Pooling.none())
    other = fits._kept(file, "one", Pooling.national())
    assert other == first
    assert fits._kept(file, "two", Pooling.national()) == Pooling.national()


@pytest.mark.slow
def test_fits_in_two_processes_give_the_same_bytes(tmp_path: Path):
    for way in ("whole", "processes"):
        (tmp_path / way).mkdir()
    output = tmp_path / "processes" / "states.npz"
    fits.pooling_of(SHORT, STATES, fits.parts_of(output) / fits.POOLING)
    store = Store.make(tmp_path / "done.zarr", job(STATES, SHORT, output))
    assert run_with_dask(store, workers=2) == 2
    for way in ("whole", "processes"):
        every(STATES, SHORT, tmp_path / way / "states.npz")
    assert files(tmp_path / "whole") == files(tmp_path / "processes")
