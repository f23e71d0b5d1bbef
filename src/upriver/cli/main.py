"""The `upriver` command: its options, its errors in one line, its exit codes.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted.
"""

import os
import sys
from typing import Annotated

import click
import typer

from upriver.core.errors import UpriverError, one_line

from . import compare, demo, parameters, run, scenarios, verify

app = typer.Typer(
    help="What a drug policy did, what it would do, and how sure one can be. "
    "Start with: upriver run",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("run")(run.command)
app.command("compare")(compare.command)
app.command("verify")(verify.command)
app.command("parameters")(parameters.command)
app.command("scenarios")(scenarios.command)
app.command("demo")(demo.command)


def _version(asked: bool) -> None:
    if not asked:
        return
    from .versions import versions

    typer.echo(versions())
    raise typer.Exit()


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Versions and digests, then stop."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the whole trace of an error.")
    ] = False,
) -> None:
    """Options of every command."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error becomes one line and an exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given
    try:
        code = app(args=given, prog_name="upriver", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except UpriverError as error:
        if debug:
            raise
        _fail(str(error), error.exit_code)
    except click.exceptions.Abort:
        _fail("interrupted; nothing half-written is left.", 130)
    except KeyboardInterrupt:
        _fail("interrupted; nothing half-written is left.", 130)
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        command = where.command_path if where else "upriver"
        _fail(f"{error.format_message()} See `{command} --help`.", 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        said = one_line(f"{type(error).__name__}: {error}", 200)
        _fail(f"this should not happen: {said} Please report it; `--debug` shows the trace.", 1)


def _fail(message: str, code: int) -> None:
    """Print one line to standard error and stop."""
    sys.stderr.write(f"upriver: {message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
