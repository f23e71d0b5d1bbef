"""What commands share: options, words in the terminal, JSON."""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from upriver.core.errors import InputError, OutOfBounds, show, unknown_name
from upriver.policy.draws import DEFAULT_DRAWS, MOST_DRAWS

WIDEST = 120


def scenario_names(incomplete: str) -> Iterator[str]:
    """For the shell: scenarios that ship; files are the shell's own."""
    from upriver.policy.scenario import library, shipped

    return (name for name in (*shipped(), *library()) if name.startswith(incomplete))


def parameter_paths(incomplete: str) -> Iterator[str]:
    """For the shell: paths of parameters."""
    from upriver.core.parameters import parameters

    return (path for path in parameters() if path.startswith(incomplete))


def _settings(incomplete: str) -> Iterator[str]:
    """For the shell: what may stand before the value of `--set`."""
    return (f"{path}=" for path in parameter_paths(incomplete))


def _draws(given: str | int) -> int:
    """A number of draws, none of them invented."""
    text = str(given).strip()
    whole = re.fullmatch("[-+]?[0-9]{1,9}", text)
    if whole is None or not 0 <= int(text) <= MOST_DRAWS:
        raise OutOfBounds(
            "out of bounds" if whole else "should be a whole number",
            file="--draws",
            found=show(int(text) if whole else text),
            allowed=f"0 to {MOST_DRAWS}; 0 is one run of central values",
        )
    return int(text)


def _among(given: str | int) -> int:
    """Among how many first draws a belief chooses."""
    text = str(given).strip()
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= MOST_DRAWS:
        raise OutOfBounds(
            "should be a number of draws",
            file="--among",
            found=show(text),
            allowed=f"1 to {MOST_DRAWS}",
        )
    return int(text)


Scenario = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        autocompletion=scenario_names,
        help="A scenario that ships (`upriver scenarios` lists them), or a YAML file.",
    ),
]
Scenarios = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO",
        autocompletion=scenario_names,
        help="Two or more, as for `upriver run`; the first is what the others are held against.",
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        autocompletion=_settings,
        help="Hold a parameter at a value. May be given several times.",
    ),
]
Draws = Annotated[
    int,
    typer.Option(
        "--draws",
        metavar="N",
        parser=_draws,
        help=f"How many draws to run, 1 to {MOST_DRAWS}; 0 is one run of central values, without "
        "an interval.",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="PROJECTION",
        autocompletion=scenario_names,
        help="Put each scenario on the drivers of another, as `--on constant`.",
    ),
]


def _world(given: str) -> str:
    """The name of a world."""
    from upriver.system.world import worlds

    if given not in worlds():
        raise unknown_name("world", given, worlds(), where=("--world", None))
    return given


World = Annotated[
    str | None,
    typer.Option(
        "--world",
        metavar="WORLD",
        parser=_world,
        help="`whole`, supply and diplomacy joined to people and fitted to the record, or "
        "`reference`, the published model. By default the one that a scenario is written for, else "
        "the whole.",
    ),
]


def chosen(
    context: typer.Context,
    fit: str | None,
    believed: list[str] | None,
    draws: int,
    among: int | None = None,
) -> int:
    """Choose the draws that run; gives how many to run, no more than there are if none was asked.

    Raises:
        InputError: a fit or a belief that cannot be had; beliefs, and no draws.
    """
    from upriver.policy.chosen import believe, fitted, use_fit

    if among is not None and not believed:
        raise InputError("goes with --believe", file="--among", found=str(among))
    if not (fit or believed):
        return draws
    use_fit(fit)
    believe(believed or [], among)
    if draws == 0 and believed:
        raise OutOfBounds(
            "a belief is of draws", file="--draws", found="0", allowed="1 or more, with --believe"
        )
    return draws if given(context, "draws") else min(draws, fitted().draws)


def check_chosen(fit: str | None, believed: list[str] | None, world: str) -> None:
    """Refuse a fit, or a belief, in a world that runs none."""
    from upriver.system.world import World as Place

    if (fit or believed) and not Place.named(world).is_fitted:
        asked = "--fit" if fit else "--believe"
        raise InputError("this world runs no fit", file=asked, found=world, allowed="whole")


def chosen_said(fit: str | None, believed: list[str] | None, among: int | None = None) -> list[str]:
    """How a file's name says which draws were chosen."""
    signs = {"<": "-below-", ">": "-above-", "=": "-is-"}
    said = [f"fit-{Path(fit).stem}"] if fit else []
    for belief in believed or []:
        said.append("".join(signs.get(letter, letter) for letter in f"believing-{belief}"))
    return said if among is None else [*said, f"among-{among}"]


Fit = Annotated[
    str | None,
    typer.Option(
        "--fit",
        metavar="FILE",
        help="Draws of a fit of your own, as `upriver calibrate` writes them, in place of those "
        "that ship.",
    ),
]
Believed = Annotated[
    list[str] | None,
    typer.Option(
        "--believe",
        metavar="BELIEF",
        help="Run only draws in which this holds, as 'supply.shock.precursors > 0.7' or "
        "'explanation = controls'. May be given several times.",
    ),
]
Among = Annotated[
    int | None,
    typer.Option(
        "--among",
        metavar="N",
        parser=_among,
        help=f"Let --believe choose among the first N draws only; the page chooses among "
        f"{DEFAULT_DRAWS}.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Folder = Annotated[
    Path,
    typer.Option(
        "--folder",
        "-o",
        metavar="FOLDER",
        readable=False,
        help="Where files are written; made if it is not there.",
    ),
]
NoFiles = Annotated[bool, typer.Option("--no-files", help="Print only; write no files.")]
DEFAULT = DEFAULT_DRAWS


def given(context: typer.Context, *names: str) -> bool:
    """Whether any of these parameters stands on the command line."""
    sources = (context.get_parameter_source(name) for name in names)
    return any(source is not None and source.name == "COMMANDLINE" for source in sources)


def settings(given: list[str] | None) -> dict[str, float]:
    """`--set` options as a mapping; a parameter named twice is an error."""
    from upriver.policy.scenario import setting

    found: dict[str, float] = {}
    for text in given or []:
        path, value = setting(text)
        if path in found:
            raise InputError(f"{path} is set twice", file="--set")
        found[path] = value
    return found


def width() -> int:
    """Columns of the terminal, at most `WIDEST`."""
    return min(WIDEST, shutil.get_terminal_size((100, 24)).columns)


def prose(text: str, indent: str = "", begin: str | None = None) -> str:
    """Text in lines that fit the terminal; `begin` stands before the first instead of `indent`."""
    import textwrap

    return textwrap.fill(
        text,
        max(40, width()),
        initial_indent=indent if begin is None else begin,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def tell_remarks(remarks: Iterable[str]) -> None:
    """Print remarks, a paragraph each."""
    for remark in remarks:
        typer.echo(prose(f"Note: {remark}", "  ", begin=""))


def print_json(value: object) -> None:
    """Print JSON; a number that is not finite is null, since JSON has no word for it."""
    import json

    typer.echo(json.dumps(_finite(value), indent=1, allow_nan=False))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _finite(value._asdict())
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    if isinstance(value, float) and value - value != 0:
        return None
    return value


def three_figures(value: float) -> str:
    """A number of people or pounds, to three figures: no more is known."""
    size = max(0, len(f"{value:.0f}") - 3)
    return f"{round(value, -size):,.0f}"


def say(text: str) -> None:
    """A note on standard error, so that standard output holds the result alone."""
    typer.echo(text, err=True)
