"""A result in the place of a scenario: what it is of, and whether it is met again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from upriver.core.errors import SchemaProblem

from .shared import say

if TYPE_CHECKING:
    import xarray as xr

    from upriver.experiments.again import Made
    from upriver.experiments.simulate import Run


def one_of(file: str) -> "Made":
    """What made a result of one scenario.

    Raises:
        InputError: it is not there, does not say, or is of a comparison.
    """
    from upriver.experiments.again import read_made

    made = read_made(file)
    if len(made.scenarios) > 1:
        raise SchemaProblem(
            f"compares {len(made.scenarios)} scenarios",
            file=file,
            hint=f"Use `upriver compare {file}`.",
        )
    return made


def made_again(made: "Made", runs: "Sequence[Run]", results: "xr.Dataset", otherwise: bool) -> None:
    """Say how runs differ from the file that they are of, and whether their numbers are its.

    Args:
        made: the file.
        runs, results: what was run now.
        otherwise: something was asked for that is not as in the file.
    """
    same = made.same(results)
    if otherwise:
        say(f"Again from {made.file}, but for what is asked for otherwise.")
        return
    differences = made.differences(runs)
    for said in differences:
        say(f"Not as in {made.file}. {said}.")
    if same is None:
        same = not differences
        known = "it was made in the same way" if same else "the numbers may be others"
        say(f"Again from {made.file}, which holds no numbers to compare: {known}.")
    else:
        numbers = "the same numbers, to the last digit" if same else "the numbers are others"
        say(f"Again from {made.file}: {numbers}.")
