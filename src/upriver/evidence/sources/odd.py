"""Rows that are no data: a note beside a table, a row that cannot be read.

What is not needed is not read. A row that cannot be read is left out, and said with its line, only
where each row stands for itself; where rows are summed it is refused, since the sum would be short.
A note that speaks of a filter is refused: nobody can tell what the filter took away.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from upriver.core.errors import SourceProblem, show
from upriver.evidence.tables import Frame, check_header, frame_of, numbers, plain_name, refuse

from .user_words import people_in
from .wholes import refuse_splits

_FILTER = re.compile(
    r"\b(filter(s|ed)?|only|alone|exclud\w*|without|subset|selected|limited to|restricted to)\b",
    re.IGNORECASE,
)
_NO_FILTER = re.compile(
    r"\b(no filters?|filters?( applied)?\s*[:=]?\s*(none|all)\b)", re.IGNORECASE
)
_MOST = 3
"""Lines that a remark lists."""

Rows = Iterable[tuple[int, Sequence[str]]]


class Odd:
    """Rows of a file that were left out, and why; `remarks` says so.

    At most one row in ten, or one alone, may be odd, and something must be left: else the file is
    not what it is taken for, and the first odd row is refused. `strict`: each is.
    """

    def __init__(self, name: str, *, strict: bool = False) -> None:
        self.name = name
        self.strict = strict
        self._said: dict[str, list[int]] = {}

    def keep(
        self, frame: Frame, right: Frame, column: str, says: str, allowed: str | None = None
    ) -> Frame:
        """The rows that are right; the others are left out and remembered.

        Raises:
            SourceProblem: too many are not.
        """
        wrong = ~right
        count = int(wrong.sum())
        if count == 0:
            return frame
        if count > self.allowed(len(frame)) or count == len(frame):
            refuse(frame, wrong, column, self.name, says, allowed)
        for line, cell in zip(frame[wrong]["line"], frame[wrong][column], strict=True):
            self._add(f"column '{column}' {says}, found {show(str(cell))}", int(line))
        return frame[right].reset_index(drop=True)

    def numbers(
        self, frame: Frame, column: str, *, blank: Collection[str] = (), whole: bool = False
    ) -> Frame:
        """The frame with a column as numbers, NaN where blank, without the rows that have none."""
        text = frame[column]
        empty = text.isin(list(blank))
        digits = r"\d+(\.0*)?" if whole else r"\d+\.?\d*|\.\d+|\d+(\.\d*)?[eE][-+]?\d{1,2}"
        right = text.str.fullmatch(rf"[-+]?({digits})") | empty
        what = "should be a whole number" if whole else "should be a number"
        frame = self.keep(frame, right, column, what)
        below = frame[column].str.startswith("-") & ~frame[column].isin(list(blank))
        frame = self.keep(frame, ~below, column, "is out of bounds", "0 or more").copy()
        frame[column] = numbers(frame, column, self.name, blank=tuple(blank), whole=whole)
        return frame

    def allowed(self, rows: int) -> int:
        """How many of so many rows may be odd."""
        return 0 if self.strict else max(1, rows // 10)

    def unequal(self, line: int, cells: int, columns: int) -> None:
        """Remember a row with another number of cells than the header has."""
        self._add(f"should have {columns} cells, as the header has, found {cells}", line)

    def note(self, line: int, text: str) -> None:
        """Remember a note beside the table."""
        self._add(f"is a note, {show(text)}", line)

    def _add(self, says: str, line: int) -> None:
        self._said.setdefault(says, []).append(line)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out, a sentence for each reason."""
        every = [(f"{says}.", lines) for says, lines in self._said.items()]
        told = [f"{lines_text(lines)} left out: {says}" for says, lines in every[:_MOST]]
        if more := sum(len(lines) for _, lines in every[_MOST:]):
            told.append(f"{more} more rows were left out for other reasons of the kind.")
        return tuple(told)


def lines_text(lines: Sequence[int]) -> str:
    """`Line 7 was`, `Lines 7, 9 and 12 more were`."""
    if len(lines) == 1:
        return f"Line {lines[0]} was"
    few = ", ".join(str(line) for line in lines[:5])
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f"Lines {few}{more} were"


def table_of(
    rows: Rows,
    odd: Odd,
    required: Collection[str],
    optional: Collection[str] = (),
    *,
    each: bool = False,
) -> Frame:
    """The columns asked for, as `tables.frame_of` gives them, from rows that may hold notes.

    Notes above and below the table are passed over. `each`: every row stands for itself, so one
    with another number of cells than the header may be left out.

    Raises:
        SourceProblem: as `frame_of`; a note speaks of a filter; a column that splits the people or
            the place is there and not read.
    """
    every = [(line, [cell.strip() for cell in cells]) for line, cells in rows]
    while every and len(every) > 1 and len(_filled(every[0][1])) == 1 and len(required) > 1:
        _note(every.pop(0), odd)
    if not every:
        return frame_of(every, odd.name, required, optional)
    (first, header), body = every[0], every[1:]
    names = [plain_name(cell) for cell in header]
    check_header(header, names, odd.name, first, required, optional)
    starts = {cells[0] for _, cells in body if len(_filled(cells)) > 1}
    kept: list[tuple[int, Sequence[str]]] = []
    unequal: list[tuple[int, int]] = []
    for line, cells in body:
        if _is_note(cells, starts):
            _note((line, cells), odd)
        elif each and not len(_trimmed(cells)) <= len(names) <= len(cells):
            if len(_filled(cells)) == 1:
                refuse_filter(_filled(cells)[0], odd.name, line)
            unequal.append((line, len(cells)))
        else:
            kept.append((line, cells if any(cells[len(names) :]) else cells[: len(names)]))
    if len(unequal) > (odd.allowed(len(body)) if kept else 0):
        line, count = unequal[0]
        said = f"should have {len(names)} cells, as the header has"
        raise SourceProblem(said, file=odd.name, line=line, found=f"{count} cells")
    for line, count in unequal:
        odd.unequal(line, count, len(names))
    known = (*required, *optional)
    refuse_splits(header, kept, odd.name, known)
    clean = [name if name in known else f"{name}_{at}" for at, name in enumerate(names)]
    return frame_of([(first, clean), *kept], odd.name, required, optional)


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _is_note(cells: Sequence[str], starts: set[str]) -> bool:
    """Whether a row is words in its first cell alone, and not a row that broke off there."""
    if len(_filled(cells)) != 1 or not cells[0]:
        return False
    text = cells[0]
    words = re.search(r"[A-Za-z]", text) and (" " in text or text.startswith(("*", "(", "†")))
    return bool(words) and not any(start.startswith(text) for start in starts)


def _note(row: tuple[int, Sequence[str]], odd: Odd) -> None:
    line, cells = row
    text = _filled(cells)[0]
    refuse_filter(text, odd.name, line)
    odd.note(line, text)


def refuse_filter(text: str, name: str, line: int) -> None:
    """Refuse a text beside a table that speaks of a filter; raises SourceProblem."""
    if (_FILTER.search(text) and not _NO_FILTER.search(text)) or people_in(text):
        said = "a note says that the table is of a part"
        hint = "Export it without a filter, or take the note out if it says something else."
        raise SourceProblem(said, file=name, line=line, found=show(text), hint=hint)
