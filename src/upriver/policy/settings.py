"""What `--set` says: a parameter and the value that it is held at."""

import math

from upriver.core.errors import OutOfBounds, SchemaProblem, show, unknown_name
from upriver.core.parameters import parameters
from upriver.system.world import check_within


def setting(text: str) -> tuple[str, float]:
    """`PATH=VALUE` of `--set` as a path and a number within the parameter's bounds.

    Raises:
        SchemaProblem: not of that form, or not a number.
        UnknownName: no parameter has that path.
        OutOfBounds: the value is outside `within`.
    """
    option = "--set"
    path, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not path:
        raise SchemaProblem(
            "should be PATH=VALUE",
            file=option,
            found=show(text),
            hint="For example --set people.response.witnessed=0.8",
        )
    known = parameters()
    if path not in known:
        raise unknown_name(
            "parameter", path, known, where=(option, None), command="upriver parameters"
        )
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SchemaProblem(f"{path} should be a number", file=option, found=show(value))
    try:
        check_within(known[path], number)
    except OutOfBounds as error:
        error.file = option
        raise
    return path, number
