"""Headcounts: how many people there are of each kind, in and out of treatment.

Source: lim2022, SI section 2. People in treatment are in remission in the share in which they
leave treatment in remission, so a count of people with a disorder takes part of those in treatment.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .stocks import Groups, Medications, Stocks


class PopulationParameters(eqx.Module):
    """The population of 12 years and over; see population.yaml."""

    people: Scalar


class Headcount(eqx.Module):
    """People by kind [people], and shares of the population that influence others [1].

    with_disorder: active opioid use disorder, by group, treated or not
    in_treatment: on each medication; places_taken: as the reference counts them, in which people in
        remission in treatment stand twice
    rx_in_treatment: of those in treatment, with a prescription opioid disorder
    hud_in_treatment: of them, with heroin use disorder
    remission_in_treatment: of those on each medication, in remission
    remission_by_group: in remission without medication or with it
    """

    with_disorder: Groups
    oud: Scalar
    rx_oud: Scalar
    heroin: Scalar
    rx_only: Scalar
    in_treatment: Medications
    places_taken: Medications
    rx_in_treatment: Medications
    hud_in_treatment: Medications
    treatment: Scalar
    remission_in_treatment: Medications
    remission_by_group: Groups
    stable_rx: Scalar
    remission: Scalar
    share_misuse: Scalar
    share_heroin: Scalar
    share_rx_oud: Scalar
    share_hud: Scalar
    share_remission: Scalar


def headcount(
    stocks: Stocks,
    success: Medications,
    *,
    heroin_use_with_rx: Scalar,
    population: Scalar,
) -> Headcount:
    """Count people.

    Args:
        success: share of treatments that end in remission, by medication [1].
        heroin_use_with_rx: share of people who use heroin without a disorder who also use
            prescription opioids [1].
        population: people of 12 years and over.
    """
    active = jnp.sum(stocks.treated * (1 - success)[None, :], axis=1)
    recovering = jnp.sum(stocks.treated * success[None, :], axis=1)
    with_disorder = stocks.untreated + active
    rx_oud = with_disorder[0] + with_disorder[1]
    heroin = stocks.heroin_use + with_disorder[1] + with_disorder[2]
    in_treatment = jnp.sum(stocks.treated, axis=0)
    remission_by_group = stocks.remission + stocks.stable + recovering
    remission = jnp.sum(remission_by_group)
    influencing_misuse = stocks.misuse + rx_oud + stocks.heroin_use * heroin_use_with_rx
    return Headcount(
        with_disorder=with_disorder,
        oud=jnp.sum(with_disorder),
        rx_oud=rx_oud,
        heroin=heroin,
        rx_only=stocks.misuse + with_disorder[0],
        in_treatment=in_treatment,
        # A slip of the published model, kept: 'Total by MOUD' adds those in remission again.
        places_taken=in_treatment * (1 + success),
        rx_in_treatment=stocks.treated[0] + stocks.treated[1],
        hud_in_treatment=stocks.treated[2],
        treatment=jnp.sum(in_treatment),
        remission_in_treatment=in_treatment * success,
        remission_by_group=remission_by_group,
        stable_rx=stocks.stable[0] + stocks.stable[1],
        remission=remission,
        share_misuse=influencing_misuse / population,
        share_heroin=heroin / population,
        share_rx_oud=rx_oud / population,
        share_hud=with_disorder[2] / population,
        share_remission=remission / population,
    )
