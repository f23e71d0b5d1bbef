"""From the bytes of a user's file to its rows: encoding, delimiter, titles above, footers below."""

import csv
import re
from dataclasses import dataclass, field

from upriver.core.errors import SourceProblem, show
from upriver.evidence.tables import checked_text, plain_name, rows_of

UNNAMED = "Name it, or take it out if it only numbers the rows; merged cells leave names out."
DELIMITERS = (",", ";", "\t", "|")

_FOOTERS = ("source", "note", "notes", "footnote", "*", "†", "data as of", "last updated", "©")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Grid:
    """A table of text: its header, the header's line, rows with their lines.

    shared: what a line `# all: ...` on top says of all rows. remarks: what was passed over.
    above, below: words of the lines above the header and below the table. comments: on top.
    """

    header: list[str]
    line: int
    rows: list[tuple[int, list[str]]]
    shared: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """All words around the table."""
        return (*self.comments, *self.above, *self.below)


def text_of(raw: bytes, name: str) -> str:
    """Text from bytes in UTF-8, UTF-16 with its mark or without, or Windows-1252.

    Raises:
        SourceProblem: none of them; a NUL byte; a workbook, PDF or web page; a line too long.
    """
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SourceProblem(
            "is a workbook, not CSV", file=name, hint="Save its sheet as CSV UTF-8."
        )
    if raw.startswith((b"%PDF", b"\x1f\x8b", b"\x89PNG")):
        raise SourceProblem("is not text", file=name, hint="Save the table as CSV UTF-8.")
    for encoding in _encodings(raw):
        try:
            return checked_text(raw.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    raise SourceProblem(
        "is text in no encoding that we know", file=name, hint="Save it as CSV UTF-8."
    )


def _encodings(raw: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return (encoding,)
    start = raw[:4000]
    odd, even = start[1::2].count(0), start[0::2].count(0)
    if max(odd, even) > 0.4 * len(start[0::2]) and min(odd, even) < 0.1 * len(start[0::2]):
        return ("utf-16-le" if odd > even else "utf-16-be",)
    return ("utf-8", "cp1252")


def grid_of(text: str, name: str) -> Grid:
    """The table in a text.

    Raises:
        SourceProblem: no header, no rows, a column twice, a row of another length, broken quotes.
    """
    shared = _shared(text)
    comments, rest = _without_comments(text)
    delimiter, body = _delimiter(rest, name)
    rows = [(line, cells) for line, cells in rows_of(body, name, delimiter) if not _remark(cells)]
    width = max((_filled(cells) for _, cells in rows), default=0)
    start = next((at for at, (_, c) in enumerate(rows) if _filled(c) >= max(2, width - 1)), None)
    if start is None:
        hint = "Write a header, such as date,value, and a row for each period."
        raise SourceProblem("has no table of two columns or more", file=name, line=1, hint=hint)
    before, after = rows[:start], rows[start + 1 :]
    line, header = rows[start]
    header = _without_tail(header, rows[start + 1 :])
    counting = _counts_rows(header, rows[start + 1 :])
    if counting:
        header, rows = header[1:], [(at, cells[1:] or [""]) for at, cells in rows]
    _check_header(header, line, name)
    kept, footers = _without_footers(rows[start + 1 :], len(header))
    table = [(at, _cells(cells, len(header), at, name)) for at, cells in kept]
    if not table:
        raise SourceProblem("has a header and no rows", file=name, line=line)
    above = [_words(cells) for _, cells in before]
    below = [_words(cells) for _, cells in after[len(after) - footers :]]
    remarks = ["The first column has no name and counts the rows: passed over."] if counting else []
    remarks += [f"Passed over above the header: {_quoted(above)}."] if above else []
    remarks += [f"Passed over below the table: {_quoted(below)}."] if below else []
    return Grid(header, line, table, shared, tuple(remarks), tuple(above), tuple(below), comments)


def _words(cells: list[str]) -> str:
    return ", ".join(cell.strip() for cell in cells if cell.strip())


def _quoted(texts: list[str]) -> str:
    said = "; ".join(show(text) for text in texts[:3])
    return said if len(texts) <= 3 else f"{said}; and {len(texts) - 3} more"


def _without_comments(text: str) -> tuple[tuple[str, ...], str]:
    """Comments on top, and the text with an empty line for each: one may hold a quotation mark."""
    lines = re.split(r"(\r\n|\r|\n)", text)
    comments = []
    for at in range(0, len(lines), 2):
        if lines[at].lstrip().startswith("#"):
            comments.append(lines[at].strip().lstrip("# "))
            lines[at] = ""
        elif lines[at].strip():
            break
    return tuple(comments), "".join(lines)


def _counts_rows(header: list[str], rows: list[tuple[int, list[str]]]) -> bool:
    """Whether the first column is the index that pandas and R write: 0, 1, 2 without a name."""
    if len(header) < 3 or header[0].strip().lower() not in ("", "unnamed: 0"):
        return False
    cells = [cells[0].strip() for _, cells in rows if _filled(cells[1:])]
    return any(cells == [str(i + first) for i in range(len(cells))] for first in (0, 1))


def _shared(text: str) -> dict[str, str]:
    for line in text.splitlines()[:50]:
        if line.startswith("# all:"):
            pairs = (part.partition("=") for part in line.removeprefix("# all:").split(", "))
            return {key.strip(): value.strip() for key, _, value in pairs}
    return {}


def _delimiter(text: str, name: str) -> tuple[str, str]:
    """The delimiter, as `sep=;` on top says, or the one that most lines have alike."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:200]
    best, score = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count)
        here = widths.count(common) * (common > 1)
        if here > score:
            best, score = delimiter, here
    return best, text


def _remark(cells: list[str]) -> bool:
    return cells[0].lstrip().startswith("#")


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _without_tail(header: list[str], rows: list[tuple[int, list[str]]]) -> list[str]:
    """The header without empty columns at its end, which spreadsheets like to write."""
    width = len(header)
    while width and not header[width - 1].strip() and not any(_beyond(c, width) for _, c in rows):
        width -= 1
    return header[:width]


def _beyond(cells: list[str], width: int) -> bool:
    return any(cell.strip() for cell in cells[width - 1 :])


def _check_header(header: list[str], line: int, name: str) -> None:
    names = [plain_name(cell) for cell in header]
    for at, column in enumerate(names):
        if not column:
            said = f"column {at + 1} has no name"
            raise SourceProblem(said, file=name, line=line, hint=UNNAMED)
        if column in names[:at]:
            raise SourceProblem(
                f"column '{column}' is there twice", file=name, line=line, field=column
            )
    if all(cell.strip().replace(".", "").replace("-", "").isdigit() for cell in header):
        hint = "Write a header, such as date,value, on top."
        raise SourceProblem("has no header, only numbers", file=name, line=line, hint=hint)


def _without_footers(
    rows: list[tuple[int, list[str]]], width: int
) -> tuple[list[tuple[int, list[str]]], int]:
    """Rows without the notes at the end: one cell alone, of words, or words such as `Source`."""
    end = len(rows)
    while end:
        cells = rows[end - 1][1]
        first = cells[0].strip().lower()
        alone = width > 1 and _filled(cells) == 1 and bool(first) and not first[:1].isdigit()
        if not (alone and first != "total") and not first.startswith(_FOOTERS):
            break
        end -= 1
    return rows[:end], len(rows) - end


def _cells(cells: list[str], width: int, line: int, name: str) -> list[str]:
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != width:
        raise SourceProblem(
            f"should have {width} cells, as the header has",
            file=name,
            line=line,
            found=f"{len(cells)}",
            hint="Put a cell that holds the delimiter in quotes." if len(cells) > width else None,
        )
    return [cell.strip() for cell in cells]
