"""The commands put together, and what a mistaken command line says."""

import os
import re
from typing import Annotated, Any

import typer

from upriver.core.errors import InputError, SchemaProblem, one_line

from . import (
    answers,
    believe,
    calibrate,
    claims,
    compare,
    cost,
    demo,
    dose,
    evidence,
    explain,
    flow,
    forecast,
    levers,
    mcp,
    page,
    parameters,
    portfolio,
    posterior,
    prior,
    rank,
    report,
    run,
    scenario,
    scenarios,
    sensitivity,
    states,
    sweep,
    verify,
)
from .doctor.command import command as doctor

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Root of what Typer says of a command line; where it stands differs between versions."""

app = typer.Typer(
    help="What a drug policy did, what it would do, and how sure one can be.\n\n"
    "Example: upriver run",
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("run")(run.command)
app.command("compare")(compare.command)
app.command("report")(report.command)
app.command("cost")(cost.command)
app.command("states")(states.command)
app.add_typer(sweep.app, name="sweep")
app.command("rank")(rank.command)
app.command("portfolio")(portfolio.command)
app.command("believe")(believe.command)
app.command("sensitivity")(sensitivity.command)
app.command("explain")(explain.command)
app.command("flow")(flow.command)
app.command("dose")(dose.command)
app.command("page")(page.command)
app.command("verify")(verify.command)
app.command("prior")(prior.command)
app.command("calibrate")(calibrate.command)
app.command("posterior")(posterior.command)
app.command("forecast")(forecast.command)
app.add_typer(evidence.app, name="evidence")
app.command("answers")(answers.command)
app.command("claims")(claims.command)
app.command("levers")(levers.command)
app.command("parameters")(parameters.command)
app.command("scenarios")(scenarios.command)
app.add_typer(scenario.app, name="scenario")
app.command("mcp")(mcp.command)
app.command("demo")(demo.command)
app.command("doctor")(doctor)


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
        bool, typer.Option("--debug", help="Show the trace of an error; may stand anywhere.")
    ] = False,
) -> None:
    """Options of every command."""


def invoke(arguments: list[str]) -> int:
    """Run a command; gives the exit code.

    Raises:
        SchemaProblem: the command line has a mistake.
        KeyboardInterrupt: as it comes; Typer's own `main` would swallow it.
    """
    if "_UPRIVER_COMPLETE" in os.environ:
        app(arguments, prog_name="upriver")
    command: Any = typer.main.get_command(app)
    try:
        with command.make_context("upriver", arguments or ["--help"]) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    except UsageError as error:
        named = next((one for one in arguments if one in command.commands), None)
        of_place = re.match(r"no such option: --place([.]|$)", _plain(error))
        if of_place and named and not _group(command, named):
            raise _of_the_country(command, named) from error
        raise SchemaProblem(_plain(error), hint=_help(arguments)) from error
    return 0


def _group(command: Any, name: str) -> bool:
    """Whether a command has commands of its own."""
    return hasattr(command.commands[name], "commands")


def _of_the_country(command: Any, name: str) -> InputError:
    """What is said where a command that has no answer for a place is asked for one."""
    having = [
        other
        for other, one in command.commands.items()
        if any("--place" in option.opts for option in one.params)
    ]
    return InputError(
        f"`upriver {name}` does not answer for one state",
        file="--place",
        hint=f"These answer for a state: {', '.join(having)}.",
    )


def _plain(error: Exception) -> str:
    """What Typer says, as one sentence."""
    said: str = error.format_message()  # type: ignore[attr-defined]
    said = re.sub(r" ?\(Possible options: ([^,)]*).*\)", r". Did you mean '\1'?", said)
    said = one_line(" ".join(said.split()), 200)
    return said[:1].lower() + said[1:]


def _help(arguments: list[str]) -> str:
    """Where help is: that of the command or sub-command, if there is one."""
    known: Any = typer.main.get_command(app)
    named = ["upriver"]
    for argument in arguments:
        found = getattr(known, "commands", {}).get(argument)
        if found is not None:
            known = found
            named.append(argument)
    return f"See `{' '.join(named)} --help`."
