"""A policy put on a projection, so that both combine without a file for each pair.

    on(read_scenario("published/nx_kits"), read_scenario("constant"))

It is what a file `based_on` the projection would be, with one difference: where both say how a
driver goes on, or where a parameter is held, neither gives way. That is refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from upriver.core.errors import SchemaProblem, one_line

from .ahead import ahead_of
from .names import check_names
from .scenario import Scenario

OPTION = "--on"


def on(policy: Scenario, projection: Scenario) -> Scenario:
    """The changes of a policy, in the world and on the drivers of a projection.

    A policy that changes nothing gives the projection itself, under its own title.

    Raises:
        SchemaProblem: they are written for different worlds, both say how a driver goes on or where
            a parameter is held, or both change the same thing.
    """
    if policy.world and projection.world and policy.world != projection.world:
        raise SchemaProblem(
            f"{_named(policy)} is written for the world `{policy.world}`, {_named(projection)} for "
            f"`{projection.world}`",
            file=OPTION,
            hint="A policy and what it is put on need one world.",
        )
    _one_voice(policy, projection, "how drivers go on", policy.projections, projection.projections)
    _one_voice(policy, projection, "what is held", policy.settings, projection.settings)
    for name in ("conditions", "regimes"):
        own, under = getattr(policy, name), getattr(projection, name)
        if own is not None and under is not None and own != under:
            _refused(policy, projection, f"the {name} ahead", str(own))
    changes = (*projection.changes, *policy.changes)
    check_names(changes)
    says = (policy.projections, policy.settings, policy.without_acts, policy.changes)
    if not any((*says, policy.conditions, policy.regimes)):
        return replace(projection, world=policy.world or projection.world)
    return replace(
        policy,
        title=f"{policy.title}, on '{projection.title}'",
        world=policy.world or projection.world,
        projections=ahead_of(projection.projections, policy.projections),
        conditions=policy.conditions or projection.conditions,
        regimes=policy.regimes or projection.regimes,
        settings={**projection.settings, **policy.settings},
        without_acts=tuple(dict.fromkeys((*projection.without_acts, *policy.without_acts))),
        changes=changes,
        said=(*projection.said, *policy.said),
    )


def _one_voice(
    policy: Scenario,
    projection: Scenario,
    what: str,
    own: Mapping[str, object],
    under: Mapping[str, object],
) -> None:
    """Refuse two answers to one question."""
    both = {path for path in own if path in under and own[path] != under[path]}
    if ("all" in own or "all" in under) and own and under and own != under:
        both |= {*own, *under}
    if both:
        first = min(both - {"all"}, default="all")
        said = "all drivers" if first == "all" else first
        _refused(policy, projection, what, said)


def _refused(policy: Scenario, projection: Scenario, what: str, said: str) -> NoReturn:
    raise SchemaProblem(
        f"{_named(policy)} says {what} itself, as {_named(projection)} does ({said})",
        file=OPTION,
        hint="Give a scenario that holds changes alone, or leave --on out.",
    )


def _named(scenario: Scenario) -> str:
    return f"'{one_line(scenario.title, 60)}'"
