"""What the record told of each constant: its interval before the fit, and after.

Before is what unknowns say when nothing is seen; after is over the draws of the rivals in which the
constant is free. What moved by less than a tenth of its interval is an assumption still.
"""

from collections.abc import Mapping

import numpy as np

from upriver.policy.fitted import MISSED, Draws, Told
from upriver.policy.plausible import WIDE

from .block import Doubles
from .check import INTERVAL
from .rivals import rivals
from .unknowns import Unknowns

LOOKS = 4000
"""Draws before the record is seen."""

ALL = "together"
"""The rival in which every constant is free that is free in any."""


def told(draws: Draws, end: float) -> dict[str, Told]:
    """What the record told, by path; for the share of people whom surveys miss, too.

    Args:
        draws: of all rivals, or of one.
        end: of the record, a calendar year.
    """
    free = {name: {*one.constants} for name, one in rivals().items()}
    every = Unknowns(rivals()[ALL], end)
    shared = {*every.people, MISSED}
    found = {}
    for path, before in _before(every).items():
        rows = np.array([path in shared or path in free[name] for name in draws.rival])
        if path in draws.constants and rows.any():
            after = draws.constants[path][rows]
            found[path] = _told(np.percentile(before, INTERVAL), np.percentile(after, INTERVAL))
    return found


def _before(unknowns: Unknowns) -> Mapping[str, Doubles]:
    z = np.random.default_rng(19).standard_normal((LOOKS, unknowns.size))
    columns = unknowns.columns(z)
    kept = {path: columns[path][:, 0] for path in (*unknowns.constants, *unknowns.people)}
    return {**kept, MISSED: unknowns.missed(z)}


def _told(before: Doubles, after: Doubles) -> Told:
    logs = before[0] > 0 and after[0] > 0 and before[2] / before[0] >= WIDE
    a, b = (np.log(before), np.log(after)) if logs else (before, after)
    by = float(np.max(np.abs(b - a)) / (a[2] - a[0]))
    return Told(tuple(before.tolist()), tuple(after.tolist()), by)
