"""Upriver: what a policy did, what it would do, and how sure one can be.

    import upriver as up
    run = up.simulate()
    run.deaths

`simulate` runs a scenario over draws, `compare` several, `sweep` one parameter over values,
`states` a scenario in all states;
`cost` says what scenarios cost and gain, `rank` which lever saves most, `portfolio` which mix for
a budget, `explain` why deaths changed, `forecast()` what lies ahead, `posterior()` what was
fitted; `use_fit` and `believe` choose the draws that run; `read_scenario` and `parse_scenario`
check a file, a text or a mapping; `place("OH")` is what is recorded of a state; `levers()`,
`scenarios()`, `evidence()` and `places()` list what there is.
"""

from typing import Any

__version__ = "0.2.0"

_HOMES = {
    "simulate": "upriver.experiments.simulate",
    "Run": "upriver.experiments.simulate",
    "compare": "upriver.experiments.compare",
    "states": "upriver.experiments.states.ask",
    "sweep": "upriver.experiments.sweep",
    "cost": "upriver.experiments.costs.value",
    "rank": "upriver.experiments.ranking",
    "portfolio": "upriver.experiments.portfolio",
    "explain": "upriver.experiments.explain",
    "posterior": "upriver.policy.chosen",
    "use_fit": "upriver.policy.chosen",
    "believe": "upriver.policy.chosen",
    "forecast": "upriver.inference.forecasts.answer",
    "levers": "upriver.experiments.catalogues",
    "scenarios": "upriver.experiments.catalogues",
    "evidence": "upriver.evidence.asked",
    "place": "upriver.places.asked",
    "places": "upriver.places.asked",
    "read_scenario": "upriver.policy.scenario",
    "parse_scenario": "upriver.policy.scenario",
    "Scenario": "upriver.policy.scenario",
    "to_yaml": "upriver.policy.written",
    "World": "upriver.system.world",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    """Load a name from its home when it is first used, so that a command starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'upriver' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOMES[name]), name)
    # `evidence` and `places` are rooms too: the import above has bound their names, and the rooms
    # answer the call.
    return globals().get(name, found)


def __dir__() -> list[str]:
    """Public names."""
    return sorted(__all__)
