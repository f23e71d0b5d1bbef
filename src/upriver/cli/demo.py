"""`upriver demo`: a first look, with what to try next."""

from pathlib import Path

import typer

from . import compare, files, shared


def command(
    context: typer.Context,
    folder: shared.Folder = Path("."),
    no_files: shared.NoFiles = False,
) -> None:
    """Compare the base projection with more and with less fentanyl, in the published model.

    Example: upriver demo
    """
    if not no_files:
        files.check_folder(folder)
    typer.echo(
        shared.prose(
            "How many people die by 2032 if fentanyl takes over the illicit supply, or stays where "
            "it was in 2020? The published model takes that share as given, and answers; in the "
            "whole system supply makes it."
        )
        + "\n"
    )
    names = ["base", "fentanyl_high", "fentanyl_low"]
    compare.command(context, names, folder=folder, no_files=no_files)
    typer.echo(
        "\nTry next:\n"
        "  upriver run                      the base projection, with a report\n"
        "  upriver parameters naloxone      find a number; its whole path shows its source\n"
        "  upriver scenarios                what ships\n"
        "  upriver verify                   is the published model reproduced?"
    )
