"""`upriver mcp`: serve agents by the Model Context Protocol, over standard input and output."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import InputError


def command(
    scenario_folder: Annotated[
        list[Path] | None,
        typer.Option(
            "--scenario-folder",
            metavar="FOLDER",
            readable=False,
            help="Let agents run the scenario files that stand in this folder. May be given "
            "several times; no other file is read.",
        ),
    ] = None,
) -> None:
    """Serve an agent: it lists, runs, compares, explains and cites by tools.

    Speaks the Model Context Protocol over standard input and output, and over no network; writes no
    file. An agent's program starts it, with the arguments `mcp`. Needs the extra `mcp`.

    Example: upriver mcp --scenario-folder scenarios
    """
    if find_spec("mcp") is None:
        raise InputError(
            "the protocol needs its SDK, which is not installed",
            file="upriver mcp",
            hint="Install the extra: pip install 'upriver[mcp]'.",
        )
    sys.dont_write_bytecode = True  # no file is written, not even beside a module
    from upriver.agents.server import folders_of, serve

    serve(folders_of(scenario_folder or []))
