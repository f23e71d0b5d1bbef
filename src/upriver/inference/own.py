"""Records of one's own beside those that ship: a CSV in Upriver's form makes blocks.

A series counts by what stands beside it in the catalogue of series: a flow summed over its periods,
or a level over them. Its error is thought to be a tenth, and the data tell.
"""

from pathlib import Path

import numpy as np

from upriver.core.errors import InputError, unknown_name
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.core.units import factor
from upriver.evidence.record import Record
from upriver.evidence.rows import parse_records
from upriver.evidence.series import all_words
from upriver.evidence.tables import read_text
from upriver.system.counters import COUNTED, counter
from upriver.system.observation import covered, levels, means, weights
from upriver.system.outputs import unit_of

from .block import Block, independent
from .likelihood import Likelihood

SCALE = 0.1
COUNTRY = "US"


def with_own(likelihood: Likelihood, file: Path) -> Likelihood:
    """The likelihood with the records of a file.

    Raises:
        InputError: a row is not right, a series is unknown, of another place, or nothing in the
            model is the same.
    """
    records = parse_records(read_text(file).splitlines(), file.name)
    if not records:
        raise InputError("holds no values", file=file.name)
    blocks = tuple(_block(record, file.name) for record in records.values())
    return Likelihood((*likelihood.blocks, *blocks), likelihood.ranges)


def _block(record: Record, file: str) -> Block:
    """A record as a block."""
    if record.place != COUNTRY:
        raise InputError(
            f"{record.name} is of another place", file=file, found=record.place, allowed=COUNTRY
        )
    output = _output(record, file)
    kept = covered(record) & np.isfinite(record.values) & (record.values > 0)
    if not kept.any():
        raise InputError(
            f"{record.name} has no value above 0 in a period from {FIRST_YEAR} to {LAST_YEAR}",
            file=file,
        )
    if output.startswith("cumulative."):
        seen = weights(record, unit_of(output))[kept]
    elif record.calendar == "instant":
        seen = levels(record.starts[kept]) * factor(unit_of(output), record.unit)
    else:
        seen = means(record.starts[kept], record.ends[kept])
        seen *= factor(unit_of(output), record.unit)
    return Block(
        name=f"{record.name}, {file}",
        series=(record.name,),
        values=record.values[kept],
        ends=record.ends[kept],
        output=(output,),
        weights=seen,
        scale=SCALE,
        correlation=independent(int(kept.sum())),
    )


def _output(record: Record, file: str) -> str:
    """The output that a series is beside."""
    known = all_words()
    if record.name not in known:
        raise unknown_name("series", record.name, known, where=(file, None))
    beside = known[record.name].beside
    if beside is None or beside.kind == "driver":
        raise InputError(f"{record.name} has nothing beside it that a run gives", file=file)
    if beside.kind == "level":
        return beside.name
    if beside.name not in COUNTED:
        raise InputError(f"{record.name} is beside a flow that is not counted", file=file)
    return counter(beside.name)
