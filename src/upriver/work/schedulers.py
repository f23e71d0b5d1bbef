"""Schedulers that hand chunks out: one of our own on this machine, or one that exists."""

import logging
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import resource_tracker
from typing import Any

from upriver.core.errors import InputError, UpriverError, one_line

from .address import Tls

LOOPBACK = "127.0.0.1"
DEATHS = 8
"""Workers that may die with a chunk before it is taken for the cause."""

LOOK = 1.0
"""Seconds between looks at a scheduler where no chunk comes back."""

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


def distributed_() -> Any:
    """Dask's module, whose functions say nothing of their types."""
    import distributed

    return distributed


class GoneError(Exception):
    """The scheduler does not answer."""


@contextmanager
def client_of(
    scheduler: str, tls: Tls | None, say: Say, patience: float, kept: str
) -> Iterator[Any]:
    """A client of a scheduler, as soon as that answers."""
    distributed = distributed_()
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
                    f"({one_line(str(error), 60)}); {kept}"
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
def local(workers: int, say: Say) -> Iterator[Any]:
    """A cluster of processes on this machine; gone afterwards.

    It listens to this machine alone, and only to who has its certificate, made for this cluster and
    kept in memory: another user of the machine cannot give it work.
    """
    distributed = distributed_()
    with tempfile.TemporaryDirectory(prefix="upriver-", ignore_cleanup_errors=True) as folder:
        with _interrupts_are_ours():
            cluster = distributed.LocalCluster(
                n_workers=0,
                threads_per_worker=1,
                processes=True,
                host=LOOPBACK,
                security=distributed.Security.temporary(),
                dashboard_address=f"{LOOPBACK}:0",
                worker_dashboard_address=f"{LOOPBACK}:0",
                local_directory=folder,
                silence_logs=logging.CRITICAL,
            )
        try:
            if find_spec("bokeh") is not None:
                say(f"Dashboard: {cluster.dashboard_link}")
            heal(cluster, workers)
            client = distributed.Client(cluster, set_as_default=False)
            try:
                yield client
            finally:
                with suppress(Exception):
                    client.close(timeout=2)
        finally:
            with suppress(Exception):
                cluster.close(timeout=10)


def heal(cluster: Any, workers: int) -> None:
    """Have so many workers: those that ended while they started are not started again by Dask."""
    for name, one in list(cluster.workers.items()):
        if one.status.name in ("closing", "closed", "failed"):
            cluster.workers.pop(name, None)
    cluster.scale(workers)


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
def quiet() -> Iterator[None]:
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
