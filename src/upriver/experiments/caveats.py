"""How the intervals of a run are to be read, or that there are none."""

import numpy as np

from upriver.policy.chosen import fitted
from upriver.system.world import BEFORE, PUBLISHED, World

CAVEAT = (
    "The interval is the parameter uncertainty of the published model, SOURCE, alone; "
    "it missed recorded deaths in 2022, 2023 and 2024, which it had not seen."
)

CAVEAT_WHOLE = (
    "The whole system is fitted to the record to January 2026, by six rival explanations that "
    "count the same, for their odds are not known; the interval is what the record left open, if "
    "one of them is right."
)


CAVEAT_PRIOR = (
    "The whole system before the fit runs with values from sources and judgement; the interval "
    "holds all that is plausible before the record is seen, and is wide."
)

CAVEAT_CENTRAL = (
    "Central values alone, one run without an interval: of the published model its calibration. "
    "How sure one can be is not said: run it with draws for that."
)

CAVEAT_PRIOR_CENTRAL = (
    "Central values alone, one run without an interval: of people the published calibration, of "
    "the rest what is plausible before the fit. They are no median of the draws, and may lie far "
    "from it. How sure one can be is not said: run it with draws for that."
)

CAVEAT_WHOLE_CENTRAL = (
    "One draw of the fit that lies in the middle of the others, without an interval. It is no "
    "median of the draws, and may lie far from it. How sure one can be is not said: run it with "
    "draws for that."
)

ENDS = (5, 50, 95)
HALF = 50
THIRD = 1 / 3
"""Share of the yearly change of deaths beyond which an answer says first that it is unexplained."""


def unexplained(world: str) -> str:
    """A sentence on what no part of a world explains, if that is much; else empty.

    It is of the changes of deaths from year to year, 2015 to 2025, squared: what is left of them
    without the disturbances that the fit learnt.
    """
    found = unexplained_share(world)
    if found is None:
        return ""
    low, middle, high = found
    how = "Mostly unexplained" if middle >= HALF else "In part unexplained"
    return (
        f"{how}: {middle:.0f} % ({ENDS[-1] - ENDS[0]} %: {low:.0f} to {high:.0f} %) of how deaths "
        "changed from 2015 to 2025 is disturbances that nothing in the model explains."
    )


def unexplained_share(world: str) -> tuple[float, float, float] | None:
    """That share [%], low, middle and high, to tens; None where small, or nothing is fitted."""
    if not World.named(world).is_fitted:
        return None
    shares = np.percentile(100 * fitted().left, ENDS)
    low, middle, high = (round(share, -1) for share in shares.tolist())
    return None if middle <= 100 * THIRD else (low, middle, high)


FEW = 100
"""Draws below which the ends of an interval hang on two or three of them."""


def few_draws(draws: int) -> str:
    """A sentence where an interval is of few draws; empty where there are enough, or none."""
    if not 0 < draws < FEW:
        return ""
    return f" {draws} draws are few: median and interval may be far from those of {FEW} or more."


def caveat_of(world: str, central: bool = False) -> str:
    """How the intervals of a world are to be read, or that there are none."""
    if central:
        central_of = {PUBLISHED: CAVEAT_CENTRAL, BEFORE: CAVEAT_PRIOR_CENTRAL}
        return central_of.get(world, CAVEAT_WHOLE_CENTRAL)
    return {PUBLISHED: CAVEAT, BEFORE: CAVEAT_PRIOR}.get(world) or _of_fit()


def _of_fit() -> str:
    """How intervals of the fit are to be read: of the one that ships, or of one's own."""
    found = fitted()
    if not found.own:
        return CAVEAT_WHOLE
    names = ", ".join(dict.fromkeys(found.rival))
    return (
        f"The whole system runs {found.own}; explanations: {names}. The interval is what these "
        "draws leave open, if one of the explanations is right."
    )
