"""A tidy table of ours, as text: what is the same in every row stands once, on top."""

import csv
import io
from collections.abc import Iterable, Sequence


class BrokenError(Exception):
    """A raw file is not what it was: where, and what is wrong."""


def require(right: bool, file: str, says: str) -> None:
    """Stop with one line if a raw file is not as expected.

    Raises:
        BrokenError: it is not.
    """
    if not right:
        raise BrokenError(f"{file}: {says}")


def columns(found: Iterable[object], wanted: Sequence[str], file: str) -> None:
    """Stop if a file does not have the columns that are read.

    Raises:
        BrokenError: one is missing.
    """
    there = {str(name) for name in found}
    for name in wanted:
        require(name in there, file, f"column '{name}' is missing")


def table(
    about: str, header: Sequence[str], rows: Iterable[Sequence[object]], **shared: object
) -> str:
    """Text of a CSV.

    Args:
        about: sentences for the reader of the file, a line each.
        header: columns.
        rows: cells, in the order of the header; numbers are written as short as they are exact.
        shared: columns that are the same in every row.
    """
    for name, value in shared.items():
        assert ", " not in str(value), name
    stream = io.StringIO()
    for line in about.strip().splitlines():
        stream.write(f"# {line.strip()}\n")
    if shared:
        pairs = ", ".join(f"{name}={value}" for name, value in shared.items())
        stream.write(f"# all: {pairs}\n")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _cell(value: object) -> str:
    """A cell; 3.0 is 3, None and NaN are empty."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value == int(value) else repr(value)
    return str(value)
