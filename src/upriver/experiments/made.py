"""What made a result: version, equations, table, draws and the whole text of its scenario."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from upriver import __version__
from upriver.core.table import Table
from upriver.places.asked import place as place_of
from upriver.policy.chosen import fitted
from upriver.policy.scenario import Scenario
from upriver.policy.written import to_yaml
from upriver.system.world import PUBLISHED, worlds

SEED = 2022
"""Seed of the fixed order in which the published draws ship."""


def titled(scenario: Scenario, world: str, place: str = "") -> str:
    """A scenario's title, with the place, and the world where that is not the published one."""
    where = f" in {place_of(place).name}" if place else ""
    said = "" if world == PUBLISHED else f" ({worlds()[world]['title']})"
    return f"{scenario.title}{where}{said}"


def made_by(
    scenario: Scenario,
    world: str,
    draws: int,
    columns: Table,
    manifest: Mapping[str, Any],
    place: str = "",
) -> dict[str, str | int]:
    """What made a result: enough for a second run to give the same numbers.

    The text of the scenario names the world that it was run in, whether it was written for it or
    not, so that the text alone gives the same run.
    """
    from upriver.core.results import provenance

    own = fitted().own if worlds()[world].get("fit") else ""
    said = provenance(
        version=__version__,
        equations=manifest.get("equations_digest") or manifest["wasm_sha256"],
        table=columns.digest(),
        seed=SEED,
        scenario=titled(scenario, world, place),
        text=to_yaml(replace(scenario, world=world)),
        world=world,
        draws=draws,
    )
    return {**said, "fit": own} if own else said
