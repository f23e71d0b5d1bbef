"""Tables of text, strictly: bytes to text, text to rows that know their lines, cells to numbers.

Whatever is wrong is said in one line with file, line and column. And the way back: CSV in which no
spreadsheet takes a cell for a formula.
"""

import csv
import io
import math
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeAlias

from upriver.core.errors import FileProblem, SourceProblem, did_you_mean, show
from upriver.core.files import reason

Frame: TypeAlias = Any
"""A pandas DataFrame; pandas is loaded only where a file is read."""

PathLike: TypeAlias = str | os.PathLike[str]

LARGEST = 200 * 1024 * 1024
"""Bytes in a file."""

LONGEST = 1_000_000
"""Characters in a line."""

LINE = "line"
"""The column that holds the line of the file from which a row comes."""

NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)

_BREAKS = re.compile("[\x00\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""What some reader or other takes for the end of a line; a cell that we write holds none."""

_PARTING = re.compile('[",#]|^ | $')
"""What makes a cell stand in quotes."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE = re.compile(r"\s*(<!doctype\s+html|<html|<head|<\?xml|<!--)", re.IGNORECASE)


def pandas() -> Any:
    """The package pandas, loaded when a file is read and not before."""
    return import_module("pandas")


def name_of(path: PathLike) -> str:
    """A file as messages name it."""
    return os.fspath(path)


def read_bytes(path: PathLike, largest: int = LARGEST) -> bytes:
    """All of a file.

    Raises:
        FileProblem: missing, a folder, empty, larger than `largest` bytes, unreadable.
    """
    name = name_of(path)
    try:
        with open(path, "rb") as stream:
            if os.fstat(stream.fileno()).st_size > largest:
                allowed = f"at most {largest // 1024**2} MB"
                raise FileProblem("is too large", file=name, allowed=allowed)
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        raise FileProblem(reason(error), file=name) from error
    if not raw.strip(b"\x00 \t\r\n"):
        raise FileProblem("is empty", file=name)
    return raw


def read_text(path: PathLike) -> str:
    """Text of a file in UTF-8, or in UTF-16 with its mark; raises as `read_bytes` and `decode`."""
    return decode(read_bytes(path), name_of(path))


def decode(raw: bytes, name: str) -> str:
    """Text from bytes.

    Raises:
        SourceProblem: another encoding, a NUL byte, a web page, a line longer than `LONGEST`.
    """
    encoding = next((code for mark, code in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceProblem("is not text in UTF-8", file=name, line=line) from None
    return checked_text(text, name)


def checked_text(text: str, name: str) -> str:
    """The text, if it can be a table; raises as `decode`."""
    if (nul := text.find("\x00")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise SourceProblem("holds a NUL byte, so it is not text", file=name, line=line)
    if _PAGE.match(text[:2000]):
        raise SourceProblem("is a web page or XML, not a table", file=name, line=1)
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > LONGEST:
            found = f"{len(line_text):,} characters"
            allowed = f"at most {LONGEST:,} in a line"
            raise SourceProblem(
                "has a line too long", file=name, line=number, found=found, allowed=allowed
            )
    return text


def rows_of(text: str, name: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Rows of cells, each with the line on which it begins; blank lines are left out.

    Raises:
        SourceProblem: quotation marks that do not pair.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(LONGEST + 1)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        said = "a quotation mark is not closed" if "end of data" in str(error) else str(error)
        raise SourceProblem(f"is not a table: {said}", file=name, line=start) from None
    finally:
        csv.field_size_limit(before)


def plain_name(header: str) -> str:
    """A column's name without capitals and marks: `Sum Qty (lbs)` is `sum_qty_lbs`."""
    return re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_")


def frame_of(
    rows: Iterable[tuple[int, Sequence[str]]],
    name: str,
    required: Collection[str],
    optional: Collection[str] = (),
) -> Frame:
    """A table of text with a header row: the columns asked for, by plain name, and `line`.

    A column that is not asked for is left out: publishers add columns, and say so nowhere.

    Raises:
        SourceProblem: no rows, a column missing or there twice, a row of another length.
    """
    pd = pandas()
    rows = iter(rows)
    first, header = next(rows, (1, []))
    names = [plain_name(cell) for cell in header]
    check_header(header, names, name, first, required, optional)
    lines, table = [], []
    for line, cells in rows:
        if len(cells) != len(names):
            found = f"{len(cells)} cells"
            raise SourceProblem(
                f"should have {len(names)} cells, as the header has",
                file=name,
                line=line,
                found=found,
            )
        lines.append(line)
        table.append([cell.strip() for cell in cells])
    if not table:
        raise SourceProblem("has a header and no rows", file=name, line=first)
    frame = pd.DataFrame(table, columns=names, dtype=str)
    frame = frame[[column for column in names if column in required or column in optional]]
    frame.insert(0, LINE, lines)
    return frame


def check_header(
    header: Sequence[str],
    names: Sequence[str],
    name: str,
    line: int,
    required: Collection[str],
    optional: Collection[str] = (),
) -> None:
    """Refuse a header that lacks a column or has one twice; raises SourceProblem."""
    for position, column in enumerate(names):
        if column in names[:position] and (column in required or column in optional):
            said = f"column {show(header[position].strip())} is there twice"
            raise SourceProblem(said, file=name, line=line, field=column)
    for column in required:
        if column not in names:
            strangers = [one for one in names if one not in required and one not in optional]
            hint = did_you_mean(column, strangers)
            found = ", ".join(cell.strip() for cell in header[:12] if cell.strip())
            raise SourceProblem(
                f"column '{column}' is missing",
                file=name,
                line=line,
                field=column,
                found=show(found) if found else "nothing",
                hint=hint and f"Perhaps it is now called '{hint.split(chr(39))[1]}'.",
            )


def numbers(
    frame: Frame,
    column: str,
    name: str,
    *,
    blank: Collection[str] | None = None,
    whole: bool = False,
    least: float | None = 0.0,
) -> Frame:
    """A column of text as numbers, NaN where the cell is one of `blank`.

    Raises:
        SourceProblem: a cell is no number, not whole, or less than `least`.
    """
    pd = pandas()
    text = frame[column]
    empty = text.isin(list(blank)) if blank is not None else text == "\x00"
    right = text.str.fullmatch(NUMBER.pattern) | empty
    what = "a whole number" if whole else "a number"
    refuse(frame, ~right, column, name, f"should be {what}")
    values = pd.to_numeric(text.where(~empty), errors="coerce").astype(float)
    if whole:
        refuse(frame, (values % 1 != 0) & ~empty, column, name, f"should be {what}")
    if least is not None:
        refuse(frame, values < least, column, name, "is out of bounds", f"{least:g} or more")
    return values


def refuse(
    frame: Frame, wrong: Frame, column: str, name: str, says: str, allowed: str | None = None
) -> None:
    """Raise a SourceProblem for the first row that is `wrong`, if there is one."""
    if not wrong.any():
        return
    row = frame[wrong].iloc[0]
    raise SourceProblem(
        f"column '{column}' {says}",
        file=name,
        line=int(row[LINE]),
        field=column,
        found=show(row[column] if isinstance(row[column], str) else float(row[column])),
        allowed=allowed,
    )


def one_of(frame: Frame, column: str, name: str, known: Collection[str]) -> None:
    """Refuse a cell that is none of `known`; raises SourceProblem."""
    wrong = ~frame[column].isin(list(known))
    if wrong.any():
        refuse(frame, wrong, column, name, "is not known", one_of_many(frame[column], known))


def one_of_many(cells: Frame, known: Collection[str]) -> str:
    """What is allowed, in words, with the nearest to the first cell that is none of `known`."""
    if len(known) <= 6:
        return ", ".join(known)
    near = next((did_you_mean(str(c), known) for c in cells if c not in known), None)
    return f"one of {len(known)}. {near or ''}".strip().removesuffix(".")


def once(frame: Frame, columns: Sequence[str], name: str) -> None:
    """Refuse a row whose `columns` another row has too; raises SourceProblem."""
    again = frame.duplicated(list(columns))
    if again.any():
        row = frame[again].iloc[0]
        same = (frame[list(columns)] == row[list(columns)]).all(axis=1)
        first = int(frame[same].iloc[0][LINE])
        said = ", ".join(str(row[column]) for column in columns)
        raise SourceProblem(
            f"'{said}' is there twice, first in line {first}",
            file=name,
            line=int(row[LINE]),
            field=columns[-1],
        )


def guard(text: str) -> str:
    """Text that is no formula to a spreadsheet and no comment to a reader; a number stays."""
    if NUMBER.fullmatch(text.strip()) is None and text.lstrip(" \t\r\n")[:1] in tuple("=+-@#"):
        return "'" + text
    return "'" + text if text[:1] in ("\t", "\r") else text


def csv_text(
    header: Sequence[str], rows: Iterable[Mapping[str, object]], remarks: Iterable[str] = ()
) -> str:
    """CSV with formulas in text cells made harmless, `remarks` in comment lines on top.

    None and NaN are empty; a remark is one line, and none is taken for what holds in all rows.
    """
    flat = (_BREAKS.sub(" ", remark).rstrip(" ") for remark in remarks)
    lines = [f"# {' ' * line.startswith('all:')}{line}".rstrip(" ") for line in flat]
    lines.append(",".join(cell_text(column) for column in header))
    lines += (",".join(cell_text(row.get(column)) for column in header) for row in rows)
    return "\n".join(lines) + "\n"


def plain(value: float) -> str:
    """A number as short as it can be without loss; nothing where it is not finite."""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def cell_text(value: object) -> str:
    """A cell as it stands in a line of CSV; in quotes if it holds what parts cells or comments."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(float(value))
    text = guard(_BREAKS.sub(" ", str(value)))
    return '"' + text.replace('"', '""') + '"' if _PARTING.search(text) else text
