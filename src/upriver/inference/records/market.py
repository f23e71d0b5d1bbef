"""What laboratories and police saw of the market: share, purity, pills.

Shares are of samples that police hand in, by year. Purity and dose of pills were read off a chart
by month; months are not independent looks, so that means of half years enter, with a level that may
be off as a whole (months of fiscal 2023 average 22.5 % where 19.5 % are stated). Stated purity
enters beside them as levels; so does the share of pills of two milligrams or more, which says how
unlike pills of one time are.
"""

from typing import Any

import numpy as np

from upriver.evidence.figures import series
from upriver.inference.block import Block, independent
from upriver.system.observation import means

SHARE, PURITY, CONTENT = "supply.fentanyl_share", "supply.offer.purity", "supply.pills.content"
TWO_MG = "supply.pills.two_mg_share"

SHARES, POWDER, STATED, PILLS, TWO = 0.2, 0.12, 0.15, 0.1, 0.3
"""What errors are thought to be, of a logit and of logarithms."""

LEVEL = 1.25
"""By how much what was read off a chart is off as a whole, in errors: 15 % of purity."""

FEWEST = 3
"""Months of a half year that make a mean of it."""


def blocks() -> tuple[Block, ...]:
    """Blocks of the market."""
    return (
        _periods("nflis_share_opioid", "share of samples", SHARE, SHARES, link="logit"),
        _halves("fentanyl_powder_purity", "purity, half years", PURITY, POWDER),
        _periods(
            "fentanyl_powder_purity_stated", "purity, as stated", PURITY, STATED, freedom=20.0
        ),
        _halves("fentanyl_pill_dose", "pills, half years", CONTENT, PILLS),
        _two_mg(),
    )


def _two_mg() -> Block:
    """Stated for two calendar years to a tenth, and for two fiscal years."""
    records = [series(name) for name in ("pills_2mg_alert", "pills_2mg_stated")]
    starts = np.concatenate([record.starts for record in records])
    ends = np.concatenate([record.ends for record in records])
    return Block(
        name="pills of 2 mg or more",
        series=tuple(record.name for record in records),
        values=np.concatenate([record.values for record in records]),
        ends=ends,
        output=(TWO_MG,),
        weights=means(starts, ends),
        scale=TWO,
        correlation=independent(len(ends)),
        link="logit",
        rows=tuple(record.name for record in records for _ in record.values),
    )


def _halves(name: str, title: str, output: str, scale: float) -> Block:
    record = series(name)
    half = np.floor(record.starts * 2 + 1e-6) / 2
    starts = np.array([h for h in np.unique(half) if np.sum(half == h) >= FEWEST])
    ends = np.array([record.ends[half == h].max() for h in starts])
    return Block(
        name=title,
        series=(name,),
        values=np.array([record.values[half == h].mean() for h in starts]),
        ends=ends,
        output=(output,),
        weights=means(starts, ends),
        scale=scale,
        correlation=independent(len(starts), LEVEL),
    )


def _periods(name: str, title: str, output: str, scale: float, **besides: Any) -> Block:
    """A record as it is: means over its periods."""
    record = series(name)
    return Block(
        name=title,
        series=(name,),
        values=record.values,
        ends=record.ends,
        output=(output,),
        weights=means(record.starts, record.ends),
        scale=scale,
        correlation=independent(len(record)),
        **besides,
    )
