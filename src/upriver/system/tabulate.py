"""From histories to columns by step.

Knots are joined by straight lines, held until the next, or held and going back towards a value.
Past the record a path follows its projection.
"""

import numpy as np
from numpy.typing import NDArray

from upriver.core.parameters import Parameter, Projection
from upriver.core.table import Column, Table, constant
from upriver.core.time import years

from .world import World

Instants = NDArray[np.float64]

STEEPNESS = 5.0
"""How far along the logistic curve a projection has come at its end year (lim2022)."""


def tabulate(world: World) -> Table:
    """Columns of a world: one number for a constant, one an instant for a history."""
    return Table({path: column(p) for path, p in world.parameters.items()})


def column(parameter: Parameter) -> Column:
    """Column of a parameter, shape (1, 1) or (1, instants)."""
    if not parameter.is_path:
        assert parameter.value is not None
        return constant(parameter.value)
    when = years()
    dates = np.array([knot.year for knot in parameter.knots])
    values = np.array([knot.value for knot in parameter.knots])
    result: Instants
    last = np.searchsorted(dates, when, side="right") - 1
    if parameter.reversion is not None:
        back = parameter.reversion
        since = (when - dates[last]) / back.years
        result = back.toward + (values[last] - back.toward) * np.exp(-since)
    elif parameter.between == "step":
        result = values[last]
    else:
        result = np.interp(when, dates, values)
    ahead = parameter.projection
    if ahead is not None and not ahead.hold:
        future = when > ahead.start
        start_value = float(np.interp(ahead.start, dates, values))
        result[future] = projected(when[future], ahead, start_value)
    return result[None, :]


def projected(when: Instants, ahead: Projection, start_value: float) -> Instants:
    """A path past the record: the upper half of a logistic curve towards its end value.

    Args:
        when: calendar years after the start of the projection, shape (n,).
        start_value: value at the start of the projection.

    Source: lim2022, SI, 'Logistic growth curve'. It ends just short of the end value.
    """
    rise = 2 * (ahead.end_value - start_value)
    speed = STEEPNESS / (ahead.end_year - ahead.start)
    curve = rise / (1 + np.exp(-speed * (when - ahead.start))) + ahead.end_value - rise
    limit = np.minimum if rise > 0 else np.maximum
    bounded: Instants = limit(curve, ahead.end_value)
    return bounded
