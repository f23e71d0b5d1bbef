"""Several scenarios with common draws: what each averts, draw by draw."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import InputError, SchemaProblem
from upriver.core.time import FIRST_YEAR, LAST_YEAR, step_of
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.policy.on import on as put_on
from upriver.policy.scenario import Scenario
from upriver.policy.written import LONGEST
from upriver.system.counters import counter

from .arguments import scenario_of
from .disagreement import disagreement
from .ground import FROM as FROM
from .ground import before_sums, common_world, first_year, other_ground
from .past import Past, past
from .simulate import Run, simulate
from .summary import Doubles
from .summary import Interval as Interval
from .summary import interval as interval
from .verdict import Verdict, beats, verdict

if TYPE_CHECKING:
    import matplotlib.figure
    import pandas as pd
    import xarray as xr


ENOUGH = 2
"""Scenarios that begin in one past from which on it pays to keep its state."""


@dataclass(frozen=True)
class Comparison:
    """Runs with the same draws; the first is what the others are held against.

    since: the year from which deaths are summed, to the end of 2031.
    """

    runs: tuple[Run, ...]
    since: float

    @property
    def central(self) -> bool:
        """Whether central values alone were run, without draws."""
        return self.runs[0].central

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be said before the numbers, a text for each run that needs one.

        Runs that differ in more than changes, deaths that part them before `since`, and
        explanations that disagree on the sign.
        """
        base = self.runs[0]
        said = [
            " ".join(
                filter(
                    None,
                    (
                        other_ground(base, run),
                        before_sums(base, run, self.since),
                        self._disagreement(run),
                    ),
                )
            )
            for run in self.runs[1:]
        ]
        return tuple(filter(None, said))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said before the numbers, then the remarks of each run under its title."""
        own = [f"{run.scenario.title}: {said}" for run in self.runs for said in run.remarks]
        return tuple(dict.fromkeys((*self.warnings, *own)))

    def deaths(self, run: Run) -> Interval:
        """Overdose deaths of a run since `since` [people]."""
        return interval(self._sum(run))

    def averted(self, run: Run) -> Interval:
        """Deaths averted against the first run, draw by draw [people]."""
        return interval(self._sum(self.runs[0]) - self._sum(run))

    def averted_percent(self, run: Run) -> Interval:
        """Deaths averted in percent of the first run's."""
        base = self._sum(self.runs[0])
        return interval(100 * (base - self._sum(run)) / base)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What each scenario but the first does against it; none of central values alone."""
        if self.central:
            return ()
        return tuple(verdict(self.runs[0], run, self.since) for run in self.runs[1:])

    @property
    def beats(self) -> Doubles:
        """Share of draws in which fewer die in one run than in another, shape (runs, runs)."""
        return beats(self.runs, self.since)

    def to_pandas(self) -> "pd.DataFrame":
        """A row a scenario: deaths since `since`, deaths averted, and averted in percent.

        Columns are pairs, (`deaths`, `median`) and so on; `attrs` has the period and the world.
        """
        import pandas as pd

        rows = [
            {
                (what, key): value
                for what in ("deaths", "averted", "averted_percent")
                for key, value in getattr(self, what)(run)._asdict().items()
            }
            for run in self.runs
        ]
        titles = pd.Index([run.scenario.title for run in self.runs], name="scenario")
        frame = pd.DataFrame(rows, index=titles)
        frame.attrs = {
            "from": self.since,
            "to": LAST_YEAR,
            **{
                key: self.runs[0].provenance[key]
                for key in ("world", "draws", "place")
                if key in self.runs[0].provenance
            },
            "table_digests": [str(run.provenance["table_digest"]) for run in self.runs],
        }
        return frame

    def plot(self) -> "matplotlib.figure.Figure":
        """Deaths by year of every run, and deaths averted with their interval."""
        from .plots import of_comparison

        return of_comparison(self)

    def dataset(self) -> "xr.Dataset":
        """Levels and deaths of all runs by quarter, with the scenario as a dimension.

        What was drawn is the same for all and stands beside, in `drawn`. Each scenario has
        its text and the digest of its table with it.
        """
        import xarray as xr

        from upriver.core.results import with_drawn

        from .reported import LEVELS

        kept = [*LEVELS, counter("people.overdose.deaths")]
        together = xr.concat(
            [run.dataset()[kept] for run in self.runs], "scenario", combine_attrs="drop_conflicts"
        )
        if self.remarks:
            together.attrs["remarks"] = " ".join(self.remarks)
        columns = {
            "scenario": [run.scenario.title for run in self.runs],
            "scenario_yaml": [run.provenance["scenario_yaml"] for run in self.runs],
            "table_digest": [run.provenance["table_digest"] for run in self.runs],
        }
        together = together.assign_coords(
            {name: ("scenario", np.array(texts, dtype=object)) for name, texts in columns.items()}
        )
        held = {path for run in self.runs for path in run.scenario.settings}
        drawn = self.runs[0].parameters
        return with_drawn(together, {path: drawn[path] for path in drawn if path not in held})

    def _disagreement(self, run: Run) -> str:
        if self.central:
            return ""
        return disagreement(run.title, self._sum(self.runs[0]) - self._sum(run), run.world)

    def _sum(self, run: Run) -> Doubles:
        starts, ends = np.array([self.since]), np.array([float(LAST_YEAR)])
        return run.periods("people.overdose.deaths", starts, ends)[:, 0]

    def _repr_html_(self) -> str:
        """The same as a card, for a notebook."""
        from .cards import of_comparison

        return of_comparison(self)

    def __repr__(self) -> str:
        """A line a scenario."""
        how = "central values alone" if self.central else "median (95 % interval)"
        run = self.runs[0]
        how += f", {run.draws} draws" if run.draws else ""
        where = f"world {run.world}" + (f", place {run.place}" if run.place else "")
        about = f"Overdose deaths {self.since:g} to {LAST_YEAR - 1}, {how}, {where}"
        lines = [*self.warnings, about]
        for run in self.runs:
            told = (self.deaths(run), self.averted(run))
            d, a = (
                f"{one.median:,.0f}"
                + ("" if self.central else f" ({one.low:,.0f} to {one.high:,.0f})")
                for one in told
            )
            lines.append(f"  {run.scenario.title}: {d}, averted {a}")
        return "\n".join(lines)


def compare(
    *scenarios: str | PathLike[str] | Scenario,
    draws: int = DEFAULT_DRAWS,
    world: str | None = None,
    on: str | Scenario | None = None,
    settings: Mapping[str, float] | None = None,
    outputs: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    place: str | None = None,
    place_fit: str | PathLike[str] | None = None,
) -> Comparison:
    """Run several scenarios with the same draws, in the same world.

    Args:
        draws: common to all; 0 runs central values alone.
        world: of all; by default the one that any of them is written for, else the whole.
        on: a projection that every one of them is put on, as in `simulate`.
        outputs: what each run keeps, as in `simulate`.
        place, place_fit: a state in place of the country, as in `simulate`.

    Raises:
        SchemaProblem: fewer than two scenarios, or scenarios of different worlds.
        InputError: one of them is not right.
    """
    if len(scenarios) < 2:
        raise SchemaProblem(
            "a comparison needs two scenarios or more", hint="For example `base` and `optimistic`."
        )
    chosen = [scenario_of(scenario) for scenario in scenarios]
    if on is not None:
        under = scenario_of(on)
        chosen = [put_on(scenario, under) for scenario in chosen]
    chosen = told_apart(chosen)
    if place is not None:
        from .placed import simulate_all

        few = None if draws == DEFAULT_DRAWS else draws
        found = simulate_all(
            place, chosen, few, place_fit, world=world, settings=settings, outputs=outputs
        )
        own = tuple(one.run for one in found)
        return Comparison(own, first_year(own))
    if place_fit is not None:
        raise InputError("goes with a place", file="place_fit", found=str(place_fit))
    world = world or common_world(chosen)
    run = partial(
        simulate, draws=draws, world=world, settings=settings, outputs=outputs, progress=progress
    )
    first = run(chosen[0])
    shares = _shared(first, chosen[1:])
    runs = (first, *(run(scenario, shares=shares) for scenario in chosen[1:]))
    return Comparison(runs, first_year(runs))


def _shared(first: Run, others: Sequence[Scenario]) -> Past | None:
    """The past of the first run up to where the others begin, if enough of them do."""
    starts = [one.starts for one in others if one.starts is not None and one.starts > FIRST_YEAR]
    if len(starts) < ENOUGH:
        return None
    return past(first.table, first.outputs, first.values[:], int(step_of(min(starts))))


def told_apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios of which no two have one title: by the names of their files, else by a number."""
    found = list(scenarios)
    for title in {one.title for one in scenarios}:
        same = [i for i, one in enumerate(scenarios) if one.title == title]
        files = [Path(scenarios[i].file).name for i in same]
        by_file = all(files) and len(set(files)) == len(files)
        for number, (i, file) in enumerate(zip(same, files, strict=True), 1):
            if len(same) > 1:
                suffix = f" ({file if by_file else number})"
                start = title[: LONGEST["title"] - len(suffix)]
                found[i] = replace(scenarios[i], title=f"{start}{suffix}")
    if len({one.title for one in found}) < len(found):
        return [replace(one, title=f"{i}: {one.title[:190]}") for i, one in enumerate(scenarios, 1)]
    return found
