"""A plan of a sweep: what is run, where, over what, and what is kept; and a scenario at a point."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from upriver.experiments.arguments import with_settings
from upriver.policy.handles import handles
from upriver.policy.scenario import Scenario, parse_scenario

US = "US"
"""Code of the country in results."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What a sweep runs.

    scenarios: by name, in order. places: codes, `US` is the country. varied: names of what varies.
    points: values by point, shape (points, varied). start, years_over: when and how long handles
    move. draws: the first so many. years: first and last that are kept. keep: names of quantities.
    quantiles: that are kept in place of draws; empty where draws are. text: the file itself.
    """

    title: str
    about: str
    scenarios: Mapping[str, Scenario]
    places: tuple[str, ...]
    varied: tuple[str, ...]
    points: np.ndarray
    start: float
    over: float
    draws: int
    years: tuple[int, int]
    keep: tuple[str, ...]
    quantiles: tuple[float, ...]
    text: str

    @property
    def runs(self) -> int:
        """Runs of single draws, of places and of the country where it is one of the places."""
        return len(self.scenarios) * len(self.points) * len(self.places) * self.draws

    @property
    def same_past(self) -> bool:
        """Whether nothing that varies touches the years before `start`."""
        return all(name in handles() for name in self.varied)


def at_point(start: float, over: float, base: Scenario, values: Mapping[str, float]) -> Scenario:
    """A scenario at a point: with parameters held, and handles moved.

    Args:
        start, over: when handles begin to move, and over how many years.
        values: by parameter's path or handle's name.

    Raises:
        InputError: a value is out of bounds.
    """
    held = {name: value for name, value in values.items() if name not in handles()}
    moved = [{"handle": name, "by": value} for name, value in values.items() if name in handles()]
    found = with_settings(base, held) if held else base
    if not moved:
        return found
    said = {"schema": 2, "title": base.title, "from": start, "over": over, "changes": moved}
    return replace(found, changes=(*found.changes, *parse_scenario(said, "plan").changes))
