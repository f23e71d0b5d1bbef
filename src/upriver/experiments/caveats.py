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
    "the rest provisional values, not yet fitted. How sure one can be is not said: run it with "
    "draws for that."
)


def caveat_of(world: str, central: bool = False) -> str:
    """How the intervals of a world are to be read, or that there are none."""
    if central:
        return CAVEAT_CENTRAL if world == PUBLISHED else CAVEAT_WHOLE_CENTRAL
    return CAVEAT if world == PUBLISHED else CAVEAT_WHOLE
