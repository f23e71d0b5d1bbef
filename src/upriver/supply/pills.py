"""Powder and pills: the share sold as pills, and the fentanyl in one.

What a seized pill holds moves less than the purity of powder does. Pills of one time do not hold
the same: around the mean their contents spread as a lognormal, and laboratories count the share
at or above a mark.

Source: the shares of pills among seizures are hidta2024; milligrams per pill ndta_digitised.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, normal_cdf, power


class PillParameters(eqx.Module):
    """Shares, weight and content; see pills.yaml."""

    share: Scalar
    share_scale: Scalar
    content: Scalar
    weight: Scalar
    response: Scalar
    spread: Scalar
    mark: Scalar


class Pills(eqx.Module):
    """Pills of an instant.

    share: of fentanyl that is sold as pills, by pure weight [1]; content: fentanyl in a pill [mg]
    relative: content relative to the reference [1]
    weight_per_pure: weight of pills for each kilogram of fentanyl in them [1]
    two_mg_share: of pills, that hold the mark of two milligrams or more [1]
    """

    share: Scalar
    content: Scalar
    relative: Scalar
    weight_per_pure: Scalar
    two_mg_share: Scalar


def pills(cover: Scalar, p: PillParameters) -> Pills:
    """Pills at this cover of the market.

    Args:
        cover: inventory relative to what is usual [1].
    """
    relative = power(cover, p.response)
    content = p.content * relative
    return Pills(
        share=jnp.minimum(p.share * p.share_scale, 1.0),
        content=content,
        relative=relative,
        weight_per_pure=p.weight / content,
        two_mg_share=_at_least(p.mark, mean=content, spread=p.spread),
    )


def _at_least(mark: Scalar, *, mean: Scalar, spread: Scalar) -> Scalar:
    """Share of a lognormal at or above a mark [1]; mark and mean in one unit."""
    return normal_cdf((jnp.log(mean / mark) - spread * spread / 2) / spread)
