"""How the intervals of a run are to be read, or that there are none."""

from upriver.system.world import PUBLISHED

CAVEAT = (
    "The interval is the parameter uncertainty of the published model, SOURCE, alone; "
    "it missed recorded deaths in 2022, 2023 and 2024."
)

CAVEAT_WHOLE = (
    "The whole system runs with provisional values from sources and judgement, not yet fitted to "
    "the record; the interval holds all that is plausible before any fit, and is wide."
)


CAVEAT_CENTRAL = (
    "Central values alone, one run without an interval: of the published model its calibration. "
    "How sure one can be is not said: run it with draws for that."
)

CAVEAT_WHOLE_CENTRAL = (
    "Central values alone, one run without an interval: of people the published calibration, of "
    "the rest provisional values, not yet fitted. They are no median of the draws, and may lie far "
    "from it. How sure one can be is not said: run it with draws for that."
)

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
        return CAVEAT_CENTRAL if world == PUBLISHED else CAVEAT_WHOLE_CENTRAL
    return CAVEAT if world == PUBLISHED else CAVEAT_WHOLE
