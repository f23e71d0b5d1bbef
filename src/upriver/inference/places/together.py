"""Places together: what all of them say of means and widths, in a few passes over their modes.

A pass climbs to the mode of every place in one central draw of the country, with what the passes
before thought of places, and takes from it centres and doubts; then means and widths are learnt.
Full fits come after, with these left alone.
"""

from collections.abc import Callable, Sequence

import numpy as np

from upriver.inference.mode import Mode, mode
from upriver.policy.places.local import NAMES
from upriver.policy.places.world import Country

from .model import PlaceModel
from .pooling import Known, Pooling, learnt
from .seen import Seen
from .unknowns import LocalUnknowns

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]
"""Called with what is done, places done and places in all."""

PASSES = 3


def pooled(
    places: Sequence[Seen],
    country: Country,
    before: Pooling | None = None,
    passes: int = PASSES,
    progress: Progress | None = None,
) -> Pooling:
    """Means and widths of all places.

    Args:
        country: one draw of it, the central one.
        before: where the first pass starts; by default wide widths about the country's values.
        passes: over all places.
    """
    pooling = before or Pooling.none()
    starts: list[Doubles | None] = [None] * len(places)
    for number in range(passes):
        found = []
        for i, seen in enumerate(places):
            model = PlaceModel(LocalUnknowns(seen, pooling), country)
            before_it = starts[i]
            top = mode(model, None if before_it is None else restated(model, before_it))
            starts[i] = stated(model, top.z)
            found.append(known(model, top))
            if progress is not None:
                progress("pooling", number * len(places) + i + 1, passes * len(places))
        pooling = learnt(pooling, found)
    return pooling


def known(model: PlaceModel, top: Mode) -> Known:
    """What a place says: its centre, how sure it is, and how far its risk wanders.

    The spread is what the innovations at the mode, and their doubt, would have been drawn with.
    """
    unknowns = model.unknowns
    slopes, predicted = model.slopes(top.z)
    curvature = model.curvature(slopes, predicted, top.z) + np.eye(unknowns.size)
    doubt = np.sqrt(np.diag(np.linalg.inv(curvature)))
    differences = unknowns.differences(top.z[None])
    new = unknowns.of_wanders[0]
    innovations = slice(new.start + 2, new.stop)
    wide = np.sqrt(np.mean(top.z[innovations] ** 2 + doubt[innovations] ** 2))
    return Known(
        seen=model.seen,
        centres={name: float(differences[name][0]) for name in NAMES},
        doubts={name: float(unknowns.widths[i] * doubt[i]) for i, name in enumerate(NAMES)},
        spread=float(unknowns.pooling.spread * wide),
    )


def stated(model: PlaceModel, z: Doubles) -> Doubles:
    """Unknowns as differences in their own units, and innovations times the spread."""
    unknowns = model.unknowns
    found = z.copy()
    found[: len(NAMES)] = unknowns.means + unknowns.widths * z[: len(NAMES)]
    found[unknowns.of_wanders[0]] *= unknowns.pooling.spread
    return found


def restated(model: PlaceModel, said: Doubles) -> Doubles:
    """The unknowns that say the same with other means and widths; none where a width is nothing."""
    unknowns = model.unknowns
    found = said.copy()
    away = said[: len(NAMES)] - unknowns.means
    wide = unknowns.widths
    found[: len(NAMES)] = np.where(wide > 0, away / np.where(wide > 0, wide, 1.0), 0.0)
    found[unknowns.of_wanders[0]] /= unknowns.pooling.spread
    found[list(unknowns.hyper)] = 0.0
    return found


def central_draw(country: Country) -> int:
    """The number of the draw whose people and market are nearest to the medians of all."""
    courses = [country.met["fentanyl_share"], *country.told.values()]
    away = np.zeros(len(courses[0]))
    for course in courses:
        middle, wide = np.median(course, axis=0), course.std(axis=0)
        steps = np.where(wide > 0, (course - middle) / np.where(wide > 0, wide, 1.0), 0.0)
        away += np.mean(steps**2, axis=1)
    return int(np.argmin(away))
