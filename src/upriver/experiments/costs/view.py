"""What a payer must lay out: care, kits and the measures themselves, before what they save."""

import numpy as np

from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles

from .value import Valued

LAID_OUT = (
    "treatment_buprenorphine",
    "treatment_methadone",
    "treatment_naltrexone",
    "kits",
    "kits_counter",
    "measures",
)
"""Components that are spent on purpose."""


def outlay(found: Valued, run: Run) -> Doubles:
    """What a run spends more than the first on treatment, kits and measures, shape (draws,).

    In USD of 2021, discounted to 2026; what it saves elsewhere is not taken off.
    """
    parts = found.components(run)
    return np.asarray(sum(parts[name] for name in LAID_OUT))
