"""Plausible draws in chunks: many more than one table holds, in any number of processes.

A draw is the same whichever are beside it, so what a million say is what one run of them would. A
store keeps of each draw its deaths by year and how it stands to the record.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters
from upriver.engine.run import load
from upriver.work import Coordinate, Job, Store, Variable, grid
from upriver.work.job import chunk_of
from upriver.work.opened import opened

from .prior import QUANTILES, Prior, Progress, told
from .prior_record import OUTPUTS, RECORDS, Held, held
from .prior_table import prior_table
from .shortages import MOST_DRAWS, shortages

BLOCK = 20_000
"""Draws of a chunk: half a minute on one core, some 400 MB."""

DIGEST = 32
"""Bytes of a digest."""


def job(draws: int, *, as_run: bool = False) -> Job:
    """The work of so many plausible draws, by chunks.

    Args:
        as_run: leave off what waits for a fit, and nothing disturbed.
    """
    years = range(FIRST_YEAR, LAST_YEAR)
    blocks = -(-draws // BLOCK)
    dims = {
        "draw": draws,
        "year": len(years),
        "record": len(RECORDS),
        "block": blocks,
        "byte": DIGEST,
    }
    chunks = tuple(
        {"at": {**one["at"], "block": [i, i + 1]}}
        for i, one in enumerate(grid(dims, {"draw": BLOCK}))
    )
    each = ("draw", "record")
    return Job(
        name="prior",
        run=f"{__name__}:run",
        content={
            "draws": draws,
            "as_run": as_run,
            "upriver_version": __version__,
            "equations": load().manifest["wasm_sha256"],
            "table": prior_table(2, as_run=as_run)[0].digest(),
        },
        dims=dims,
        blocks={"draw": BLOCK, "block": 1},
        variables=(
            Variable("deaths", ("draw", "year"), "people", "opioid overdose deaths of a year"),
            Variable("near", each, "1", "share of years that are near the record"),
            Variable("side", each, "1", "1 above the record in all years, -1 below", "int8"),
            Variable("absurd", ("draw",), "1", "deaths far from anything that was", "int8"),
            Variable("broken", ("draw",), "1", "a number is none", "int8"),
            Variable("table", ("block", "byte"), "1", "SHA-256 of what was run", "uint8"),
        ),
        coordinates=(
            Coordinate("year", ("year",), list(years), "year"),
            Coordinate("record", ("record",), list(RECORDS)),
        ),
        chunks=chunks,
        attrs={
            "title": f"{draws:,} plausible draws before any fit",
            "upriver_version": __version__,
        },
    )


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    """The draws of a chunk, held against the record."""
    at = chunk_of(chunk, "draw")
    table, _ = prior_table(at.stop - at.start, as_run=content["as_run"], first=at.start)
    found = held(load().run(table.columns, outputs=OUTPUTS, instants=quarters()))
    return {
        **{name: getattr(found, name) for name in ("deaths", "near", "side")},
        "absurd": found.absurd.astype(np.int8),
        "broken": found.broken.astype(np.int8),
        "table": np.frombuffer(bytes.fromhex(table.digest()), dtype=np.uint8)[None],
    }


def collected(store: Store, progress: Progress | None = None) -> Prior:
    """What all draws say, as `prior` says it; the digest is of the tables of all chunks.

    Args:
        progress: called with constants that were looked at and all of them.

    Raises:
        FileProblem: a chunk is missing or broken; which, is said.
    """
    kept = opened(store.check_whole())
    years = range(store.job.dims["year"])
    deaths = [np.quantile(kept["deaths"][:, year], QUANTILES) for year in years]
    found = Held(
        deaths=np.empty((0, len(years))),
        near=kept["near"][...],
        side=kept["side"][...],
        absurd=kept["absurd"][...].astype(bool),
        broken=kept["broken"][...].astype(bool),
    )
    as_run = bool(store.job.content["as_run"])
    some, _ = prior_table(min(store.job.dims["draw"], MOST_DRAWS), as_run=as_run)
    digest = hashlib.sha256(kept["table"][...].tobytes()).hexdigest()
    return told(
        found,
        np.stack(deaths, axis=1),
        shortages(some),
        digest,
        as_run=as_run,
        progress=progress,
    )
