"""Diplomacy in the report of a run of the whole system: dated events, relations and effort."""

from collections.abc import Sequence

from upriver.core.axes import AXES
from upriver.evidence.events import Event, all_events
from upriver.evidence.places import MONTHS
from upriver.evidence.references import short_citation
from upriver.experiments.flow import HOW_SURE
from upriver.experiments.simulate import Run

from .figures import Figure, Series, Table
from .lines import DRIVER, level, made, since
from .section import Section

DRAWN_FROM = 2015
"""First year that is drawn: before it nothing is on record that moves relations here."""

NAMES = {"china": "China", "india": "India", "mexico": "Mexico"}
PLACES = {
    "CN": "China",
    "IN": "India",
    "MX": "Mexico",
    "US": "United States",
    "CN/US": "China and United States",
    "IN/US": "India and United States",
    "MX/US": "Mexico and United States",
    "North America": "North America",
}
BETWEEN = ("cooperation", "order", "tariff")
"""Kinds of acts between countries, whoever does them."""

OTHERS = ("CN", "IN", "MX")
"""Countries of which every act on precursors and on fentanyl as a class is shown."""


def section(runs: Sequence[Run]) -> Section:
    """What governments did and when, and what the model makes of it."""
    return Section(
        "Diplomacy",
        "The dates of acts are on record. How good relations are, and how much effort a government "
        "makes, nobody records: both courses are a judgement, give or take 0.2, and so is what "
        f"effort does to supply. {HOW_SURE}\n\n"
        "Deaths and purity turned in the middle of 2023, before cooperation between China and the "
        "United States resumed in November 2023.",
        [_relations(runs[0]), *(_effort(run, runs) for run in runs)],
        [("What governments did", dated())],
    )


def dated() -> Table:
    """Dated acts of states on precursors and on cooperation, in order of time."""
    rows = [
        (_day(one.date), PLACES[one.place], one.what, short_citation(one.source))
        for one in all_events()
        if _bears(one)
    ]
    return Table(
        ("Date", "Who", "What was done", "Source"),
        rows,
        "Acts on precursors, on fentanyl as a class, and of cooperation, by the day, month or year "
        "that is on record. Not each of them moves something in the model.",
    )


def _day(date: str) -> str:
    """A day, a month or a year in words, on one line: `1 Mar 2017`."""
    year, *rest = date.split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1][:3] for month in rest[:1]]
    return "\u00a0".join([*words, year])


def _bears(one: Event) -> bool:
    return one.at >= DRAWN_FROM and (one.kind in BETWEEN or one.place in OTHERS)


def _relations(run: Run) -> Figure:
    """Relations of each country with the United States, as the model is given them."""
    drawn = []
    for i, country in enumerate(AXES["country"], 1):
        times, values = run.driver(f"diplomacy.relations.level[{country}]")
        line = Series(
            NAMES[country],
            times,
            values,
            kind="driver",
            colour=i,
            origin=made(run, "1", "instant", DRIVER),
        )
        drawn.append(since(line, DRAWN_FROM))
    return Figure(
        "relations",
        "Relations with the United States in this work",
        "How well do governments work with the United States against the trade?",
        "0 none to 1 full",
        drawn,
        "Given to the model: a step at each dated act, then a slow return to what is usual. After "
        "the newest act nothing but this return is assumed.",
        [],
    )


def _effort(run: Run, runs: Sequence[Run]) -> Figure:
    """Effort of each government, as it comes out."""
    alone = len(runs) == 1
    drawn = [
        since(level(run, f"diplomacy.effort[{country}]", [run], NAMES[country]), DRAWN_FROM)
        for country in AXES["country"]
    ]
    return Figure(
        "effort" if alone else f"effort-{list(runs).index(run) + 1}",
        "Effort against the trade" if alone else f"Effort against the trade: {run.scenario.title}",
        "How much effort does each government make?",
        "0 none to 1 full",
        drawn,
        "Computed: effort moves between a government's own commitment and its relations, as far as "
        "the two are linked. It scales the control of precursors.",
        [],
    )
