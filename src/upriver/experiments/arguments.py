"""What a caller in Python may give, checked before anything runs."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from upriver.core.errors import OutOfBounds, SchemaProblem, UnknownName, show, unknown_name
from upriver.engine.run import Engine
from upriver.policy.checks import real_number
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.scenario import Scenario, read_scenario
from upriver.policy.written import LONGEST, number


def scenario_of(given: object) -> Scenario:
    """A scenario from itself, the name of one that ships, or a file.

    Raises:
        SchemaProblem: it is none of these.
        InputError: it does not exist or is not right.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | os.PathLike):
        return read_scenario(given)
    raise SchemaProblem(
        "a scenario should be a name, a file, or one that was read",
        found=show(given),
        hint="up.parse_scenario reads text or a mapping; up.scenarios() lists those that ship.",
    )


def draws_of(given: object) -> int:
    """A number of draws.

    Raises:
        SchemaProblem: not a whole number; `True` is none.
        OutOfBounds: fewer than 0, or more than ship.
    """
    allowed = f"0 to {MOST_DRAWS}; 0 runs central values alone"
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | np.integer):
        raise SchemaProblem("draws should be a whole number", found=show(given), allowed=allowed)
    if not 0 <= given <= MOST_DRAWS:
        raise OutOfBounds("draws is out of bounds", found=show(int(given)), allowed=allowed)
    return int(given)


def settings_of(given: object) -> dict[str, float]:
    """Parameters held at values, by path; bounds are checked by the world.

    Raises:
        SchemaProblem: not a mapping of paths to numbers.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise SchemaProblem(
            "settings should be a mapping of paths to numbers",
            found=show(given),
            hint='For example settings={"people.response.witnessed": 0.8}.',
        )
    return {str(path): real_number(value, str(path)) for path, value in given.items()}


def outputs_of(given: object, engine: Engine) -> tuple[str, ...]:
    """Names of outputs to keep; one name alone is one.

    Raises:
        SchemaProblem: not names.
        UnknownName: there is no such output.
    """
    names = (given,) if isinstance(given, str) else given
    if not isinstance(names, Sequence) or not all(isinstance(name, str) for name in names):
        raise SchemaProblem("outputs should be names", found=show(given))
    for name in names:
        _check_known(name, engine)
    return tuple(names)


def not_kept(name: str, kept: Sequence[str], engine: Engine) -> UnknownName:
    """What to say of an output that a run does not have: it was not kept, or it does not exist."""
    if name not in (*engine.outputs, *engine.state):
        return unknown_name("output", name, kept)
    return UnknownName(
        f"output '{name}' was not kept by this run",
        hint=f"Keep it with simulate(..., outputs=({name!r},)).",
    )


def _check_known(name: str, engine: Engine) -> None:
    known = (*engine.outputs, *engine.state)
    if name not in known:
        raise unknown_name("output", name, known)


def with_settings(scenario: Scenario, settings: Mapping[str, float]) -> Scenario:
    """The scenario with more parameters held, and a title that says so."""
    said = ", ".join(f"{path} = {number(value)}" for path, value in settings.items())
    title = f"{scenario.title}, with {said}"
    if len(title) > LONGEST["title"]:
        title = f"{scenario.title}, with {len(settings)} parameters held"
    return replace(scenario, file="", title=title, settings={**scenario.settings, **settings})
