"""`upriver evidence fetch` and `read`: publishers' files, downloaded only when asked for."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import DownloadError, SchemaProblem, UpriverError, show, unknown_name

from . import shared, tables
from .readings import came, contents, table

if TYPE_CHECKING:
    from upriver.evidence.cache import Vintage
    from upriver.evidence.readings import Reading
    from upriver.evidence.sources.base import Source
    from upriver.report.tables.tidy import Tidy

ALIASES = {"csv": "user_csv"}
EXTRA = ("httpx", "pandas", "pandera", "platformdirs", "python_calamine")
"""What reading and fetching need beyond what a run needs; it comes with every installation."""

SEVERAL = ("total", "where", "ignore")
"""Options that may be given for several columns."""


def names(incomplete: str) -> Iterator[str]:
    """For the shell: names of sources."""
    from upriver.evidence.sources import SOURCES

    return (name for name in SOURCES if name.startswith(incomplete))


def fetch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            autocompletion=names,
            help="Name of a source; without one, they are listed and nothing is downloaded.",
        ),
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="All that can be downloaded.")] = False,
    as_json: shared.Json = False,
) -> None:
    """Download the newest of a source into your cache.

    Earlier vintages are kept. Without a name nothing is downloaded.

    Example: upriver evidence fetch cdc_vsrr
    """
    if source and every:
        raise SchemaProblem("give a source or --all, not both", found=source)
    with _extra():
        from upriver.evidence.cache import Cache
        from upriver.evidence.sources import SOURCES

        cache = Cache()
        if not source and not every:
            rows = [_source(one, cache.newest(name)) for name, one in SOURCES.items()]
            if as_json:
                shared.print_json(rows)
            else:
                typer.echo("\n".join(line for row in rows for line in _listed(row)))
                typer.echo(
                    "\n" + shared.prose(f"Nothing was downloaded. The cache is {cache.root}.")
                )
            return
        chosen = [one for one in SOURCES.values() if one.fetches] if every else [find(source)]
        told, failed = [], []
        for one in chosen:
            try:
                with _progress(one.name) as progress:
                    told.append(_fetched(one, one.fetch(cache, progress=progress)))
            except UpriverError as error:
                if len(chosen) == 1:
                    raise
                failed.append(one.name)
                shared.say(f"{one.name}: {error}")
            else:
                if not as_json:
                    typer.echo("\n".join(came(told[-1])))
        if as_json:
            shared.print_json(told)
        if failed:
            raise DownloadError(
                f"{len(failed)} of {len(chosen)} sources did not come: {', '.join(failed)}."
            )


def read(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", autocompletion=names, help="Whose format it has.")
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", readable=False, help="A file of the publisher; some take several."
        ),
    ],
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="KEY=VALUE",
            help="What a file does not say itself: series=NAME, unit=people, place=OH, "
            "place_kind=county, calendar=quarter, date=COLUMN, value=COLUMN, total=COLUMN=VALUE. "
            "May be given several times.",
        ),
    ] = None,
    fiscal_year: Annotated[
        str | None,
        typer.Option(
            "--fiscal-year",
            metavar="us|MONTH",
            help="When fiscal years begin, in your own file: us (in October), july, ...",
        ),
    ] = None,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the records that it gives, as CSV.")
    ] = False,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Read a file of a publisher, or your own: what is in it.

    SOURCE csv is for your own.

    Example: upriver evidence read csv mine.csv --with series=deaths --with unit=people
    """
    form = tables.asked(form, as_json, save)
    if as_csv and form != tables.TEXT:
        raise SchemaProblem("goes with no other form", file="--csv", hint="--format csv says more.")
    options = _options(given or [])
    if fiscal_year is not None:
        options["fiscal_year"] = fiscal_year
    with _extra():
        chosen = find(source)
        _check_options(chosen, options)
        reading = chosen.read(*files, **options)
        if as_csv:
            typer.echo(reading.to_csv(), nl=False)
            return
        tables.tell(
            form,
            save,
            table=lambda: _values(reading),
            own=lambda: contents(reading),
            text=lambda: typer.echo("\n".join(table(contents(reading)))),
        )


def _values(reading: "Reading") -> "Tidy":
    from upriver.report.tables.records import table_of_records

    files = ", ".join(Path(file).name for file in reading.files)
    title = f"Values of {files}, as {reading.source}"
    return table_of_records(list(reading.parsed().values()), title, remarks=reading.remarks)


def find(name: str) -> "Source":
    """The source of that name.

    Raises:
        UnknownName: there is none.
    """
    from upriver.evidence.sources import SOURCES

    known: Mapping[str, Source] = SOURCES
    chosen = ALIASES.get(name, name)
    if chosen not in known:
        raise unknown_name("source", name, known, command="upriver evidence fetch")
    return known[chosen]


def _options(given: list[str]) -> dict[str, str]:
    """`--with` as a mapping."""
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise SchemaProblem("should be KEY=VALUE", file="--with", found=show(text))
        key, value = key.strip(), value.strip()
        if key in found and key not in SEVERAL:
            raise SchemaProblem(f"'{key}' is there twice", file="--with", found=show(text))
        found[key] = f"{found[key]}; {value}" if key in found else value
    return found


def _check_options(source: "Source", options: Mapping[str, str]) -> None:
    """Refuse an option that a source does not take; `user_csv` says so itself."""
    import inspect

    parameters = inspect.signature(source.read).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return
    known = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    for key in options:
        if key not in known:
            raise unknown_name("option", key, known, where=("--with", None))


@contextmanager
def _extra() -> Iterator[None]:
    """Say what to do where a library that reading and fetching need is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        raise UpriverError(
            f"{error.name} is not installed, and this needs it. Install Upriver again, with all "
            "that it depends on."
        ) from None


@contextmanager
def _progress(source: str) -> Iterator[Any]:
    """Bytes so far, on standard error, if it is a terminal; the line is cleared at the end."""
    terminal = sys.stderr.isatty()

    def tell(name: str, done: int, total: int | None) -> None:
        if terminal:
            of = "" if total is None else f" of {total / 1e6:.1f}"
            sys.stderr.write(f"\r\x1b[K{source}, {name}: {done / 1e6:.1f}{of} MB")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _source(one: "Source", kept: "Vintage | None") -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "publisher": one.publisher,
        "gives": one.gives,
        "url": one.url,
        "terms": one.terms,
        "files": one.files,
        "fetches": one.fetches,
        "by_hand": one.by_hand,
        "kept": None if kept is None else kept.date,
    }


def _listed(row: dict[str, Any]) -> Iterator[str]:
    """A source, what it gives, and how its file comes."""
    kept = "nothing kept yet" if row["kept"] is None else f"kept from {row['kept']}"
    yield f"{row['name']}  ({f'fetches; {kept}' if row['fetches'] else 'by hand'})"
    yield shared.prose(f"{row['title']}. {row['publisher']}.", " " * 4)
    yield shared.prose(row["gives"], " " * 4)
    if not row["fetches"]:
        yield shared.prose(row["by_hand"], " " * 4)


def _fetched(one: "Source", kept: "Vintage") -> dict[str, Any]:
    """What came, read."""
    reading = one.read(*kept.paths)
    return {
        **contents(reading),
        "source": one.name,
        "retrieved": kept.retrieved,
        "digest": kept.digest,
        "folder": str(kept.folder),
        "bytes": sum(file.size for file in kept.files),
    }
