"""A scheduler that exists: by TLS only with certificates; workers and schedulers that die."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import certificates
import psutil
import pytest
import toy

import upriver
from upriver.core.errors import UpriverError
from upriver.work import Store, run_here
from upriver.work.address import Tls
from upriver.work.cluster import run_with_dask

KILLS = 50


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def started(*arguments: str, tls: Tls | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A `dask` command on this machine, that finds what tests find; killed afterwards."""
    paths = [str(Path(__file__).parent), str(Path(upriver.__file__).parents[1])]
    files = [] if tls is None else [
        "--tls-ca-file", str(tls.ca), "--tls-cert", str(tls.cert), "--tls-key", str(tls.key)
    ]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, *files],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def scheduler(port: int, protocol: str = "tcp") -> Sequence[str]:
    where = f"{protocol}://127.0.0.1:{port}"
    return ("scheduler", "--host", where, "--dashboard-address", "127.0.0.1:0")


def worker(port: int, folder: Path, protocol: str = "tcp") -> Sequence[str]:
    return (
        "worker", f"{protocol}://127.0.0.1:{port}", "--nthreads", "1", "--no-nanny",
        "--memory-limit", "0", "--local-directory", str(folder), "--no-dashboard",
    )  # fmt: skip


def alone(folder: Path, job: upriver.work.Job) -> dict[str, bytes]:
    """What one process writes."""
    store = Store.make(folder / "alone.zarr", job)
    run_here(store)
    return toy.files(store.folder)


def test_a_scheduler_by_tls_is_used_and_none_without_the_right_certificates(
    tmp_path: Path,
) -> None:
    ours, others = certificates.made(tmp_path, "ours"), certificates.made(tmp_path, "others")
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    port = free_port()
    address = f"tls://127.0.0.1:{port}"
    with (
        started(*scheduler(port, "tls"), tls=ours),
        started(*worker(port, tmp_path, "tls"), tls=ours),
    ):
        assert run_with_dask(store, scheduler=address, tls=ours, patience=60) == 8
        assert toy.files(store.folder) == alone(tmp_path, store.job)
        store = Store.make(tmp_path / "again.zarr", toy.job())
        for where, tls in ((address, others), (f"tcp://127.0.0.1:{port}", None)):
            with pytest.raises(UpriverError, match=r"did not answer for 6 s .*sweep resume"):
                run_with_dask(store, scheduler=where, tls=tls, patience=6)
        assert len(store.status().absent) == 8


def test_workers_that_see_another_folder_are_found_out(tmp_path: Path) -> None:
    port = free_port()
    store = Store.make(tmp_path / "toy.zarr", toy.job())
    with started(*scheduler(port)), started(*worker(port, tmp_path)):
        os.rename(tmp_path / "toy.zarr", tmp_path / "elsewhere.zarr")
        moved = Store(tmp_path / "elsewhere.zarr", store.job)
        object.__setattr__(moved, "folder", Elsewhere(moved.folder))
        with pytest.raises(UpriverError, match=r"toy\.zarr: does not exist"):
            run_with_dask(moved, scheduler=f"tcp://127.0.0.1:{port}", patience=60)


class Elsewhere(type(Path())):  # type: ignore[misc]
    """A folder that has another name where workers are."""

    def resolve(self, strict: bool = False) -> Path:
        return Path(self.parent / "toy.zarr")


@pytest.mark.slow
def test_fifty_workers_killed_at_random_lose_nothing_and_count_nothing_twice(
    tmp_path: Path,
) -> None:
    job = toy.job(rows=400, blocks=(1, 3), seconds=0.5)  # so that it outlasts the killing
    store = Store.make(tmp_path / "toy.zarr", job)
    dice, killed, ended = random.Random(50), [0], threading.Event()
    me = psutil.Process()

    def kill() -> None:
        while killed[0] < KILLS and not ended.wait(dice.uniform(0.0, 3.0)):
            workers = [one for one in me.children() if "spawn_main" in " ".join(one.cmdline())]
            if workers:
                dice.choice(workers).kill()
                killed[0] += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        run_with_dask(store, workers=2, patience=120)
    finally:
        ended.set()
        killer.join()
    assert killed[0] == KILLS
    status = store.check_whole().status()
    assert len(status.done) == len(list((store.folder / ".work" / "receipts").iterdir())) == 400
    quick = Store.make(tmp_path / "quick.zarr", job)
    for number in range(400):
        quick.write(number, toy_values(job, number))
    assert toy.files(store.folder) == toy.files(quick.folder)


def toy_values(job: upriver.work.Job, number: int) -> dict[str, object]:
    """A chunk's results without waiting for them."""
    return toy.run({**job.content, "seconds": 0}, job.chunks[number])


@pytest.mark.slow
def test_a_scheduler_that_is_killed_and_started_again_ends_right(tmp_path: Path) -> None:
    job = toy.job(rows=60, blocks=(1, 3), seconds=0.5)
    store = Store.make(tmp_path / "toy.zarr", job)
    port = free_port()
    said: list[str] = []
    done: list[int] = []

    def sweep() -> None:
        done.append(
            run_with_dask(store, scheduler=f"tcp://127.0.0.1:{port}", say=said.append, patience=120)
        )

    thread = threading.Thread(target=sweep)
    receipts = store.folder / ".work" / "receipts"
    with started(*scheduler(port)) as first, started(*worker(port, tmp_path)):
        thread.start()
        while len(list(receipts.iterdir())) < 5:
            time.sleep(0.1)
            assert thread.is_alive()
        os.killpg(first.pid, signal.SIGKILL)
        time.sleep(2)
    with started(*scheduler(port)), started(*worker(port, tmp_path)):
        thread.join(timeout=240)
    assert done == [60]
    assert f"The scheduler at tcp://127.0.0.1:{port} is gone; waiting" in " ".join(said)
    assert store.check_whole().status().whole
    quick = Store.make(tmp_path / "quick.zarr", job)
    for number in range(60):
        quick.write(number, toy_values(job, number))
    assert toy.files(store.folder) == toy.files(quick.folder)
