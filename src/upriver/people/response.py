"""What happens after an overdose: is it seen, is help called, is naloxone at hand.

Source: lim2022, SI section 'Overdose response and naloxone'.
"""

import equinox as eqx

from upriver.core.maths import Scalar, chance


class ResponseParameters(eqx.Module):
    """Chances and kits; see response.yaml."""

    witnessed: Scalar
    calling: Scalar
    kits: Scalar
    kits_to_heroin: Scalar
    kit_efficiency: Scalar
    kits_per_use: Scalar


class Response(eqx.Module):
    """Naloxone at hand and deaths not averted, for prescription opioids and heroin.

    kits_rx, kits_heroin: distributed [kit/year]; density_*: per 100,000 population [kit/year];
    naloxone_*: chance that a witness has naloxone [1]; not_averted_*: chance that neither naloxone
    nor a called ambulance averts a death [1].
    """

    kits_rx: Scalar
    kits_heroin: Scalar
    density_rx: Scalar
    density_heroin: Scalar
    naloxone_rx: Scalar
    naloxone_heroin: Scalar
    not_averted_rx: Scalar
    not_averted_heroin: Scalar


def response(population: Scalar, p: ResponseParameters) -> Response:
    """Chances that a witnessed overdose is answered.

    Args:
        population: people of 12 years and over.
    """
    heroin = p.kits * p.kits_to_heroin
    rx = p.kits * (1 - p.kits_to_heroin)
    density_rx = rx / population * 100_000
    density_heroin = heroin / population * 100_000
    with_rx = chance(p.kit_efficiency * density_rx)
    with_heroin = chance(p.kit_efficiency * density_heroin)
    return Response(
        kits_rx=rx,
        kits_heroin=heroin,
        density_rx=density_rx,
        density_heroin=density_heroin,
        naloxone_rx=with_rx,
        naloxone_heroin=with_heroin,
        not_averted_rx=not_averted(with_rx, p),
        not_averted_heroin=not_averted(with_heroin, p),
    )


def not_averted(naloxone: Scalar, p: ResponseParameters) -> Scalar:
    """Chance that an overdose that would kill is not answered in time [1].

    Args:
        naloxone: chance that a witness has naloxone [1].
    """
    return 1 - p.witnessed * (1 - (1 - naloxone) * (1 - p.calling))
