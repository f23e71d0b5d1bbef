"""`upriver page`: the model as one HTML file to try in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import InputError, WriteError

from . import files, shared

Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="FILE", readable=False, help="Where the page is written."
    ),
]
Opens = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="SCENARIO",
        autocompletion=shared.scenario_names,
        help="What the page opens with: a scenario that ships, or a YAML file.",
    ),
]


def command(
    output: Output = Path("upriver.html"),
    scenario: Opens = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    place: Annotated[
        str | None,
        typer.Option("--place", metavar="CODE", help="A state, as OH, whose page it is."),
    ] = None,
    place_fit: Annotated[
        Path | None,
        typer.Option(
            "--place-fit",
            metavar="FILE",
            help="Draws of places that `upriver calibrate --place` wrote.",
        ),
    ] = None,
) -> None:
    """Write the page: one file that holds the model. Move a lever, and it answers.

    It opens from a disk, an e-mail or any web host, and needs no network. With --place it is a
    state's: levers act there, and those at the border move the country's market first.

    Example: upriver page -o upriver.html --open, or upriver page --place OH -o ohio.html
    """
    if place_fit is not None and place is None:
        raise InputError(
            "--place-fit is of a place", hint="Say which: `--place OH --place-fit FILE`."
        )
    if output.is_dir():
        raise WriteError(f"cannot write to {output}: it is a folder. Give a file, as -o page.html.")
    files.check_folder(output.parent)

    from upriver.core.files import write_atomic
    from upriver.page.write import page

    text = page(scenario, place, place_fit)
    files.make_folder(output.parent)
    write_atomic(output, text)
    shared.say(f"Wrote {output} ({len(text.encode()) / 1e6:.1f} MB). Open it in a browser.")
    if open_:
        import webbrowser

        if not webbrowser.open(output.resolve().as_uri()):
            shared.say("No browser was found to open it with.")
