"""Plausible draws in chunks say what one run of them says, however they are parted."""

from dataclasses import fields

import numpy as np
import pytest

from upriver.core.errors import FileProblem
from upriver.experiments import prior_chunks
from upriver.experiments.prior import prior
from upriver.experiments.prior_chunks import collected, job
from upriver.experiments.prior_table import prior_table
from upriver.work import Store, run_here

DRAWS = 260


@pytest.fixture
def small(monkeypatch):
    """Chunks of a hundred draws; the last has fewer."""
    monkeypatch.setattr(prior_chunks, "BLOCK", 100)
    return job(DRAWS)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_draw_is_the_same_whichever_are_beside_it():
    whole, drawn = prior_table(40)
    part, own = prior_table(15, first=25)
    assert drawn.keys() == own.keys()
    for path, column in whole.columns.items():
        expected = column if len(column) == 1 else column[25:]
        assert np.array_equal(expected, part.columns[path]), path


def test_beyond_the_published_rows_a_draw_is_the_same_too():
    whole, _ = prior_table(1010)
    part, _ = prior_table(10, first=1000)
    for path, column in whole.columns.items():
        expected = column if len(column) == 1 else column[1000:]
        assert np.array_equal(expected, part.columns[path]), path


def test_in_chunks_they_say_what_one_run_says(small, tmp_path):
    store = Store.make(tmp_path / "one.zarr", small)
    assert run_here(store) == 3
    found, known = collected(store), prior(DRAWS)
    for one in fields(known):
        if one.name not in ("deaths", "provenance"):
            assert getattr(found, one.name) == getattr(known, one.name), one.name
    np.testing.assert_array_equal(found.deaths, known.deaths)
    other = dict(known.provenance)
    assert {**found.provenance, "table_digest": 0} == {**other, "table_digest": 0}
    assert found.provenance["table_digest"] != other["table_digest"]


def test_shares_give_the_same_bytes_and_what_is_missing_is_said(small, tmp_path):
    whole = Store.make(tmp_path / "whole.zarr", small)
    run_here(whole)
    parted = Store.make(tmp_path / "parted.zarr", small)
    run_here(parted, (2, 2))
    with pytest.raises(FileProblem, match="2 of 3 chunks are missing"):
        collected(parted)
    run_here(parted, (1, 2))
    assert files(whole.folder) == files(parted.folder)
