"""What the model says of itself today: figures that stand within pages written by hand.

A block `<!-- made: NAME -->` ... `<!-- end -->` in README.md, MODEL_CARD.md or a page of docs/
holds what the function of that name gives.
"""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upriver.engine.run import load
from upriver.evidence.figures import series
from upriver.experiments.against import Against, against
from upriver.experiments.caveats import unexplained
from upriver.experiments.simulate import simulate
from upriver.policy.draws import MOST_DRAWS, posterior
from upriver.report.headline import headlines
from upriver.system.observation import levels, observed
from upriver.system.tabulate import tabulate
from upriver.system.world import BEFORE, DEFAULT, PUBLISHED, World, worlds

from . import fit, forecasts, model_book, natural, nulls, scale
from .markdown import table

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"<!-- made: ([a-z-]+) -->\n(.*?)<!-- end -->", re.DOTALL)
FITTED_PARAMETERS = 73
"""Parameters that the authors of SOURCE fitted (docs/decisions/0003-draws.md)."""


def files() -> list[Path]:
    """Pages that may hold such blocks."""
    return [ROOT / "README.md", ROOT / "MODEL_CARD.md", *sorted((ROOT / "docs").rglob("*.md"))]


def filled() -> dict[Path, str]:
    """Text of every page that holds a block, with what stands in it made anew."""
    found = {}
    for file in files():
        text = file.read_text(encoding="utf-8")
        if BLOCK.search(text):
            found[file] = BLOCK.sub(_made, text)
    return found


def _made(block: re.Match[str]) -> str:
    name = block[1]
    return f"<!-- made: {name} -->\n{BLOCKS[name]().strip()}\n<!-- end -->"


def rooms() -> str:
    """The mechanisms of each part, and how sure each world is."""
    pages = [path.split("/")[1] for path in model_book.pages()]
    counts = {room: pages.count(room) for room in ("people", "supply", "diplomacy")}
    said = ", ".join(f"{count} of {room}" for room, count in counts.items())
    lines = [f"Mechanisms that are modelled: {said} ([model book](model/index.md)).\n"]
    for name, one in worlds().items():
        usual = ", which runs where nothing else is said" if name == DEFAULT else ""
        lines.append(f"- World `{name}`{usual}: the {one['title']}. {one['fitted']}")
    return "\n".join(lines) + "\n"


def published_years() -> str:
    """Recorded deaths since 2020 beside the published model's."""
    deaths, recorded = simulate("published").deaths, series("deaths_any_opioid")
    rows = []
    for year in (2020, 2021, 2022, 2023, 2024):
        median, low, high = deaths[year]
        count = recorded.at(year) or 0.0
        inside = "yes" if low <= count <= high else "no"
        rows.append(
            [f"{year}", f"{count:,.0f}", f"{median:,.0f} ({low:,.0f} to {high:,.0f})", inside]
        )
    return table(("Year", "Recorded", "Modelled, 95 % interval", "Inside"), rows)


def published_inside() -> str:
    """In how many years the record lies in the published model's interval."""
    public, given = (_beside(name, PUBLISHED) for name in ("deaths_any_opioid", "deaths_source"))
    return (
        f"With 200 draws, the interval of yearly opioid overdose deaths holds the record in "
        f"{public.inside} of the {len(public.recorded)} years {public.labels[0]} to "
        f"{public.labels[-1]}, and in {given.inside} of {len(given.recorded)} for the death counts "
        "that the model was fitted to.\n"
    )


def left_unexplained() -> str:
    """How much of how deaths changed no part of the model explains."""
    return f"{unexplained(DEFAULT)}\n"


def whole_inside() -> str:
    """In how many years the record lies in the whole system's interval."""
    found = _beside("deaths_any_opioid", DEFAULT)
    return (
        f"The interval of the whole system holds recorded deaths in {found.inside} of the "
        f"{len(found.recorded)} years {found.labels[0]} to {found.labels[-1]}.\n"
    )


def whole_central() -> str:
    """How far central values before the fit are from the record."""
    names = ["cumulative.people.overdose.deaths", "cumulative.people.overdose.by_synthetic"]
    names += ["supply.offer.purity"]
    columns = tabulate(World.named(BEFORE)).columns
    run = load().run(columns, outputs=names, instants=np.arange(529))[0]
    deaths, synthetic = series("deaths_any_opioid"), series("deaths_synthetic_12m")
    ratio = observed(run[0], deaths, "people") / deaths.values
    worst = int(np.argmax(np.abs(np.log(ratio))))
    newest = observed(run[1], synthetic, "people")[-1] / synthetic.values[-1]
    peak, when = _purity_peak(run[2])
    recorded, when_recorded = _recorded_purity_peak()
    return (
        f"Deaths of a year are {ratio[worst]:.2f} times the record where they differ most "
        f"({deaths.labels[worst]}); deaths with "
        f"synthetic opioids in the twelve months to {synthetic.labels[-1]} are {newest:.1f} times "
        f"the recorded ones; purity of powder peaks in {when} at {peak:.0%}, and was recorded to "
        f"peak in {when_recorded} at {recorded:.0%}.\n".replace("%", " %")
    )


def treatment() -> str:
    """People in treatment against the count they are compared with."""
    found = next(
        row
        for row in headlines(simulate("published"))
        if row.label == "People on medication" and row.recorded is not None
    )
    assert found.recorded is not None
    away = found.median / found.recorded - 1
    ends = f"{found.low:,.0f}", f"{found.high:,.0f}"
    width = "with an interval of no width" if len({*ends}) == 1 else f"{ends[0]} to {ends[1]}"
    side = "below" if away < 0 else "above"
    return (
        f"People in treatment come out {abs(away):.1%} {side} the count "
        f"they are compared with in {found.year:.0f}, {width}.\n"
    ).replace("%", " %")


def draws() -> str:
    """How many fitted parameters and draws ship."""
    names, _ = posterior()
    return (
        f"{len(names)} of the {FITTED_PARAMETERS} move something in our equations; {MOST_DRAWS:,} "
        "draws of their published posterior sample ship.\n"
    )


def _beside(name: str, world: str) -> Against:
    (found,) = against([name], world=world)
    return found


def _purity_peak(course: NDArray[np.float64]) -> tuple[float, int]:
    """Mean purity of the year in which it is highest, and the year."""
    years = range(2019, 2025)
    instants = np.array([year + month / 12 for year in years for month in range(12)])
    means = (levels(instants) @ course).reshape(-1, 12).mean(axis=1)
    return float(means.max()), years[int(means.argmax())]


def _recorded_purity_peak() -> tuple[float, int]:
    record = series("fentanyl_powder_purity")
    years = np.floor(record.starts + 1e-6)
    means = {int(year): float(record.values[years == year].mean()) for year in np.unique(years)}
    best = max(means, key=lambda year: means[year])
    return means[best], best


BLOCKS: dict[str, Callable[[], str]] = {
    "rooms": rooms,
    "published-years": published_years,
    "published-inside": published_inside,
    "unexplained": left_unexplained,
    "whole-inside": whole_inside,
    "whole-central": whole_central,
    "treatment": treatment,
    "draws": draws,
    "fit-explanations": fit.explanations,
    "fit-years": fit.years,
    "fit-record": fit.record,
    "fit-assumed": fit.assumed,
    "fit-told": fit.told,
    "fit-before": fit.before_and_after,
    "fit-wide": fit.what_is_wide,
    "forecast-ahead": forecasts.ahead,
    "forecast-registered": forecasts.registered,
    "forecast-scores": forecasts.scores,
    "forecast-new": forecasts.new_scores,
    "forecast-turn": forecasts.turn,
    "natural-control": natural.control,
    "natural-canada": natural.quarters,
    "natural-reference": natural.reference,
    "nulls-given": nulls.inputs,
    "nulls": nulls.hindcasts,
    "controls": nulls.controls,
    "nulls-missed": nulls.missed,
    "dose": nulls.dose,
    **scale.BLOCKS,
}
