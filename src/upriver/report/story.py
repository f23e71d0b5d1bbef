"""The report of a run, or of several: which figures, in which order, and what each shows."""

from collections.abc import Sequence

import numpy as np

from upriver.core.parameters import parameters
from upriver.evidence.figures import citation, references, series
from upriver.experiments.compare import Comparison
from upriver.experiments.simulate import Doubles, Run, Summary

from .figures import Figure, Section, Series
from .headline import LAST_SUM, PROJECTION, headline_html, outcomes_html
from .html import render
from .limits import CANNOT_TELL, INTERVAL_NOTE

MIDDLE = 0.5
"""A sum over a calendar year is drawn at its middle."""


def report(run: Run) -> str:
    """The report of one scenario, as one HTML file."""
    return render(
        title=f"{run.scenario.title}: the US opioid epidemic, 1999 to 2032",
        subtitle=_subtitle(run.scenario.about, run.draws),
        sections=sections([run]),
        headline_table=headline_html(run),
        provenance=_provenance([run]),
        cannot_tell=CANNOT_TELL,
        interval_note=INTERVAL_NOTE.replace("200", str(run.draws)),
        sources=_sources(),
        projection=PROJECTION,
    )


def comparison_report(comparison: Comparison) -> str:
    """The report of several scenarios."""
    runs = comparison.runs
    titles = ", ".join(run.scenario.title for run in runs)
    return render(
        title="Scenarios compared: the US opioid epidemic to 2032",
        subtitle=f"{titles}. {_subtitle('', runs[0].draws)}",
        sections=sections(runs),
        headline_table=outcomes_html(comparison),
        provenance=_provenance(runs),
        cannot_tell=CANNOT_TELL,
        interval_note=INTERVAL_NOTE.replace("200", str(runs[0].draws)),
        sources=_sources(),
        projection=PROJECTION,
    )


def sections(runs: Sequence[Run]) -> list[Section]:
    """All sections; with several runs each figure shows one line a scenario."""
    return [
        Section(
            "Deaths",
            "How many people died of an opioid overdose, as recorded and as the model has it.",
            _deaths(runs),
        ),
        Section(
            "People",
            "How many people misuse opioids, have a disorder, are treated or in remission.",
            _people(runs),
        ),
        Section(
            "Treatment",
            "Who is on medication, and what share of those who seek it does not get in.",
            _treatment(runs),
        ),
        Section(
            "Overdose response",
            "Naloxone kits, and the chance that a witness of an overdose has one.",
            _response(runs),
        ),
        Section(
            "Drivers",
            "What the model is given: recorded to 2020, projected after that.",
            _drivers(runs),
        ),
    ]


def _deaths(runs: Sequence[Run]) -> list[Figure]:
    record = _recorded("deaths_any_opioid", "recorded", MIDDLE)
    figures = [
        Figure(
            "deaths",
            "Opioid overdose deaths",
            "How many people die of an opioid overdose in a year?",
            "deaths a year",
            [*(_sums(run, "people.overdose.deaths", runs) for run in runs), record],
            "Each point is a calendar year. The model was fitted to data to 2020. Recorded deaths "
            "of 2024 are rounded to a thousand.",
            ["lim2022", "wonder", "nchs", "nchs_2024"],
            data_to="the end of 2024",
        )
    ]
    if len(runs) == 1:
        run = runs[0]
        flows = {
            "synthetic opioids": "people.overdose.by_synthetic",
            "heroin without synthetic opioids": "people.overdose.by_heroin",
            "prescription opioids": "people.overdose.by_rx",
        }
        figures.append(
            Figure(
                "deaths-by-drug",
                "Deaths by drug",
                "Which drug do people die of?",
                "deaths a year",
                [
                    *(_sums(run, flow, runs, label) for label, flow in flows.items()),
                    _recorded("deaths_synthetic", "recorded, synthetic", MIDDLE),
                ],
                "In the model a death is counted once, synthetic opioids first. In the record a "
                "death can involve several drugs.",
                ["lim2022", "wonder", "nchs", "wonder_2024"],
                data_to="the end of 2024",
            )
        )
    return figures


def _people(runs: Sequence[Run]) -> list[Figure]:
    figures = [
        Figure(
            "disorder",
            "People with opioid use disorder",
            "How many people have an active opioid use disorder?",
            "people",
            [
                *(_level(run, "people.heads.oud", runs) for run in runs),
                _summed(
                    ("heroin_use_disorder", "rx_oud", "rx_oud_with_heroin"),
                    "survey, adjusted",
                ),
            ],
            "Survey counts are adjusted for heroin use that surveys miss, as the authors of SOURCE "
            "did. Other published estimates of 2019 reach 7.6 million.",
            ["lim2022", "nsduh_source"],
            data_to="2020",
        )
    ]
    if len(runs) == 1:
        run = runs[0]
        states = {
            "misuse of prescription opioids": "people.stocks.misuse",
            "prescription opioid use disorder": "people.heads.with_disorder[rx]",
            "heroin use disorder": "people.heads.with_disorder[heroin]",
            "heroin use without a disorder": "people.stocks.heroin_use",
            "in remission": "people.heads.remission",
        }
        figures.append(
            Figure(
                "states",
                "People by state",
                "How many people are in each state?",
                "people",
                [_level(run, output, runs, label) for label, output in states.items()],
                "A disorder is counted whether treated or not; remission includes people in "
                "remission in treatment, and stable remission.",
                ["lim2022"],
            )
        )
    return figures


def _treatment(runs: Sequence[Run]) -> list[Figure]:
    recorded = _summed(
        ("buprenorphine_patients", "methadone_patients", "naltrexone_patients"), "recorded"
    )
    figures = [
        Figure(
            "treatment",
            "People on medication for opioid use disorder",
            "How many people take a medication for opioid use disorder?",
            "people",
            [*(_level(run, "people.heads.treatment", runs) for run in runs), recorded],
            "Buprenorphine, methadone and extended-release naltrexone, at the start of the year. "
            "Places are full in every draw to 2020, so that the interval has no width. The "
            "published model counts people in remission in treatment twice against the places; "
            "that is kept, and puts ours about a sixth below the record.",
            ["lim2022", "iqvia_source", "nssats_source"],
            data_to="2020",
        )
    ]
    if len(runs) == 1:
        run = runs[0]
        figures.append(
            Figure(
                "medications",
                "People on each medication",
                "Which medication do people take?",
                "people",
                [
                    _level(run, f"people.heads.in_treatment[{name}]", runs, name)
                    for name in ("buprenorphine", "methadone", "naltrexone")
                ],
                "Capacity limits each of the three.",
                ["lim2022"],
            )
        )
        gaps = {
            "heroin use disorder": "people.treatment.gap_hud",
            "prescription opioid use disorder": "people.treatment.gap_rx",
        }
        figures.append(
            Figure(
                "gap",
                "The treatment gap",
                "What share of people who seek treatment does not get in?",
                "share",
                [_level(run, output, runs, label) for label, output in gaps.items()],
                "Lost to cost, other barriers or a lack of places.",
                ["lim2022", "stringfellow2022"],
            )
        )
    return figures


def _response(runs: Sequence[Run]) -> list[Figure]:
    return [
        Figure(
            "naloxone",
            "Naloxone at an overdose on heroin or fentanyl",
            "How likely has a witness naloxone at hand?",
            "share",
            [_level(run, "people.response.naloxone_heroin", runs) for run in runs],
            "From kits distributed, with an efficiency that was fitted.",
            ["lim2022", "naloxone_source"],
        ),
        Figure(
            "kits",
            "Naloxone kits distributed",
            "How many kits are distributed in a year?",
            "kits a year",
            [
                *(_driver(run, "people.response.kits", runs) for run in runs),
                _recorded("naloxone_kits", "estimated", 0.0),
            ],
            "By harm reduction programmes, mail and retail.",
            ["naloxone_source"],
            data_to="2020",
        ),
    ]


def _drivers(runs: Sequence[Run]) -> list[Figure]:
    drawn = (
        (
            "fentanyl",
            "Fentanyl's share of the illicit supply",
            "What share of illicit opioid samples holds fentanyl?",
            "share",
            "people.market.fentanyl_share",
            "fentanyl_share",
            ["nflis_source"],
        ),
        (
            "price",
            "Price of heroin",
            "What does heroin cost, relative to 1999?",
            "1999 = 1",
            "people.market.heroin_price",
            "heroin_price",
            ["source_x8"],
        ),
        (
            "prescribing",
            "People with an opioid prescription",
            "How many people receive an opioid prescription in a year?",
            "people a year",
            "people.prescribing.patients",
            "opioid_patients",
            ["iqvia_source"],
        ),
    )
    return [
        Figure(
            key,
            title,
            question,
            unit,
            [*(_driver(run, path, runs) for run in runs), _recorded(name, "estimated", 0.0)],
            _projection_note(runs[0], path),
            sources,
            data_to="2020",
        )
        for key, title, question, unit, path, name, sources in drawn
    ]


def _projection_note(run: Run, path: str) -> str:
    ahead = parameters()[path].projection
    if ahead is None:
        return "No projection."
    return (
        f"The base projection tends to {ahead.end_value:,.10g} by {ahead.end_year:g}, as the "
        "authors of SOURCE expected in 2022."
    )


def _line(summary: Summary, label: str, runs: Sequence[Run], run: Run, shift: float) -> Series:
    """A modelled line; further scenarios are drawn from where they part from the first."""
    times = summary.times + shift
    keep = np.ones(len(times), dtype=bool)
    if run is not runs[0]:
        start = run.scenario.starts
        keep = times >= (1999.0 if start is None else start)
    return Series(
        label,
        times[keep],
        summary.median[keep],
        summary.low[keep],
        summary.high[keep],
        kind="modelled" if run is runs[0] else "scenario",
        source="lim2022",
    )


def _sums(run: Run, flow: str, runs: Sequence[Run], label: str | None = None) -> Series:
    return _line(run.sums(flow), label or run.scenario.title, runs, run, MIDDLE)


def _level(run: Run, output: str, runs: Sequence[Run], label: str | None = None) -> Series:
    return _line(run.level(output), label or run.scenario.title, runs, run, 0.0)


def _driver(run: Run, path: str, runs: Sequence[Run]) -> Series:
    times, values = run.driver(path)
    return Series(run.scenario.title, times, values, kind="driver", source="source_x8")


def _recorded(name: str, label: str, shift: float) -> Series:
    found = series(name)
    return Series(
        label, found.periods + shift, found.values, kind="recorded", source=found.sources[-1]
    )


def _summed(names: tuple[str, ...], label: str) -> Series:
    """Sum of recorded series over the periods that all have."""
    parts = [series(name) for name in names]
    common = sorted(set.intersection(*(set(part.periods.tolist()) for part in parts)))
    totals: Doubles = np.array([sum(part.at(p) or 0.0 for part in parts) for p in common])
    return Series(label, np.array(common), totals, kind="recorded", source=parts[0].sources[-1])


def _subtitle(about: str, draws: int) -> str:
    run = f"{draws} draws of the published posterior" if draws > 1 else "one run"
    return f"{about} {run}, recorded beside modelled, 1999 to {LAST_SUM:g}.".strip()


def _sources() -> list[dict[str, str]]:
    return [
        {"key": key, "text": citation(key), "url": _link(fields)}
        for key, fields in references().items()
    ]


def _link(fields: dict[str, str]) -> str:
    doi = fields.get("doi")
    return f"https://doi.org/{doi}" if doi else fields.get("url", "")


def _provenance(runs: Sequence[Run]) -> dict[str, object]:
    found: dict[str, object] = dict(runs[0].provenance)
    if len(runs) > 1:
        found["scenario"] = ", ".join(run.scenario.title for run in runs)
        found["table_digest"] = ", ".join(str(run.provenance["table_digest"])[:16] for run in runs)
    found["draws"] = f"{runs[0].draws}, the first of 1,000 that ship in a fixed order"
    return found
