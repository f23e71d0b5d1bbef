"""Sobol' samples in chunks: the same numbers and bytes however they are parted."""

from dataclasses import replace

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import FileProblem, InputError
from upriver.inference.sensitivity import chunks
from upriver.inference.sensitivity.before import values_of
from upriver.inference.sensitivity.chunks import collected, job
from upriver.inference.sensitivity.quantities import asked
from upriver.work import Store, run_here
from upriver.work.cluster import run_with_dask

POINTS = 16


@pytest.fixture
def small(monkeypatch):
    """Chunks of two base points."""
    monkeypatch.setattr(chunks, "RUNS", 80)
    return job(asked("deaths", (2001, 2001)), "mechanism", POINTS)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_in_chunks_the_numbers_are_those_of_one_run(small, tmp_path):
    assert len(small.chunks) == POINTS // 2
    store = Store.make(tmp_path / "one.zarr", small)
    run_here(store)
    known = values_of(asked("deaths", (2001, 2001)), "mechanism", POINTS, 0, POINTS)
    for one, other in zip(collected(store), known, strict=True):
        assert one.tobytes() == other.tobytes()
    parted = Store.make(tmp_path / "three.zarr", small)
    for share in (3, 1, 2):
        run_here(parted, (share, 3))
    assert files(tmp_path / "one.zarr") == files(tmp_path / "three.zarr")


def test_what_is_missing_is_said_and_other_work_is_refused(small, tmp_path):
    store = Store.make(tmp_path / "part.zarr", small)
    run_here(store, (1, 2))
    with pytest.raises(FileProblem, match="4 of 8 chunks are missing"):
        collected(store)
    other = replace(small, content={**small.content, "points": 32})
    with pytest.raises(InputError, match="another points"):
        Store.make(tmp_path / "part.zarr", other)


def test_a_scenario_of_ones_own_goes_with_its_text(monkeypatch, tmp_path):
    monkeypatch.setattr(chunks, "RUNS", 10_000)
    own = up.parse_scenario(
        {"schema": 2, "title": "Mine", "changes": [{"handle": "naloxone_kits", "by": 1.0}]}
    )
    one = asked("averted", None, own)
    store = Store.make(tmp_path / "own.zarr", job(one, "mechanism", POINTS))
    run_here(store)
    known = values_of(one, "mechanism", POINTS, 0, POINTS)
    np.testing.assert_array_equal(collected(store).ab, known.ab)


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(small, tmp_path):
    here = Store.make(tmp_path / "here.zarr", small)
    run_here(here)
    there = Store.make(tmp_path / "there.zarr", small)
    assert run_with_dask(there, workers=2) == len(small.chunks)
    assert files(here.folder) == files(there.folder)
