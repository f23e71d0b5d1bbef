"""Chunks in several processes, by Dask: on this machine, or wherever a scheduler has workers.

A worker runs a chunk, writes it to the store and gives its receipt; results never travel. A worker
that dies has its chunk run again by another. Chunks are handed out a few at a time. What is there
is asked of the store, and never of the scheduler: so a scheduler may die, and come back knowing
nothing, without a chunk lost or counted twice.
"""

import logging
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.util import find_spec
from multiprocessing import resource_tracker
from threading import Event
from typing import Any

from upriver.core.errors import EngineError, InputError, OutOfBounds, UpriverError, one_line

from .address import Tls, check_address
from .here import Progress, run_one
from .job import from_json, to_json
from .store import Store

LOOPBACK = "127.0.0.1"
WINDOW = 2
"""Chunks at a scheduler for each worker: one that runs and one that waits."""

DEATHS = 8
"""Workers that may die with a chunk before it is taken for the cause."""

PATIENCE = 600.0
"""Seconds that a scheduler, or its first worker, is waited for."""

LOOK = 1.0
"""Seconds between looks at a scheduler where no chunk comes back."""

MOST_WORKERS = 1024

SETTINGS = {
    # What workers would spill to the disk is a pickle.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.scheduler.allowed-failures": DEATHS,
    "distributed.deploy.lost-worker-timeout": "5s",
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.comm.timeouts.connect": "10s",
    "distributed.admin.log-format": "%(message)s",
}

Say = Callable[[str], None]


def run_with_dask(
    store: Store,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    tls: Tls | None = None,
    progress: Progress | None = None,
    say: Say = lambda _: None,
    patience: float = PATIENCE,
) -> int:
    """Run the chunks of a store that are missing; gives how many were run.

    Args:
        workers: processes on this machine, one for each core by default.
        scheduler: address of one that is there; its workers see the same folder and have the same
            version of Upriver.
        tls: certificates, for a scheduler beyond this machine.
        progress: called with chunks done and chunks in all.
        say: is told in a sentence what a person may want to know, as the dashboard's address.
        patience: seconds that a scheduler which is gone, or has no worker, is waited for.

    Raises:
        InputError: Dask is not installed, or the address may not be spoken to.
        UpriverError: a chunk failed, workers died with it, or the scheduler did not come back; all
            chunks that were done are kept.
    """
    check_dask()
    if scheduler is not None:
        check_address(scheduler, tls)
    here = min(os.cpu_count() or 1, MOST_WORKERS) if workers is None else workers
    if not 1 <= here <= MOST_WORKERS:
        raise OutOfBounds(
            "out of bounds", file="--workers", found=f"{here}", allowed=f"1 to {MOST_WORKERS}"
        )
    to_do = list(store.to_do())
    if not to_do:
        return 0
    _distributed()  # before settings: it brings its own
    import dask

    with dask.config.set(SETTINGS), _quiet():
        if scheduler is None:
            most = min(here, len(to_do))
            with _local(most, say) as client:
                _Round(store, to_do, progress, say, patience).run(client, most)
        else:
            _outlive(store, len(to_do), scheduler, tls, progress, say, patience)
    left = store.status().missing
    if left:
        raise UpriverError(
            f"{len(left)} of {len(store.job.chunks)} chunks are missing though workers gave their "
            f"receipts, the first {store.job.called(left[0])}: do they write to the same folder?"
        )
    return len(to_do)


def run_chunk(folder: str, job: str, number: int) -> str:
    """What a worker does: run a chunk and write it; gives its name.

    Raises:
        UpriverError: the folder is not there, or of another job; or what the chunk raises.
    """
    store = _open(folder, job)
    run_one(store, number)
    return store.job.name_of(number)


@lru_cache(maxsize=4)
def _open(folder: str, job: str) -> Store:
    return Store.open(folder).same(from_json(job))


def check_dask() -> None:
    """Say in a line how Dask comes.

    Raises:
        InputError: it is not installed.
    """
    if find_spec("dask") is None or find_spec("distributed") is None:
        raise InputError(
            "several processes need Dask, which is not installed",
            hint="Install the extra: pip install 'upriver[cluster]'; or run shares: --chunk 1/2.",
        )


def _distributed() -> Any:
    import distributed

    return distributed


class _GoneError(Exception):
    """The scheduler does not answer."""


class _Round:
    """Chunks handed out to a scheduler until all are done or it is gone."""

    def __init__(
        self, store: Store, to_do: list[int], progress: Progress | None, say: Say, patience: float
    ) -> None:
        self.store, self.waiting, self.total = store, to_do[::-1], len(to_do)
        self.done, self.progress, self.say, self.patience = 0, progress, say, patience
        self.text = to_json(store.job)
        self.out: dict[Any, int] = {}
        self.bell = Event()

    def run(self, client: Any, wanted: int = 0) -> None:
        """Hand out, take back.

        Args:
            wanted: workers of a cluster of ours; where one does not come back, another is made.

        Raises:
            _GoneError: the scheduler is. UpriverError: a chunk failed, or there is no worker.
        """
        seen = time.monotonic()
        while self.waiting or self.out:
            workers = self._workers(client)
            if workers:
                seen = time.monotonic()
            if workers < wanted:
                client.cluster.scale(wanted)
            elif time.monotonic() - seen > self.patience:
                raise UpriverError(f"no worker came in {self.patience:.0f} s; {_kept(self.store)}")
            while self.waiting and len(self.out) < WINDOW * max(1, workers):
                self._hand_out(client, self.waiting.pop())
            self.bell.wait(LOOK)
            self.bell.clear()
            for future in [one for one in self.out if one.status != "pending"]:
                self._take_back(future, self.out.pop(future))

    def _hand_out(self, client: Any, number: int) -> None:
        folder = str(self.store.folder.resolve())
        name = f"{self.store.job.name}-{self.store.job.name_of(number)}-{os.urandom(4).hex()}"
        future = client.submit(run_chunk, folder, self.text, number, key=name, pure=False)
        self.out[future] = number
        future.add_done_callback(lambda _: self.bell.set())

    def _take_back(self, future: Any, number: int) -> None:
        if future.status == "finished":
            self.done += 1
            if self.progress is not None:
                self.progress(self.done, self.total)
            return
        if future.status in ("cancelled", "lost"):
            raise _GoneError
        error = future.exception()
        called = self.store.job.called(number)
        if type(error).__name__ == "KilledWorker":
            raise EngineError(
                f"Chunk {called} of {self.store.job.name} took {DEATHS + 1} workers with it, for "
                f"want of memory perhaps; {_kept(self.store)}"
            )
        if isinstance(error, UpriverError):
            raise error
        said = one_line(f"{type(error).__name__}: {error}", 120)
        raise EngineError(f"Chunk {called} of {self.store.job.name} failed: {said}.")

    def _workers(self, client: Any) -> int:
        """Threads of all workers.

        Raises:
            _GoneError: nobody answers.
        """
        if client.status != "running":
            raise _GoneError
        try:
            return sum(client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError, AttributeError):
            raise _GoneError from None


def _outlive(
    store: Store,
    total: int,
    scheduler: str,
    tls: Tls | None,
    progress: Progress | None,
    say: Say,
    patience: float,
) -> None:
    """Run rounds at a scheduler that may die and come back.

    Raises:
        UpriverError: it did not come, or not come back.
    """

    def tell(done: int, of: int) -> None:
        if progress is not None:
            progress(total - of + done, total)

    while to_do := list(store.to_do()):
        with _client(scheduler, tls, store, say, patience) as client:
            try:
                _Round(store, to_do, tell, say, patience).run(client)
                return
            except _GoneError:
                say(f"The scheduler at {scheduler} is gone; waiting for it to come back.")


@contextmanager
def _client(
    scheduler: str, tls: Tls | None, store: Store, say: Say, patience: float
) -> Iterator[Any]:
    """A client of a scheduler, as soon as that answers."""
    distributed = _distributed()
    security = None
    if tls is not None:
        security = distributed.Security(
            tls_ca_file=str(tls.ca),
            tls_client_cert=str(tls.cert),
            tls_client_key=str(tls.key),
            require_encryption=True,
        )
    begin, told = time.monotonic(), False
    while True:
        try:
            client = distributed.Client(
                scheduler, security=security, timeout=min(5.0, patience / 4), set_as_default=False
            )
            break
        except (OSError, TimeoutError) as error:
            left = patience - (time.monotonic() - begin)
            if left <= 0:
                raise UpriverError(
                    f"the scheduler at {scheduler} did not answer for {patience:.0f} s "
                    f"({one_line(str(error), 60)}); {_kept(store)}"
                ) from None
            if not told:
                say(f"No answer from {scheduler} yet; waiting up to {patience:.0f} s.")
                told = True
            time.sleep(min(LOOK, left))
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


@contextmanager
def _local(workers: int, say: Say) -> Iterator[Any]:
    """A cluster of processes on this machine that nobody else can reach; gone afterwards."""
    distributed = _distributed()
    with tempfile.TemporaryDirectory(prefix="upriver-", ignore_cleanup_errors=True) as folder:
        with _interrupts_are_ours():
            cluster = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host=LOOPBACK,
                dashboard_address=f"{LOOPBACK}:0",
                worker_dashboard_address=f"{LOOPBACK}:0",
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
        try:
            if find_spec("bokeh") is not None:
                say(f"Dashboard: {cluster.dashboard_link}")
            client = distributed.Client(cluster, set_as_default=False)
            try:
                yield client
            finally:
                with suppress(Exception):
                    client.close(timeout=2)
        except _GoneError:
            raise UpriverError("Dask's scheduler in this process ended; resume.") from None
        finally:
            with suppress(Exception):
                cluster.close(timeout=10)


@contextmanager
def _interrupts_are_ours() -> Iterator[None]:
    """Ctrl-C goes to every process of a terminal: those started here, now or later, do not see it.

    Threads and processes take over which signals are blocked from the thread that starts them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would unblock the signal where it is first needed
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own logs tell of workers that come and go; what matters is said by us."""
    logs = [logging.getLogger(name) for name in ("distributed", "tornado", "asyncio")]
    levels = [log.level for log in logs]
    try:
        for log in logs:
            log.setLevel(logging.CRITICAL)
        yield
    finally:
        for log, level in zip(logs, levels, strict=True):
            log.setLevel(level)


def _kept(store: Store) -> str:
    return f"what was done is kept: `upriver sweep resume {one_line(str(store.folder), 80)}`."
