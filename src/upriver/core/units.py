"""The closed list of units, and how a quantity rescales when a base unit does.

A unit is base units joined by `*` and `/`, read from the left: `MME/person/year`. `people` is the
plural of `person`.
"""

BASE = ("year", "day", "person", "provider", "Rx", "MME", "kit", "kg", "USD")
"""Base units. Rx: a prescription; MME: a morphine milligram equivalent; provider: of treatment."""

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
        "USD",
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
    sign = 1
    for token in unit.replace("*", " * ").replace("/", " / ").split():
        if token in "*/":
            sign = 1 if token == "*" else -1
        elif token != "1":
            base = "person" if token == "people" else token
            exponents[base] = exponents.get(base, 0) + sign
    return {base: power for base, power in exponents.items() if power}
