"""How chunks of a sweep are run: here, on several processes, on a cluster, or a share of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import InputError

from . import shared
from .progress import progress

if TYPE_CHECKING:
    from upriver.work.store import Store


@dataclass(frozen=True)
class How:
    """What a command was told of who is to run the chunks.

    workers: processes. scheduler: address of one that is there. tls_ca, tls_cert, tls_key: its
    certificates. chunk: a share, `I/N`, that is run in this process.
    """

    workers: int | None
    scheduler: str | None
    tls_ca: Path | None
    tls_cert: Path | None
    tls_key: Path | None
    chunk: str | None

    def check(self) -> None:
        """Refuse, before anything is read, options that say nothing together.

        Raises:
            InputError: they do not go together, or are not right.
        """
        from upriver.work.address import check_address, tls_of
        from upriver.work.here import share

        if self.chunk is not None:
            share(self.chunk)
            if self.workers is not None or self.scheduler is not None:
                raise InputError(
                    "--chunk runs in this process: leave out --workers and --scheduler"
                )
        if self.workers is not None and self.scheduler is not None:
            raise InputError("a scheduler has its own workers: leave out --workers")
        tls = tls_of(self.tls_ca, self.tls_cert, self.tls_key)
        if self.scheduler is not None:
            check_address(self.scheduler, tls)
        elif tls is not None:
            raise InputError("certificates go with --scheduler", file="--tls-ca")

    def run(self, store: "Store") -> None:
        """Run what is missing, and say what was done or how to go on."""
        from upriver.work import run_here
        from upriver.work.address import tls_of
        from upriver.work.cluster import run_with_dask
        from upriver.work.here import share

        try:
            if self.chunk is not None:
                ran = run_here(store, share(self.chunk), progress("chunks"))
            else:
                ran = run_with_dask(
                    store,
                    workers=self.workers,
                    scheduler=self.scheduler,
                    tls=tls_of(self.tls_ca, self.tls_cert, self.tls_key),
                    progress=progress("chunks"),
                    say=shared.say,
                )
        except KeyboardInterrupt:
            shared.say(f"\nFinished chunks are kept. To go on: upriver sweep resume {store.folder}")
            raise
        left = len(store.status().missing)
        total = len(store.job.chunks)
        rest = f"{left} of them to go" if left else "all are there"
        shared.say(f"Ran {ran} of {total} chunks, {rest}. Results: {store.folder}")
