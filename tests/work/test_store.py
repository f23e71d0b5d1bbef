"""A store: what is written is there, said of itself, and any damage is found and named."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import toy
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from upriver.core.errors import EngineError, FileProblem, InputError
from upriver.work import Store, grid, run_here
from upriver.work.job import Job, from_json, to_json

SMALL = st.integers(1, 5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.make(tmp_path / "toy.zarr", toy.job())
    run_here(made)
    return made


def test_results_are_labelled_and_what_was_run_is_said(store: Store) -> None:
    with xr.open_zarr(store.folder, chunks=None) as found:
        assert found.attrs == {"title": "A toy", "upriver_version": "0"}
        assert found["values"].dims == ("row", "column", "draw")
        assert found["values"].attrs == {"units": "people", "long_name": "Numbers"}
        assert list(found["row"].values) == ["row 0", "row 1", "row 2", "row 3"]
        assert float(found["values"].sel(row="row 3").isel(column=2, draw=4)) == 30_204
        assert np.array_equal(found["total"], found["values"].sum("draw"))


@given(
    rows=SMALL, columns=SMALL, draws=SMALL, cut=st.tuples(SMALL, SMALL), shares=st.integers(1, 9)
)
def test_how_work_is_cut_and_shared_never_matters(
    tmp_path_factory: pytest.TempPathFactory,
    rows: int,
    columns: int,
    draws: int,
    cut: tuple[int, int],
    shares: int,
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    log = folder / "log"
    log.touch()
    one = Store.make(folder / "one.zarr", toy.job(rows, columns, draws, cut, log=str(log)))
    done = [run_here(one, (share, shares)) for share in range(1, shares + 1)]
    assert sum(done) == len(one.job.chunks) == len(log.read_text().splitlines())
    again = Store.make(folder / "again.zarr", one.job)
    assert run_here(again) == len(one.job.chunks)
    assert toy.files(one.folder) == toy.files(again.folder)
    whole = Store.make(folder / "whole.zarr", toy.job(rows, columns, draws, (rows, columns)))
    run_here(whole)
    with xr.open_zarr(one.folder, chunks=None) as a, xr.open_zarr(whole.folder, chunks=None) as b:
        assert np.array_equal(a["values"], b["values"])


def test_what_is_there_is_not_run_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    store = Store.make(tmp_path / "toy.zarr", toy.job(log=str(log)))
    run_here(store, (2, 3))
    run_here(Store.open(store.folder))
    lines = log.read_text().splitlines()
    assert len(lines) == len(set(lines)) == len(store.job.chunks) == 8


def test_a_job_comes_back_from_its_text_with_the_same_digest() -> None:
    job = toy.job()
    assert from_json(to_json(job)).digest == job.digest
    assert toy.job(seed=1).digest != job.digest
    assert len({job.name_of(number) for number in range(len(job.chunks))}) == len(job.chunks)


def test_another_jobs_folder_is_refused_and_in_what_it_differs_is_said(store: Store) -> None:
    with pytest.raises(InputError, match=r"results of another seed, found None\. Allowed: 1"):
        Store.make(store.folder, toy.job(seed=1))
    with pytest.raises(InputError, match="results of another layout"):
        Store.make(store.folder, toy.job(blocks=(4, 3)))
    assert Store.make(store.folder, toy.job()).status().whole


def piece(store: Store, number: int) -> Path:
    """A file of results of a chunk."""
    name = store.job.name_of(number)
    receipt = json.loads((store.folder / ".work" / "receipts" / f"{name}.json").read_text())
    return store.folder / next(file for file in receipt["files"] if file.startswith("values"))


@pytest.mark.parametrize("how", ["cut short", "swapped", "gone", "changed", "receipt", "receipts"])
def test_a_damaged_chunk_is_named_and_run_again_to_the_same_bytes(store: Store, how: str) -> None:
    before = toy.files(store.folder)
    one, other = piece(store, 2), piece(store, 5)
    receipts = store.folder / ".work" / "receipts"
    mine, others = (receipts / f"{store.job.name_of(number)}.json" for number in (2, 5))
    wrong, says = {2}, "cut short, damaged or another's: values/c/"
    if how == "cut short":
        one.write_bytes(one.read_bytes()[:-1])
    elif how == "swapped":
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        wrong = {2, 5}
    elif how == "gone":
        one.unlink()
        says = "lacks its file values/c/"
    elif how == "changed":
        one.write_bytes(bytes([one.read_bytes()[0] ^ 1]) + one.read_bytes()[1:])
    elif how == "receipt":
        mine.write_bytes(mine.read_bytes()[:-9])
        says = "has a receipt that is damaged"
    else:
        mine.write_bytes(others.read_bytes())
        says = "has the receipt of another"
    status = Store.open(store.folder).status()
    assert set(status.broken) == set(status.missing) == wrong
    assert says in status.broken[2]
    with pytest.raises(FileProblem, match=r"of 8 chunks are missing; chunk 3/8 "):
        store.check_whole()
    assert run_here(store) == len(wrong)
    assert store.check_whole().status().whole
    assert toy.files(store.folder) == before


@pytest.mark.parametrize(
    "name", ["zarr.json", "values/zarr.json", "row/c/0", ".work/job.json", ".work/made.json"]
)
@pytest.mark.parametrize("how", ["cut", "gone", "changed"])
def test_a_store_that_is_damaged_itself_is_refused_in_a_line(
    store: Store, name: str, how: str
) -> None:
    file = store.folder / name
    held = file.read_bytes()
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(held[:-3] if how == "cut" else held.replace(b"e", b"f", 1)[::-1])
    with pytest.raises(FileProblem, match=r"damaged|holds no results") as caught:
        Store.open(store.folder)
    assert "\n" not in str(caught.value)


def test_what_is_no_store_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for name, says in (("none", "does not exist"), ("", "holds no results"), ("file", "a file")):
        with pytest.raises(FileProblem, match=says):
            Store.open(tmp_path / name)
    with pytest.raises(FileProblem, match="holds no results"):
        Store.make(tmp_path, toy.job())


def test_chunks_that_overlap_or_leave_a_gap_are_refused() -> None:
    job = toy.job()

    def with_chunks(chunks: tuple[dict[str, object], ...]) -> Job:
        return Job(**{**vars(toy.job()), "chunks": chunks})

    assert job.check() is job
    for chunks, says in (
        ((*job.chunks, job.chunks[3]), "that another fills"),
        (job.chunks[1:], "fill 7 of 8 pieces"),
        (({"at": {"row": [0, 4], "column": [1, 3]}},), "no whole pieces of 2"),
    ):
        with pytest.raises(EngineError, match=says):
            with_chunks(chunks).check()


def test_a_grid_covers_everything_once() -> None:
    chunks = grid({"a": 5, "b": 2}, {"a": 2, "b": 2})
    assert [one["at"]["a"] for one in chunks] == [[0, 2], [2, 4], [4, 5]]
    assert all(one["at"]["b"] == [0, 2] for one in chunks)


def test_a_function_that_gives_something_else_is_found_out(tmp_path: Path) -> None:
    short = Job(**{**vars(toy.job()), "variables": (*toy.job().variables, *OTHER)})
    store = Store.make(tmp_path / "toy.zarr", short)
    with pytest.raises(EngineError, match="gives nothing of other; wanted float64 of shape"):
        run_here(store)
    assert store.status().absent == tuple(range(8))


OTHER = (type(toy.job().variables[0])("other", ("row", "column")),)


@pytest.mark.filterwarnings("ignore")
def test_many_who_make_and_write_the_same_at_once_end_with_one(tmp_path: Path) -> None:
    job = toy.job()

    def one(_: int) -> None:
        mine = Store.make(tmp_path / "toy.zarr", job)
        for number in range(len(job.chunks)):
            mine.write(number, job.results(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))
    alone = Store.make(tmp_path / "alone.zarr", job)
    run_here(alone)
    store = Store.open(tmp_path / "toy.zarr")
    assert store.to_do() == ()
    assert toy.files(store.folder) == toy.files(alone.folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.zarr", "toy.zarr"]
