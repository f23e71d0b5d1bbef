"""Social influence: the more people use, or recover, the more others do.

Source: lim2022, SI section 'Social influence'. Influence is the share of the population that does
a thing, relative to the start of the run.
"""

import equinox as eqx

from upriver.core.maths import Scalar, power

from .headcount import Headcount
from .stocks import Reference


class SocialInfluenceParameters(eqx.Module):
    """Strengths; see social_influence.yaml."""

    strength_initiating_misuse: Scalar
    strength_initiating_heroin: Scalar
    strength_initiating_heroin_with_misuse: Scalar
    strength_initiating_heroin_with_oud: Scalar
    strength_developing_oud: Scalar
    strength_developing_hud: Scalar
    strength_relapsing: Scalar


class SocialInfluence(eqx.Module):
    """What others do, relative to the start [1], and the multipliers of transitions [1]."""

    relative_misuse: Scalar
    relative_heroin: Scalar
    relative_rx_oud: Scalar
    relative_hud: Scalar
    relative_remission: Scalar
    initiating_misuse: Scalar
    initiating_heroin: Scalar
    initiating_heroin_with_misuse: Scalar
    initiating_heroin_with_oud: Scalar
    developing_oud: Scalar
    developing_hud: Scalar
    relapsing: Scalar


def social_influence(
    heads: Headcount, reference: Reference, p: SocialInfluenceParameters
) -> SocialInfluence:
    """Effects of what others do on each transition."""
    misuse = heads.share_misuse / reference.users_misuse
    heroin = heads.share_heroin / reference.users_heroin
    rx_oud = heads.share_rx_oud / reference.users_rx_oud
    hud = heads.share_hud / reference.users_hud
    remission = heads.share_remission / reference.users_remission
    return SocialInfluence(
        relative_misuse=misuse,
        relative_heroin=heroin,
        relative_rx_oud=rx_oud,
        relative_hud=hud,
        relative_remission=remission,
        initiating_misuse=power(misuse, p.strength_initiating_misuse),
        initiating_heroin=power(heroin, p.strength_initiating_heroin),
        initiating_heroin_with_misuse=power(heroin, p.strength_initiating_heroin_with_misuse),
        initiating_heroin_with_oud=power(heroin, p.strength_initiating_heroin_with_oud),
        developing_oud=power(rx_oud, p.strength_developing_oud),
        developing_hud=power(hud, p.strength_developing_hud),
        relapsing=power(remission, -p.strength_relapsing),
    )
