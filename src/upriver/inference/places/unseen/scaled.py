"""A country that is some states scaled up by residents, for what the others had not to be seen in.

Deaths of these states enter the likelihood in the place of the country's, and every other record as
it is. What is thought before has seen all states still: it begins from the published posterior,
which had the country's deaths to 2020, with three times its width.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from upriver.evidence.figures import COUNTRY, series
from upriver.inference.block import Block, independent
from upriver.inference.calibrate import calibrate
from upriver.inference.forecasts.hindcast import START, model_at
from upriver.inference.likelihood import Likelihood, recorded
from upriver.inference.model import Model
from upriver.inference.records.deaths import MONTH, OTHERS, SYNTHETIC, WITHOUT, YEARS
from upriver.places.asked import place
from upriver.places.shares import residents_at
from upriver.policy.places.world import Country
from upriver.system.observation import matrix

from .countries import of_model
from .listed import FIRST, LAST, MONTHS
from .peaks import middles_of

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]

DRAWS = 200
BY_MONTH = 2018
"""Year from which deaths enter by month; before that by year, as those of the country."""

BY_YEAR = (1999, 2016)
"""First and last year of which a state has its deaths by kind."""


def scaled(codes: Sequence[str]) -> Likelihood:
    """The country's likelihood with the deaths of some states in the place of its own."""
    kept = recorded()
    others = [block for block in kept.blocks if not {*block.output} & {SYNTHETIC, WITHOUT}]
    return replace(kept, blocks=(*_deaths(codes), *others))


def country_of(
    codes: Sequence[str], file: Path, seed: int = 1, progress: Progress | None = None
) -> tuple[Country, str]:
    """Runs of a country that is some states scaled up, with what was on record by December 2024.

    Args:
        file: that the state of the fit is kept in.

    Returns:
        The runs, and the digest of their fit.
    """
    month = LAST * MONTHS + MONTHS - 1
    model = model_at(month, recorded(), month)
    model = Model(model.unknowns, scaled(codes).until(LAST + 1.0))
    found = calibrate(model, seed, START, progress, file)
    return of_model(model, found.z[:: len(found.z) // DRAWS][:DRAWS]), found.name


def _deaths(codes: Sequence[str]) -> tuple[Block, Block, Block]:
    """Deaths of some states as those of a country: years, months, other opioids."""
    months = np.sum([middles_of(code) for code in codes], axis=0)
    first = (BY_MONTH - FIRST) * MONTHS
    between = months[:first].reshape(-1, MONTHS).sum(axis=1)[BY_YEAR[1] + 1 - FIRST :]
    synthetic = _by_year(codes, "synthetic")
    years = np.arange(BY_YEAR[0], BY_MONTH, dtype=float)
    when = BY_MONTH + np.arange(len(months) - first) / MONTHS
    of_others = years[: len(synthetic)]
    return (
        _block(codes, "T40.4, years", SYNTHETIC, np.append(synthetic, between), years, 1.0, YEARS),
        _block(codes, "T40.4, months", SYNTHETIC, months[first:], when, 1 / MONTHS, MONTH),
        _block(
            codes,
            "other opioids, years",
            WITHOUT,
            _by_year(codes, "any_opioid") - synthetic,
            of_others,
            1.0,
            OTHERS,
        ),
    )


def _by_year(codes: Sequence[str], kind: str) -> Doubles:
    """Deaths of a kind by year, shape (years,) [people/year]."""
    found = [place(code).deaths_by_year[kind] for code in codes]
    labels = [str(year) for year in range(BY_YEAR[0], BY_YEAR[1] + 1)]
    return np.array([sum(one.at(label) or 0.0 for one in found) for label in labels])


def _block(
    codes: Sequence[str],
    name: str,
    output: str,
    values: Doubles,
    starts: Doubles,
    length: float,
    scale: float,
) -> Block:
    """Deaths of some states, as many as there would be in the country by its residents."""
    middles = starts + length / 2
    here = np.sum([residents_at(place(code).population, middles) for code in codes], axis=0)
    there = residents_at(series("residents", COUNTRY), middles)
    return Block(
        name=name,
        series=("deaths_of_states",),
        values=values * there / here,
        ends=starts + length,
        output=(output,),
        weights=matrix(starts, starts + length),
        scale=scale,
        correlation=independent(len(values)),
    )
