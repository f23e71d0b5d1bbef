"""Records of one's own beside those that ship: a CSV in Upriver's form makes blocks.

A series counts by what stands beside it in the catalogue of series: a flow summed over its periods,
or a level over them. Its error is thought to be a tenth, and the data tell. Periods that overlap,
as sums of twelve months do, share their errors. A survey is read as those that ship are.
"""

from pathlib import Path

import numpy as np

from upriver.core.errors import InputError, unknown_name
from upriver.core.time import STEPS
from upriver.core.units import factor
from upriver.evidence.record import Record
from upriver.evidence.rows import parse_records
from upriver.evidence.series import all_words
from upriver.evidence.tables import read_text
from upriver.system.counters import COUNTED, counter
from upriver.system.observation import Matrix, covered, levels, means, weights
from upriver.system.outputs import unit_of

from .block import Block, independent, overlapping
from .likelihood import END, Likelihood
from .records import surveys

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
            f"{record.name} has no value above 0 in a period from 1999 to {END:.0f}", file=file
        )
    if record.ends[kept].max() > END + 1e-6:
        raise InputError(
            f"{record.name} has a period after the end of the record that the fit is of",
            file=file,
            found=record.labels[int(np.flatnonzero(kept)[-1])],
            allowed="to January 2026",
        )
    flow = output.startswith("cumulative.")
    return Block(
        name=f"{record.name}, {file}",
        series=(record.name,),
        values=record.values[kept],
        ends=record.ends[kept],
        output=(output,),
        weights=_weights(record, output, file)[kept],
        scale=SCALE,
        correlation=overlapping(record.starts[kept], record.ends[kept])
        if flow
        else independent(int(kept.sum())),
        surveyed=record.name in (*surveys.STOCKS, *surveys.FLOWS),
    )


def _weights(record: Record, output: str, file: str) -> Matrix:
    """Weights of a run's instants in what a record counts, in its unit."""
    unit, inside = unit_of(output), covered(record)
    flow, instant = output.startswith("cumulative."), record.calendar == "instant"
    if flow and instant:
        raise InputError(
            f"{record.name} is counted over a period, not at an instant",
            file=file,
            found="calendar 'instant'",
        )
    try:
        if flow:
            return weights(record, unit)
        found = np.zeros((len(record.labels), STEPS + 1))
        at_start = instant or record.name in surveys.STOCKS
        starts, ends = record.starts[inside], record.ends[inside]
        found[inside] = levels(starts) if at_start else means(starts, ends)
        return found * factor(unit, record.unit)
    except ValueError as wrong:
        raise InputError(
            f"{record.name} is in a unit that measures something else", file=file, found=record.unit
        ) from wrong


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
