"""Prescribing of opioids: how many patients, how much, and what that leaves to divert.

Source: lim2022, SI section 'Opioid prescribing and supply'.
"""

import equinox as eqx

from upriver.core.maths import Scalar, power, share

from .stocks import Reference


class PrescribingParameters(eqx.Module):
    """Constants and drivers; see prescribing.yaml."""

    patients: Scalar
    prescriptions: Scalar
    days: Scalar
    strength: Scalar
    abuse_deterrent_share: Scalar
    year_per_day: Scalar
    weight_patients: Scalar
    weight_prescriptions: Scalar
    weight_days: Scalar
    weight_strength: Scalar
    street_supply: Scalar


class Prescribing(eqx.Module):
    """What is prescribed.

    exposure_years: years of use a patient has in a year [year]
    current_patients: with a prescription in the current month [people]
    prescribed: prescriptions dispensed [Rx/year]
    dispensed: morphine milligram equivalents dispensed [MME/year]
    relative_patients, relative_prescriptions, relative_days, relative_strength: to the start [1]
    supply: supply that can be diverted, relative to the start [1]
    supply_net: the same after measures that act on it directly [1]
    """

    exposure_years: Scalar
    current_patients: Scalar
    prescribed: Scalar
    dispensed: Scalar
    relative_patients: Scalar
    relative_prescriptions: Scalar
    relative_days: Scalar
    relative_strength: Scalar
    supply: Scalar
    supply_net: Scalar


def current_patients(p: PrescribingParameters) -> Scalar:
    """People with an opioid prescription in the current month [people]."""
    return p.patients * exposure_years(p)


def exposure_years(p: PrescribingParameters) -> Scalar:
    """Years of use that a patient has in a year [year]."""
    return p.days * p.prescriptions * p.year_per_day


def prescribing(reference: Reference, p: PrescribingParameters) -> Prescribing:
    """What is prescribed, and the street supply that follows from it.

    Source: lim2022, SI, 'Rx supply relative'. There the four sensitivities are weights that sum to
    four; here each is its own exponent, 1 in the published model.
    """
    patients = share(p.patients, reference.patients)
    prescriptions = share(p.prescriptions, reference.prescriptions)
    days = share(p.days, reference.days)
    strength = share(p.strength, reference.strength)
    supply = (
        power(strength, p.weight_strength)
        * power(patients, p.weight_patients)
        * power(prescriptions, p.weight_prescriptions)
        * power(days, p.weight_days)
    )
    prescribed = p.patients * p.prescriptions
    return Prescribing(
        exposure_years=exposure_years(p),
        current_patients=current_patients(p),
        prescribed=prescribed,
        dispensed=prescribed * p.days * p.strength,
        relative_patients=patients,
        relative_prescriptions=prescriptions,
        relative_days=days,
        relative_strength=strength,
        supply=supply,
        supply_net=supply * p.street_supply,
    )
