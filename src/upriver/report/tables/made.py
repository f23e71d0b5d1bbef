"""What a modelled number is of: the cells that all rows of a run share, and lines that say it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from upriver import __version__
from upriver.engine.run import load
from upriver.evidence.figures import COUNTRY, series
from upriver.experiments.made import made_by
from upriver.experiments.simulate import Run
from upriver.experiments.states.recorded import Recorded
from upriver.policy.apply import table
from upriver.policy.chosen import fitted
from upriver.policy.scenario import Scenario, read_scenario
from upriver.policy.written import to_yaml
from upriver.report.lines import SHORT
from upriver.system.world import DEFAULT, World

from .tidy import NOT_RUN, Row, in_year, number

DIGITS = 16
"""Letters of a digest that stand for a scenario."""

INTERVAL = "95 %"


def digest(text: str) -> str:
    """What stands for a scenario's text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGITS]


def of_run(run: Run) -> Row:
    """Cells of the rows of a run: medians with 95 % intervals, or central values alone."""
    return {**of_provenance(run.provenance), "scenario": run.scenario.title}


def of_provenance(made: Mapping[str, Any]) -> Row:
    """The same by what made a result."""
    draws, text = int(made["draws"]), made.get("scenario_yaml")
    return {
        "place": made.get("place") or "US",
        "source": f"upriver {made['upriver_version']}",
        "vintage": str(made["table_digest"])[:SHORT],
        "status": "modelled",
        "world": made["world"],
        "draws": draws,
        "statistic": "median" if draws else "central value",
        "interval": INTERVAL,
        "scenario": made.get("scenario") or "",
        "scenario_digest": digest(str(text)) if text else "",
        "version": made["upriver_version"],
    }


def of_record(name: str, place: str = COUNTRY, label: str | None = None) -> Row:
    """Cells of a recorded value: where it is from, and that it is of no run.

    Args:
        label: its period; without one the value is worked out from several.
    """
    record = series(name, place)
    if label is None:
        source, vintage = (
            "; ".join(dict.fromkeys(each)) for each in (record.sources, record.vintages)
        )
        return {**NOT_RUN, "source": source, "vintage": vintage, "status": "computed"}
    at = record.labels.index(label)
    cells = {"vintage": record.vintages[at], "status": record.statuses[at]}
    return {**NOT_RUN, "source": record.sources[at], **cells}


def of_scenario(scenario: Scenario, world: str = DEFAULT) -> Row:
    """Cells that say which scenario a row is of, of many that were run."""
    text = to_yaml(replace(scenario, world=world))
    return {"scenario": scenario.title, "scenario_digest": digest(text), "vintage": ""}


def of_place(known: Recorded, place: str, name: str, quantity: str, year: int) -> Row:
    """The row of a count of a place; where months of few are withheld, its two ends."""
    exact = known.low == known.high
    cells = {
        "place": place,
        "source": known.source,
        "vintage": known.status.partition(",")[0],
        "status": "reported" if exact else "suppressed",
        "note": known.status + ("" if exact else "; counts of fewer than 10 are withheld"),
    }
    if exact:
        return number(name, quantity, "people", known.low, in_year(year), cells)
    ends = {"low": known.low, "high": known.high, "interval": "all"}
    return number(name, quantity, "people", None, in_year(year), cells, ends)


def of_draws(draws: int, world: str = DEFAULT) -> Row:
    """Cells of what draws of the fit say by themselves, without a run."""
    return {
        "place": "US",
        "source": f"upriver {__version__}",
        "vintage": str(fitted().own or fitted().said.get("equations", ""))[:SHORT],
        "status": "modelled",
        "world": world,
        "draws": draws,
        "statistic": "median",
        "interval": INTERVAL,
    }


def provenance_of(scenario: str, draws: int, world: str = DEFAULT) -> dict[str, Any]:
    """What makes a run of a scenario that ships, where an answer does not keep it."""
    read = read_scenario(scenario)
    columns = table(read, draws, World.named(world))
    return {**made_by(read, world, draws, columns, load().manifest), "scenario": read.title}


def lines(many: Sequence[Mapping[str, Any]]) -> list[str]:
    """What made the numbers, for comment lines: version, then each scenario as a file."""
    found = []
    for made in many:
        where = f" place {made['place']}," if made.get("place") else ""
        seed = f" of seed {made['seed']}" if "seed" in made else ""
        found.append(
            f"Made by Upriver {made['upriver_version']}, world {made['world']},{where} "
            f"{made['draws']} draws{seed}, equations {str(made['equations_digest'])[:DIGITS]}"
        )
        if text := made.get("scenario_yaml"):
            table_digest = str(made["table_digest"])[:DIGITS]
            found.append(f"Scenario '{made['scenario']}', table {table_digest}, as a file:")
            found += [f"  {line}" for line in str(text).splitlines()]
    return found
