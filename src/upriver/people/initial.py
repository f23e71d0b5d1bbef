"""The people of 1999: survey counts, each times its calibrated correction.

Source: lim2022, SI section 'Initial values'. No one was on buprenorphine or extended-release
naltrexone, so the published corrections of those six stocks move nothing and are left out.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .stocks import Groups, Medications, Stocks


class InitialParameters(eqx.Module):
    """Counts and corrections; see initial.yaml."""

    misuse: Scalar
    heroin_use: Scalar
    disorder: Groups
    methadone_patients: Scalar
    methadone_hud: Scalar
    methadone_rx_heroin: Scalar
    remission_rx: Scalar
    remission_hud: Scalar
    stable_rx: Scalar
    stable_hud: Scalar
    lifetime_heroin: Scalar
    correct_misuse: Scalar
    correct_heroin_use: Scalar
    correct_disorder: Groups
    correct_methadone: Groups
    correct_remission: Groups
    correct_stable: Groups


def initial(success: Medications, p: InitialParameters) -> Stocks:
    """People in each state at the start of the run [people].

    Args:
        success: share of treatments that end in remission, by medication [1].
    """
    by_group = jnp.stack(
        [1 - p.methadone_hud - p.methadone_rx_heroin, p.methadone_rx_heroin, p.methadone_hud]
    )
    methadone = p.methadone_patients * by_group * p.correct_methadone
    none = jnp.zeros(3)
    treated = jnp.stack([none, methadone, none], axis=1)
    disorder = p.disorder * p.correct_disorder
    without_medication = 1 - success[1]
    without_heroin = 1 - p.lifetime_heroin
    remission = jnp.stack(
        [p.remission_rx * without_heroin, p.remission_rx * p.lifetime_heroin, p.remission_hud]
    )
    stable = jnp.stack(
        [p.stable_rx * without_heroin, p.stable_rx * p.lifetime_heroin, p.stable_hud]
    )
    return Stocks(
        misuse=p.misuse * p.correct_misuse,
        heroin_use=p.heroin_use * p.correct_heroin_use,
        untreated=disorder - methadone * without_medication,
        treated=treated,
        remission=remission * p.correct_remission * without_medication,
        stable=stable * p.correct_stable,
    )
