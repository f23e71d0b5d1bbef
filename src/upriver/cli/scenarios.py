"""`upriver scenarios`: what ships, and the schema for editors."""

import json
from typing import Annotated

import typer


def command(
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a scenario file.")
    ] = False,
) -> None:
    """List the scenarios that ship.

    Example: upriver scenarios --schema > scenario.schema.json
    """
    if schema:
        from upriver.policy.schema import schema as of_scenario

        typer.echo(json.dumps(of_scenario(), indent=2))
        return
    from upriver.policy.scenario import read_scenario, shipped

    wide = max(map(len, shipped()))
    for name in shipped():
        scenario = read_scenario(name)
        typer.echo(f"{name:{wide}}  {scenario.title}")
        typer.echo(f"{'':{wide}}  {scenario.about}")
