"""`upriver scenarios`: what ships, and the schema for editors."""

from typing import Annotated

import typer

from upriver.core.errors import unknown_name

from . import shared

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
    from upriver.policy.scenario import library, read_scenario, shipped
    from upriver.system.world import PUBLISHED

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
    known = {name: read_scenario(name) for name in shipped()}
    policies = {name: read_scenario(name) for name in library()}
    if as_json:
        shared.print_json(
            [
                {"name": n, "title": s.title, "about": s.about, "group": group}
                for group, those in (("scenarios", known), ("published policies", policies))
                for n, s in those.items()
            ]
        )
        return
    wide = max(map(len, known))
    for name, scenario in known.items():
        where = " (published model)" if scenario.world == PUBLISHED else ""
        typer.echo(shared.prose(f"{scenario.title}{where}", " " * (wide + 2), f"{name:{wide}}  "))
        typer.echo(shared.prose(scenario.about, " " * (wide + 2)))
    head = f"The {len(policies)} published policies, from 2022 over 3 years (published model)"
    typer.echo("\n" + shared.prose(head) + "\n")
    wide = max(map(len, policies))
    beside = shared.width() >= wide + ROOM
    for name, scenario in policies.items():
        if not beside:
            typer.echo(name)
        begin = f"{name:{wide}}  " if beside else None
        typer.echo(shared.prose(scenario.title, " " * (wide + 2 if beside else 4), begin))
    typer.echo()
    typer.echo(
        shared.prose(
            "`upriver run NAME` runs one; a YAML file of your own may build on it. `--on "
            "PROJECTION` puts one on the drivers of another: `upriver compare published "
            "published/nx_kits --on constant`."
        )
    )
