"""The closed list of units, and how a quantity rescales when a base unit does.

A unit is base units joined by `*` and `/`, read from the left: `MME/person/year`. `people` is the
plural of `person`; what publishers count in, such as `lb`, is a number of a base unit.
"""

from collections.abc import Iterator

BASE = (
    "year",
    "day",
    "person",
    "provider",
    "Rx",
    "MME",
    "kit",
    "kg",
    "USD",
    "pill",
    "sample",
    "report",
    "event",
    "case",
    "hectare",
)
"""Base units. Rx: a prescription; MME: a morphine milligram equivalent; provider: of treatment;
sample: of a drug, as a laboratory tests it; report: of a drug in a sample, as a laboratory counts
it; event: a seizure; case: of the police."""

MULTIPLES = {
    "people": (1.0, "person"),
    "lb": (0.45359237, "kg"),
    "tonne": (1000.0, "kg"),
    "mg": (1e-6, "kg"),
    "100k": (1e5, "1"),
}
"""Units that are a number of a base unit."""

UNITS = frozenset(
    {
        "1",
        "year",
        "1/year",
        "year/day",
        "people",
        "people/year",
        "people/year/year",
        "person*year",
        "person*day/Rx",
        "Rx/person",
        "Rx/year",
        "MME/person/day",
        "MME/person/year",
        "MME/year",
        "provider",
        "people/provider",
        "1/provider",
        "kit/year",
        "kit/person",
        "kit/person/year",
        "person*year/kit",
        "Rx",
        "MME",
        "kit",
        "kg",
        "kg/year",
        "kg/year/year",
        "kg/person/year",
        "lb",
        "tonne",
        "mg/pill",
        "USD",
        "USD/kg",
        "pill",
        "sample",
        "report",
        "event",
        "case",
        "hectare",
        "1/100k/year",
    }
)


def dimensions(unit: str) -> dict[str, int]:
    """Exponent of each base unit: `people/year` gives `{"person": 1, "year": -1}`.

    Raises:
        ValueError: the unit is not on the list.
    """
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r} is not on the list of units")
    exponents: dict[str, int] = {}
    for token, sign in _tokens(unit):
        base = MULTIPLES.get(token, (1.0, token))[1]
        if base != "1":
            exponents[base] = exponents.get(base, 0) + sign
    return {base: power for base, power in exponents.items() if power}


def factor(unit: str, into: str) -> float:
    """What a number in one unit is multiplied with to be in another: `factor("lb", "kg")`.

    Raises:
        ValueError: a unit is not on the list, or they do not measure the same.
    """
    if dimensions(unit) != dimensions(into):
        raise ValueError(f"{unit} and {into} do not measure the same")
    return _size(unit) / _size(into)


def _size(unit: str) -> float:
    """One of a unit, in base units."""
    size = 1.0
    for token, sign in _tokens(unit):
        size *= MULTIPLES.get(token, (1.0, token))[0] ** sign
    return size


def _tokens(unit: str) -> Iterator[tuple[str, int]]:
    """Units that a unit is joined from, each with 1, or -1 behind a `/`."""
    sign = 1
    for token in unit.replace("*", " * ").replace("/", " / ").split():
        if token in "*/":
            sign = 1 if token == "*" else -1
        else:
            yield token, sign
