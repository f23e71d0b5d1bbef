"""`upriver scenarios`: what ships, and the schema for editors."""

from typing import Annotated

import typer

from . import shared


def command(
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a scenario file.")
    ] = False,
    as_json: shared.Json = False,
) -> None:
    """List the scenarios that ship.

    Example: upriver scenarios --schema > scenario.schema.json
    """
    if schema:
        from upriver.policy.schema import schema as of_scenario

        shared.print_json(of_scenario())
        return
    from upriver.policy.scenario import read_scenario, shipped
    from upriver.system.world import PUBLISHED

    known = {name: read_scenario(name) for name in shipped()}
    if as_json:
        shared.print_json(
            [{"name": n, "title": s.title, "about": s.about} for n, s in known.items()]
        )
        return
    wide = max(map(len, known))
    for name, scenario in known.items():
        where = " (published model)" if scenario.world == PUBLISHED else ""
        typer.echo(shared.prose(f"{scenario.title}{where}", " " * (wide + 2), f"{name:{wide}}  "))
        typer.echo(shared.prose(scenario.about, " " * (wide + 2)))
    typer.echo()
    typer.echo(
        shared.prose("`upriver run NAME` runs one; a YAML file of your own may build on it.")
    )
