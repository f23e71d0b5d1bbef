"""The report of a run, or of several: which figures, in which order, and what each shows."""

from collections.abc import Sequence

from upriver.evidence.figures import series
from upriver.experiments.again import told
from upriver.experiments.against import projection_begins
from upriver.experiments.compare import Comparison
from upriver.experiments.simulate import Run
from upriver.system.world import MADE, PUBLISHED, World, worlds

from . import diplomacy, drivers, market, placed_story, supply
from .answered import answer_of, answer_of_comparison
from .colophon import interval_note, made_lines, provenance, sources, texts
from .figures import Figure
from .front import Front
from .headline import headline_html, outcomes_html, rounded
from .headline_rows import DEATHS
from .html import render
from .limits import cannot_tell
from .lines import MIDDLE, level, recorded, summed, sums
from .section import Section


def report(run: Run) -> str:
    """The report of one scenario, in the country or in a place, as one HTML file."""
    if run.place:
        return placed_story.report(run)
    return render(
        title=f"{run.title}: the US opioid epidemic, 1999 to 2032",
        subtitle=_noted(_subtitle(run.scenario.about, run), run.remarks),
        sections=sections([run]),
        headline_table=headline_html(run),
        provenance=provenance([run]),
        cannot_tell=cannot_tell(run.world),
        interval_note=interval_note(run),
        sources=sources(whole=_whole([run])),
        projection=projection_begins(),
        texts=texts([run]),
        lines=made_lines([run]),
        made=told([run]),
        front=Front(answer_of(run), deaths([run])),
    )


def comparison_report(comparison: Comparison) -> str:
    """The report of several scenarios."""
    runs = comparison.runs
    if runs[0].place:
        return placed_story.comparison_report(comparison)
    titles = ", ".join(run.scenario.title for run in runs)
    return render(
        title="Scenarios compared: the US opioid epidemic to 2032",
        subtitle=_noted(
            f"Compared: {titles}. {_in_world(runs[0])}{_subtitle('', runs[0])}".strip(),
            comparison.remarks,
        ),
        sections=sections(runs),
        headline_table=outcomes_html(comparison),
        provenance=provenance(runs),
        cannot_tell=cannot_tell(runs[0].world),
        interval_note=interval_note(runs[0]),
        sources=sources(whole=any(run.world != "reference" for run in runs)),
        projection=projection_begins(),
        texts=texts(runs),
        lines=made_lines(runs),
        made=told(runs),
        front=Front(answer_of_comparison(comparison), deaths(runs)),
    )


def sections(runs: Sequence[Run]) -> list[Section]:
    """All sections behind the first pages; with several runs a figure has one line a scenario."""
    return [
        *([_drugs(runs[0])] if len(runs) == 1 else []),
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
        *(supply.sections(runs) if _whole(runs) else []),
        *([market.section(runs), diplomacy.section(runs)] if _whole(runs) else []),
        Section(
            "Drivers",
            "What the model is given: figures to 2020, and after that a course that is assumed.",
            drivers.figures(runs, without=tuple(MADE) if _whole(runs) else ()),
        ),
    ]


def _drugs(run: Run) -> Section:
    return Section("Deaths", "Which drugs people died of.", [_by_drug(run)])


def deaths(runs: Sequence[Run]) -> Figure:
    """The curve of the first page."""
    record, newest = recorded(DEATHS, "recorded", MIDDLE), series(DEATHS).newest
    return Figure(
        "deaths",
        "Opioid overdose deaths",
        "How many people die of an opioid overdose in a year?",
        "deaths a year",
        [*(sums(run, "people.overdose.deaths", runs) for run in runs), record],
        f"Each point is a calendar year. {_fitted(runs[0])} {rounded()}".rstrip(),
        [],
        data_to=f"the end of {newest}",
    )


def _by_drug(run: Run) -> Figure:
    flows = {
        "synthetic opioids": "people.overdose.by_synthetic",
        "heroin without synthetic opioids": "people.overdose.by_heroin",
        "prescription opioids": "people.overdose.by_rx",
    }
    return Figure(
        "deaths-by-drug",
        "Deaths by drug",
        "Which drug do people die of?",
        "deaths a year",
        [
            *(sums(run, flow, [run], label) for label, flow in flows.items()),
            recorded("deaths_synthetic", "recorded, synthetic", MIDDLE),
        ],
        "In the model a death is counted once, synthetic opioids first. In the record a "
        "death can involve several drugs.",
        [],
        data_to=f"the end of {series('deaths_synthetic').newest}",
    )


def _people(runs: Sequence[Run]) -> list[Figure]:
    figures = [
        Figure(
            "disorder",
            "People with opioid use disorder",
            "How many people have an active opioid use disorder?",
            "people",
            [
                *(level(run, "people.heads.oud", runs) for run in runs),
                summed(
                    ("heroin_use_disorder", "rx_oud", "rx_oud_with_heroin"),
                    "survey, adjusted",
                ),
            ],
            "Survey counts are adjusted for heroin use that surveys miss, as the authors of SOURCE "
            "did. Other published estimates of 2019 reach 7.6 million.",
            [],
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
                "Use, disorder and remission",
                "How many people misuse opioids, have a disorder, or are in remission?",
                "people",
                [level(run, output, runs, label) for label, output in states.items()],
                "A disorder is counted whether treated or not; remission includes people in "
                "remission in treatment, and stable remission.",
                [],
            )
        )
    return figures


def _treatment(runs: Sequence[Run]) -> list[Figure]:
    record = summed(
        ("buprenorphine_patients", "methadone_patients", "naltrexone_patients"), "recorded"
    )
    figures = [
        Figure(
            "treatment",
            "People on medication for opioid use disorder",
            "How many people take a medication for opioid use disorder?",
            "people",
            [*(level(run, "people.heads.treatment", runs) for run in runs), record],
            "Buprenorphine, methadone and extended-release naltrexone, at the start of the year. "
            + _by(
                runs,
                "Fitted to the record of each.",
                "Places are full in every draw to 2020, so that the interval has no width. The "
                "published model counts people in remission in treatment twice against the places; "
                "that is kept, and puts ours about a sixth below the record.",
            ),
            [],
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
                    level(run, f"people.heads.in_treatment[{name}]", runs, name)
                    for name in ("buprenorphine", "methadone", "naltrexone")
                ],
                _by(
                    runs,
                    "By who offers each, who wants it and finds it within reach, and how long they "
                    "stay.",
                    "Capacity limits each of the three.",
                ),
                [],
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
                [level(run, output, runs, label) for label, output in gaps.items()],
                _by(
                    runs,
                    "Lost to cost, other barriers or a lack of places, or since no medication that "
                    "they would take is within reach.",
                    "Lost to cost, other barriers or a lack of places.",
                ),
                [],
            )
        )
    return figures


def _response(runs: Sequence[Run]) -> list[Figure]:
    return [
        Figure(
            "naloxone",
            "Naloxone at an overdose on heroin or fentanyl",
            "How likely is it that a witness has naloxone at hand?",
            "share",
            [level(run, "people.response.naloxone_heroin", runs) for run in runs],
            "From kits distributed, "
            + _by(
                runs,
                "who holds them, carries and uses them.",
                "with an efficiency that was fitted.",
            ),
            ["naloxone_source"],
        ),
        Figure(
            "kits",
            "Naloxone kits distributed",
            "How many kits are distributed in a year?",
            "kits a year",
            [
                *(level(run, "people.naloxone.given", runs) for run in runs),
                recorded("naloxone_kits", "estimated", 0.0),
            ],
            "By programmes and pharmacies. "
            + _by(
                runs,
                "How many more there are since 2020 than was projected is drawn.",
                "A projection after 2020.",
            ),
            ["naloxone_source"],
            data_to="2020",
        ),
    ]


def _by(runs: Sequence[Run], fitted: str, others: str) -> str:
    """What is said of runs of the fitted system, or of others."""
    return fitted if all(World.named(run.world).is_fitted for run in runs) else others


def _whole(runs: Sequence[Run]) -> bool:
    """Whether the runs have supply and diplomacy."""
    return all(run.world != "reference" for run in runs)


def _fitted(run: Run) -> str:
    """To what the model was fitted."""
    return str(worlds()[run.world]["fitted"])


def _in_world(run: Run) -> str:
    """The world that scenarios are compared in, where it is not the published model."""
    return "" if run.world == PUBLISHED else f"{worlds()[run.world]['title'].capitalize()}. "


def _subtitle(about: str, run: Run) -> str:
    many = f"{run.draws} draws" if run.draws > 1 else "one run"
    how = "central values alone" if run.central else many
    return f"{about} {how[:1].upper()}{how[1:]}, recorded beside modelled.".strip()


def _noted(text: str, remarks: Sequence[str]) -> str:
    """What a reader must know before the numbers stands on top of them."""
    return " ".join((text, *(f"Note: {remark}" for remark in remarks)))
