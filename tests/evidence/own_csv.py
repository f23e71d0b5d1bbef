"""What comes of a user's CSV: its records as plain rows, or the line that refuses it."""

from dataclasses import dataclass
from pathlib import Path

from upriver.core.errors import InputError
from upriver.evidence.readings import Reading
from upriver.evidence.sources import user_csv

HOW = {"series": "overdoses", "unit": "people"}


@dataclass(frozen=True)
class Came:
    """Rows (series, place, calendar, period, value, status) of a file, or why there are none."""

    rows: tuple[tuple[str, str, str, str, float, str], ...] = ()
    refused: str = ""
    reading: Reading | None = None

    @property
    def places(self) -> set[str]:
        return {place for _, place, *_ in self.rows}

    @property
    def periods(self) -> set[tuple[str, str]]:
        return {(calendar, period) for _, _, calendar, period, *_ in self.rows}


def came(folder: Path, content: str | bytes, **options: str | None) -> Came:
    """A file read with series and unit, unless an option is None."""
    raw = content if isinstance(content, bytes) else content.encode()
    file = folder / "mine.csv"
    file.write_bytes(raw)
    how = {key: value for key, value in {**HOW, **options}.items() if value is not None}
    try:
        reading = user_csv.read(file, **how)
    except InputError as error:
        line = str(error)
        assert "\n" not in line
        return Came(refused=line)
    reading.parsed()
    columns = ("series", "place", "calendar", "period", "value", "status")
    rows = reading.records[list(columns)].itertuples(index=False)
    return Came(rows=tuple(tuple(row) for row in rows), reading=reading)
