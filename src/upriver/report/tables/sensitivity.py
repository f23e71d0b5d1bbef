"""The table of `upriver sensitivity`: each unknown's share of what is open of a quantity."""

from collections.abc import Iterator

from upriver.inference.sensitivity.shares import Sensitivity
from upriver.report.lines import SHORT

from .made import DIGITS, INTERVAL, digest
from .tidy import Row, Tidy, filled, interval, over

STANDS = {True: "stands out", False: "not told apart from chance"}


def table_of_sensitivity(found: Sensitivity, first: str, how: str) -> Tidy:
    """A row for each unknown and index, a share of the variance [1].

    Args:
        first: what it comes to, in a sentence. how: how it is to be read.
    """
    of, (low, middle, high) = found.asked.quantity, found.ends
    made = found.made
    version, equations = made["upriver_version"], str(made["equations_digest"])
    cells: Row = {
        "place": "US",
        "source": f"upriver {version}",
        "vintage": equations[:SHORT],
        "status": "modelled",
        "world": made["world"],
        "draws": found.draws,
        "statistic": "median",
        "interval": INTERVAL,
        "scenario": made["scenario"],
        "scenario_digest": digest(str(made["scenario_yaml"])),
        "version": version,
    }
    when = _when(found)
    known = interval(of.name, "the quantity", of.unit, (middle, low, high), when)
    return Tidy(
        f"What decides {of.name}",
        filled(cells, [known, *_shares(found)]),
        about=first,
        note=f"{how} Draws: {made['fit']}." if "fit" in made else how,
        made=[f"Made by Upriver {version}, equations {equations[:DIGITS]}"],
        provenance=[{**made, "draws": found.draws}],
    )


def _when(found: Sensitivity) -> Row:
    """The years that are summed, or the instant of a level."""
    first, last = found.asked.years
    if found.asked.quantity.flow:
        return over(first, last)
    return {"calendar": "instant", "period": str(first)}


def _shares(found: Sensitivity) -> Iterator[Row]:
    when = _when(found)
    scale = {"statistic": f"share of the variance of its {found.scale}"}
    for row in found.rows:
        for index, share in (("first order", row.first), ("total", row.total)):
            if share is not None:
                told = {"note": f"{row.part}; {STANDS[row.stands]}"}
                quantity = f"{found.asked.quantity.name}, index of {index}"
                ends = (share.value, share.low, share.high)
                yield interval(row.name, quantity, "1", ends, when, scale, told)
