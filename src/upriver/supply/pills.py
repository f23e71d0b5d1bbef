"""Powder and pills: the share sold as pills, and the fentanyl in one.

What a seized pill holds moves less than the purity of powder does.

Source: the shares of pills among seizures are hidta2024; milligrams per pill ndta_digitised.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar, power


class PillParameters(eqx.Module):
    """Shares, weight and content; see pills.yaml."""

    share: Scalar
    share_scale: Scalar
    content: Scalar
    weight: Scalar
    response: Scalar


class Pills(eqx.Module):
    """Pills of an instant.

    share: of fentanyl that is sold as pills, by pure weight [1]; content: fentanyl in a pill [mg]
    relative: content relative to the reference [1]
    weight_per_pure: weight of pills for each kilogram of fentanyl in them [1]
    """

    share: Scalar
    content: Scalar
    relative: Scalar
    weight_per_pure: Scalar


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
    )
