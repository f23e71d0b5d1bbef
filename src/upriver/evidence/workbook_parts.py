"""What the parts of a workbook claim: cells far apart, texts by the billion, entities.

The reader that opens workbooks makes room for what they claim, and gives up the whole process if
there is not enough. So we read each part first, as a stream, and refuse what claims too much.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from upriver.core.errors import SourceProblem, show

CELLS = 5_000_000
"""Cells in a sheet, counted as rows times columns; also texts, and whatever else is counted."""

WIDEST = 16_384
"""Columns in a sheet, by its format."""

_PIECE = 1 << 20
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]{0,3})([0-9]{1,12})[\"']")
_BARE = re.compile(rb"<(?:\w+:)?c(?=[\s>/])(?![^>]*\sr\s*=)")
_COUNT = re.compile(rb"\b(?:unique)?[cC]ount\s*=\s*[\"']([^\"']*)[\"']")
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']")
_TEXTS = 159
"""Record of a binary workbook that begins its texts, with two counts."""


def targets(archive: zipfile.ZipFile) -> frozenset[str]:
    """Names, without folders, of the parts that a binary workbook says it has."""
    found = set()
    for name in archive.namelist():
        if name.lower().endswith("workbook.bin.rels"):
            for target in _TARGET.findall(archive.read(name)):
                found.add(target.decode("utf-8", "replace").rsplit("/", 1)[-1].lower())
    return frozenset(found)


def look_into(name: str, stream: IO[bytes], named: frozenset[str], file: str) -> None:
    """Read a part to its end (a false size or sum is an error), and refuse what claims too much.

    Raises:
        SourceProblem: the part, and what it claims.
    """
    start = stream.read(_PIECE)
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        _look_into_xml(name, start, stream, file)
    elif name.lower().rsplit("/", 1)[-1] in named:
        _look_into_records(name, start + stream.read(), file)
    else:
        while stream.read(_PIECE):
            pass


def _look_into_xml(name: str, start: bytes, stream: IO[bytes], file: str) -> None:
    declared = _ENCODING.search(start[:1000])
    if b"\0" in start[:1000] or (declared and declared[1].lower() not in _PLAIN):
        raise _problem(name, "is not in UTF-8", file)
    rows = columns = 0
    rest = b""
    piece = start
    while piece:
        text = rest + piece
        cut = text.rfind(b">") + 1
        text, rest = text[:cut], text[cut:]
        if len(rest) > 2 * _PIECE:
            raise _problem(name, "has a tag too long", file)
        if _DECLARES.search(text) or _DECLARES.search(rest):
            raise _problem(name, "declares entities, which we do not take", file)
        for count in _COUNT.findall(text):
            if not re.fullmatch(rb"\d{0,12}", count) or int(count or b"0") > CELLS:
                raise _too_many(name, f"a count of {count[:20].decode('ascii', 'replace')}", file)
        for letters, digits in _REFERENCE.findall(text):
            rows, columns = max(rows, int(digits)), max(columns, _column(letters))
        if _BARE.search(text):
            columns = WIDEST
        piece = stream.read(_PIECE)
    _limit(rows, columns, name, file)


def _look_into_records(name: str, data: bytes, file: str) -> None:
    """A binary part: the last of a row (record 0) and of a cell (1 to 11), and the texts."""
    rows = columns = 0
    for kind, start, length in _records(data):
        if kind <= 11 and length >= 4:
            index = struct.unpack_from("<I", data, start)[0] + 1
            if kind == 0:
                rows = max(rows, index)
            else:
                columns = max(columns, index)
        elif kind == _TEXTS and length >= 8:
            most = max(struct.unpack_from("<II", data, start))
            if most > CELLS:
                raise _too_many(name, f"a count of {most}", file)
    _limit(rows, columns, name, file)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record: both numbers have seven bits a byte."""
    at, end = 0, len(data)
    while at < end:
        kind, at = data[at], at + 1
        if kind & 0x80 and at < end:
            kind, at = (kind & 0x7F) | (data[at] & 0x7F) << 7, at + 1
        length = shift = 0
        while at < end and shift < 28:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + length > end:
            return
        yield kind, at, length
        at += length


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _limit(rows: int, columns: int, name: str, file: str) -> None:
    if rows * columns > CELLS:
        raise _too_many(name, f"{rows:,} rows of {columns:,} cells", file)


def _problem(name: str, says: str, file: str) -> SourceProblem:
    return SourceProblem(f"member {show(name)} {says}", file=file)


def _too_many(name: str, found: str, file: str) -> SourceProblem:
    said, allowed = f"member {show(name)} claims too much", f"at most {CELLS:,}"
    return SourceProblem(said, file=file, found=found, allowed=allowed)
