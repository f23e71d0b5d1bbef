"""`--folder`, `--chunk` and `--workers`: work that may be parted among processes and machines."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError, OutOfBounds

from . import shared
from .progress import progress

if TYPE_CHECKING:
    from upriver.work import Job, Store

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="FOLDER",
        readable=False,
        help="Keep what is done there, NAME.zarr, so that it can be parted and go on; needs the "
        "extra `cluster`.",
    ),
]
Chunk = Annotated[
    str | None,
    typer.Option(
        "--chunk",
        metavar="I/N",
        help="Do the I-th of N shares of the work and stop, as one task of a cluster; without it, "
        "what is left is done and all is put together.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        help="Processes that do the work, by Dask; needs the extra `cluster`.",
    ),
]


def check(folder: Path | None, chunk: str | None, workers: int | None) -> None:
    """Refuse, before anything is run, what says nothing together or is of no form.

    Raises:
        InputError: a share without a folder, or with workers; a share or a number that cannot be.
    """
    if folder is None:
        for name, given in (("chunk", chunk), ("workers", workers)):
            if given is not None:
                raise InputError(
                    "goes with --folder, where shares meet",
                    file=f"--{name}",
                    hint="For example --folder work.zarr.",
                )
        return
    check_share(chunk, workers)
    if folder.suffix != ".zarr":
        raise InputError("should end in .zarr", file="--folder", found=folder.name)


def check_share(chunk: str | None, workers: int | None) -> None:
    """Refuse a share, or a number of processes, that cannot be.

    Raises:
        InputError: it is not of the form I/N, or there is no such share; or both are given.
    """
    if chunk is not None:
        from upriver.work.here import share

        share(chunk)
        if workers is not None:
            raise InputError("one process does a share; leave out --workers", file="--chunk")
    if workers is not None and workers < 1:
        raise OutOfBounds(
            "out of bounds", file="--workers", found=str(workers), allowed="1 or more"
        )


def done(job: "Job", folder: Path, chunk: str | None, workers: int | None) -> "Store | None":
    """The store of a job with all chunks done; None where a share was asked for, which is said.

    Raises:
        InputError: the folder is of other work, or a library is missing. What a chunk raises.
    """
    from upriver.work import Store, run_here
    from upriver.work.here import share

    store = Store.make(folder, job)
    if chunk is not None:
        count = run_here(store, share(chunk), progress("chunks"))
        left = len(store.status().missing)
        say_share(chunk, f"{count} of {len(job.chunks)} chunks done now", left)
        return None
    if workers is not None and workers > 1:
        from upriver.work.cluster import run_with_dask

        run_with_dask(store, workers=workers, progress=progress("chunks"), say=shared.say)
    else:
        run_here(store, progress=progress("chunks"))
    return store.check_whole()


def mine(units: Sequence[str], chunk: str) -> list[str]:
    """The units of a share, where each keeps a file."""
    from upriver.work.here import share, share_of

    return [units[i] for i in share_of(len(units), share(chunk))]


def say_share(chunk: str, what: str, left: int) -> None:
    """What was done of a share, and what comes next."""
    typer.echo(shared.prose(
        f"Share {chunk}: {what}; {left} of all are missing. Once none is, the same command without "
        "--chunk puts all together."
    ))  # fmt: skip
