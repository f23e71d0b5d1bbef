"""The people of the model, by what they do and how they are: the stocks, and what is remembered.

Source: Lim et al. 2022 (lim2022), SI section 2. Adults and adolescents of 12 years and over, in
one place.
"""

import equinox as eqx
from jaxtyping import Array, Float

from upriver.core.maths import Scalar

from .market import Market

Groups = Float[Array, " group"]
Medications = Float[Array, " medication"]
ByUse = Float[Array, " use"]
ByBoth = Float[Array, " group medication"]


class Stocks(eqx.Module):
    """People in each state [people]; nobody is in two.

    misuse: misuse prescription opioids without a disorder and without past-year heroin use.
    heroin_use: use heroin without a disorder.
    untreated: have opioid use disorder and take no medication for it.
    treated: take a medication for opioid use disorder, in remission or not.
    remission, stable: in remission without medication, at first and once it has stabilised.
    """

    misuse: Scalar
    heroin_use: Scalar
    untreated: Groups
    treated: ByBoth
    remission: Groups
    stable: Groups


class Memory(eqx.Module):
    """What the system remembers besides people.

    risk_rx, risk_heroin: perceived risk, in overdoses weighted by how much they are noticed
        [people/year].
    disruption: share of the street supply of prescription opioids that is missing [1].
    capacity_rampup: stages of the slow opening of buprenorphine capacity [1].
    intake: people whose place in treatment has come free and who are not in yet [people].
    usual_dose: of fentanyl, that people are used to, relative to the reference [1].
    high_risk: of people with an untreated disorder, those at high risk [people].
    market: the local market, which follows the country's [1].
    kits: of naloxone, at hand of people who use opioids or beside them [kit].
    """

    risk_rx: Scalar
    risk_heroin: Scalar
    disruption: Scalar
    capacity_rampup: Float[Array, " stage"]
    intake: Medications
    usual_dose: Scalar
    high_risk: Groups
    market: Market
    kits: ByUse


class Reference(eqx.Module):
    """Levels at the start of the run, which later levels are compared with.

    risk_rx, risk_heroin [people/year]; demand [MME/year]; users_*: share of the population that
    influences others to start or go on [1]; patients [people/year]; prescriptions [Rx/person];
    days [day]; strength [MME/day].
    """

    risk_rx: Scalar
    risk_heroin: Scalar
    demand: Scalar
    users_misuse: Scalar
    users_heroin: Scalar
    users_rx_oud: Scalar
    users_hud: Scalar
    users_remission: Scalar
    patients: Scalar
    prescriptions: Scalar
    days: Scalar
    strength: Scalar


class People(eqx.Module):
    """The state of the people part."""

    stocks: Stocks
    memory: Memory
    reference: Reference
