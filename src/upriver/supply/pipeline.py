"""The pipeline: one inventory, in transit and in the country, between what arrives and what sells.

What it leaves out: stages of trade; seizures inside the country, which are not told apart from
sales.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .routes import Routes, Sites, at_origin, by_site


class Pipeline(eqx.Module):
    """What moves in a year, pure.

    sent: on each route [kg/year]; share: of each route in what is sent [1]
    produced: at all sites [kg/year]
    """

    sent: Routes
    share: Routes
    produced: Scalar


def sending(produced: Sites, shares: Routes) -> Pipeline:
    """What a site makes leaves by its routes, in their proportion.

    Args:
        produced: at each site [kg/year]; shares: of the routes in what is ordered [1].
    """
    sent = at_origin(produced / by_site(shares)) * shares
    total = jnp.sum(produced)
    return Pipeline(sent=sent, share=sent / total, produced=total)
