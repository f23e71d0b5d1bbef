"""Several processes give the bytes that one gives, and nobody else can reach them."""

import logging
import os
from pathlib import Path

import psutil
import pytest
import toy

from upriver.core.errors import InputError, UpriverError
from upriver.work import Store, run_here
from upriver.work.cluster import run_with_dask


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes."""
    store = Store.make(tmp_path_factory.mktemp("alone") / "toy.zarr", toy.job())
    run_here(store)
    return toy.files(store.folder)


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_gives_the_same_bytes(
    tmp_path: Path, alone: dict[str, bytes], workers: int
) -> None:
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    told: list[tuple[int, int]] = []
    assert run_with_dask(store, workers=workers, progress=lambda *at: told.append(at)) == 8
    assert toy.files(store.folder) == alone
    assert told == [(done, 8) for done in range(1, 9)]
    assert run_with_dask(store, workers=workers) == 0


def test_everything_listens_on_this_machine_alone_and_nothing_is_left(tmp_path: Path) -> None:
    found: set[str] = set()

    def look(*_: int) -> None:
        for process in (mine, *mine.children(recursive=True)):
            for one in process.net_connections("inet"):
                if one.status == psutil.CONN_LISTEN:
                    found.add(one.laddr.ip)

    mine = psutil.Process(os.getpid())
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    run_with_dask(store, workers=2, progress=look)
    assert found == {"127.0.0.1"}
    assert not [one for one in mine.children(recursive=True) if "spawn_main" in str(one.cmdline())]
    assert logging.getLogger("distributed").level < logging.CRITICAL


def test_a_chunk_that_fails_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    store = Store.make(tmp_path / "toy.zarr", toy.job(fails="3"))
    with pytest.raises(UpriverError, match=r"^Chunk 7/8 of toy failed: ValueError: as asked\.$"):
        run_with_dask(store, workers=1)
    assert 6 in store.status().absent
    assert set(store.status().done) >= {0, 1, 2, 3}


def test_numbers_of_workers_and_addresses_are_held_to_bounds(tmp_path: Path) -> None:
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    with pytest.raises(InputError, match="--workers: out of bounds, found 0"):
        run_with_dask(store, workers=0)
    with pytest.raises(InputError, match="by TLS alone"):
        run_with_dask(store, scheduler="tcp://10.0.0.5:8786")


def test_a_scheduler_that_is_not_there_is_waited_for_and_then_named(tmp_path: Path) -> None:
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    said: list[str] = []
    with pytest.raises(UpriverError, match=r"did not answer for 2 s .*upriver sweep resume"):
        run_with_dask(store, scheduler="tcp://127.0.0.1:9", patience=2, say=said.append)
    assert "No answer from tcp://127.0.0.1:9 yet" in said[0]
