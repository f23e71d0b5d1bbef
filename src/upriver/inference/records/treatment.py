"""People on each medication, as the authors of SOURCE put the counts together.

Buprenorphine and naltrexone are read as means over a year (the published model has buprenorphine at
the start of the year, where its first years are more than the record of a whole year); methadone is
counted on a day, mostly the last of March, and read as the mean too. What is counted one year is
off much as it was the year
before: the error fades over two years. The first years of a medication, when almost nobody took it,
do not enter.

That record ends in 2020. Two months of 2022, from pharmacies, say where patients on buprenorphine
went; both may be off as a whole. What came after the end of the waiver does not enter.
"""

import numpy as np

from upriver.evidence.figures import series
from upriver.inference.block import Block, fading, independent
from upriver.system.observation import means

FIRST = {"buprenorphine": 2003, "methadone": 1999, "naltrexone": 2011}
"""First year that enters."""

SCALE = 0.12
FADES_YEARS = 2.0

LAST_MONTHS = 2023.0
"""End of the months that enter: the waiver ended then."""
MONTHS, MONTHS_LEVEL = 0.03, 1.0
"""Error of a month, as thought before, and by how much both are off as a whole, in errors."""


def blocks() -> tuple[Block, ...]:
    """A block a medication, and the months."""
    return (*(_medication(name, first) for name, first in FIRST.items()), _months())


def _months() -> Block:
    record = series("buprenorphine_patients_in_month")
    kept = np.flatnonzero(record.ends <= LAST_MONTHS + 1e-9)
    starts, ends = record.starts[kept], record.ends[kept]
    return Block(
        name="on buprenorphine, months",
        series=("buprenorphine_patients_in_month",),
        values=record.values[kept],
        ends=ends,
        output=("people.heads.in_treatment[buprenorphine]",),
        weights=means(starts, ends),
        scale=MONTHS,
        correlation=independent(len(kept), MONTHS_LEVEL),
    )


def _medication(name: str, first: int) -> Block:
    record = series(f"{name}_patients")
    kept = (record.starts >= first) & (record.values > 0)
    starts = record.starts[kept]
    return Block(
        name=f"on {name}",
        series=(f"{name}_patients",),
        values=record.values[kept],
        ends=starts + 1,
        output=(f"people.heads.in_treatment[{name}]",),
        weights=means(starts, starts + 1),
        scale=SCALE,
        correlation=fading(starts, FADES_YEARS),
    )
