"""Supply in the report of a run of the whole system: kilograms, and what was seized of them.

Nobody weighed what is sold, and every figure says so. In the published model there is no supply,
and none of this appears.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from upriver.engine.tools import quantiles
from upriver.evidence.figures import series
from upriver.experiments.amounts import total
from upriver.experiments.compare import Interval
from upriver.experiments.flow import HOW_SURE, LAST, Flow, flow
from upriver.experiments.seized import (
    FISCAL,
    NOT_FLOW,
    SEIZED,
    FiscalYear,
    Implied,
    fiscal_years,
    implied,
    recorded_years,
)
from upriver.experiments.simulate import INTERVAL, Run

from .colophon import COMPUTED
from .diagram import Diagram, Fate, Link, Node
from .figures import Figure, Origin, Series, Table
from .lines import MIDDLE, ends, made, of
from .market import DRAWN_FROM, name_of
from .section import Section
from .wording import interval, number

BOUND = "fentanyl_consumption_bound"


def sections(runs: Sequence[Run]) -> list[Section]:
    """Kilograms, and what was seized of them, of one run or of several."""
    first = flow(runs[0])
    seizures = Section("Seizures", _seizures_text(first), _seized(runs))
    if len(runs) > 1:
        return [seizures]
    return [
        Section(
            "Supply",
            f"How many kilograms of pure fentanyl went where in {first.year}. {HOW_SURE}",
            [replace(diagram(first), origin=made(runs[0], "kg"))],
        ),
        replace(seizures, tables=[("Corridors: flow, seizures and record", shares(first))]),
    ]


def diagram(year: Flow) -> Diagram:
    """The kilograms of a year, from the origins of precursors to what is sold."""
    nodes: list[Node] = []
    links: list[Link] = []

    def node(key: str, label: str, stage: int, amount: Interval, fate: Fate = "on") -> None:
        nodes.append(Node(key, label, stage, amount.median, fate))

    def link(source: str, target: str, a: Interval) -> None:
        links.append(Link(source, target, a.median, a.low, a.high))

    for label, amount in year.precursors.items():
        node(f"origin {label}", label, 0, amount)
        link(f"origin {label}", "site Mexico", amount)
    for label, amount in year.production.items():
        node(f"site {label}", label, 1, amount)
    node("delivered", "Delivered", 3, year.delivered)
    node("border", "Seized at the border or in the mail", 3, year.seized, "lost")
    node("inland", "Seized in Mexico", 3, year.inland, "lost")
    for corridor in year.corridors:
        node(corridor.name, corridor.label, 2, corridor.sent)
        link(f"site {corridor.site}", corridor.name, corridor.sent)
        link(corridor.name, "delivered", corridor.delivered)
        link(corridor.name, "border", corridor.seized)
        if corridor.site == "Mexico":
            link(corridor.name, "inland", corridor.inland)
    node("sold", "Sold", 4, year.sold)
    if year.stored.median > 0:
        link("delivered", "sold", year.sold)
        node("stored", "Into stocks", 4, year.stored, "held")
        link("delivered", "stored", year.stored)
    else:
        link("delivered", "sold", year.delivered)
    return Diagram(
        id="kilograms",
        title=f"Kilograms of fentanyl, {year.year}",
        question="Where does it come from, by which way, and what becomes of it?",
        unit="kg of pure fentanyl in the year",
        weighed="kg",
        stages=["Precursors", "Production", "Corridors", "Delivered or seized", "In the country"],
        nodes=nodes,
        links=links,
        note="Medians of draws, to scale; they need not add up to the last kilogram. Precursors "
        "are in kilograms of the fentanyl that they are enough for; those that China's own "
        "producers use are not counted, and what Mexico's do not use goes into stock. Amounts "
        "are far less sure than their course: read the shape, not the digits.",
        sources=[COMPUTED],
    )


def shares(year: Flow) -> Table:
    """Corridors' shares in what is sent and in what is seized, beside the record."""

    def told(a: Interval | None) -> str | None:
        if a is None:
            return None
        median, low, high = (number(100 * share, 1) for share in (a.median, a.low, a.high))
        return median if median == low == high else f"{median} ({low} to {high})"

    return Table(
        ("Corridor", "Of what is sent, %", "Of seized weight, %", "Of recorded seizures, %"),
        [
            (
                one.label,
                told(one.sent),
                told(one.seized),
                None if one.recorded is None else number(100 * one.recorded, 1),
            )
            for one in year.beside
        ],
        f"Shares of corridors in {year.year}: what the model sends, what it has seized, and what "
        "was seized on record. The record does not part mail from other cargo; its weights are of "
        "regions and of the two branches of the border agency. The model has no way across the "
        "northern border.",
    )


def _seizures_text(year: Flow) -> str:
    said = f"{NOT_FLOW} {HOW_SURE}"
    if year.implied is None:
        return said
    return f"{said}\n\n{implied_text(year.year, year.implied)}"


def implied_text(year: int, said: Implied) -> str:
    """What the recorded weight of a year implies, in words."""
    flow, pure = said.flow, number(said.pure.median, 0)
    return (
        f"In {year}, {number(said.recorded, 0)} kg were seized on record. At the modelled mix of "
        f"powder and pills they hold about {pure} kg of fentanyl. At the chances of seizure that "
        f"are plausible, {interval(flow.low, flow.high, 0)} kg reached the border or the mail. "
        f"The model takes {number(100 * said.assumed.median, 1)} % of it to be seized there; with "
        f"the model's own flow, the record would need {number(100 * said.chance.median, 1)} %."
    )


def _seized(runs: Sequence[Run]) -> list[Figure]:
    """Seized weight by fiscal year, and the flow that it implies."""
    found = [fiscal_years(run) for run in runs]
    years = [float(one.label.removeprefix("FY")) + MIDDLE for one in found[0]]
    kilograms = [one.recorded for one in found[0]]
    figures = [
        Figure(
            "seized",
            "Weight seized",
            "How much fentanyl is seized at the borders and in the mail?",
            "kg a fiscal year, as weighed",
            [
                *(
                    _fiscal(years, one, run, name_of(run, runs))
                    for one, run in zip(found, runs, strict=True)
                ),
                Series("recorded", years, kilograms, kind="recorded", origin=_weighed()),
            ],
            "Fiscal years, October to September. Weights include what the drug is cut with, and "
            "pills, of which one weighs about fifty times its fentanyl.",
            [],
            data_to=f"September {found[0][-1].label.removeprefix('FY')}",
        )
    ]
    return [*figures, _implied(runs)]


def _weighed() -> Origin:
    """Where recorded weights of fiscal years come from."""
    told = of(series(FISCAL))
    note = f"recorded in {told.unit}"
    return replace(told, periods=series(FISCAL).labels, unit="kg", note=note)


def _fiscal(years: list[float], found: Sequence[FiscalYear], run: Run, label: str) -> Series:
    modelled = [one.modelled for one in found]
    return Series(
        label,
        years,
        [a.median for a in modelled],
        *ends([a.low for a in modelled], [a.high for a in modelled]),
        source=COMPUTED,
        origin=replace(
            made(run, "kg", "fiscal year", "weight, with what it is cut with"),
            periods=[one.label for one in found],
        ),
    )


def _implied(runs: Sequence[Run]) -> Figure:
    """The flow that arrives: as modelled, and as the record implies it."""
    told = [(year, implied(runs[0], year)) for year in recorded_years()]
    known = [(year + MIDDLE, said.flow) for year, said in told if said is not None]
    return Figure(
        "implied",
        "The flow that seizures imply",
        "How much fentanyl reaches the border or the mail?",
        "kg of pure fentanyl a year",
        [
            *(_arriving(run, name_of(run, runs)) for run in runs),
            Series(
                "implied by recorded seizures",
                [year for year, _ in known],
                [flow.median for _, flow in known],
                *ends([flow.low for _, flow in known], [flow.high for _, flow in known]),
                kind="scenario",
                source="cbp_drugs",
                origin=_by_record(runs[0]),
            ),
        ],
        "What is implied is recorded weight at the modelled mix, over a chance of seizure that is "
        "drawn from what is plausible: a range of judgement, and no interval of data. The "
        "published bound of consumption is "
        f"{series(BOUND).values[0]:g} tonnes in {series(BOUND).labels[0]}.",
        [COMPUTED, "cbp_drugs", "kilmer2022"],
        data_to=f"the end of {recorded_years()[-1]}",
        interval="95 % interval, and plausible range of what is implied",
    )


def _arriving(run: Run, label: str) -> Series:
    """What reaches the border or the mail in each calendar year."""
    years = range(DRAWN_FROM, LAST + 1)
    parts = ("supply.seizures.seized", "supply.seizures.delivered")
    draws = np.stack([sum(total(run, part, year) for part in parts) for year in years], axis=1)
    low, median, high = quantiles(draws, INTERVAL)
    middles = [year + MIDDLE for year in years]
    return Series(label, middles, median, *ends(low, high), source=COMPUTED, origin=made(run, "kg"))


def _by_record(run: Run) -> Origin:
    """Where a flow comes from that recorded weight and the run's mix and chances imply."""
    modelled, record = made(run, "kg"), of(series(SEIZED))
    return replace(
        modelled,
        source=f"{modelled.source}; {record.source}",
        vintage=f"{modelled.vintage}; {record.vintage}",
        note="implied by recorded weight, at the chances of seizure that are plausible",
    )
