"""A figure's values as CSV, in the columns of our record tables: one form for all that leaves us.

`kit/save.js` writes the same bytes. `upriver evidence read csv` reads them back as the same
periods, values, statuses and sources.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from upriver.evidence.record import COLUMNS, WITHOUT_VALUE
from upriver.evidence.tables import csv_text, plain

from .figures import CAVEAT, LICENCE, Each, Figure, Series, columns, data_to, order


def csv_of(figure: Figure, licence: str = LICENCE, remarks: Sequence[str] = ()) -> str:
    """Every point that is drawn, in the columns of `evidence.record.COLUMNS`.

    Caveat, licence and `remarks` stand in comment lines on top. `upriver evidence read csv` reads
    it back, and so does `pandas.read_csv(file, comment="#")`.
    """
    reach = data_to(figure)
    top = [
        figure.title,
        figure.question,
        f"Note: {figure.note}",
        *([f"Data to: {reach}"] if reach else []),
        CAVEAT,
        f"Licence: {licence}",
    ]
    rows = (row for series in figure.series for row in rows_of(series, figure.unit))
    return csv_text(COLUMNS, rows, [*map(_flat, top), *remarks])


def period_of(calendar: str, moment: float) -> str:
    """The label of a period by a moment in it: the calendar year, else the instant itself."""
    return str(math.floor(moment + 1e-9)) if calendar == "year" else plain(moment)


def rows_of(series: Series, unit: str) -> Iterator[dict[str, object]]:
    """A row a point; a value that is not known is missing, whatever the rest is."""
    origin, places = series.origin, order(series)

    def told(texts: Each, i: int) -> str:
        return _flat(texts if isinstance(texts, str) else texts[places[i]])

    for i, (x, y, low, high) in enumerate(zip(*columns(series), strict=True)):
        if not np.isfinite(x):
            continue
        status = told(origin.status, i)
        gone = np.isnan(y) and status not in WITHOUT_VALUE
        periods = origin.periods
        yield {
            "series": _flat(series.label),
            "place": origin.place,
            "calendar": origin.calendar,
            "period": period_of(origin.calendar, x) if periods is None else told(periods, i),
            "value": float(y),
            "low": float(low),
            "high": float(high),
            "unit": origin.unit or _flat(unit),
            "status": "missing" if gone else status,
            **{name: told(getattr(origin, name), i) for name in ("source", "vintage", "note")},
            "world": origin.world,
            "draws": origin.draws,
        }


def _flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())
