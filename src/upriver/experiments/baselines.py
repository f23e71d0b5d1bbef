"""Scenarios on several baselines: what a policy does hangs on what it meets."""

from collections.abc import Callable, Mapping, Sequence

from upriver.policy.scenario import Scenario

from .compare import Comparison, compare

BASELINES = {
    "base": "as recorded and projected",
    "drivers_held": "drivers as today",
    "as_2019": "conditions of 2019",
}
"""Scenarios that others are put on, with what they are called beside each other."""


def on_baselines(
    scenarios: Sequence[str | Scenario],
    draws: int,
    settings: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Comparison]:
    """The same comparison on each baseline, by its name, with the same draws.

    They are of the whole system.

    Raises:
        InputError: a scenario is not right, or says itself what a baseline says.
    """
    return {
        name: compare(*scenarios, draws=draws, on=name, settings=settings, progress=progress)
        for name in BASELINES
    }
