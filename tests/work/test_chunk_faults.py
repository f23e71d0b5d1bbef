"""Whatever fails at whatever moment of writing, nothing is lost and nothing is there by halves."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import toy

from upriver.core.errors import WriteError
from upriver.work import Store, run_here
from upriver.work.cluster import run_with_dask

ACTS = ("open", "write", "fsync", "replace", "close", "rename", "mkdir")
"""What the system is asked for when a store writes."""

JOB = {"rows": 2, "columns": 2, "blocks": (1, 2)}
"""Two chunks of two pieces."""


@contextmanager
def stopping_at(act: int, stop: Callable[[], None], under: Path) -> Iterator[list[str]]:
    """Stop at the n-th act of writing below a folder; gives the acts so far."""
    acts: list[str] = []
    mine: set[int] = set()
    usual = {name: getattr(os, name) for name in ACTS}

    def instead(name: str) -> Callable[..., Any]:
        def act_of(*args: Any, **more: Any) -> Any:
            first = args[0]
            ours = first in mine if isinstance(first, int) else str(first).startswith(str(under))
            if ours:
                acts.append(name)
                if len(acts) == act:
                    if name == "write":
                        usual["write"](first, bytes(args[1])[:5])
                    stop()
            result = usual[name](*args, **more)
            if ours and name == "open":
                mine.add(result)
            if ours and name == "close":
                mine.discard(first)
            return result

        return act_of

    try:
        for name in ACTS:
            setattr(os, name, instead(name))
        yield acts
    finally:
        for name in ACTS:
            setattr(os, name, usual[name])


def full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    store = Store.make(tmp_path_factory.mktemp("whole") / "toy.zarr", toy.job(**JOB))
    run_here(store)
    return toy.files(store.folder)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A store in which no chunk is."""
    return Store.make(tmp_path / "empty.zarr", toy.job(**JOB)).folder


def acts_of_a_chunk(empty: Path) -> int:
    """How many acts it takes to write a chunk."""
    store = Store.open(shutil.copytree(empty, empty.with_name("count.zarr")))
    with stopping_at(0, full, store.folder) as acts:
        run_here(store, (1, 2))
    assert {"open", "write", "fsync", "replace", "close"} <= set(acts)
    return len(acts)


def test_a_disk_that_is_full_at_any_act_leaves_a_store_that_goes_on(
    empty: Path, whole: dict[str, bytes]
) -> None:
    acts = acts_of_a_chunk(empty)
    assert acts >= 20
    refused = []
    for act in range(1, acts + 1):
        store = Store.open(shutil.copytree(empty, empty.with_name(f"{act}.zarr")))
        try:
            with stopping_at(act, full, store.folder):
                run_here(store, (1, 2))
            assert 0 in store.status().done  # a folder that was there could not be made
        except WriteError as error:
            refused.append(str(error))
        assert not store.status().broken
        run_here(store)
        assert toy.files(store.folder) == whole, f"act {act}"
    assert len(refused) >= acts - 3
    for said in refused:
        assert said.startswith("Chunk 1/2 of toy: cannot write to ")
        assert said.endswith(": no space left on the disk.")


KILLED = """
import os, sys
sys.path[:0] = {paths!r}
from pathlib import Path
from test_chunk_faults import JOB, stopping_at
import toy
import zarr  # once, and not in every child
from upriver.work import Store, run_here
from upriver.work.cluster import run_with_dask

for act in range({first}, {last} + 1):
    if os.fork() == 0:
        store = Store.open(Path({folder!r}) / f"{{act}}.zarr")
        with stopping_at(act, lambda: os._exit(9), store.folder):
            run_here(store, (1, 2))
        os._exit(0)
    _, code = os.wait()
    print(os.waitstatus_to_exitcode(code))
"""


def test_a_process_that_is_killed_at_any_act_leaves_a_store_that_goes_on(
    tmp_path: Path, empty: Path, whole: dict[str, bytes]
) -> None:
    acts = acts_of_a_chunk(empty)
    for act in range(1, acts + 1):
        shutil.copytree(empty, tmp_path / f"{act}.zarr")
    here = str(Path(__file__).parent)
    code = KILLED.format(paths=[here], first=1, last=acts, folder=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.stdout.split() == ["9"] * acts, done.stderr[-2000:]
    for act in range(1, acts + 1):
        store = Store.open(tmp_path / f"{act}.zarr")
        assert not store.status().broken
        run_here(store)
        assert toy.files(store.folder) == whole, f"act {act}"


def test_a_store_that_cannot_be_made_whole_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "toy.zarr"
    with stopping_at(0, full, tmp_path) as acts:
        Store.make(folder, toy.job(**JOB))
    assert len(acts) > 20
    refused: list[str] = []
    for act in range(1, len(acts) + 1):
        folder = tmp_path / f"{act}.zarr"
        try:
            with stopping_at(act, full, tmp_path):
                Store.make(folder, toy.job(**JOB))
        except WriteError as error:
            refused.append(str(error))
        left = [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]
        assert left == []
        if folder.exists():
            assert Store.open(folder).status().absent == (0, 1)
    assert len(refused) >= len(acts) - 9
    assert all(said.endswith("no space left on the disk.") for said in refused)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no small disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no small disk can be made here")
@pytest.mark.parametrize("workers", [0, 1])
def test_a_disk_that_fills_ends_a_sweep_in_a_line_and_room_ends_it_right(
    small_disk: Path, tmp_path: Path, workers: int
) -> None:
    job = toy.job(rows=60, blocks=(1, 3))

    def go_on(store: Store) -> None:
        if workers:
            run_with_dask(store, workers=workers)
        else:
            run_here(store)

    store = Store.make(small_disk / "toy.zarr", job)
    free = shutil.disk_usage(small_disk).free
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(free - 100_000))
    with pytest.raises(WriteError, match=r"^Chunk \d+/60 of toy: .* no space left on the disk\.$"):
        go_on(store)
    status = store.status()
    assert status.done
    assert status.absent
    assert not status.broken
    ballast.unlink()
    go_on(store)
    alone = Store.make(tmp_path / "alone.zarr", job)
    run_here(alone)
    assert toy.files(store.check_whole().folder) == toy.files(alone.folder)
