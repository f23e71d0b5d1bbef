"""What it would cost to run every county, by arithmetic from measured parts (`scale.yaml`)."""

from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import yaml

from .markdown import cell, table

FILE = Path(__file__).parent / "scale.yaml"
COUNTIES, DRAWS, SCENARIOS = 3143, 1000, 100
YEARS, NUMBER = 33, 8
"""Years that are kept, and bytes of a number."""

QUANTILES = 3
FITTED, BOTH = 200, 2
"""Draws and cores of the fit that was timed."""

CORES = (2, 100, 10_000)
HOUR, MINUTE = 3600.0, 60.0


@dataclass(frozen=True)
class Cut:
    """How a plan is cut: counties, scenarios and draws of a chunk."""

    places: int
    scenarios: int
    draws: int

    def __str__(self) -> str:
        return f"{self.places} x {self.scenarios} x {self.draws:,}"


CUTS = (
    Cut(8, 3, DRAWS),
    Cut(48, 1, DRAWS),
    Cut(1, 100, DRAWS),
    Cut(64, 25, 100),
    Cut(8, 25, 100),
)
"""In the order in which they are told; the first is what `upriver sweep` does with such a plan."""

BEST = {2: CUTS[3], 100: CUTS[3], 10_000: CUTS[4]}


@cache
def parts() -> dict[str, dict[str, Any]]:
    """Parts by name: value, unit, what, how."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def value(name: str) -> float:
    """A part's value, in its unit."""
    return float(parts()[name]["value"])


def runs() -> int:
    """Runs of a county's draw under a scenario."""
    return COUNTIES * DRAWS * SCENARIOS


def chunks(cut: Cut) -> int:
    """Chunks of the plan."""
    return ceil(COUNTIES / cut.places) * ceil(SCENARIOS / cut.scenarios) * ceil(DRAWS / cut.draws)


def core_seconds(cut: Cut) -> float:
    """Processor time of the whole plan [s]: the country once for each block of counties.

    Scenarios of a chunk share the years before 2026; those of different chunks share nothing.
    """
    blocks = ceil(SCENARIOS / cut.scenarios)
    country = ceil(COUNTIES / cut.places) * SCENARIOS * value("country")
    shared = blocks * value("run") + (SCENARIOS - blocks) * value("ahead")
    places = COUNTIES * (shared + SCENARIOS * value("columns"))
    return DRAWS * (country + places) * value("beside") / 1e3


def chunk_seconds(cut: Cut) -> float:
    """Time of a full chunk on a core, with the writing of its file and its receipt [s]."""
    each = value("run") + (cut.scenarios - 1) * value("ahead") + cut.scenarios * value("columns")
    spent = cut.draws * (cut.scenarios * value("country") + cut.places * each) / 1e3
    return spent * value("beside") + 2 * value("write") / 1e3


def gigabytes(cut: Cut) -> float:
    """Memory of a worker at most [GB]: the process, the country's runs, and results."""
    country = cut.scenarios * cut.draws * value("held") / 1e3
    results = cut.scenarios * cut.places * cut.draws * YEARS * NUMBER / 1e9
    return value("memory") + country + results


@dataclass(frozen=True)
class Spent:
    """Wall time on some cores, and its parts [s]. used: share of the cores' time that is runs."""

    begin: float
    scheduler: float
    compute: float
    used: float

    @property
    def wall(self) -> float:
        """All of it: processes begin together, then chunks run while the scheduler hands out."""
        return self.begin + max(self.scheduler, self.compute)


def spent(cut: Cut, cores: int) -> Spent:
    """Wall time of the plan on so many cores, a process each, on one shared file system."""
    begin = value("start") + cores * value("files") / value("opens")
    scheduler = chunks(cut) * value("task") / 1e3
    compute = ceil(chunks(cut) / cores) * chunk_seconds(cut)
    wall = begin + max(scheduler, compute)
    return Spent(begin, scheduler, compute, core_seconds(cut) / cores / wall)


def results(per_county: int, quantities: int = 1) -> float:
    """Bytes on the disk of so many numbers a county, scenario and year."""
    return COUNTIES * SCENARIOS * YEARS * NUMBER * per_county * quantities * value("packed")


def fits(draws: int) -> float:
    """Core hours to fit every county, if time grows with draws in a straight line."""
    return COUNTIES * value("fit") * BOTH * draws / FITTED / HOUR


def parts_table() -> str:
    """The parts."""
    rows = (
        [cell(one["what"]), f"{one['value']:,g} {_unit(one['unit'])}".strip(), one["how"]]
        for one in parts().values()
    )
    return table(("Part", "Value", "How"), rows)


def cuts_table() -> str:
    """The same plan, cut in several ways."""
    head = ("Counties x scenarios x draws of a chunk", "Core hours", "Chunks", "A chunk", "Memory")
    rows = (
        [
            f"{cut}",
            f"{core_seconds(cut) / HOUR:.0f}",
            f"{chunks(cut):,}",
            f"{chunk_seconds(cut):,.0f} s",
            f"{gigabytes(cut):.2f} GB",
        ]
        for cut in CUTS
    )
    return table(head, rows)


def cores_table() -> str:
    """Wall time on one machine and on many cores, by its parts."""
    head = ("Cores", "Cut", "To begin", "Scheduler", "Runs", "Together", "Cores' time that is runs")
    rows = []
    for cores in CORES:
        cut = BEST[cores]
        one = spent(cut, cores)
        times = (one.begin, one.scheduler, one.compute, one.wall)
        rows.append([f"{cores:,}", f"{cut}", *map(_time, times), f"{one.used:.0%}"])
    return table(head, rows).replace("%", " %")


def results_table() -> str:
    """What results weigh."""
    head = ("Kept", "Deaths alone", "Five quantities")
    rows = (
        [what, *(_bytes(results(number, quantities)) for quantities in (1, 5))]
        for what, number in (
            (f"every draw, by year ({DRAWS:,})", DRAWS),
            (f"{QUANTILES} quantiles, by year", QUANTILES),
        )
    )
    return table(head, rows)


def fits_table() -> str:
    """What fits of counties would take, beside the sweep, and what their draws weigh."""
    head = ("Draws a county", "Core hours", "Times the sweep", "On 2 cores", "Draws on the disk")
    least = core_seconds(CUTS[3]) / HOUR
    rows = (
        [
            f"{draws:,}",
            f"{fits(draws):,.0f}",
            f"{fits(draws) / least:.0f}",
            f"{fits(draws) / 2 / 24:.1f} days",
            _bytes(COUNTIES * draws * value("kept")),
        ]
        for draws in (FITTED, DRAWS)
    )
    return table(head, rows)


def told() -> str:
    """The answer, in two sentences."""
    one, hundred, many = (spent(BEST[cores], cores) for cores in CORES)
    best = core_seconds(CUTS[3]) / HOUR
    plain = runs() * value("run") * value("beside") / 1e3 / HOUR
    return (
        f"{COUNTIES:,} counties x {DRAWS:,} draws x {SCENARIOS} scenarios are {runs() / 1e6:,.0f} "
        f"million runs: {plain:.0f} core hours if each runs all its years, {best:.0f} where "
        f"scenarios share theirs. That is {_time(one.wall)} on one machine of 2 cores, "
        f"{_time(hundred.wall)} on 100 and {_time(many.wall)} on 10,000, of which "
        f"{many.begin / many.wall:.0%} is beginning.\n".replace("%", " %")
    )


def _time(seconds: float) -> str:
    """A time in the unit that it is read in."""
    if seconds >= 2 * HOUR:
        return f"{seconds / HOUR:.1f} h"
    return f"{seconds / MINUTE:.1f} min" if seconds >= 2 * MINUTE else f"{seconds:.1f} s"


def _bytes(number: float) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:,.0f} MB"


def _unit(unit: str) -> str:
    return "" if unit == "1" else unit


BLOCKS = {
    "scale-told": told,
    "scale-parts": parts_table,
    "scale-cuts": cuts_table,
    "scale-cores": cores_table,
    "scale-results": results_table,
    "scale-fits": fits_table,
}
