"""People without opioid use disorder who meet fentanyl through stimulants.

Deaths = people exposed x contamination x hazard. These people are not in the model's stocks: their
deaths add to the totals, and their number is given.

What it leaves out: that some choose both; tolerance, which they are taken to have none of beyond
the market's own course; and any change in how many use stimulants.
"""

import equinox as eqx

from upriver.core.maths import Scalar


class StimulantParameters(eqx.Module):
    """People, contamination and hazard; see stimulants.yaml."""

    included: Scalar
    exposed: Scalar
    contamination: Scalar
    rate: Scalar


class Stimulants(eqx.Module):
    """What happens to people exposed through stimulants.

    met: share of their occasions of use that hold fentanyl [1]
    overdoses: of these people, on fentanyl [people/year]
    """

    met: Scalar
    overdoses: Scalar


def stimulants(fentanyl_share: Scalar, ratio: Scalar, p: StimulantParameters) -> Stimulants:
    """Overdoses of people exposed through stimulants.

    Args:
        fentanyl_share: of illicit opioids [1]; ratio: hazard of fentanyl at the dose and the
            coverage of the day, relative to the reference [1].
    """
    met = fentanyl_share * p.contamination
    return Stimulants(met=met, overdoses=p.included * p.exposed * met * p.rate * ratio)
