"""The first year of fentanyl in a place, from the samples that forensic laboratories tested.

The rule: the first year, to 2019, in which at least 5 % of the samples with heroin or fentanyl hold
fentanyl or what is related to it. A year without a row had no such sample and is passed over. The
record begins in 2013: a place that is above then was so in 2013 or before. Few samples make a thin
rule in a small state, so how many stand beside the year, and whether the share fell below again.
"""

from dataclasses import dataclass

from upriver.evidence.record import Record

LEAST = 0.05
LAST = 2019


@dataclass(frozen=True)
class FirstYear:
    """The first year of fentanyl in a place.

    year: None if it was not reached. or_before: it is the first of the record, so that the true
        year may be earlier. share: of the samples with heroin or fentanyl, in that year. samples:
        with fentanyl in that year. lasting: no later year to the last is below again. missing:
        years of the record without a sample.
    """

    place: str
    year: int | None
    or_before: bool
    share: float | None
    samples: int | None
    lasting: bool
    missing: tuple[int, ...]
    source: str
    status: str = "computed"

    def __str__(self) -> str:
        """The year in words: `2014`, `2013 or before`, `not by 2019`."""
        if self.year is None:
            return f"not by {LAST}"
        before = " or before" if self.or_before else ""
        again = "" if self.lasting else ", below 5 % again later"
        return f"{self.year}{before} ({self.share:.0%} of samples{again})"


def first_year(
    shares: Record, samples: Record, *, least: float = LEAST, last: int = LAST
) -> FirstYear:
    """The first year in which at least a share of opioid samples holds fentanyl.

    Args:
        shares: of the samples with heroin or fentanyl, the share with fentanyl, by year.
        samples: with fentanyl, by year.
        least: the share that counts.
        last: the last year that is looked at.
    """
    known = {
        int(year): float(value)
        for year, value in zip(shares.starts, shares.values, strict=True)
        if value == value and year <= last
    }
    begins = int(shares.starts[0])
    found = next((year for year, share in known.items() if share >= least), None)
    held = None if found is None else samples.at(found)
    return FirstYear(
        place=shares.place,
        year=found,
        or_before=found == begins,
        share=None if found is None else known[found],
        samples=None if held is None else int(held),
        lasting=found is not None and all(s >= least for y, s in known.items() if y >= found),
        missing=tuple(year for year in range(begins, last + 1) if year not in known),
        source=shares.sources[0],
    )
