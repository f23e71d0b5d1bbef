"""What was seized: recorded beside modelled, and what it implies of the flow, which is a range.

Seizures are not flow: they are a chance times a flow, weighed with what the drug is cut with. So
what is recorded stands beside what the same run would have had seized, in the same unit. The
record is that of US Customs and Border Protection (cbp_drugs), gross weight.
"""

from dataclasses import dataclass

import numpy as np

from upriver.core.units import factor
from upriver.evidence.calendars import month_of
from upriver.evidence.figures import COUNTRY, series

from .amounts import over_year, ratio, total
from .compare import Interval, interval
from .simulate import Run

NOT_FLOW = (
    "Seizures are not flow: they are a chance times a flow, weighed with what the drug is cut "
    "with, and that chance is hardly known."
)
SEIZED, FISCAL = "seized_fentanyl", "seized_fentanyl_fiscal"
SENT, GROSS = "supply.pipeline.sent", "supply.seizures.gross"


@dataclass(frozen=True)
class Beside:
    """Corridors that a record can be told apart from others by, and places of that record.

    sent: their share of all that is sent, modelled [1]; seized: of seized weight, modelled [1]
    recorded: of seized weight, recorded [1]; recorded_kg: that weight [kg]. None: no such thing.
    """

    label: str
    sent: Interval | None
    seized: Interval | None
    recorded: float | None
    recorded_kg: float | None


@dataclass(frozen=True)
class Implied:
    """What a recorded weight says of the flow, and what it cannot say.

    recorded: seized weight [kg]; pure: fentanyl in it, at the modelled mix of powder and pills [kg]
    chance: of seizure that agrees with both the record and the modelled flow [1]
    assumed: that the model is given, over all corridors [1]
    flow: that reaches the border or the mail, from the record [kg, pure]; its interval holds
        what is plausible of the chance, as drawn
    """

    recorded: float
    pure: Interval
    chance: Interval
    assumed: Interval
    flow: Interval


@dataclass(frozen=True)
class FiscalYear:
    """Seized weight of a fiscal year, October to September, recorded and modelled [kg]."""

    label: str
    recorded: float
    modelled: Interval


GROUPS = (
    ("Southwest ports of entry", ("ports",), ("US:southwest/OFO",)),
    ("Southwest between ports", ("between",), ("US:southwest/USBP",)),
    ("Mail, coast and air", ("mail", "coastal"), ("US:interior/OFO", "US:interior/USBP")),
    ("Northern border", (), ("US:northern/OFO", "US:northern/USBP")),
)
"""How far routes of the model and places of the record can be laid side by side: the record does
not part mail from other cargo, and the model has no route across the northern border."""


def beside(run: Run, year: int) -> tuple[Beside, ...]:
    """Shares of corridors in what is sent and in what is seized, beside the record's, in a year."""
    sent = total(run, SENT, year)
    gross = over_year(run, "supply.seizures.gross_total", year)
    whole = recorded(COUNTRY, year)
    found = []
    for label, routes, places in GROUPS:
        parts = [recorded(place, year) for place in places]
        known = [part for part in parts if part is not None]
        weight = sum(known) if len(known) == len(parts) else None
        ours = [total(run, name, year, routes) for name in (SENT, GROSS)] if routes else []
        found.append(
            Beside(
                label=label,
                sent=interval(ratio(ours[0], sent)) if ours else None,
                seized=interval(ratio(ours[1], gross)) if ours else None,
                recorded=weight / whole if weight is not None and whole else None,
                recorded_kg=weight,
            )
        )
    return tuple(found)


def implied(run: Run, year: int) -> Implied | None:
    """What the recorded weight of a year implies; None where no whole year is recorded.

    The chance ranges over draws, which hold what is plausible of it.
    """
    weight = recorded(COUNTRY, year)
    if weight is None:
        return None
    seized = total(run, "supply.seizures.seized", year)
    arriving = seized + total(run, "supply.seizures.delivered", year)
    pure = weight * ratio(seized, over_year(run, "supply.seizures.gross_total", year))
    assumed = ratio(seized, arriving)
    return Implied(
        recorded=weight,
        pure=interval(pure),
        chance=interval(ratio(pure, arriving)),
        assumed=interval(assumed),
        flow=interval(ratio(pure, assumed)),
    )


def fiscal_years(run: Run) -> tuple[FiscalYear, ...]:
    """Seized weight by fiscal year, recorded (cbp_drugs) and modelled."""
    record = series(FISCAL)
    draws = run.periods("supply.seizures.gross_total", record.starts, record.ends)
    kilograms = factor(record.unit, "kg")
    return tuple(
        FiscalYear(label, float(record.values[i]) * kilograms, interval(draws[:, i]))
        for i, label in enumerate(record.labels)
    )


def recorded(place: str, year: int) -> float | None:
    """Weight seized in a place in a calendar year [kg]; None if a month of it is not published."""
    record = series(SEIZED, place)
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    if not set(months) <= set(record.labels):
        return None
    total = float(sum(record.values[record.labels.index(month)] for month in months))
    return None if np.isnan(total) else total * factor(record.unit, "kg")


def recorded_years() -> tuple[int, ...]:
    """Calendar years of which every month is published."""
    years = sorted({month_of(label)[0] for label in series(SEIZED).labels})
    return tuple(year for year in years if recorded(COUNTRY, year) is not None)
