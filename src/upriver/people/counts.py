"""Deaths as they are published: with synthetic opioids, without, and where no drug was named.

The model's deaths are those of which the certificate names an opioid: to these the published model
was fitted, and these the headline counts. A death certificate names no drug for some of the deaths
from overdose, ever fewer; `with_unnamed` shares these out as if they were like the others.

What it leaves out: that more is left unnamed in some states than in others, and of some drugs; and
deaths of which no examiner knew.
"""

import equinox as eqx

from upriver.core.maths import Scalar

from .overdose import Overdose


class CountParameters(eqx.Module):
    """How complete certificates are; see counts.yaml."""

    named: Scalar


class Counts(eqx.Module):
    """Deaths by what is published [people/year].

    synthetic: with synthetic opioids other than methadone (T40.4)
    without_synthetic: with any opioid (T40.0 to T40.4, T40.6) and none of these
    with_unnamed: with any opioid, and its share of the deaths for which no drug was named
    """

    synthetic: Scalar
    without_synthetic: Scalar
    with_unnamed: Scalar


def counts(harm: Overdose, p: CountParameters) -> Counts:
    """Deaths as they are published [people/year]."""
    return Counts(
        synthetic=harm.by_synthetic,
        without_synthetic=harm.by_rx + harm.by_heroin,
        with_unnamed=harm.deaths / p.named,
    )
