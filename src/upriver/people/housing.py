"""Housing: people with an untreated disorder who have no home, their risk, and their way to care.

Homelessness raises the risk of overdose, more so without shelter; people without a home seek
treatment less and leave it sooner. Supportive housing takes away part of all three. The calibrated
rates are means over everyone, so that only a change in homelessness or in housing changes deaths.
The evidence is observational, and none shows what housing does to deaths: graded low.

What it leaves out: how people come to lose a home, disorder among its causes, and rents.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, share

from .stocks import Groups


class HousingParameters(eqx.Module):
    """Who has no home, risk, care and housing; see housing.yaml."""

    included: Scalar
    homeless: Scalar
    with_disorder: Scalar
    sheltered: Scalar
    risk_sheltered: Scalar
    risk_unsheltered: Scalar
    seeking: Scalar
    staying: Scalar
    housed: Scalar
    housed_effect: Scalar
    usual: Scalar


class Housing(eqx.Module):
    """Housing of people with an untreated disorder.

    homeless: without a home in one night [people]; share: of all of them [1]
    risk: of overdose, relative to the calibrated rate [1]
    seeking, staying: how many seek treatment, and how long they stay, against calibrated ones [1]
    """

    homeless: Scalar
    share: Scalar
    risk: Scalar
    seeking: Scalar
    staying: Scalar


def usual() -> Housing:
    """Housing where it is not told apart."""
    none, same = jnp.zeros(()), jnp.ones(())
    return Housing(homeless=none, share=none, risk=same, seeking=same, staying=same)


def housing(untreated: Groups, p: HousingParameters) -> Housing:
    """What homelessness makes of risk and of treatment.

    Args:
        untreated: people with a disorder and without medication, by group [people].
    """
    homeless = p.included * p.homeless * p.with_disorder
    part = jnp.minimum(1.0, share(homeless, jnp.sum(untreated)))
    bare = part * (1 - p.housed * p.housed_effect)
    before = p.included * p.usual
    raised = p.sheltered * (p.risk_sheltered - 1) + (1 - p.sheltered) * (p.risk_unsheltered - 1)
    return Housing(
        homeless=homeless,
        share=part,
        risk=(1 + bare * raised) / (1 + before * raised),
        seeking=(1 - bare * (1 - p.seeking)) / (1 - before * (1 - p.seeking)),
        staying=(1 - bare * (1 - p.staying)) / (1 - before * (1 - p.staying)),
    )
