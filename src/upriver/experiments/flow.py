"""How many kilograms flow where: from a run of the whole world, over a calendar year.

    run = whole_run("base")
    year = flow(run, 2021)
    year.corridors[1].sent      # median and 95 % interval, kg of pure fentanyl in the year

Beside it stands what was seized (`seized`), for seizures are not flow. The fit knows what was
seized, how pure it was and what share of the market was fentanyl, and not how much was sold.
"""

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike

import numpy as np

from upriver.core.axes import network
from upriver.core.errors import InputError, OutOfBounds
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.counters import COUNTED, counter
from upriver.system.world import PUBLISHED

from .amounts import over_year, ratio, total
from .compare import Interval, interval
from .seized import GROSS, SENT, Beside, Implied, beside, implied
from .simulate import Run, simulate

YEAR = 2021
"""The year that is shown unless another is asked for: the last before cooperation was suspended."""

FIRST, LAST = FIRST_YEAR, LAST_YEAR - 1
"""Calendar years that a run covers whole."""

FLOWS = tuple(name for name in COUNTED if name.startswith("supply.") and ".asia." not in name)
"""Flows of which each has a counter, in kilograms of pure fentanyl, but for `gross`."""

HOW_SURE = (
    "Fitted to what was seized, its purity and fentanyl's share of the market; nobody weighed what "
    "is sold, so that amounts are far less sure than their course."
)


@dataclass(frozen=True)
class Corridor:
    """A route into the United States over a calendar year.

    site: label of the site of production that it leads from
    sent: from there [kg, pure]; share: of all that is sent [1]
    inland: seized within Mexico; seized: at the border or in the mail; delivered [kg, pure]
    gross: weight of what is seized at the border or in the mail, as weighed [kg]
    """

    name: str
    label: str
    site: str
    sent: Interval
    share: Interval
    inland: Interval
    seized: Interval
    gross: Interval
    delivered: Interval


@dataclass(frozen=True)
class Flow:
    """Kilograms of pure fentanyl over a calendar year; precursors in what they are enough for.

    precursors: to Mexico, by label of the origin; production: by label of the site
    sent: from all sites; inland: seized within Mexico; seized: at the border or in the mail
    delivered: into the country; sold: in it; stored: the change of what is held there
    beside: shares beside those of the record; implied: None where no weight is recorded
    """

    year: int
    precursors: dict[str, Interval]
    production: dict[str, Interval]
    corridors: tuple[Corridor, ...]
    sent: Interval
    inland: Interval
    seized: Interval
    gross: Interval
    delivered: Interval
    sold: Interval
    stored: Interval
    beside: tuple[Beside, ...]
    implied: Implied | None


def whole_run(
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    draws: int = DEFAULT_DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """A run of the whole world that keeps the flows of supply.

    Args:
        scenario: the name of one that ships, a file, or one that was read.
        draws: of the published posterior.
        progress: called with draws done and draws in all.

    Raises:
        InputError: the scenario is not right, or belongs to the published model alone.
    """
    chosen = scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
    if chosen.world == PUBLISHED:
        raise InputError(
            f"scenario '{chosen.title}' is written for the published model, which has no supply",
            hint="See `upriver run --world reference`.",
        )
    outputs = tuple(counter(name) for name in FLOWS)
    return simulate(chosen, draws=draws, world="whole", outputs=outputs, progress=progress)


def flow(run: Run, year: int = YEAR) -> Flow:
    """The flows of a calendar year.

    Args:
        run: of the whole world, one that kept the counters `FLOWS`.
        year: from `FIRST` to `LAST`.

    Raises:
        OutOfBounds: the run does not cover the year.
    """
    if not FIRST <= year <= LAST:
        raise OutOfBounds(
            "the year is out of bounds", found=str(year), allowed=f"{FIRST} to {LAST}"
        )
    routes = {name: _corridor(run, name, year) for name in network()["route"]}
    delivered = total(run, "supply.seizures.delivered", year)
    sold = over_year(run, "supply.market.sold", year)
    return Flow(
        year=year,
        precursors={
            str(said["label"]): interval(over_year(run, f"supply.precursors.flow[{name}]", year))
            for name, said in network()["origin"].items()
        },
        production={
            str(said["label"]): interval(
                over_year(run, f"supply.production.produced[{name}]", year)
            )
            for name, said in network()["site"].items()
        },
        corridors=tuple(routes.values()),
        sent=interval(total(run, SENT, year)),
        inland=interval(over_year(run, "supply.seizures.inland_total", year)),
        seized=interval(total(run, "supply.seizures.seized", year)),
        gross=interval(over_year(run, "supply.seizures.gross_total", year)),
        delivered=interval(delivered),
        sold=interval(sold),
        stored=interval(delivered - sold),
        beside=beside(run, year),
        implied=implied(run, year),
    )


def _corridor(run: Run, name: str, year: int) -> Corridor:
    route = network()["route"][name]
    sent = over_year(run, f"{SENT}[{name}]", year)
    seized = over_year(run, f"supply.seizures.seized[{name}]", year)
    delivered = over_year(run, f"supply.seizures.delivered[{name}]", year)
    return Corridor(
        name=name,
        label=str(route["label"]),
        site=str(network()["site"][route["from"]]["label"]),
        sent=interval(sent),
        share=interval(ratio(sent, total(run, SENT, year))),
        inland=interval(np.maximum(sent - seized - delivered, 0.0)),
        seized=interval(seized),
        gross=interval(over_year(run, f"{GROSS}[{name}]", year)),
        delivered=interval(delivered),
    )
