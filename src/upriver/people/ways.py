"""Ways of use: a slowly moving share of people smoke illicit opioids instead of injecting them.

A rival hypothesis for a fall in deaths: to smoke is less likely to end in an overdose. The
calibrated rates are means over everyone, so that only a change of the share changes deaths.

What it leaves out: why people change, other ways of use, and harms besides overdose.
"""

import equinox as eqx

from upriver.core.maths import Scalar


class WayParameters(eqx.Module):
    """Who smokes, and their risk; see ways.yaml."""

    included: Scalar
    smoking: Scalar
    relative_risk: Scalar
    usual: Scalar


def risk(p: WayParameters) -> Scalar:
    """Risk of use of illicit opioids by how they are used, against the calibrated rate [1]."""
    spared = p.relative_risk - 1
    mean = (1 + p.smoking * spared) / (1 + p.usual * spared)
    return 1 + p.included * (mean - 1)
