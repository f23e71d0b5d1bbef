"""`upriver sweep`: a plan of many runs in chunks, here, on several processes or on a cluster."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from upriver.core.errors import InputError

from . import shared
from .sweep_how import How

if TYPE_CHECKING:
    from upriver.work.store import Store


class PlanOrCommand(TyperGroup):
    """What names no sub-command is the plan of `run`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` in front of what is none of the sub-commands."""
        if args and args[0] != "--help" and args[0] not in self.commands:
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=PlanOrCommand,
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="PLAN.yaml | COMMAND [ARGS]...",
    help="Run a plan of scenarios x places x parameters x draws, in chunks.\n\n"
    "Results are a Zarr store that says what it is of; a sweep that was stopped goes on where it "
    "was.\n\n"
    "Example: upriver sweep plan.yaml --dry-run",
)

Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", help="Processes; by default one for each core."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask scheduler that is there, tcp://127.0.0.1:8786; beyond this machine tls://… "
        "with certificates.",
    ),
]
TlsCa = Annotated[
    Path | None,
    typer.Option("--tls-ca", metavar="FILE", help="Certificate of the authority, PEM."),
]
TlsCert = Annotated[
    Path | None, typer.Option("--tls-cert", metavar="FILE", help="Our certificate, PEM.")
]
TlsKey = Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key, PEM.")]
Chunk = Annotated[
    str | None,
    typer.Option(
        "--chunk",
        metavar="I/N",
        help="Run the I-th of N shares alone, in this process, without Dask: all that an array "
        "of jobs needs.",
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Results of a sweep.")]


@app.command("run")
def run(
    plan: Annotated[Path, typer.Argument(metavar="PLAN.yaml", help="The plan.")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER.zarr",
            readable=False,
            help="Results; by default the plan's name with .zarr, here.",
        ),
    ] = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    tls_ca: TlsCa = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    chunk: Chunk = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would run and take; run nothing.")
    ] = False,
) -> None:
    """Run a plan; what is there already is not run again.

    Example: upriver sweep plan.yaml -o plan.zarr --workers 2
    """
    how = How(workers, scheduler, tls_ca, tls_cert, tls_key, chunk)
    how.check()

    from upriver.experiments.plans.job import job_of
    from upriver.experiments.plans.read import read_plan

    planned = read_plan(plan)
    job = job_of(planned)
    if dry_run:
        from upriver.experiments.plans.predict import predict

        found = predict(planned, job)
        typer.echo(
            shared.prose(
                f"{planned.title}: {len(planned.scenarios):,} scenarios x {len(planned.points):,} "
                f"points x {len(planned.places)} places x {planned.draws} draws = {found.runs:,} "
                f"runs in {found.chunks:,} chunks. At most {_size(found.size)}, and some "
                f"{_time(found.seconds)} of one processor as busy as this one is now."
            )
        )
        return
    from upriver.work import Store
    from upriver.work.layout import check_zarr

    check_zarr()
    store = Store.make(folder or Path(plan.stem + ".zarr"), job)
    how.run(store)


@app.command("resume")
def resume(
    folder: Folder,
    workers: Workers = None,
    scheduler: Scheduler = None,
    tls_ca: TlsCa = None,
    tls_cert: TlsCert = None,
    tls_key: TlsKey = None,
    chunk: Chunk = None,
) -> None:
    """Run what is missing or broken of a sweep; the plan is in its folder.

    Example: upriver sweep resume plan.zarr
    """
    how = How(workers, scheduler, tls_ca, tls_cert, tls_key, chunk)
    how.check()

    from upriver.experiments.plans.job import check_versions

    store = _opened(folder)
    check_versions(store.job.content)
    how.run(store)


@app.command("status")
def status(folder: Folder, as_json: shared.Json = False) -> None:
    """Say which chunks of a sweep are there, by the bytes of their files.

    Example: upriver sweep status plan.zarr
    """
    store = _opened(folder)
    found, job = store.status(), store.job
    if as_json:
        shared.print_json(
            {
                "title": job.attrs["title"],
                "digest": job.digest,
                "chunks": len(job.chunks),
                "done": len(found.done),
                "absent": [job.called(number) for number in found.absent],
                "broken": {job.called(number): says for number, says in found.broken.items()},
            }
        )
        return
    typer.echo(f"{job.attrs['title']}: {len(found.done)} of {len(job.chunks)} chunks are there.")
    for number, says in found.broken.items():
        typer.echo(f"Chunk {job.called(number)} {says}.")
    if found.missing:
        typer.echo(
            f"To run the rest: upriver sweep resume {folder}; one alone: --chunk "
            f"{job.called(found.missing[0])}"
        )


@app.command("collect")
def collect(
    folder: Folder,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            readable=False,
            help="A table .csv or .parquet, or labelled, .nc.",
        ),
    ],
    incomplete: Annotated[
        bool,
        typer.Option("--incomplete", help="Take what is there; the file says what is missing."),
    ] = False,
) -> None:
    """Write medians and 95 % intervals of a sweep.

    Example: upriver sweep collect plan.zarr -o plan.csv
    """
    from .sweep_files import check, write

    check(output)

    from upriver.experiments.plans.collect import collect as collected

    found = collected(_opened(folder), incomplete)
    if found.missing:
        shared.say(f"Incomplete: {found.missing} of {len(found.store.job.chunks)} chunks missing.")
    write(found, output)


def _opened(folder: Path) -> "Store":
    """The store of a sweep.

    Raises:
        InputError: it is none, or of another kind of work.
    """
    from upriver.experiments.plans.job import RUN
    from upriver.work import Store

    store = Store.open(folder)
    # What a store names is imported and run, so that only a sweep's own will do.
    if (store.job.name, store.job.run) != ("sweep", RUN):
        raise InputError(
            "holds results of another kind of work", file=str(folder), found=store.job.name
        )
    return store


def _size(size: int) -> str:
    """Bytes in words."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _time(seconds: float) -> str:
    """A time in words."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.1f} hours"
