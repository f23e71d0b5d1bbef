"""Sobol' indices of a quantity under the prior of the fit: what decides it before any record."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from upriver import __version__
from upriver.core.errors import OutOfBounds, unknown_name
from upriver.engine.run import load
from upriver.policy.chosen import fitted
from upriver.policy.written import to_yaml

from .inputs import Group, Inputs
from .quantities import Asked
from .shares import Row, Scale, Sensitivity, ends_of, furthest
from .sobol import Values, evaluated, indices, joined, points_of, ranked

By = Literal["unknown", "mechanism"]
WAYS: Mapping[str, By] = {"unknown": "unknown", "mechanism": "mechanism"}
"""By name."""
FEWEST, MOST = 16, 16_384
POINTS: dict[By, int] = {"unknown": 256, "mechanism": 512}
"""Base points where none are asked for."""

ROWS = 2048
"""Variants that are run at once, of whole base points."""

Progress = Callable[[int, int], None]


def by_of(given: str) -> By:
    """How unknowns are taken, by its name.

    Raises:
        UnknownName: there is no such way.
    """
    if given in WAYS:
        return WAYS[given]
    raise unknown_name("grouping", given, WAYS, where=("--by", None))


def groups_of(inputs: Inputs, by: By) -> tuple[Group, ...]:
    """The unknowns, each by itself or those of a mechanism as one."""
    return inputs.unknowns if by == "unknown" else inputs.mechanisms


def runs_of(asked: Asked, by: By, points: int) -> int:
    """How many variants are run: each of so many base points once and, changed, for each group."""
    return points * (len(groups_of(inputs_of(asked), by)) + 2)


def inputs_of(asked: Asked) -> Inputs:
    """The unknowns of the prior for a quantity, to the end of the record of the fit that ships."""
    return Inputs(asked, float(fitted().said["record_to"]))


def check_points(points: int) -> None:
    """Refuse a number of base points that spread unevenly.

    Raises:
        OutOfBounds: it is no power of 2, or too few or many.
    """
    if not FEWEST <= points <= MOST or points & (points - 1):
        raise OutOfBounds(
            "should be a power of 2, whose points spread evenly",
            file="--points",
            found=str(points),
            allowed=f"{FEWEST}, {2 * FEWEST}, … {MOST}",
        )


def values_of(
    asked: Asked, by: By, points: int, first: int, last: int, progress: Progress | None = None
) -> Values:
    """The quantity at base points from `first` up to `last`; the same however they are parted.

    Args:
        points: base points in all.
        progress: called with variants run and variants to run.
    """
    inputs = inputs_of(asked)
    both = points_of(points, len(inputs.names))
    groups = [one.places for one in groups_of(inputs, by)]
    each, found = len(groups) + 2, []
    size = max(1, ROWS // each)
    for start in range(first, last, size):
        end = min(start + size, last)
        found.append(evaluated(both, groups, start, end, inputs.quantity))
        if progress is not None:
            progress((end - first) * each, (last - first) * each)
    return joined(found)


def sobol(
    asked: Asked,
    by: By = "mechanism",
    points: int | None = None,
    scale: Scale = "rank",
    progress: Progress | None = None,
) -> Sensitivity:
    """What decides a quantity before any record is seen.

    In the prior a hundredth of the draws may hold nearly all of the variance of a number, and an
    index of it then tells of those alone. So indices are of the rank, unless asked otherwise.

    Args:
        by: each unknown by itself, or those of a mechanism taken as one.
        points: base points, a power of 2; so many variants are run for each group, and two more.

    Raises:
        OutOfBounds: points that are no power of 2, or too few or many.
    """
    points = POINTS[by] if points is None else points
    check_points(points)
    return told(asked, by, values_of(asked, by, points, 0, points, progress), scale)


def told(asked: Asked, by: By, values: Values, scale: Scale) -> Sensitivity:
    """What values at all base points say."""
    groups = groups_of(inputs_of(asked), by)
    own = np.concatenate([values.a, values.b])
    shown = ranked(values) if scale == "rank" else values
    first, total, together = indices(shown, [one.name for one in groups])
    rows = [
        Row(
            name=one.name,
            part=one.part,
            first=first[one.name],
            total=total[one.name],
            of=len(one.places),
            stands=first[one.name].low > 0,
        )
        for one in groups
    ]
    return Sensitivity(
        asked=asked,
        ends=ends_of(own),
        scale=scale,
        furthest=furthest(own),
        draws=len(values.a),
        runs=len(values.a) * (len(groups) + 2),
        rows=tuple(sorted(rows, key=lambda row: -(row.total.value if row.total else 0.0))),
        floor=None,
        together=together,
        made=made(asked, "prior of the fit"),
    )


def made(asked: Asked, world: str) -> dict[str, str | int]:
    """What made an answer: version, digests, world, scenario."""
    return {
        "upriver_version": __version__,
        "equations_digest": load().manifest["wasm_sha256"],
        "world": world,
        "scenario": asked.scenario.title,
        "scenario_yaml": to_yaml(asked.scenario),
    }
