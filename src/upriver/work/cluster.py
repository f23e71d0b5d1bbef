"""Chunks in several processes, by Dask: on this machine, or wherever a scheduler has workers.

A worker runs a chunk, writes it to the store and gives its receipt; results never travel. A worker
that dies has its chunk run again by another. Chunks are handed out a few at a time. What is there
is asked of the store, and never of the scheduler: so a scheduler may die, and come back knowing
nothing, without a chunk lost or counted twice.
"""

import os
import time
from functools import lru_cache
from threading import Event
from typing import Any

from upriver.core.errors import EngineError, InputError, OutOfBounds, UpriverError, one_line

from .address import Tls, check_address
from .here import Progress, run_one
from .schedulers import (
    DEATHS,
    LOOK,
    SETTINGS,
    GoneError,
    Say,
    check_dask,
    client_of,
    distributed_,
    heal,
    local,
    quiet,
)
from .store import Store

WINDOW = 2
"""Chunks at a scheduler for each worker: one that runs and one that waits."""

PATIENCE = 600.0
"""Seconds that a scheduler, or its first worker, is waited for."""

MOST_WORKERS = 1024


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
    distributed_()  # before settings: it brings its own
    import dask

    with dask.config.set(SETTINGS), quiet():
        if scheduler is None:
            most = min(here, len(to_do))
            try:
                with local(most, say) as client:
                    _Round(store, to_do, progress, say, patience).run(client, most)
            except GoneError:
                raise UpriverError(f"Dask's own scheduler ended; {_kept(store)}") from None
        else:
            _outlive(store, len(to_do), scheduler, tls, progress, say, patience)
    left = store.status().missing
    if left:
        raise UpriverError(
            f"{len(left)} of {len(store.job.chunks)} chunks are missing though workers gave their "
            f"receipts, the first {store.job.called(left[0])}: do they write to the same folder?"
        )
    return len(to_do)


def run_chunk(folder: str, digest: str, number: int) -> str:
    """What a worker does: run a chunk and write it; gives its name.

    Args:
        digest: of the job that the folder should be of.

    Raises:
        UpriverError: the folder is not there, or of another job; or what the chunk raises.
    """
    store = _open(folder, digest)
    run_one(store, number)
    return store.job.name_of(number)


@lru_cache(maxsize=4)
def _open(folder: str, digest: str) -> Store:
    store = Store.open(folder)
    if store.job.digest != digest:
        raise InputError("holds results of another job than here", file=folder)
    return store


class _Round:
    """Chunks handed out to a scheduler until all are done or it is gone."""

    def __init__(
        self, store: Store, to_do: list[int], progress: Progress | None, say: Say, patience: float
    ) -> None:
        self.store, self.waiting, self.total = store, to_do[::-1], len(to_do)
        self.done, self.progress, self.say, self.patience = 0, progress, say, patience
        self.out: dict[Any, int] = {}
        self.bell = Event()

    def run(self, client: Any, wanted: int = 0) -> None:
        """Hand out, take back.

        Args:
            wanted: workers of a cluster of ours; where one does not come back, another is made.

        Raises:
            GoneError: the scheduler is. UpriverError: a chunk failed, or there is no worker.
        """
        seen = time.monotonic()
        while self.waiting or self.out:
            workers = self._workers(client)
            if workers:
                seen = time.monotonic()
            if workers < wanted:
                heal(client.cluster, wanted)
            if time.monotonic() - seen > self.patience:
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
        future = client.submit(
            run_chunk, folder, self.store.job.digest, number, key=name, pure=False
        )
        self.out[future] = number
        future.add_done_callback(lambda _: self.bell.set())

    def _take_back(self, future: Any, number: int) -> None:
        if future.status == "finished":
            self.done += 1
            if self.progress is not None:
                self.progress(self.done, self.total)
            return
        if future.status in ("cancelled", "lost"):
            raise GoneError
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
            GoneError: nobody answers.
        """
        if client.status != "running":
            raise GoneError
        try:
            return sum(client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError, AttributeError):
            raise GoneError from None


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
        with client_of(scheduler, tls, say, patience, _kept(store)) as client:
            try:
                _Round(store, to_do, tell, say, patience).run(client)
                return
            except GoneError:
                say(f"The scheduler at {scheduler} is gone; waiting for it to come back.")


def _kept(store: Store) -> str:
    return f"what was done is kept: `upriver sweep resume {one_line(str(store.folder), 80)}`."
