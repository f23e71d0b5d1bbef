"""Sobol' indices in chunks of base points: what another process, or another machine, may run.

A chunk runs its base points in all their variants; a store holds the quantity at each. How points
are put into chunks changes no number, so indices are those of a run without a store, to the bit.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver import __version__
from upriver.engine.run import load
from upriver.policy.chosen import fitted
from upriver.policy.scenario import parse_scenario
from upriver.policy.written import to_yaml
from upriver.work import Coordinate, Job, Store, Variable, grid
from upriver.work.job import chunk_of
from upriver.work.opened import opened

from .before import By, by_of, check_points, groups_of, inputs_of, values_of
from .quantities import Asked, asked
from .sobol import Values

RUNS = 8192
"""Variants of a chunk, in whole base points: some ten seconds."""


def job(of: Asked, by: By, points: int) -> Job:
    """The work of so many base points, by chunks.

    Raises:
        OutOfBounds: points that are no power of 2, or too few or many.
    """
    check_points(points)
    groups = groups_of(inputs_of(of), by)
    dims = {"group": len(groups), "point": points}
    size = max(1, RUNS // (len(groups) + 2))
    unit = of.quantity.unit
    return Job(
        name="sensitivity",
        run=f"{__name__}:run",
        content={
            "quantity": of.quantity.name,
            "years": list(of.years),
            "scenario": to_yaml(of.scenario),
            "by": by,
            "points": points,
            "upriver_version": __version__,
            "equations": load().manifest["wasm_sha256"],
            "fit": fitted().said["fits"],
        },
        dims=dims,
        blocks={"point": size},
        variables=(
            Variable("a", ("point",), unit, "at the first sample"),
            Variable("b", ("point",), unit, "at the second sample"),
            Variable("ab", ("group", "point"), unit, "at the first, with a group of the second"),
        ),
        coordinates=(
            Coordinate("group", ("group",), [one.name for one in groups]),
            Coordinate("part", ("group",), [one.part for one in groups]),
        ),
        chunks=grid(dims, {"point": size}),
        attrs={"title": f"Sobol' sample of {of.said}", "upriver_version": __version__},
    )


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, NDArray[np.float64]]:
    """The quantity at the base points of a chunk."""
    first, last = content["years"]
    name = content["quantity"]
    one = asked(name, (first, last), parse_scenario(content["scenario"]))
    at = chunk_of(chunk, "point")
    found = values_of(one, by_of(content["by"]), content["points"], at.start, at.stop)
    return found._asdict()


def collected(store: Store) -> Values:
    """The quantity at all base points.

    Raises:
        FileProblem: a chunk is missing or broken; which, is said.
    """
    held = opened(store.check_whole())
    return Values(*(np.asarray(held[name][...]) for name in Values._fields))
