"""The people part: its state, what others may see of it, its flows, and the balance.

Stocks change through flows and in no other way; the report draws the same flows.

Source: lim2022, stringfellow2022.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from . import (
    availability,
    capacity,
    disorder,
    dose,
    headcount,
    initiation,
    mortality,
    overdose,
    perceived_risk,
    prescribing,
    quitting,
    reentry,
    remission,
    response,
    social_influence,
    stimulants,
    street,
    tiers,
    treatment,
)
from . import (
    initial as initially,
)
from .beyond import Beyond, Extensions, Untreated, beyond, extended, passing
from .market import Market, MarketParameters
from .stocks import Medications, Memory, People, Reference, Stocks


class PeopleParameters(eqx.Module):
    """Everything the people part reads, by stem."""

    availability: availability.AvailabilityParameters
    capacity: capacity.CapacityParameters
    disorder: disorder.DisorderParameters
    dose: dose.DoseParameters
    initial: initially.InitialParameters
    initiation: initiation.InitiationParameters
    market: MarketParameters
    mortality: mortality.MortalityParameters
    overdose: overdose.OverdoseParameters
    perceived_risk: perceived_risk.PerceivedRiskParameters
    population: headcount.PopulationParameters
    prescribing: prescribing.PrescribingParameters
    quitting: quitting.QuittingParameters
    reentry: reentry.ReentryParameters
    remission: remission.RemissionParameters
    response: response.ResponseParameters
    social_influence: social_influence.SocialInfluenceParameters
    stimulants: stimulants.StimulantParameters
    street: street.StreetParameters
    tiers: tiers.TierParameters
    treatment: treatment.TreatmentParameters


class PeopleSignals(eqx.Module):
    """What other parts may see.

    heroin: people who use heroin or illicit opioids in its place [people]
    usual_dose: of fentanyl, that they are used to, relative to the reference [1]
    compensation: share of a change in strength that they make up for [1]
    """

    heroin: Scalar
    usual_dose: Scalar
    compensation: Scalar


class PeopleFlows(eqx.Module):
    """All that happens to people in a year, by stem, and what moves it.

    beyond: what goes beyond the published model
    change: of what is remembered [as Memory, in a year]
    leaving: treatment, by any way, death included, by medication [people/year]
    """

    heads: headcount.Headcount
    prescribing: prescribing.Prescribing
    street: street.Street
    availability: availability.Availability
    perceived_risk: perceived_risk.PerceivedRisk
    social_influence: social_influence.SocialInfluence
    initiation: initiation.Initiation
    disorder: disorder.Disorder
    quitting: quitting.Quitting
    demand: treatment.Demand
    capacity: capacity.Capacity
    treatment: treatment.Treatment
    remission: remission.Remission
    response: response.Response
    overdose: overdose.Overdose
    mortality: mortality.Mortality
    beyond: Beyond
    change: Memory
    leaving: Medications


def initial(seen: Market, p: PeopleParameters) -> People:
    """The state at the start of the run."""
    success = treatment.success(p.treatment)
    stocks = initially.initial(success, p.initial)
    heads = _headcount(stocks, success, p)
    high_risk = p.tiers.high_share * stocks.untreated
    usual_dose = jnp.ones(())
    untreated = Untreated(stocks.untreated, high_risk=high_risk, usual_dose=usual_dose)
    more = beyond(untreated, seen, _extensions(p))
    harm = _overdose(stocks, success, seen, more, p)
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
    leaving = jnp.sum(stocks.treated, axis=0) / p.treatment.duration + _deaths(harm, other)
    memory = Memory(
        risk_rx=reference.risk_rx,
        risk_heroin=reference.risk_heroin,
        disruption=jnp.zeros(()),
        capacity_rampup=jnp.zeros(2),
        intake=leaving * p.capacity.intake_delay,
        usual_dose=usual_dose,
        high_risk=high_risk,
    )
    return People(stocks=stocks, memory=memory, reference=reference)


def signals(state: People, p: PeopleParameters) -> PeopleSignals:
    """What other parts may see of people, from their state alone."""
    success = treatment.success(p.treatment)
    return PeopleSignals(
        heroin=_headcount(state.stocks, success, p).heroin,
        usual_dose=state.memory.usual_dose,
        compensation=p.dose.compensation,
    )


def flows(state: People, seen: Market, p: PeopleParameters) -> PeopleFlows:
    """All that happens to people in a year at this instant."""
    stocks, memory, reference = state.stocks, state.memory, state.reference
    success = treatment.success(p.treatment)
    heads = _headcount(stocks, success, p)
    prescribed = prescribing.prescribing(reference, p.prescribing)
    supply = street.street(
        stocks, memory.disruption, reference, prescribed, p.prescribing, p.street
    )
    available = availability.availability(supply, seen, p.availability)
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
    wanted = treatment.demand(stocks, p.treatment)
    places = capacity.capacity(memory, heads.places_taken, p.capacity)
    course = treatment.treatment(stocks, wanted, places.intake, p.treatment)
    beside = _extensions(p)
    untreated = Untreated(
        stocks.untreated, high_risk=memory.high_risk, usual_dose=memory.usual_dose
    )
    more = beyond(untreated, seen, beside)
    harm = _overdose(stocks, success, seen, more, p)
    other = mortality.mortality(stocks, success, p.mortality)
    leaving = course.leaving_remission_total + course.leaving_disorder_total + _deaths(harm, other)
    pr = p.perceived_risk
    suggested_rx = perceived_risk.indicated(harm.deaths_rx, harm.nonfatal_rx, pr)
    suggested_heroin = perceived_risk.indicated(harm.deaths_heroin, harm.nonfatal_heroin, pr)
    developing = disorder.disorder(stocks, social, available, p.disorder)
    stopping = quitting.quitting(stocks, risk, available, p.quitting)
    recovery = remission.remission(stocks, social, p.remission)
    on = extended(beside)
    passed = passing(starting, stopping, developing, course, recovery, other)
    return PeopleFlows(
        heads=heads,
        prescribing=prescribed,
        street=supply,
        availability=available,
        perceived_risk=risk,
        social_influence=social,
        initiation=starting,
        disorder=developing,
        quitting=stopping,
        demand=wanted,
        capacity=places,
        treatment=course,
        remission=recovery,
        response=response.response(p.population.people, p.response),
        overdose=harm,
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
        ),
        leaving=leaving,
    )


def balance(f: PeopleFlows) -> tuple[Stocks, Memory]:
    """Rate of change of each stock [people/year]: what comes in less what goes out."""
    start, quit_, develop, course = f.initiation, f.quitting, f.disorder, f.treatment
    moving = jnp.stack(
        [
            develop.rx_oud + quit_.heroin_to_oud - start.heroin_with_oud,
            start.heroin_with_oud - develop.hud_with_oud - quit_.heroin_to_oud,
            develop.hud + develop.hud_with_oud,
        ]
    )
    back = jnp.sum(course.leaving_with_disorder - course.entering, axis=1)
    recovering, again = f.remission.remitting, f.remission.relapsing
    stocks = Stocks(
        misuse=start.misuse
        - develop.rx_oud
        - start.heroin_with_misuse
        - quit_.misuse
        + quit_.heroin_to_misuse
        - f.mortality.misuse
        - f.overdose.deaths_misuse,
        heroin_use=start.heroin_without_rx
        + start.heroin_with_misuse
        - develop.hud
        - quit_.heroin_to_misuse
        - quit_.heroin
        - f.mortality.heroin_use
        - f.overdose.deaths_heroin_use,
        untreated=moving
        - recovering
        - f.mortality.untreated
        - f.overdose.deaths_untreated
        + again
        + back,
        treated=course.entering
        - course.leaving_in_remission
        - course.leaving_with_disorder
        - f.mortality.treated
        - f.overdose.deaths_treated,
        remission=jnp.sum(course.leaving_in_remission, axis=1)
        - f.mortality.remission
        - again
        + recovering
        - f.remission.stabilising,
        stable=f.remission.stabilising - f.mortality.stable,
    )
    return stocks, f.change


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
    return Extensions(p.market, p.dose, p.tiers, p.reentry, p.stimulants)


def _overdose(
    stocks: Stocks, success: Medications, seen: Market, more: Beyond, p: PeopleParameters
) -> overdose.Overdose:
    """Overdoses of these stocks."""
    patients = prescribing.current_patients(p.prescribing)
    return overdose.overdose(
        overdose.AtRisk(stocks, patients=patients, success=success),
        seen,
        more,
        response.response(p.population.people, p.response),
        p.response,
        p.overdose,
    )


def _deaths(harm: overdose.Overdose, other: mortality.Mortality) -> Medications:
    """Deaths of people on each medication, from any cause [people/year]."""
    return jnp.sum(harm.deaths_treated, axis=0) + mortality.in_treatment(other)
