"""Deaths from causes other than opioid overdose.

Source: lim2022, SI section 'Other mortality'. A person in remission dies as others do.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .stocks import ByBoth, Groups, Medications, Stocks


class MortalityParameters(eqx.Module):
    """Rates; see mortality.yaml."""

    without_use: Scalar
    medical_relative: Scalar
    oud: Scalar
    treated_risk: Medications


class Mortality(eqx.Module):
    """Deaths from other causes, by state [people/year]."""

    misuse: Scalar
    heroin_use: Scalar
    untreated: Groups
    treated: ByBoth
    remission: Groups
    stable: Groups


def mortality(stocks: Stocks, success: Medications, p: MortalityParameters) -> Mortality:
    """Deaths from other causes in a year.

    The rate of people who misuse lies halfway between that of people who do not use and that of
    medical users; of people who use heroin, halfway between that and opioid use disorder.
    """
    misuse = (p.without_use + p.medical_relative * p.without_use) / 2
    heroin_use = (p.oud + misuse) / 2
    treated = (1 - success) * p.oud * p.treated_risk + success * p.without_use
    return Mortality(
        misuse=stocks.misuse * misuse,
        heroin_use=stocks.heroin_use * heroin_use,
        untreated=stocks.untreated * p.oud,
        treated=stocks.treated * treated[None, :],
        remission=stocks.remission * p.without_use,
        stable=stocks.stable * p.without_use,
    )


def in_treatment(m: Mortality) -> Medications:
    """Deaths from other causes among people on each medication [people/year]."""
    return jnp.sum(m.treated, axis=0)
