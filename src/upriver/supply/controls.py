"""Controls that can bind: what sellers of precursors could send, and what a control closes of it.

Willing sellers of an origin can send so many times what they are usually asked for; that has no
size of its own that anybody knows. A control closes the share of the trade that it names, times the
certainty that named trade is met, which grows with a government's effort, times the severity of
what then follows for a seller. With time part of what is closed goes around the control. The less
sellers have to spare, the more a control takes, until trade has gone around it or buyers have
turned elsewhere. Orders that come near what sellers can send are cut a little without any control
(`precursors`, a smooth minimum).

What it leaves out: the substances, and how they are replaced; that is in the lags.
"""

import equinox as eqx
import jax.numpy as jnp

from upriver.core.maths import Scalar

from .routes import Origins, Sites
from .stocks import Supply

LEAST_OPEN = 0.02
"""Share of a trade that no control closes [1]."""


class ControlParameters(eqx.Module):
    """Named shares, certainty, severity, and what sellers have to spare; see controls.yaml."""

    included: Scalar
    named: Origins
    certainty: Origins
    severity: Origins
    slack: Origins
    around_share: Scalar
    around_years: Scalar
    raids: Sites
    loss_each: Sites


class Controls(eqx.Module):
    """Controls of an instant.

    closed: share of an origin's trade that its control closes, before any of it goes around [1]
    change: of the share that goes around [1/year]
    """

    closed: Origins
    change: Origins


def closing(effort: Origins, p: ControlParameters) -> Origins:
    """Share of an origin's trade that its control closes: named x certainty x severity [1].

    Args:
        effort: of each origin's government [1].
    """
    return jnp.minimum(p.named * effort * p.certainty * p.severity, 1 - LEAST_OPEN)


def opening(
    effort: Origins, p: ControlParameters, *, around: Origins, effectiveness: Origins
) -> Origins:
    """Share of an origin's trade that controls let through [1].

    Args:
        effort: as in `closing` [1]; around: share of the trade that goes around its control [1].
        effectiveness: share that full effort stops, where controls are not counted [1].
    """
    counted = jnp.minimum(1 - closing(effort, p) + around, 1.0)
    return jnp.where(p.included != 0, counted, 1 - effort * effectiveness)


def sendable(usual: Origins, fixed: Origins, p: ControlParameters) -> Origins:
    """Most that sellers of each origin could send, controls apart [kg/year].

    Args:
        usual: asked of each origin where stocks are as buyers like them [kg/year].
        fixed: the same, where controls are not counted [kg/year].
    """
    return jnp.where(p.included != 0, p.slack * usual, fixed)


def controls(state: Supply, effort: Origins, p: ControlParameters) -> Controls:
    """What controls close, and how the trade goes around them.

    Args:
        effort: as in `closing` [1].
    """
    closed = p.included * closing(effort, p)
    return Controls(closed=closed, change=(p.around_share * closed - state.around) / p.around_years)


def destroying(usual: Sites, p: ControlParameters) -> Sites:
    """Share of capacity that full enforcement destroys in a year: rate x severity [1/year].

    Args:
        usual: the same as one number, where controls are not counted [1/year].
    """
    return jnp.where(p.included != 0, p.raids * p.loss_each, usual)
