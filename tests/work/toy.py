"""A job that is quick: numbers made of where they stand, so that any error of place shows."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from upriver.work import Coordinate, Job, Variable, grid
from upriver.work.job import chunk_of


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """`values[row, column, draw]`: 10,000 row + 100 column + draw; `total`: their sum over draws.

    Says that it was run by a line in the file `content["log"]`, if there is one, takes
    `content["seconds"]`, and fails in the row `content["fails"]`.
    """
    if log := content.get("log"):
        with open(log, "a", encoding="utf-8") as stream:
            stream.write(f"{chunk['at']} {os.getpid()}\n")
    if content.get("fails") == str(chunk["at"]["row"][0]):
        raise ValueError("as asked")
    time.sleep(content.get("seconds", 0.0))
    rows, columns = (np.arange(content[dim])[chunk_of(chunk, dim)] for dim in ("row", "column"))
    values = (
        10_000.0 * rows[:, None, None]
        + 100.0 * columns[None, :, None]
        + np.arange(content["draw"])[None, None, :]
        + content.get("seed", 0)
    )
    return {"values": values, "total": values.sum(axis=2)}


def job(
    rows: int = 4,
    columns: int = 3,
    draws: int = 5,
    blocks: tuple[int, int] = (1, 2),
    **content: Any,
) -> Job:
    dims = {"row": rows, "column": columns, "draw": draws}
    cut = {"row": blocks[0], "column": blocks[1]}
    return Job(
        name="toy",
        run="toy:run",
        content={**dims, **content},
        dims=dims,
        blocks=cut,
        variables=(
            Variable("values", ("row", "column", "draw"), "people", "Numbers"),
            Variable("total", ("row", "column"), "people"),
        ),
        coordinates=(
            Coordinate("row", ("row",), [f"row {i}" for i in range(rows)]),
            Coordinate("draw", ("draw",), list(range(draws))),
        ),
        chunks=grid(dims, cut),
        attrs={"title": "A toy", "upriver_version": "0"},
    )


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
