"""Which routes lead from which site: the topology of network.yaml, for the equations."""

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from upriver.core.axes import AXES, network

Origins = Float[Array, " origin"]
Routes = Float[Array, " route"]
Sites = Float[Array, " site"]

CHINA, MEXICO = (AXES["site"].index(site) for site in ("china", "mexico"))
"""Rows of the sites of production."""

LEADS_FROM = np.array(
    [AXES["site"].index(route["from"]) for route in network()["route"].values()], dtype=np.int32
)
"""Row of the site that each route leads from, shape (route,)."""

OVERLAND = CHINA != LEADS_FROM
"""Routes on which a shipment crosses Mexico first, and travels as it is sold, shape (route,)."""


def by_site(amounts: Routes) -> Sites:
    """Sum over the routes that lead from each site [as given]."""
    sites = range(len(AXES["site"]))
    return jnp.stack([jnp.sum(amounts[np.flatnonzero(site == LEADS_FROM)]) for site in sites])


def at_origin(sites: Sites) -> Routes:
    """What holds at the site that each route leads from [as given]."""
    return sites[LEADS_FROM]
