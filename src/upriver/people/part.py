"""The people part: its state, what others may see of it, and its flows.

Source: lim2022, stringfellow2022.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from . import (
    availability,
    capacity,
    counts,
    disorder,
    dose,
    headcount,
    housing,
    initiation,
    market,
    mortality,
    naloxone,
    offer,
    overdose,
    perceived_risk,
    prescribing,
    quitting,
    reentry,
    remission,
    response,
    retention,
    social_influence,
    stimulants,
    street,
    tiers,
    treatment,
    uptake,
    ways,
)
from . import (
    initial as initially,
)
from .balance import PeopleFlows
from .beyond import Beyond, Extensions, Untreated, beyond, extended, passing
from .market import Market
from .stocks import ByUse, Medications, Memory, People, Reference, Stocks


class PeopleParameters(eqx.Module):
    """Everything the people part reads, by stem."""

    availability: availability.AvailabilityParameters
    capacity: capacity.CapacityParameters
    counts: counts.CountParameters
    disorder: disorder.DisorderParameters
    dose: dose.DoseParameters
    housing: housing.HousingParameters
    initial: initially.InitialParameters
    initiation: initiation.InitiationParameters
    market: market.MarketParameters
    mortality: mortality.MortalityParameters
    naloxone: naloxone.NaloxoneParameters
    offer: offer.OfferParameters
    overdose: overdose.OverdoseParameters
    perceived_risk: perceived_risk.PerceivedRiskParameters
    population: headcount.PopulationParameters
    prescribing: prescribing.PrescribingParameters
    quitting: quitting.QuittingParameters
    reentry: reentry.ReentryParameters
    remission: remission.RemissionParameters
    response: response.ResponseParameters
    retention: retention.RetentionParameters
    social_influence: social_influence.SocialInfluenceParameters
    stimulants: stimulants.StimulantParameters
    street: street.StreetParameters
    tiers: tiers.TierParameters
    treatment: treatment.TreatmentParameters
    uptake: uptake.UptakeParameters
    ways: ways.WayParameters


class PeopleSignals(eqx.Module):
    """What other parts may see.

    heroin: people who use heroin or illicit opioids in its place [people]
    usual_dose: of fentanyl, that they are used to, relative to the reference [1]
    compensation: share of a change in strength that they make up for [1]
    """

    heroin: Scalar
    usual_dose: Scalar
    compensation: Scalar


def initial(seen: Market, p: PeopleParameters) -> People:
    """The state at the start of the run."""
    stay = _course(p)
    success = treatment.success(stay)
    stocks = initially.initial(success, p.initial)
    heads = _headcount(stocks, success, p)
    high_risk = p.tiers.high_share * stocks.untreated
    usual_dose = jnp.ones(())
    untreated = Untreated(stocks.untreated, high_risk=high_risk, usual_dose=usual_dose)
    more = beyond(untreated, seen, _extensions(p))
    _, help_ = _help(stocks, jnp.zeros(2), p)
    harm = _overdose(stocks, success, seen, more, help_, p)
    risk = p.perceived_risk
    reference = Reference(
        risk_rx=perceived_risk.indicated(harm.deaths_rx, harm.nonfatal_rx, risk),
        risk_heroin=perceived_risk.indicated(harm.deaths_heroin, harm.nonfatal_heroin, risk),
        demand=street.demand(stocks, p.street),
        users_misuse=heads.share_misuse,
        users_heroin=heads.share_heroin,
        users_rx_oud=heads.share_rx_oud,
        users_hud=heads.share_hud,
        users_remission=heads.share_remission,
        patients=p.prescribing.patients,
        prescriptions=p.prescribing.prescriptions,
        days=p.prescribing.days,
        strength=p.prescribing.strength,
    )
    other = mortality.mortality(stocks, success, p.mortality)
    leaving = jnp.sum(stocks.treated, axis=0) / stay.duration + _deaths(harm, other)
    memory = Memory(
        risk_rx=reference.risk_rx,
        risk_heroin=reference.risk_heroin,
        disruption=jnp.zeros(()),
        capacity_rampup=jnp.zeros(2),
        intake=leaving * p.capacity.intake_delay,
        usual_dose=usual_dose,
        high_risk=high_risk,
        market=market.reached(seen, p.market),
        kits=jnp.zeros(2),
    )
    return People(stocks=stocks, memory=memory, reference=reference)


def signals(state: People, p: PeopleParameters) -> PeopleSignals:
    """What other parts may see of people, from their state alone."""
    success = treatment.success(_course(p))
    return PeopleSignals(
        heroin=_headcount(state.stocks, success, p).heroin,
        usual_dose=state.memory.usual_dose,
        compensation=p.dose.compensation,
    )


def flows(state: People, seen: Market, p: PeopleParameters) -> PeopleFlows:
    """All that happens to people in a year at this instant."""
    stocks, memory, reference = state.stocks, state.memory, state.reference
    there = market.met(memory.market, seen, p.market)
    stay = _course(p)
    success = treatment.success(stay)
    heads = _headcount(stocks, success, p)
    prescribed = prescribing.prescribing(reference, p.prescribing)
    supply = street.street(
        stocks, memory.disruption, reference, prescribed, p.prescribing, p.street
    )
    available = availability.availability(supply, there, p.availability)
    risk = perceived_risk.perceived_risk(memory, reference, p.perceived_risk)
    social = social_influence.social_influence(heads, reference, p.social_influence)
    starting = initiation.initiation(
        stocks,
        p.population.people,
        prescribed,
        risk,
        social,
        available,
        p.initiation,
    )
    beside = _extensions(p)
    untreated = Untreated(
        stocks.untreated, high_risk=memory.high_risk, usual_dose=memory.usual_dose
    )
    more = beyond(untreated, there, beside)
    care = treatment.with_housing(stay, more.housing)
    sought = treatment.demand(stocks, care)
    known = uptake.uptake(stocks, sought, memory, p.uptake)
    there_is = offer.offer(p.capacity, p.offer)
    wanted = offer.asking(sought, known, there_is, p.offer)
    usual = capacity.capacity(memory, heads.places_taken, p.capacity)
    places = offer.offered(usual, there_is, memory, heads.in_treatment, p.capacity, p.offer)
    course = treatment.treatment(stocks, wanted, places.intake, care)
    kits, help_ = _help(stocks, memory.kits, p)
    harm = _overdose(stocks, success, there, more, help_, p)
    other = mortality.mortality(stocks, success, p.mortality)
    leaving = course.leaving_remission_total + course.leaving_disorder_total + _deaths(harm, other)
    pr = p.perceived_risk
    suggested_rx = perceived_risk.indicated(harm.deaths_rx, harm.nonfatal_rx, pr)
    suggested_heroin = perceived_risk.indicated(harm.deaths_heroin, harm.nonfatal_heroin, pr)
    developing = disorder.disorder(stocks, social, available, p.disorder)
    stopping = quitting.quitting(stocks, risk, available, p.quitting)
    uses = jnp.stack([harm.naloxone_uses_rx, harm.naloxone_uses_heroin])
    used = uses * p.response.kits_per_use
    recovery = remission.remission(stocks, social, p.remission)
    on = extended(beside)
    passed = passing(starting, stopping, developing, course, recovery, other)
    return PeopleFlows(
        met=there,
        heads=heads,
        prescribing=prescribed,
        street=supply,
        availability=available,
        perceived_risk=risk,
        social_influence=social,
        initiation=starting,
        disorder=developing,
        quitting=stopping,
        uptake=known,
        offer=there_is,
        demand=wanted,
        capacity=places,
        treatment=course,
        remission=recovery,
        naloxone=kits,
        response=help_,
        overdose=harm,
        counts=counts.counts(harm, p.counts),
        mortality=other,
        beyond=more,
        change=Memory(
            risk_rx=perceived_risk.change(memory.risk_rx, suggested_rx, pr),
            risk_heroin=perceived_risk.change(memory.risk_heroin, suggested_heroin, pr),
            disruption=supply.shocks - supply.readjustment,
            capacity_rampup=capacity.opening(memory, p.capacity),
            intake=leaving - memory.intake / p.capacity.intake_delay,
            usual_dose=jnp.where(on, dose.habituation(more.dose, memory.usual_dose, p.dose), 0.0),
            high_risk=jnp.where(
                on,
                tiers.change(
                    memory.high_risk, passed, more.tiers, p.tiers, deaths=harm.deaths_high
                ),
                0.0,
            ),
            market=market.following(memory.market, seen, p.market),
            kits=naloxone.keeping(memory.kits, kits, used, p.naloxone),
        ),
        leaving=leaving,
    )


def _course(p: PeopleParameters) -> treatment.TreatmentParameters:
    """Treatment, as long as people stay."""
    return retention.with_retention(p.treatment, p.offer.included, p.retention)


def _headcount(stocks: Stocks, success: Medications, p: PeopleParameters) -> headcount.Headcount:
    """Headcount of these stocks."""
    return headcount.headcount(
        stocks,
        success,
        heroin_use_with_rx=p.street.heroin_use_with_rx,
        population=p.population.people,
    )


def _extensions(p: PeopleParameters) -> Extensions:
    """Parameters of what goes beyond the published model."""
    return Extensions(p.market, p.dose, p.tiers, p.reentry, p.stimulants, p.housing, p.ways)


def _help(
    stocks: Stocks, kits: ByUse, p: PeopleParameters
) -> tuple[naloxone.Naloxone, response.Response]:
    """Naloxone at hand with so many kits, and what comes of an overdose."""
    found = naloxone.naloxone(kits, stocks, p.response, p.naloxone)
    usual = response.response(p.population.people, p.response)
    return found, naloxone.answered(usual, found, p.response, p.naloxone)


def _overdose(
    stocks: Stocks,
    success: Medications,
    seen: Market,
    more: Beyond,
    help_: response.Response,
    p: PeopleParameters,
) -> overdose.Overdose:
    """Overdoses of these stocks."""
    patients = prescribing.current_patients(p.prescribing)
    return overdose.overdose(
        overdose.AtRisk(stocks, patients=patients, success=success),
        seen,
        more,
        help_,
        p.response,
        p.overdose,
    )


def _deaths(harm: overdose.Overdose, other: mortality.Mortality) -> Medications:
    """Deaths of people on each medication, from any cause [people/year]."""
    return jnp.sum(harm.deaths_treated, axis=0) + mortality.in_treatment(other)
