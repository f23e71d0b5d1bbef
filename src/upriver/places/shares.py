"""Counts of a larger place, shared out by population: what is not published for a smaller one.

Nothing is known of the smaller place that way but how many people live there, and the record's
status says so: `shared`.
"""

from dataclasses import replace

import numpy as np

from upriver.core.errors import OutOfBounds
from upriver.evidence.record import WITHOUT_VALUE, Doubles, Record

COUNTS = frozenset(
    {"people", "people/year", "provider", "Rx", "Rx/year", "MME", "MME/year", "kit", "kit/year"}
)
"""Units of counts, which a part of a place has a part of; a rate or a price is no count."""


def share_of(record: Record, people: Record, among: Record) -> Record:
    """A count of a larger place as a smaller one's, by population.

    Args:
        record: of the larger place.
        people: residents of the smaller place, by year.
        among: residents of the larger place, by year.

    Raises:
        OutOfBounds: the record is no count.
    """
    if record.unit not in COUNTS:
        raise OutOfBounds(
            f"{record.name} is no count, and cannot be shared out by population",
            found=record.unit,
            allowed=", ".join(sorted(COUNTS)),
        )
    part = residents_at(people, record.middles) / residents_at(among, record.middles)
    said = f"{among.place}'s by population"
    return replace(
        record,
        place=people.place,
        values=record.values * part,
        low=record.low * part,
        high=record.high * part,
        statuses=tuple(s if s in WITHOUT_VALUE else "shared" for s in record.statuses),
        notes=tuple(f"{said}; {note}" if note else said for note in record.notes),
    )


def residents_at(people: Record, when: Doubles) -> Doubles:
    """Residents at calendar years, shape (n,): linear between Julys; the nearest beyond them."""
    known = np.isfinite(people.values)
    return np.interp(when, people.middles[known], people.values[known])
