"""One parameter over several values: how the answer depends on it, with common draws.

found = sweep("people.response.witnessed", [0.4, 0.5, 0.6])
found.to_pandas()
found.plot()
"""

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from upriver.core.errors import SchemaProblem, show
from upriver.core.parameters import Parameter
from upriver.core.time import LAST_YEAR
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.policy.checks import real_number
from upriver.policy.scenario import Scenario
from upriver.system.counters import counter
from upriver.system.world import World

from .compare import FROM, Comparison
from .simulate import Run, simulate
from .summary import Interval, short

if TYPE_CHECKING:
    import matplotlib.figure
    import pandas as pd

KEPT = ("people.overdose.deaths", "people.heads.oud", counter("people.overdose.deaths"))


@dataclass(frozen=True)
class Sweep:
    """Runs in which one parameter is held at one value after another.

    values: of the parameter, in its unit. runs: one for each, with the same draws; they keep
    deaths and people with a disorder.
    """

    parameter: Parameter
    values: tuple[float, ...]
    runs: tuple[Run, ...]

    def deaths(self) -> list[Interval]:
        """Overdose deaths from 2026 to the end of 2031, for each value [people]."""
        together = Comparison(self.runs, FROM)
        return [together.deaths(run) for run in self.runs]

    def to_pandas(self) -> "pd.DataFrame":
        """Deaths from 2026 to the end of 2031: columns median, low, high, by value."""
        import pandas as pd

        index = pd.Index(self.values, name=self.parameter.path)
        frame = pd.DataFrame(self.deaths(), index=index)
        frame.attrs = {
            "unit": "people",
            **{key: self.runs[0].provenance[key] for key in ("world", "draws")},
            "table_digests": [str(run.provenance["table_digest"]) for run in self.runs],
        }
        return frame

    def plot(self) -> "matplotlib.figure.Figure":
        """Deaths against the value, with their interval."""
        from upriver.core.figure import Figure

        found = sorted(zip(self.values, self.deaths(), strict=True))
        at = [value for value, _ in found]
        figure = Figure(figsize=(7, 4.5), layout="constrained")
        axes = figure.subplots()
        low, high = [one.low for _, one in found], [one.high for _, one in found]
        axes.fill_between(at, low, high, alpha=0.3, label="95 % interval")
        axes.plot(at, [one.median for _, one in found], "o-", label=self.runs[0].world)
        axes.set_xlabel(f"{self.parameter.path} [{self.parameter.unit}]")
        axes.set_ylabel(f"opioid overdose deaths, {FROM:g} to {LAST_YEAR - 1}")
        axes.set_ylim(0)
        axes.legend()
        return figure

    def __repr__(self) -> str:
        """A line a value."""
        lines = [
            f"Overdose deaths {FROM:g} to {LAST_YEAR - 1} by {self.parameter.path} "
            f"[{self.parameter.unit}], median (95 % interval of {self.runs[0].draws} draws), "
            f"world {self.runs[0].world}"
        ]
        for value, found in zip(self.values, self.deaths(), strict=True):
            lines.append(
                f"  {value:g}  {short(found.median)}  ({short(found.low)} to {short(found.high)})"
            )
        return "\n".join(lines)


def sweep(
    path: str,
    values: Iterable[float],
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
) -> Sweep:
    """Run a scenario with a parameter held at each of several values, in all years.

    Args:
        path: of the parameter, as `upriver parameters` lists it.
        values: in the parameter's unit, within its bounds.
        scenario: as for `simulate`.
        draws: the same for every value.
        world: as for `simulate`.

    Raises:
        SchemaProblem: no values, or something that is no number.
        InputError: the parameter does not exist, or a value is out of its bounds.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        hint = f"For example up.sweep({path!r}, [0.4, 0.5, 0.6])."
        raise SchemaProblem("values should be a list of numbers", found=show(values), hint=hint)
    numbers = tuple(real_number(value, str(path)) for value in values)
    if not numbers:
        raise SchemaProblem("values should not be empty")
    parameter = World.reference().parameter(path)
    runs = tuple(
        simulate(scenario, draws=draws, world=world, settings={path: value}, outputs=KEPT)
        for value in numbers
    )
    return Sweep(parameter, numbers, runs)
