"""How the command line knows `upriver doctor`: its help and its place among the commands."""

import typer

from upriver.cli import shared

from .ask import bare


def command(as_json: shared.Json = False) -> None:
    """What is installed, which data and how old, and what is wrong, each with its cure.

    Ends with 0 if nothing is wrong, else with 1. It runs where other commands do not: without a
    library, with damaged data, with little memory.

    Example: upriver doctor
    """
    if code := bare(as_json):
        raise typer.Exit(code)
