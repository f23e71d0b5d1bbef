"""The report of a run in a place, or of several: what the place recorded beside what is modelled.

Only the place's own records are drawn. What the country alone has, supply and diplomacy, is not in
it: what people meet on the market is given to a place.
"""

from collections.abc import Sequence

from upriver.core.time import LAST_YEAR
from upriver.experiments.again import told
from upriver.experiments.against import projection_begins
from upriver.experiments.compare import FROM, Comparison
from upriver.experiments.placed import DEATHS, SYNTHETIC
from upriver.experiments.simulate import Run
from upriver.experiments.summary import figures as to_two
from upriver.experiments.summary import interval
from upriver.places.asked import place as place_of
from upriver.places.place import Place

from .answered import answer_of_comparison
from .colophon import interval_note, made_lines, provenance, sources, texts
from .figures import Figure, Table
from .front import Front
from .headline import outcomes_html
from .html import render
from .lines import driver, level, sums
from .placed_limits import cannot_tell
from .placed_record import by_year, deaths_series, range_text, rows
from .section import Section
from .wording import interval as interval_text
from .wording import number

SHARE = "people.market.fentanyl_share"


def report(run: Run) -> str:
    """The report of one scenario in a place, as one HTML file."""
    place = place_of(run.place)
    return render(
        title=f"{run.title}: opioid overdose deaths, 1999 to 2032",
        subtitle=_noted(run.scenario.about, [run]),
        sections=sections([run]),
        headline_table=table(run, place),
        provenance=provenance([run]),
        cannot_tell=cannot_tell(place),
        interval_note=interval_note(run),
        sources=sources(whole=True),
        projection=projection_begins(),
        texts=texts([run]),
        lines=made_lines([run]),
        made=told([run]),
        front=Front(answer(run, place), deaths([run])),
    )


def comparison_report(comparison: Comparison) -> str:
    """The report of several scenarios in a place."""
    runs = comparison.runs
    place = place_of(runs[0].place)
    titles = ", ".join(run.scenario.title for run in runs)
    return render(
        title=f"Scenarios compared: opioid overdose deaths in {place.name} to 2032",
        subtitle=_noted(f"Compared: {titles}.", runs, comparison.remarks),
        sections=sections(runs),
        headline_table=outcomes_html(comparison),
        provenance=provenance(runs),
        cannot_tell=cannot_tell(place),
        interval_note=interval_note(runs[0]),
        sources=sources(whole=True),
        projection=projection_begins(),
        texts=texts(runs),
        lines=made_lines(runs),
        made=told(runs),
        front=Front(f"In {place.name}: {answer_of_comparison(comparison)}", deaths(runs)),
    )


def answer(run: Run, place: Place) -> str:
    """How many people would die of an overdose with synthetic opioids, beside the newest record."""
    years = range(int(FROM), LAST_YEAR)
    modelled = run.sums(SYNTHETIC)
    total = interval(modelled[FROM:].draws.sum(axis=1))
    last = modelled.at(years[-1])
    newest = next(
        (row for row in reversed(rows(run, place)) if row.recorded or row.where_died), None
    )
    after = ""
    if newest is not None:
        known = range_text(newest.recorded) if newest.recorded else number(newest.where_died, 0)
        how = "" if newest.recorded else ", provisionally"
        after = f", after {known} recorded in {newest.year}{how}"
    return (
        f"In {place.name} about {to_two(total.median)} people would die of an overdose with "
        f"synthetic opioids from {years[0]} to {years[-1]}; it could be anything from "
        f"{to_two(total.low)} to {to_two(total.high)}. In {years[-1]} alone it would be about "
        f"{to_two(last.median)} ({to_two(last.low)} to {to_two(last.high)}){after}."
    )


def table(run: Run, place: Place) -> Table:
    """Deaths by year, recorded and modelled."""
    found = rows(run, place)
    return Table(
        columns=(
            "Year",
            "Residents, recorded",
            "Where people died, recorded",
            "Modelled",
            "95 % interval",
            "Any opioid, modelled",
            "Any opioid, 95 % interval",
        ),
        rows=[
            (
                str(row.year),
                range_text(row.recorded),
                number(row.where_died, 0),
                round(row.synthetic.median),
                interval_text(row.synthetic.low, row.synthetic.high, 0),
                round(row.any_opioid.median),
                interval_text(row.any_opioid.low, row.any_opioid.high, 0),
            )
            for row in found
        ],
        caption=f"Overdose deaths with synthetic opioids, {place.name}, by calendar year. A range "
        "is what withheld months allow, each 0 to 9. Deaths by where people died are provisional; "
        "the fit saw those of residents alone.",
    )


def deaths(runs: Sequence[Run]) -> Figure:
    """The curve of the first page."""
    place = place_of(runs[0].place)
    return Figure(
        "deaths-synthetic",
        f"Overdose deaths with synthetic opioids, {place.name}",
        "How many people die of an overdose with synthetic opioids in a year?",
        "deaths a year",
        [*(sums(run, SYNTHETIC, runs) for run in runs), *deaths_series(place)],
        "Each point is a calendar year. Where months are withheld, two points say how few and how "
        "many deaths the record allows.",
        [],
        data_to="the end of 2024, and provisionally of 2025",
    )


def sections(runs: Sequence[Run]) -> list[Section]:
    """All sections behind the first pages; with several runs a figure has one line a scenario."""
    place = place_of(runs[0].place)
    return [
        Section("Deaths", "Deaths with any opioid.", [_every(runs, place)]),
        Section(
            "People",
            "How many people have a disorder, and are on medication. No state counts them.",
            [
                _level(runs, "people.heads.oud", "People with opioid use disorder", "people"),
                _level(
                    runs,
                    "people.heads.treatment",
                    "People on medication for opioid use disorder",
                    "people",
                ),
            ],
        ),
        Section(
            "Overdose response",
            "Naloxone kits, and the chance that a witness of an overdose has one. No state "
            "publishes its kits: they are the country's by population, times what the fit found.",
            [
                _level(
                    runs,
                    "people.response.naloxone_heroin",
                    "Naloxone at an overdose on heroin or fentanyl",
                    "share",
                ),
                _level(runs, "people.naloxone.given", "Naloxone kits distributed", "kits a year"),
            ],
        ),
        Section(
            "The market",
            "What people meet is the country's market, earlier or later by what the place recorded "
            "of deaths.",
            [_fentanyl(runs, place)],
        ),
    ]


def _every(runs: Sequence[Run], place: Place) -> Figure:
    records = [
        by_year(record, label)
        for records, label in (
            (place.deaths_by_year, "recorded, of residents"),
            (place.deaths_to_december, "recorded, provisional, where people died"),
        )
        if (record := records.get("any_opioid")) is not None
    ]
    return Figure(
        "deaths",
        f"Opioid overdose deaths, {place.name}",
        "How many people die of an opioid overdose in a year?",
        "deaths a year",
        [*(sums(run, DEATHS, runs) for run in runs), *records],
        "Each point is a calendar year.",
        [],
    )


def _level(runs: Sequence[Run], output: str, title: str, unit: str) -> Figure:
    return Figure(
        output.rpartition(".")[2],
        title,
        f"{title}: how many?" if unit != "share" else "How likely is it that one is at hand?",
        unit,
        [level(run, output, runs) for run in runs],
        "Modelled alone: nothing comparable is recorded of a state.",
        [],
    )


def _fentanyl(runs: Sequence[Run], place: Place) -> Figure:
    return Figure(
        "fentanyl",
        f"Fentanyl in the illicit market, {place.name}",
        "What share of illicit opioids is fentanyl?",
        "share",
        [
            *(driver(run, SHARE, runs) for run in runs),
            by_year(place.fentanyl_share, "recorded: samples with heroin or fentanyl"),
        ],
        "The median of the draws' courses. Laboratories test what was seized; the fit saw their "
        "first year of fentanyl, not these shares.",
        [],
    )


def _noted(text: str, runs: Sequence[Run], remarks: Sequence[str] | None = None) -> str:
    """What a reader must know before the numbers."""
    said = runs[0].remarks if remarks is None else remarks
    how = f"{runs[0].draws} draws, recorded beside modelled; what is done is done nationwide."
    return " ".join((text, how, *(f"Note: {remark}" for remark in said))).strip()
