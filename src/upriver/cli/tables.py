"""`--format` and `--save`: a command's numbers as one tidy table, printed or in a file.

A command calls `asked` first, which refuses what cannot be written before anything is run, and
`tell` when it has found its numbers.
"""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import InputError, show, unknown_name

from . import shared

if TYPE_CHECKING:
    from upriver.report.tables.tidy import Tidy

TEXT, JSON, OWN = "table", "json", "own json"
"""What a reader reads; the tidy table as JSON; a command's JSON, as `--json` has it."""

PARQUET = "parquet"
FORMATS = (TEXT, "csv", JSON, PARQUET)
ENDINGS = (".csv", ".json", ".parquet")


def _format(given: str) -> str:
    """How a result is printed."""
    if given not in FORMATS:
        raise unknown_name("format", given, FORMATS, where=("--format", None))
    return given


Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=_format,
        help="`table`, for reading, or all numbers as one tidy table: `csv`, `json` or `parquet`.",
    ),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FILE",
        readable=False,
        help="Write that tidy table too: FILE.csv, FILE.json or FILE.parquet.",
    ),
]


def asked(form: str, as_json: bool, save: Path | None) -> str:
    """How the result is printed: `table`, `csv`, `json`, `parquet` or, for `--json`, `own json`.

    Raises:
        InputError: two forms at once, a file of another ending, Parquet at a terminal or without
            the library. WriteError: no folder for the file.
    """
    if as_json and form not in (TEXT, JSON):
        raise InputError(f"give --json or --format {form}, not both", file="--format")
    if form == PARQUET:
        from upriver.report.tables.write import check_parquet

        check_parquet("--format")
        if at_terminal():
            raise InputError(
                "parquet is bytes, which no terminal shows",
                file="--format",
                hint="Write a file: --save FILE.parquet, or > FILE.parquet.",
            )
    if save is not None:
        _check_file(save)
    return OWN if as_json else form


def at_terminal() -> bool:
    """Whether what is printed goes to a terminal."""
    return sys.stdout.isatty()


def tell(
    form: str,
    save: Path | None,
    *,
    table: "Callable[[], Tidy]",
    own: Callable[[], Any],
    text: Callable[[], object],
    beside: bool = False,
) -> None:
    """Write the tidy table where a file was named for it, and print what was asked for.

    Args:
        form: from `asked`.
        table: the tidy table. own: what `--json` prints. text: prints what a reader reads.
        beside: the tidy table as JSON holds what `--json` prints as well.
    """
    built = cache(table)
    if save is not None:
        _save(save, built())
    if form == TEXT:
        text()
    elif form == OWN:
        shared.print_json(own())
    else:
        _print(built(), form, own() if beside and form == JSON else None)


def _print(table: "Tidy", form: str, beside: Mapping[str, Any] | None) -> None:
    from upriver.report.tables.write import bytes_of

    data = bytes_of(table, form, beside)
    if form == PARQUET:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        typer.echo(data.decode("utf-8"), nl=False)


def _save(file: Path, table: "Tidy") -> None:
    """Whole or not at all."""
    from upriver.core.files import write_atomic
    from upriver.report.tables.write import bytes_of

    from .files import make_folder

    make_folder(file.parent)
    write_atomic(file, bytes_of(table, file.suffix.removeprefix(".")))
    shared.say(f"Wrote {file}.")


def _check_file(file: Path) -> None:
    from .files import check_folder

    if file.suffix not in ENDINGS:
        raise InputError(
            f"should end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}",
            file="--save",
            found=show(file.name),
        )
    check_folder(file.parent)
    if file.suffix == f".{PARQUET}":
        from upriver.report.tables.write import check_parquet

        check_parquet("--save")
