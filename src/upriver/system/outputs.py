"""Units of what a run can tell."""

from functools import cache
from pathlib import Path

from upriver.core.errors import unknown_name
from upriver.core.files import load_yaml

from .counters import PREFIX

COUNTED_UNITS = {
    "people/year": "people",
    "people": "person*year",
    "Rx/year": "Rx",
    "MME/year": "MME",
    "kit/year": "kit",
    "kg/year": "kg",
}


@cache
def _units() -> dict[str, str]:
    return {str(k): v for k, v in load_yaml(Path(__file__).with_suffix(".yaml")).data.items()}


def unit_of(output: str) -> str:
    """Unit of an output, a state or a counter.

    Raises:
        UnknownName: nothing has that name.
    """
    if output.startswith(PREFIX):
        return COUNTED_UNITS[unit_of(output.removeprefix(PREFIX))]
    fitting = [path for path in _units() if output.startswith(path)]
    if not fitting:
        raise unknown_name("output", output, list(_units()))
    return _units()[max(fitting, key=len)]
