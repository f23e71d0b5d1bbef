"""People on each medication, as the authors of SOURCE put the counts together.

Buprenorphine and naltrexone are read as means over a year (the published model has buprenorphine at
the start of the year, where its first years are more than the record of a whole year); methadone is
counted on a day, mostly the last of March, and read as the mean too. What is counted one year is
off much as it was the year
before: the error fades over two years. The first years of a medication, when almost nobody took it,
do not enter.
"""

from upriver.evidence.figures import series
from upriver.inference.block import Block, fading
from upriver.system.observation import means

FIRST = {"buprenorphine": 2003, "methadone": 1999, "naltrexone": 2011}
"""First year that enters."""

SCALE = 0.12
FADES_YEARS = 2.0


def blocks() -> tuple[Block, ...]:
    """A block a medication."""
    return tuple(_medication(name, first) for name, first in FIRST.items())


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
