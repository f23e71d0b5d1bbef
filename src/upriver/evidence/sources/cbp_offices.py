"""What the whole is at the border: components, regions, and the offices that report in each.

As every file of FY2019 to December 2025 has them. The publisher leaves out rows of nothing, so a
small sector may be absent from a month, and a field office never was.
"""

from collections.abc import Collection, Mapping

from upriver.evidence.places import COUNTRY
from upriver.evidence.tables import Frame

from .wholes import some

AIR_AND_MARINE = "Air and Marine Operations"
COMPONENTS = {
    "Office of Field Operations": "OFO",
    "U.S. Border Patrol": "USBP",
    AIR_AND_MARINE: "AMO",
}
REGIONS = {
    "Southwest Border": "southwest",
    "Northern Border": "northern",
    "Coastal/Interior": "interior",
}
WHOLE = {
    air: tuple(
        f"{COUNTRY}:{region}/{component}"
        for region in REGIONS.values()
        for component in (("AMO",) if air else ("OFO", "USBP"))
    )
    for air in (False, True)
}
"""Parts that add up to the country: of the main files, and of Air and Marine Operations' own."""

STEADY: dict[str, dict[str, tuple[str, ...]]] = {
    "OFO": {
        "southwest": ("EL PASO", "LAREDO", "SAN DIEGO", "TUCSON"),
        "northern": ("BOSTON", "BUFFALO", "DETROIT", "PORTLAND", "SEATTLE"),
        "interior": (
            *("ATLANTA", "BALTIMORE", "CHICAGO", "HOUSTON", "LOS ANGELES", "MIAMI", "NEW ORLEANS"),
            *("NEW YORK", "PRECLEARANCE", "SAN FRANCISCO", "SAN JUAN", "TAMPA"),
        ),
    },
    "USBP": {
        "southwest": (
            *("BIG BEND", "DEL RIO", "EL CENTRO", "EL PASO", "LAREDO", "RIO GRANDE VALLEY"),
            *("SAN DIEGO", "TUCSON", "YUMA"),
        ),
        "northern": (),
        "interior": ("MIAMI",),
    },
    "AMO": {"southwest": (), "northern": (), "interior": ()},
}
"""Offices with a row of some drug in every month."""

AT_TIMES: dict[str, dict[str, tuple[str, ...]]] = {
    "OFO": {"southwest": (), "northern": (), "interior": ()},
    "USBP": {
        "southwest": (),
        "northern": (
            *("BLAINE", "BUFFALO", "DETROIT", "GRAND FORKS", "HAVRE", "HOULTON", "SPOKANE"),
            "SWANTON",
        ),
        "interior": ("NEW ORLEANS", "RAMEY"),
    },
    "AMO": {
        "southwest": ("LAREDO AIR", "MC ALLEN AIR", "SAN DIEGO AIR", "TUCSON AIR"),
        "northern": ("BELLINGHAM AIR", "GREAT LAKES AIR", "MANASSAS AIR"),
        "interior": (
            *("AMOC", "CARIBBEAN AIR", "JACKSONVILLE AIR", "MIAMI AIR", "NEW ORLEANS AIR"),
            *("NASOC - CORPUS CHRISTI", "NASOC - JACKSONVILLE"),
        ),
    },
}
"""Offices with a row in every fiscal year, and not in every month."""

FEW = ("PORTLAND", "MIAMI")
"""Steady offices that may have nothing of one drug in years."""

LAND = {"US:southwest/OFO", "US:northern/OFO"}
"""Parts whose rows are of land ports and of others, in every month."""

_YEAR = 12


def doubts(frame: Frame, every_drug: Collection[str]) -> dict[tuple[str, str], str]:
    """Why a month of a part is of some of its offices alone, by month and part.

    Args:
        frame: rows of one file; `label`, `place` (the part), `area`, `land_filter`, `drug_type`.
        every_drug: drugs of a file without a filter. A file of fewer leaves out offices that had
            none of them in a month, so there only busy offices are looked for, in the whole file.
    """
    filtered = not set(every_drug) <= set(frame["drug_type"])
    long = frame["label"].nunique() >= _YEAR
    found: dict[tuple[str, str], str] = {}
    for place, rows in frame.groupby("place"):
        region, component = str(place).split(":")[1].split("/")
        steady = STEADY[component][region]
        at_times = AT_TIMES[component][region] if long and not filtered else ()
        if filtered:
            steady = tuple(one for one in steady if one not in FEW)
        for label, month in rows.groupby("label"):
            seen = rows if filtered else month
            gone = [*_gone(steady, seen), *_gone(at_times, rows)]
            says = [f"without {some(gone, 4)}"] if gone else []
            if place in LAND and seen["land_filter"].nunique() < 2:
                says.append(f"only '{seen['land_filter'].iloc[0]}'")
            if says:
                found[str(label), str(place)] = " and ".join(says)
    return found


def _gone(offices: Collection[str], rows: Frame) -> list[str]:
    """Offices of which no row is there: `EL PASO` is `EL PASO FIELD OFFICE`."""
    areas = tuple(area.upper() for area in rows["area"].unique())
    return [one.title() for one in offices if not any(area.startswith(one) for area in areas)]


def not_there(places: Collection[str], whole: Collection[str]) -> str:
    """Parts that are absent, by the publisher's words: `U.S. Border Patrol in Northern Border`."""
    components = _inverse(COMPONENTS)
    regions = _inverse(REGIONS)
    by_component: dict[str, list[str]] = {}
    for part in whole:
        if part not in places:
            region, component = part.split(":")[1].split("/")
            by_component.setdefault(components[component], []).append(regions[region])
    return "; ".join(f"{one} in {', '.join(those)}" for one, those in by_component.items())


def _inverse(mapping: Mapping[str, str]) -> dict[str, str]:
    return {ours: theirs for theirs, ours in mapping.items()}
