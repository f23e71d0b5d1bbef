"""Overdoses and deaths, by group and drug: rates, survival, and what fentanyl does to both.

Source: lim2022, SI section 'Overdose'. A death needs an overdose, no survival without help, and no
help in time. Deaths are counted by the group that dies, and by the drug that is named.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, hazard, share

from .beyond import Beyond
from .market import Market
from .response import Response, ResponseParameters
from .stocks import ByBoth, Groups, Medications, Stocks


class OverdoseParameters(eqx.Module):
    """Rates, survival and fentanyl's effects; see overdose.yaml."""

    rate_misuse: Scalar
    rate_rx_oud: Scalar
    rate_hud: Scalar
    rate_heroin_use_relative: Scalar
    rate_synthetic_baseline: Scalar
    survival_rx: Scalar
    survival_heroin_relative: Scalar
    survival_fentanyl_relative: Scalar
    fentanyl_multiplier: Scalar
    death_rate_medical: Scalar
    disturbance: Scalar
    treated_risk: Medications


class AtRisk(eqx.Module):
    """Who may die of an overdose.

    patients: with a prescription for opioids in the current month [people]
    success: share of treatments that end in remission, by medication [1]
    """

    stocks: Stocks
    patients: Scalar
    success: Medications


class Overdose(eqx.Module):
    """Overdoses and deaths.

    survival_heroin: of a heroin overdose without help, with the fentanyl of the day [1]
    net_rate_heroin_use, net_rate_hud: overdose rates [1/year]; death_rate_*: [1/year]
    deaths_medical, deaths_misuse, deaths_heroin_use: among people without a disorder [people/year]
    deaths_untreated, deaths_treated, deaths_oud: among people with one [people/year]
    deaths_high: of people at high risk, by group; deaths_reentry: after a release from jail; both
        are parts of deaths_untreated [people/year]
    deaths_stimulants: of people without a disorder, exposed through stimulants [people/year]
    deaths_rx, deaths_heroin: of people in the stocks, by whether the person used heroin (without a
        prescription opioid disorder) [people/year]; deaths: all [people/year]
    by_rx, by_heroin, by_synthetic_baseline, by_synthetic_illicit, by_synthetic: by drug
        [people/year]
    nonfatal_*: overdoses survived [people/year]; overdoses_*: fatal or not [people/year]
    naloxone_*: times naloxone is used, and deaths it averts [people/year]; kits_used_*: share of
        the kits distributed in a year that are used [1]
    """

    survival_heroin: Scalar
    net_rate_heroin_use: Scalar
    net_rate_hud: Scalar
    death_rate_misuse: Scalar
    death_rate_heroin_use: Scalar
    death_rate_oud: Groups
    death_rate_treated: ByBoth
    death_rate_heroin_alone: Scalar
    death_rate_synthetic_baseline: Scalar
    death_rate_fentanyl: Scalar
    deaths_medical: Scalar
    deaths_misuse: Scalar
    deaths_heroin_use: Scalar
    deaths_untreated: Groups
    deaths_treated: ByBoth
    deaths_oud: Groups
    deaths_high: Groups
    deaths_reentry: Scalar
    deaths_stimulants: Scalar
    deaths_rx: Scalar
    deaths_heroin: Scalar
    deaths: Scalar
    by_rx: Scalar
    by_heroin: Scalar
    by_synthetic_baseline: Scalar
    by_synthetic_illicit: Scalar
    by_synthetic: Scalar
    nonfatal_rx: Scalar
    nonfatal_heroin: Scalar
    nonfatal: Scalar
    overdoses_rx: Scalar
    overdoses_heroin: Scalar
    overdoses_synthetic_baseline: Scalar
    naloxone_uses_rx: Scalar
    naloxone_uses_heroin: Scalar
    naloxone_averted_rx: Scalar
    naloxone_averted_heroin: Scalar
    kits_used_rx: Scalar
    kits_used_heroin: Scalar


def overdose(
    who: AtRisk,
    seen: Market,
    more: Beyond,
    help_: Response,
    responding: ResponseParameters,
    p: OverdoseParameters,
) -> Overdose:
    """Overdoses and deaths in a year.

    Fentanyl raises the rate of overdose and lowers survival, each in proportion to its share of
    the illicit supply; `alone` is what heroin would do without it.

    Args:
        help_: what comes of calling for help; responding: what it is made of.
    """
    stocks, success, risk = who.stocks, who.success, more.risk
    fentanyl_share = seen.fentanyl_share
    survival_heroin_alone = p.survival_heroin_relative * p.survival_rx
    survival_fentanyl = survival_heroin_alone * p.survival_fentanyl_relative
    survival_heroin = jnp.maximum(
        0.0,
        survival_heroin_alone + (survival_fentanyl - survival_heroin_alone) * fentanyl_share,
    )
    more_often = 1 + fentanyl_share * (p.fentanyl_multiplier * risk.dose * risk.coverage - 1)
    base_hud = p.rate_hud * p.disturbance * risk.ways
    base_heroin_use = base_hud * p.rate_heroin_use_relative
    rate_hud = hazard(base_hud * more_often, 4.0)
    rate_heroin_use = hazard(base_heroin_use * more_often, 4.0)

    dies_rx = (1 - p.survival_rx) * help_.not_averted_rx
    dies_heroin = (1 - survival_heroin) * help_.not_averted_heroin
    alone = (1 - survival_heroin_alone) * help_.not_averted_heroin * (1 - fentanyl_share)
    baseline = p.rate_synthetic_baseline * (1 - survival_fentanyl) * help_.not_averted_rx
    death_rx_oud = p.rate_rx_oud * dies_rx
    death_misuse = p.rate_misuse * dies_rx
    death_heroin_use = rate_heroin_use * dies_heroin
    death_oud = jnp.stack([death_rx_oud + baseline, death_rx_oud, rate_hud * dies_heroin])
    death_treated = death_oud[:, None] * ((1 - success) * p.treated_risk)[None, :]

    at_risk = stocks.untreated * risk.untreated
    untreated = at_risk * death_oud
    treated = stocks.treated * death_treated
    oud = untreated + jnp.sum(treated, axis=1)
    # People at risk, those in treatment in proportion to their risk: deaths = exposed x rate.
    exposed = at_risk + jnp.sum(stocks.treated * ((1 - success) * p.treated_risk)[None, :], axis=1)
    medical = who.patients * p.death_rate_medical
    misuse = stocks.misuse * death_misuse
    heroin_use = stocks.heroin_use * death_heroin_use
    deaths_rx = medical + misuse + oud[0] + oud[1]
    deaths_heroin = heroin_use + oud[2]
    met = more.stimulants.overdoses * p.disturbance
    elsewhere = met * (1 - survival_fentanyl) * help_.not_averted_heroin

    alone_hud = base_hud * alone
    alone_heroin_use = base_heroin_use * alone
    by_baseline = exposed[0] * baseline
    by_illicit = stocks.heroin_use * jnp.maximum(0.0, death_heroin_use - alone_heroin_use) + (
        exposed[2] * jnp.maximum(0.0, death_oud[2] - alone_hud)
    )
    rate_rx = jnp.stack([p.rate_rx_oud + p.rate_synthetic_baseline, p.rate_rx_oud, rate_hud])
    survived = exposed * (rate_rx - death_oud)
    nonfatal_rx = survived[0] + survived[1] + stocks.misuse * (p.rate_misuse - death_misuse)
    nonfatal_heroin = survived[2] + stocks.heroin_use * (rate_heroin_use - death_heroin_use)
    overdoses_rx = nonfatal_rx + deaths_rx
    overdoses_heroin = nonfatal_heroin + deaths_heroin
    by_synthetic_prescribed = at_risk[0] * p.rate_synthetic_baseline

    uses_rx = overdoses_rx * responding.witnessed * help_.naloxone_rx
    uses_heroin = overdoses_heroin * responding.witnessed * help_.naloxone_heroin
    synthetic = share(by_synthetic_prescribed, overdoses_rx)
    fatal_rx = synthetic * (1 - survival_fentanyl) + (1 - synthetic) * (1 - p.survival_rx)
    no_call = 1 - responding.calling
    return Overdose(
        survival_heroin=survival_heroin,
        net_rate_heroin_use=rate_heroin_use,
        net_rate_hud=rate_hud,
        death_rate_misuse=death_misuse,
        death_rate_heroin_use=death_heroin_use,
        death_rate_oud=death_oud,
        death_rate_treated=death_treated,
        death_rate_heroin_alone=alone_hud,
        death_rate_synthetic_baseline=baseline,
        death_rate_fentanyl=jnp.maximum(0.0, death_oud[2] - alone_hud),
        deaths_medical=medical,
        deaths_misuse=misuse,
        deaths_heroin_use=heroin_use,
        deaths_untreated=untreated,
        deaths_treated=treated,
        deaths_oud=oud,
        deaths_high=untreated * risk.high,
        deaths_reentry=jnp.sum(untreated) * risk.reentry,
        deaths_stimulants=elsewhere,
        deaths_rx=deaths_rx,
        deaths_heroin=deaths_heroin,
        deaths=deaths_rx + deaths_heroin + elsewhere,
        by_rx=medical + misuse + exposed[0] * death_rx_oud + oud[1],
        by_heroin=stocks.heroin_use * alone_heroin_use + exposed[2] * alone_hud,
        by_synthetic_baseline=by_baseline,
        by_synthetic_illicit=by_illicit + elsewhere,
        by_synthetic=by_baseline + by_illicit + elsewhere,
        nonfatal_rx=nonfatal_rx,
        nonfatal_heroin=nonfatal_heroin,
        nonfatal=nonfatal_rx + nonfatal_heroin,
        overdoses_rx=overdoses_rx,
        overdoses_heroin=overdoses_heroin,
        overdoses_synthetic_baseline=by_synthetic_prescribed,
        naloxone_uses_rx=uses_rx,
        naloxone_uses_heroin=uses_heroin,
        naloxone_averted_rx=uses_rx * fatal_rx * no_call,
        naloxone_averted_heroin=uses_heroin * (1 - survival_heroin) * no_call,
        kits_used_rx=share(uses_rx * responding.kits_per_use, help_.kits_rx),
        kits_used_heroin=share(uses_heroin * responding.kits_per_use, help_.kits_heroin),
    )
