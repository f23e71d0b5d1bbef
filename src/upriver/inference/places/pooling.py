"""Pooling: what is thought of a place's differences before its own record is seen.

Every local difference is normal about a mean that may depend on what is known of a place, with a
width that all places share. The widths decide how much a place borrows: where its record says much,
it says its own; where it says little, the place is as others are. At one end every place has wide
widths and means of 0, and nothing is pooled; at the other widths are nothing, and all places are
the country's curve by their part of it.

Means and widths are learnt from all places (`learnt`), by maximising what all records together are
likely at, in a few passes: from each place's centre and how sure it is, a mean and a width; from
these, each place again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from upriver.policy.places.local import EARLY, FACTORS, LATE, NAMES, TURN

from .seen import Seen

Doubles = np.ndarray

LAB_YEAR, LAB_YEAR_FROM = "first year of fentanyl from laboratories", 2015
"""A covariate: years from 2015 to that in which laboratories first saw fentanyl in a place."""

NALOXONE = "naloxone dispensed against the country"
"""A covariate: the logarithm of how much naloxone pharmacies dispense a person."""

WIDE: Mapping[str, float] = {
    **dict.fromkeys(FACTORS, 0.7),
    "care.treatment": 0.5,
    "care.staying": 0.3,
    "care.naloxone": 0.5,
    EARLY: 2.0,
    LATE: 1.0,
    TURN: 1.5,
}
"""Standard deviations before any place is seen: assumptions, wide on purpose."""

COVARIATES: Mapping[str, tuple[str, ...]] = {
    EARLY: (LAB_YEAR,),
    LATE: (LAB_YEAR,),
    "care.naloxone": (NALOXONE,),
}
"""What a difference's mean may depend on."""

RIDGE = 4.0
"""Places' worth of doubt about a division's own mean and about a slope: few places move neither."""

NARROWEST = 0.02
SPREAD = 0.2
"""Long-run spread of the slowly varying factor's logarithm, as thought before [1]."""


@dataclass(frozen=True)
class Pooling:
    """Means and widths of local differences.

    widths: by name. level: of the means, by name. slopes: of a mean in a covariate, by (name,
    covariate). divisions: what a division's mean is more, by (name, division). spread: of the
    slowly varying factor, in the middle of places [1].
    """

    widths: Mapping[str, float] = field(default_factory=lambda: dict(WIDE))
    level: Mapping[str, float] = field(default_factory=dict)
    slopes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    divisions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    spread: float = SPREAD

    @classmethod
    def none(cls) -> "Pooling":
        """No pooling: wide widths about the country's values."""
        return cls()

    @classmethod
    def national(cls) -> "Pooling":
        """One curve for all: no place differs but by its part of the country."""
        return cls(widths=dict.fromkeys(NAMES, 0.0), spread=1e-6)

    def mean(self, name: str, seen: Seen) -> float:
        """Of a difference in a place, before its own deaths are seen."""
        found = self.level.get(name, 0.0) + self.divisions.get((name, seen.division), 0.0)
        return found + sum(
            self.slopes.get((name, what), 0.0) * seen.covariates.get(what, 0.0)
            for what in COVARIATES.get(name, ())
        )

    def as_json(self) -> dict[str, Any]:
        """To be written down."""
        return {
            "widths": dict(self.widths),
            "level": dict(self.level),
            "slopes": [[*key, value] for key, value in self.slopes.items()],
            "divisions": [[*key, value] for key, value in self.divisions.items()],
            "spread": self.spread,
        }

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "Pooling":
        """What `as_json` wrote."""
        return cls(
            widths=dict(said["widths"]),
            level=dict(said["level"]),
            slopes={(a, b): value for a, b, value in said["slopes"]},
            divisions={(a, b): value for a, b, value in said["divisions"]},
            spread=float(said["spread"]),
        )


@dataclass(frozen=True, eq=False)
class Known:
    """What a place's record says of its differences.

    centres: by name. doubts: standard deviations, by name. spread: of its slowly varying factor.
    """

    seen: Seen
    centres: Mapping[str, float]
    doubts: Mapping[str, float]
    spread: float


def learnt(before: Pooling, places: Sequence[Known]) -> Pooling:
    """Means and widths that places together make likely, one pass.

    The mean is a ridge regression of centres on divisions and covariates; the width is what is left
    of the places' differences, and each place's own doubt. Both are what a step of expectation and
    maximisation gives. A place whose record says nothing has its doubt at the old width and its
    centre at the old mean, and moves neither.
    """
    widths, level = dict(before.widths), dict(before.level)
    slopes, divisions = dict(before.slopes), dict(before.divisions)
    groups = sorted({known.seen.division for known in places})
    for name in NAMES:
        centres = np.array([known.centres[name] for known in places])
        doubts = np.array([known.doubts[name] for known in places])
        told = COVARIATES.get(name, ())
        known_of = np.array(
            [[known.seen.covariates.get(what, 0.0) for what in told] for known in places]
        ).reshape(len(places), len(told))
        member = np.array([[known.seen.division == group for group in groups] for known in places])
        design = np.concatenate([np.ones((len(places), 1)), known_of, member], axis=1)
        doubtful = np.diag(np.r_[0.0, np.full(len(told), RIDGE), np.full(len(groups), RIDGE)])
        found = np.linalg.solve(design.T @ design + doubtful, design.T @ centres)
        left = centres - design @ found
        widths[name] = float(max(np.sqrt(np.mean(left**2 + doubts**2)), NARROWEST))
        level[name] = float(found[0])
        slopes |= {(name, what): float(x) for what, x in zip(told, found[1:], strict=False)}
        own = found[1 + len(told) :]
        divisions |= {(name, group): float(x) for group, x in zip(groups, own, strict=True)}
    spread = float(np.exp(np.mean(np.log([known.spread for known in places]))))
    return replace(
        before, widths=widths, level=level, slopes=slopes, divisions=divisions, spread=spread
    )
