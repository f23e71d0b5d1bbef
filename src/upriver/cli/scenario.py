"""`upriver scenario`: check files, hold two against each other, begin a new one."""

from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import InputError, one_line

from . import levers, shared

app = typer.Typer(
    rich_markup_mode=None,
    help="Scenario files: check them, hold two against each other, begin a new one.\n\n"
    "Example: upriver scenario check mine.yaml",
)
ONE = "A scenario that ships, or a YAML file."


@app.command("check")
def check(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            autocompletion=shared.scenario_names,
            help="YAML files, or scenarios that ship.",
        ),
    ],
    draws: shared.Draws = shared.DEFAULT,
    as_json: shared.Json = False,
) -> None:
    """Say of each file whether it is right, and what of it moves nothing; runs none.

    Every file is looked at, also after a bad one. Exit code 2 if any is bad.

    Example: upriver scenario check mine.yaml
    """
    from upriver.policy.apply import prepare
    from upriver.policy.scenario import read_scenario

    bad, told = 0, []
    for name in names:
        error: InputError | None = None
        remarks: tuple[str, ...] = ()
        try:
            remarks = prepare(read_scenario(name), draws).remarks
        except InputError as found:
            found.file = found.file or name
            error, bad = found, bad + 1
        told.append(_checked(name, error, remarks))
        if not as_json:
            begin = one_line(name, 120, keep_end=True)
            typer.echo(f"{begin}: ok" if error is None else _refused(name, error))
            shared.tell_remarks(remarks)
    if as_json:
        shared.print_json(told)
    elif len(names) > 1:
        typer.echo(f"{len(names) - bad} of {len(names)} ok.")
    if bad:
        raise typer.Exit(2)


def _refused(name: str, error: InputError) -> str:
    """The error on its line, after the name where it stands in another file."""
    said = str(error)
    return said if error.file == name else f"{one_line(name, 120, keep_end=True)}: {said}"


def _checked(name: str, error: InputError | None, remarks: tuple[str, ...]) -> dict[str, object]:
    return {
        "file": name,
        "ok": error is None,
        "error": None if error is None else str(error),
        "where": None if error is None else error.file,
        "line": None if error is None else error.line,
        "field": None if error is None else error.field,
        "remarks": list(remarks),
    }


@app.command("diff")
def diff(
    a: Annotated[str, typer.Argument(metavar="A", autocompletion=shared.scenario_names, help=ONE)],
    b: Annotated[str, typer.Argument(metavar="B", autocompletion=shared.scenario_names, help=ONE)],
    as_json: shared.Json = False,
) -> None:
    """Say what B says otherwise than A, and which parameters it leads elsewhere; runs none.

    What each builds on is worked in. Numbers are central values, means of a calendar year.

    Example: upriver scenario diff base full_cooperation
    """
    from upriver.core.parameters import parameters
    from upriver.policy.differences import moved_otherwise, said_otherwise
    from upriver.policy.scenario import read_scenario

    from .differences import tell_moved, tell_said

    one, other = read_scenario(a), read_scenario(b)
    said, moved = said_otherwise(one, other), moved_otherwise(one, other)
    if as_json:
        shared.print_json(
            {
                "a": a,
                "b": b,
                "said": [dict(vars(entry)) for entry in said],
                "parameters": [
                    {
                        "path": entry.path,
                        "named": entry.named,
                        "unit": parameters()[entry.path].unit,
                        "from": entry.start,
                        "until": entry.end,
                        "means": {
                            str(year): {"a": x, "b": y} for year, (x, y) in entry.means.items()
                        },
                    }
                    for entry in moved
                ],
            }
        )
        return
    typer.echo(shared.prose(f"A  {one.title} ({a})", "   ", begin=""))
    typer.echo(shared.prose(f"B  {other.title} ({b})", "   ", begin=""))
    tell_said(said)
    tell_moved(moved)


@app.command("new")
def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its title, and the name of its file.")
    ] = "my_scenario",
    pulled: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            metavar="NAME[=LEVEL]",
            autocompletion=levers.names,
            help="A lever to pull, to a level (`some`, `more`, `most`) or an amount within its "
            "range; `more` if neither is said. May be given several times.",
        ),
    ] = None,
    based_on: Annotated[
        str | None,
        typer.Option(
            "--based-on",
            metavar="NAME",
            autocompletion=shared.scenario_names,
            help="What it builds on: a scenario that ships, or a YAML file.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="YEAR", help="Year in which its changes begin."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", readable=False, help="The file, if not NAME.yaml."),
    ] = None,
) -> None:
    """Write a scenario file with comments, to change and run; never in the place of another.

    Example: upriver scenario new kits --lever naloxone_kits=most --from 2027
    """
    from upriver.policy.scenario import ENDINGS
    from upriver.policy.started import started

    from .files import plain

    stem = name.removesuffix(".yaml").removesuffix(".yml")
    title = stem.replace("_", " ")
    file = Path(f"{plain(stem)}.yaml") if to is None else to
    if not file.name.endswith(ENDINGS):
        raise InputError("should end in .yaml", file="--to", found=one_line(str(file), 60))
    text = started(title, pulled or [], based_on, _year(start), str(file.parent))
    _write_new(file, text)
    typer.echo(f"Wrote {file}. Change it as you like, then:")
    typer.echo(f"  upriver run {_as_argument(file)}")


def _year(given: str | None) -> float | None:
    """A year from the command line."""
    from upriver.core.fields import Document
    from upriver.core.files import parse_yaml
    from upriver.policy.checks import year_of_run

    if given is None:
        return None
    try:
        document = parse_yaml(f"year: {given}", "--from")
    except InputError:
        document = Document("--from", {"year": given})
    return year_of_run(Document("--from", document.data), ("year",))


def _write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all.

    Raises:
        InputError: there is one of that name, which stays.
        WriteError: it cannot be written.
    """
    import os

    from upriver.core.errors import WriteError
    from upriver.core.files import reason

    shown = one_line(str(file), 120, keep_end=True)
    try:
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputError(
            "is there already and stays as it is",
            file=str(file),
            hint="Give another NAME, or --to FILE.",
        ) from None
    except (OSError, ValueError) as error:
        why = reason(error, Path(os.path.realpath(file)))
        raise WriteError(f"cannot write {shown}: {why}.") from error


def _as_argument(file: Path) -> str:
    """A file as a shell takes it; one that begins with a dash as no option."""
    import shlex

    text = str(file)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)
