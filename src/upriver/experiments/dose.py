"""Dose: what the fit's hazard says of one dose, in people used to it and in people who are not.

The hazard is of an overdose at a dose of so many times what someone who uses daily takes, relative
to their own usual dose. Tolerance follows the usual dose, so that someone who does not use daily is
one whose usual dose is lower, or was. The equation is that of `people/dose.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from upriver.core.errors import OutOfBounds
from upriver.core.parameters import Parameter, parameters
from upriver.policy.chosen import fitted
from upriver.policy.fitted import Told

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Doubles = NDArray[np.float64]

PERCENTILES = (2.5, 50.0, 97.5)
TIMES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Doses of the table, against the usual dose of someone who uses daily."""

USUAL = 0.25
"""Usual dose of someone who does not use daily, against that of someone who does: an assumption."""
LEAST_USUAL = 0.01
FINE = 81
"""Doses of a picture."""

MARGIN, SPREAD, FOLLOWS = (
    "people.dose.margin",
    "people.dose.spread",
    "people.dose.tolerance_share",
)
WHO = ("uses daily", "does not use daily")


@dataclass(frozen=True)
class Assumed:
    """A constant that the curve hangs on.

    after: 2.5, 50 and 97.5 % of draws. told: what the record told of it, where that is known.
    """

    parameter: Parameter
    after: tuple[float, ...]
    told: Told | None

    @property
    def judged(self) -> str:
        """Whether the record moved it, and how far."""
        if self.told is None:
            return "not known whether the record moved it"
        by = f"by {self.told.by:.2f} of its interval before"
        return f"an assumption still, moved {by}" if self.told.assumed else f"moved {by}"


@dataclass(frozen=True, eq=False)
class Curve:
    """Hazard of an overdose at a dose, relative to the usual dose of someone who uses daily.

    usual: usual dose of someone who does not use daily, against that of someone who does [1].
    doses: against the same, shape (doses,) [1]. daily, other: 2.5, 50 and 97.5 % of draws, shape
    (3, doses) [1]. draws: how many. assumed: the constants that it hangs on.
    """

    usual: float
    doses: Doubles
    daily: Doubles
    other: Doubles
    draws: int
    assumed: tuple[Assumed, ...]

    def plot(self) -> "Figure":
        """Both curves with their intervals, on logarithmic axes."""
        from upriver.core.figure import Figure

        figure = Figure(figsize=(7, 4.5), layout="constrained")
        axes = figure.subplots()
        for number, (name, ends) in enumerate(zip(WHO, (self.daily, self.other), strict=True)):
            colour = f"C{number}"
            axes.fill_between(self.doses, ends[0], ends[2], alpha=0.25, color=colour, lw=0)
            axes.plot(self.doses, ends[1], color=colour, label=f"someone who {name}")
        axes.plot([1], [1], "o", color="black", label="the usual dose of someone who uses daily")
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.set_xlabel("dose, against the usual dose of someone who uses daily")
        axes.set_ylabel("hazard of overdose, relative")
        axes.set_title(
            f"Median and 95 % interval of {self.draws} draws; usual dose of someone who does not "
            f"use daily: {self.usual:g}",
            fontsize="small",
        )
        axes.legend(fontsize="small")
        return figure


def curve(usual: float = USUAL, doses: Sequence[float] | Doubles = TIMES) -> Curve:
    """The hazard over doses, from all draws that runs are of.

    Args:
        usual: usual dose of someone who does not use daily, against that of someone who does.
        doses: against the same usual dose, above 0.

    Raises:
        OutOfBounds: `usual` is not between 0.01 and 1.
    """
    if not LEAST_USUAL <= usual <= 1:
        raise OutOfBounds(
            "the usual dose is out of bounds", found=f"{usual:g}", allowed=f"{LEAST_USUAL:g} to 1"
        )
    draws = fitted()
    margin, spread, follows = (draws.constants[path][:, None] for path in (MARGIN, SPREAD, FOLLOWS))
    taken = np.asarray(doses, dtype=np.float64)
    hazards = [
        overdose_ratio(taken[None, :], own, margin=margin, spread=spread, follows=follows)
        for own in (1.0, usual)
    ]
    daily, other = (np.percentile(found, PERCENTILES, axis=0) for found in hazards)
    return Curve(
        usual=usual,
        doses=taken,
        daily=daily,
        other=other,
        draws=draws.draws,
        assumed=tuple(
            Assumed(
                parameters()[path],
                tuple(np.percentile(draws.constants[path], PERCENTILES).tolist()),
                draws.told.get(path),
            )
            for path in (MARGIN, SPREAD, FOLLOWS)
        ),
    )


def overdose_ratio(
    dose: Doubles, usual: float, *, margin: Doubles, spread: Doubles, follows: Doubles
) -> Doubles:
    """Hazard relative to that of the reference's dose in people used to it, as in `people/dose.py`.

    That file needs JAX, which commands do without; a test holds the two together.
    """
    above = np.log(dose) - follows * np.log(usual)
    return np.asarray(ndtr((above - margin) / spread) / ndtr(-margin / spread))


def fine() -> Doubles:
    """Doses of a picture, evenly spaced on a logarithmic axis."""
    return np.geomspace(TIMES[0], TIMES[-1], FINE)
