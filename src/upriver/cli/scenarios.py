"""`upriver scenarios`: what ships, and the schema for editors."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import unknown_name

from . import shared

if TYPE_CHECKING:
    from upriver.policy.scenario import Scenario

ROOM = 40
"""Columns that a title needs to stand beside a name."""


def command(
    of: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=shared.scenario_names,
            help="One that ships: print it whole, as a file to build on.",
        ),
    ] = "",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a scenario file.")
    ] = False,
    as_json: shared.Json = False,
) -> None:
    """List the scenarios that ship, or print one.

    Example: upriver scenarios precursors_halved > mine.yaml
    """
    if schema:
        from upriver.policy.schema import schema as of_scenario

        shared.print_json(of_scenario())
        return
    from upriver.policy.scenario import histories, library, read_scenario, shipped

    if of:
        from upriver.policy.written import to_yaml

        if of not in {**shipped(), **library()}:
            raise unknown_name(
                "scenario", of, {**shipped(), **library()}, command="upriver scenarios"
            )
        text = to_yaml(read_scenario(of))
        if as_json:
            shared.print_json({"name": of, "scenario_yaml": text})
        else:
            typer.echo(text, nl=False)
        return
    taken_out = {name: read_scenario(name) for name in histories()}
    known = {name: read_scenario(name) for name in shipped() if name not in taken_out}
    policies = {name: read_scenario(name) for name in library()}
    if as_json:
        everything = {**known, **taken_out}
        groups = (
            ("scenarios", {name: everything[name] for name in shipped()}),
            ("published policies", policies),
        )
        shared.print_json(
            [
                {"name": n, "title": s.title, "about": s.about, "group": group}
                for group, those in groups
                for n, s in those.items()
            ]
        )
        return
    _whole(known)
    head = f"History without an act ({len(taken_out)}); `upriver scenarios NAME` prints one"
    typer.echo("\n" + shared.prose(head) + "\n")
    _titles(taken_out)
    head = f"The {len(policies)} published policies, from 2022 over 3 years (published model)"
    typer.echo("\n" + shared.prose(head) + "\n")
    _titles(policies)
    typer.echo()
    typer.echo(
        shared.prose(
            "`upriver run NAME` runs one; a YAML file of your own may build on it, and `upriver "
            "scenario new` writes one. `--on PROJECTION` puts one on the drivers of another: "
            "`upriver compare published published/nx_kits --on constant`."
        )
    )


def _whole(known: "Mapping[str, Scenario]") -> None:
    """Scenarios with what they are about."""
    from upriver.system.world import PUBLISHED

    wide = max(map(len, known))
    for name, scenario in known.items():
        where = " (published model)" if scenario.world == PUBLISHED else ""
        typer.echo(shared.prose(f"{scenario.title}{where}", " " * (wide + 2), f"{name:{wide}}  "))
        typer.echo(shared.prose(scenario.about, " " * (wide + 2)))


def _titles(known: "Mapping[str, Scenario]") -> None:
    """Scenarios with their titles alone, beside the name where there is room."""
    wide = max(map(len, known))
    beside = shared.width() >= wide + ROOM
    for name, scenario in known.items():
        if not beside:
            typer.echo(name)
        begin = f"{name:{wide}}  " if beside else None
        typer.echo(shared.prose(scenario.title, " " * (wide + 2 if beside else 4), begin))
