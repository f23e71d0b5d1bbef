"""Workbooks (.xlsx, .xlsb) from outside: looked through before they are opened, then read as rows.

A small file may claim a large one: by compression, by many members, by what its sheets say of
themselves (`workbook_parts`). Each has its limit, and no member is unpacked beyond it.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from upriver.core.errors import SourceProblem, show, unknown_name

from .tables import PathLike, name_of, read_bytes
from .workbook_parts import look_into, targets

LARGEST = 50 * 1024 * 1024
"""Bytes in a workbook."""

LONGEST_RATIO = 100
"""Unpacked bytes for one packed, over the file and in any member above `SMALL` bytes."""

UNPACKED = 500 * 1024 * 1024
MEMBERS = 1000
SMALL = 100_000


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, and rows of cells (text, number, date, truth, or empty text)."""

    name: str
    rows: list[list[Any]]


class Workbook:
    """An open workbook that passed the limits; `names` of its sheets, in order.

    Raises:
        FileProblem: missing, empty, too large.
        SourceProblem: no workbook, or one that we do not open.
    """

    def __init__(self, path: PathLike) -> None:
        self.file = name_of(path)
        raw = read_bytes(path, LARGEST)
        _look_through(raw, self.file)
        from python_calamine import CalamineError, CalamineWorkbook

        with _told(self.file, CalamineError):
            self._book = CalamineWorkbook.from_filelike(BytesIO(raw))
        self.names: tuple[str, ...] = tuple(self._book.sheet_names)

    def sheet(self, name: str) -> Sheet:
        """A sheet from its first cell on; a merged range has its value in each of its cells.

        Raises:
            UnknownName: there is no such sheet.
            SourceProblem: it cannot be read.
        """
        if name not in self.names:
            raise unknown_name("sheet", name, self.names, where=(self.file, None))
        from python_calamine import CalamineError

        with _told(self.file, CalamineError):
            sheet = self._book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                _spread(rows, top, left, bottom, right)
        return Sheet(name, rows)


class _told:  # noqa: N801 -- it reads as a verb
    """Turns whatever the reader says, also when it gives up in its own language, into our line."""

    def __init__(self, file: str, kind: type[Exception]) -> None:
        self.file, self.kind = file, kind

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: Any
    ) -> None:
        ours = isinstance(error, self.kind | MemoryError | ValueError | OSError)
        if error is not None and (ours or type(error).__name__ == "PanicException"):
            said = f"cannot be read as a workbook ({error})"
            raise SourceProblem(said, file=self.file) from None


def _spread(rows: list[list[Any]], top: int, left: int, bottom: int, right: int) -> None:
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = value


def _look_through(raw: bytes, file: str) -> None:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "Save it without a password as .xlsx."
        raise SourceProblem("is an .xls workbook or one with a password", file=file, hint=hint)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            _count(members, len(raw), file)
            named = targets(archive)
            for member in members:
                with archive.open(member) as stream:
                    look_into(member.filename, stream, named, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        KeyError,
        struct.error,
    ) as error:
        said = f"is not a workbook, or a broken one ({error})"
        raise SourceProblem(said, file=file) from None


def _count(members: list[zipfile.ZipInfo], size: int, file: str) -> None:
    """Limits on what the archive says of itself; that it does not lie is seen when it is read."""

    def problem(says: str, found: str, allowed: str) -> SourceProblem:
        return SourceProblem(says, file=file, found=found, allowed=allowed)

    if len(members) > MEMBERS:
        raise problem("has too many members", f"{len(members):,}", f"at most {MEMBERS:,}")
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        raise SourceProblem("has a member twice", file=file)
    total = sum(member.file_size for member in members)
    allowed = f"at most {LONGEST_RATIO} times its size"
    if total > LONGEST_RATIO * size or total > UNPACKED:
        raise problem("unpacks to too much", f"{total:,} bytes from {size:,}", allowed)
    for member in members:
        if member.flag_bits & 1:
            raise SourceProblem("has a password", file=file)
        if member.file_size > max(SMALL, LONGEST_RATIO * member.compress_size):
            found = f"{member.file_size:,} bytes from {member.compress_size:,}"
            raise problem(f"member {show(member.filename)} unpacks to too much", found, allowed)
