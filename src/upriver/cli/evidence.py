"""`upriver evidence`: the public record, what is in it, how fresh it is, and whether it holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from upriver.core.errors import InputError

from . import files, shared, sources, tables

if TYPE_CHECKING:
    from upriver.evidence.coverage import Coverage
    from upriver.evidence.record import Record
    from upriver.evidence.series import Words
    from upriver.report.tables.tidy import Tidy

PICTURES = ("svg", "png")


class WordsOrCommand(TyperGroup):
    """What names no sub-command is the words of `list`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` in front of what is none of the sub-commands."""
        if "--help" not in args[:1] and (not args or args[0] not in self.commands):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def names(incomplete: str) -> Iterator[str]:
    """For the shell: names of series."""
    from upriver.evidence.coverage import coverage

    return (name for name in coverage() if name.startswith(incomplete))


app = typer.Typer(
    cls=WordsOrCommand,
    rich_markup_mode=None,
    subcommand_metavar="[WORDS]... | COMMAND [ARGS]...",
    help="The public record: list, show, plot, check and refresh it.\n\n"
    "Without a command it lists the series, or those in which all WORDS occur.\n\n"
    "Example: upriver evidence heroin",
)
Name = Annotated[
    str, typer.Argument(metavar="NAME", autocompletion=names, help="Name of a series.")
]
Place = Annotated[
    str | None,
    typer.Option("--place", metavar="XX", help="A state or another place; else the country."),
]


@app.command("list")
def listed(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            autocompletion=names,
            help="A whole name shows the series; other words search names, titles, sources.",
        ),
    ] = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """List series: how far each reaches, how old its newest is.

    Example: upriver evidence list heroin
    """
    form = tables.asked(form, as_json, save)
    from upriver.evidence.coverage import coverage

    from .catalogue import as_json as told
    from .catalogue import search

    known = coverage()
    found = search(known, words or [])
    if form != tables.OWN and len(found) == 1 and words == [found[0].name]:
        show(found[0].name, form=form, save=save)
        return
    tables.tell(
        form,
        save,
        table=lambda: _coverage(found),
        own=lambda: [told(one) for one in found],
        text=lambda: _list(found, len(known)),
    )


def _list(found: "list[Coverage]", known: int) -> None:
    from .catalogue import listing

    typer.echo("\n".join(listing(found)))
    typer.echo(
        "\n"
        + shared.prose(
            f"{len(found)} of {known}, with their newest sources. `upriver evidence show "
            "NAME` shows one with its values and sources in full, `plot NAME` draws it, `check` "
            "tests all."
        )
    )


def _coverage(found: "list[Coverage]") -> "Tidy":
    from upriver.report.tables.records import table_of_coverage

    return table_of_coverage(found)


@app.command("show")
def show(
    name: Name,
    place: Place = None,
    whole: Annotated[bool, typer.Option("--all", help="Every value, not the ends alone.")] = False,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="Every value as CSV; of all places, unless --place names one."),
    ] = False,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Show a series: what it counts, its values, its sources.

    Example: upriver evidence show deaths_any_opioid --csv > deaths.csv
    """
    form = tables.asked(form, as_json, save)
    if as_csv and form != tables.TEXT:
        raise InputError("goes with no other form", file="--csv", hint="--format csv says more.")
    from upriver.evidence.coverage import coverage
    from upriver.evidence.series import all_words

    from .catalogue import card

    record = find(name, place)
    words = all_words()[name]
    if as_csv:
        from upriver.report.evidence import csv_of_records

        typer.echo(csv_of_records(_places(record, place), words), nl=False)
        return
    tables.tell(
        form,
        save,
        table=lambda: _values(_places(record, place), words),
        own=lambda: _told(record, words.title, words.about),
        text=lambda: typer.echo("\n".join(card(coverage()[name], record, words, whole))),
    )


def _places(record: "Record", place: str | None) -> "list[Record]":
    """The record of the place that was named, else of all places."""
    from upriver.evidence.figures import all_records

    every = [one for (name, _), one in all_records().items() if name == record.name]
    return [record] if place else every


def _values(records: "list[Record]", words: "Words") -> "Tidy":
    from upriver.report.evidence import CAVEAT
    from upriver.report.tables.records import table_of_records

    return table_of_records(records, words.title, words.about, [CAVEAT])


@app.command("plot")
def plot(
    name: Name,
    place: Place = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", readable=False, help="An .svg or .png; else NAME.svg."
        ),
    ] = None,
    modelled: Annotated[
        bool, typer.Option("--modelled", help="Draw the base projection beside it.")
    ] = False,
) -> None:
    """Draw a series: a line of blocks here, a picture in a file.

    Example: upriver evidence plot deaths_synthetic --modelled -o deaths.png
    """
    from upriver.core.errors import OutOfBounds, show
    from upriver.evidence.series import all_words
    from upriver.report.terminal import sparkline

    from .catalogue import amount, unit_text

    record = find(name, place)
    suffix = "" if place is None else f"-{record.place}"
    file = out or Path(f"{name}{suffix}.svg")
    kind = file.suffix.casefold().removeprefix(".")
    if kind not in PICTURES:
        raise OutOfBounds(
            "the picture's name should end in its kind",
            file="--out",
            found=show(str(file)),
            allowed=" or ".join(f".{one}" for one in PICTURES),
        )
    files.check_folder(file.parent)
    words = all_words()[name]
    typer.echo(shared.prose(f"{words.title}, {record.place}, {unit_text(record.unit)}"))
    known = [i for i, value in enumerate(record.values) if value == value]
    if not known:
        raise InputError(
            f"nothing to draw: {name} has no value in {record.place}",
            hint=f"`upriver evidence show {name} --place {record.place}` says why.",
        )
    ends = [f"{amount(record.values[i])} in {record.labels[i]}" for i in (known[0], known[-1])]
    typer.echo(f"  {sparkline(record.values.tolist(), min(60, shared.width() - 4))}")
    typer.echo(shared.prose(", ".join(dict.fromkeys(ends)), "  "))

    from upriver.core.files import write_atomic
    from upriver.report.evidence import image, picture

    files.make_folder(file.parent)
    write_atomic(file, image(picture(record, words, _beside(record) if modelled else None), kind))
    shared.say(f"Wrote {file}.")


@app.command("check")
def check(
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Check control totals, overlaps, and a run against the record.

    Exits with 1 if a control total or a sum fails.

    Example: upriver evidence check
    """
    from .checks import check as all_checks

    all_checks(tables.asked(form, as_json, save), save)


@app.command("cite")
def cite(
    series: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", autocompletion=names, help="Series or keys of sources; else all."
        ),
    ] = None,
) -> None:
    """Print the BibTeX of a series' sources, or of all.

    Example: upriver evidence cite deaths_any_opioid > deaths.bib
    """
    from upriver.report.evidence import bibtex

    typer.echo(bibtex(series or []), nl=False)


app.command("fetch")(sources.fetch)
app.command("read")(sources.read)


def find(name: str, place: str | None) -> "Record":
    """The record of a series in a place; the country's, or the first, if none is named.

    Raises:
        UnknownName: there is no such series, or it is not recorded there.
    """
    from upriver.core.errors import unknown_name
    from upriver.evidence.coverage import coverage
    from upriver.evidence.figures import series
    from upriver.evidence.places import place_code

    known = coverage()
    if name not in known:
        raise unknown_name("series", name, known, command="upriver evidence")
    places = known[name].places
    folded = {one.casefold(): one for one in places}
    chosen = places[0] if place is None else folded.get(place.casefold(), place)
    if chosen not in places:
        chosen = place_code(chosen) or chosen
    if chosen not in places:
        lists = f"upriver evidence show {name}" if len(places) > 8 else None
        raise unknown_name(f"{name} is not recorded there: place", chosen, places, command=lists)
    return series(name, chosen)


def _beside(record: "Record") -> "Any":
    """What the model has for it; None, and a word on it, where it has nothing."""
    from upriver.experiments.against import against

    found = against([record.name]) if record.place == "US" else []
    if not found:
        shared.say(f"Nothing in the model is the same as {record.name}, {record.place}.")
    return found[0] if found else None


def _told(record: "Record", title: str, about: str) -> dict[str, Any]:
    """A record for programs."""
    columns = ("labels", "values", "low", "high", "sources", "vintages", "statuses", "notes")
    one = ("period", "value", "low", "high", "source", "vintage", "status", "note")
    cells = zip(*(list(getattr(record, column)) for column in columns), strict=True)
    return {
        "name": record.name,
        "title": title,
        "about": about,
        "place": record.place,
        "calendar": record.calendar,
        "unit": record.unit,
        "newest": record.newest,
        "values": [
            {key: float(v) if isinstance(v, float) else v for key, v in zip(one, row, strict=True)}
            for row in cells
        ],
    }
