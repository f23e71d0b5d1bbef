"""Deaths, each once: over time and over kinds.

With synthetic opioids (T40.4): final counts of years to 2017, of months from 2018 to 2023, of the
year 2024; provisional sums of twelve months from January 2024 on. Any opioid without T40.4: final
counts of years to 2023 (2024 is rounded to a thousand, a sixth of what is left). Kinds overlap in
certificates and not here: the two are exclusive. Deaths by heroin or by prescription opioids are
checks, and do not enter.

Errors are on logarithms. Of years and months they are independent, since what lasts is for the
disturbances to explain. A provisional sum counts by the months that are new in it: those before
2024 are put in as recorded, and sums that share a new month share its error.
"""

import numpy as np

from upriver.evidence.calendars import month_label
from upriver.evidence.figures import series
from upriver.inference.block import Block, Doubles, independent
from upriver.system.observation import matrix

SYNTHETIC = "cumulative.people.overdose.by_synthetic"
WITHOUT = "cumulative.people.counts.without_synthetic"
FIRST_MONTHS, FIRST_SUMS = 2018, 2024
MONTHS = 12

YEARS, MONTH, OTHERS = 0.06, 0.04, 0.05
"""What errors are thought to be: of a year's deaths while few, of a month's, of other opioids'."""

REPORTING = 0.15
"""Error of a provisional sum in itself, in errors of a month: what is still to be reported."""

ABOVE, LEVEL = 1.02, 0.2
"""Provisional sums, as predicted, are above what becomes final: those of the years 2015 to 2024 by
1.1 to 2.8 %. How far they are off from that as a whole, in errors of a month: 0.8 %."""


def blocks() -> tuple[Block, ...]:
    """Blocks of deaths."""
    return _years(), _months(), _without()


def _years() -> Block:
    record = series("deaths_synthetic")
    kept = record.starts < FIRST_MONTHS
    return Block(
        name="T40.4, years",
        series=("deaths_synthetic",),
        values=record.values[kept],
        ends=record.ends[kept],
        output=(SYNTHETIC,),
        weights=matrix(record.starts[kept], record.ends[kept]),
        scale=YEARS,
        correlation=independent(int(kept.sum())),
    )


def _months() -> Block:
    """Months to 2023, and sums whose months from 2024 on are new."""
    final = months()
    rolling = series("deaths_synthetic_12m_predicted")
    kept = rolling.ends > FIRST_SUMS + 0.5 / MONTHS
    sums, ends = rolling.values[kept] / ABOVE, rolling.ends[kept]
    year = series("deaths_synthetic").at(float(FIRST_SUMS))
    assert year is not None
    sums, ends = np.append(sums, year), np.append(ends, FIRST_SUMS + 1.0)
    last = np.round(ends * MONTHS).astype(int)
    firsts = np.maximum(last - MONTHS, FIRST_SUMS * MONTHS)
    known = known_months(final, ends)
    starts = FIRST_MONTHS + np.arange(len(final)) / MONTHS
    n = len(final) + len(sums)
    correlation = np.eye(n)
    correlation[len(final) :, len(final) :] = _overlap(sums, firsts, last)
    return Block(
        name="T40.4, months",
        series=("deaths_synthetic_in_month", "deaths_synthetic_12m_predicted", "deaths_synthetic"),
        values=np.concatenate([final, sums]),
        ends=np.concatenate([starts + 1 / MONTHS, ends]),
        output=(SYNTHETIC,),
        weights=matrix(
            np.concatenate([starts, firsts / MONTHS]), np.concatenate([starts + 1 / MONTHS, ends])
        ),
        known=np.concatenate([np.zeros(len(final)), known]),
        scale=MONTH,
        correlation=correlation,
        rows=(
            *["deaths_synthetic_in_month"] * len(final),
            *["deaths_synthetic_12m_predicted"] * (len(sums) - 1),
            "deaths_synthetic",
        ),
    )


def months() -> Doubles:
    """Final deaths of each month, 2018 to 2023 [people], shape (72,).

    Published months of states fall short of the country by what is withheld; each year's are raised
    to its final count.
    """
    record, years = series("deaths_synthetic_in_month"), series("deaths_synthetic")
    by_year = record.values.reshape(-1, MONTHS)
    finals = np.array([years.at(float(FIRST_MONTHS + i)) for i in range(len(by_year))])
    assert record.labels[0] == month_label(FIRST_MONTHS, 1)
    return np.asarray((by_year * (finals / by_year.sum(axis=1))[:, None]).ravel())


def known_months(final: Doubles, ends: Doubles) -> Doubles:
    """Deaths of months before 2024 that sums of twelve months hold, shape (sums,).

    Args:
        final: of each month, 2018 to 2023. ends: of the sums, calendar years.
    """
    last = np.round(ends * MONTHS).astype(int)
    return np.array([_held(final, a - MONTHS, min(a, FIRST_SUMS * MONTHS)) for a in last])


def _held(final: Doubles, start: int, end: int) -> float:
    """Recorded deaths of months from one to before another, counted from year 0."""
    first = FIRST_MONTHS * MONTHS
    return float(final[start - first : max(end, start) - first].sum())


def _overlap(sums: Doubles, firsts: Doubles, last: Doubles) -> Doubles:
    """Correlation of the last sums [in squares of a month's error], the last a final count.

    Each new month has an error of its own and is a twelfth of a sum; sums share the errors of
    months that they share.
    """
    shared = np.minimum.outer(last, last) - np.maximum.outer(firsts, firsts)
    share = np.maximum(shared, 0) / MONTHS**2
    provisional = np.arange(len(sums)) < len(sums) - 1
    own = np.where(provisional, REPORTING**2, 1e-4)
    return np.asarray(share + np.diag(own) + LEVEL**2 * np.outer(provisional, provisional))


def _without() -> Block:
    every, synthetic = series("deaths_any_opioid"), series("deaths_synthetic")
    kept = every.starts < FIRST_SUMS
    return Block(
        name="other opioids, years",
        series=("deaths_any_opioid", "deaths_synthetic"),
        values=every.values[kept] - synthetic.values[kept],
        ends=every.ends[kept],
        output=(WITHOUT,),
        weights=matrix(every.starts[kept], every.ends[kept]),
        scale=OTHERS,
        correlation=independent(int(kept.sum())),
    )
