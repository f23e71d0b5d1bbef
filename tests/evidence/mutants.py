"""Small exports of each publisher whose totals are known, and ways to make a part of a whole.

An `Export` has content, what its whole is, mutants (content, and which of the whole it harms) and
harmless changes. Text is changed as rows of cells, so that a mutant is one change and no more.
"""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from made import xlsx

Key = tuple[str, str, str]
"""Series, place and period."""

Content = str | bytes
Harm = Callable[[Key], bool]


@dataclass(frozen=True)
class Export:
    """source: its name. file: what a file of it is called. whole: values of the whole, by key."""

    source: str
    file: str
    content: Content
    whole: dict[Key, float]
    mutants: list[tuple[str, Content, Harm]] = field(default_factory=list)
    harmless: list[tuple[str, Content]] = field(default_factory=list)

    def harm(self, name: str, content: Content, harms: Harm = lambda _: True) -> None:
        """Add a mutant; `harms` says which keys of the whole it takes from."""
        self.mutants.append((name, content, harms))

    def spare(self, name: str, content: Content) -> None:
        """Add a change that takes nothing from the whole."""
        self.harmless.append((name, content))


@dataclass
class Table:
    """A table with a header, and text below it."""

    header: list[str]
    rows: list[list[str]]
    below: str = ""
    delimiter: str = ","

    @classmethod
    def of(cls, text: str, delimiter: str = ",", below: str = "") -> "Table":
        """A table from its text; from `below` on, the text is kept as it is."""
        cut = text.index(below) if below else len(text)
        reader = csv.reader(io.StringIO(text[:cut], newline=""), delimiter=delimiter)
        header, *rows = [row for row in reader if row]
        return cls(header, rows, text[cut:], delimiter)

    def text(self) -> str:
        """As it was, for a reader."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        writer.writerows([self.header, *self.rows])
        return out.getvalue() + self.below

    def with_rows(self, rows: list[list[str]]) -> str:
        """With other rows."""
        return Table(self.header, rows, self.below, self.delimiter).text()

    def without(self, **cells: str) -> str:
        """Without the rows that have all these cells; a name's blanks are underscores."""
        return self.with_rows([row for row in self.rows if not self._has(row, cells)])

    def only(self, **cells: str) -> str:
        """The rows that have all these cells."""
        return self.with_rows([row for row in self.rows if self._has(row, cells)])

    def changed(self, column: str, old: str, new: str) -> str:
        """A cell by another, wherever it stands in a column."""
        at = self._at(column)
        rows = [
            [new if i == at and cell == old else cell for i, cell in enumerate(row)]
            for row in self.rows
        ]
        return self.with_rows(rows)

    def plus(self, title: str, cell: str, at: int = 0) -> str:
        """With another column of one cell in every row."""
        header = [*self.header[:at], title, *self.header[at:]]
        rows = [[*row[:at], cell, *row[at:]] for row in self.rows]
        return Table(header, rows, self.below, self.delimiter).text()

    def less(self, column: str) -> str:
        """Without a column."""
        at = self._at(column)
        header = [cell for i, cell in enumerate(self.header) if i != at]
        rows = [[cell for i, cell in enumerate(row) if i != at] for row in self.rows]
        return Table(header, rows, self.below, self.delimiter).text()

    def titled(self, old: str, new: str) -> str:
        """With a column called otherwise."""
        header = [new if cell == old else cell for cell in self.header]
        return Table(header, self.rows, self.below, self.delimiter).text()

    def reordered(self) -> str:
        """With its columns the other way round."""
        rows = [row[::-1] for row in self.rows]
        return Table(self.header[::-1], rows, self.below, self.delimiter).text()

    def shuffled(self) -> str:
        """With its rows in another order, always the same."""
        rows = list(self.rows)
        random.Random(12).shuffle(rows)
        return self.with_rows(rows)

    def noted(self, note: str, wide: bool = False) -> str:
        """With a note as its last row, in one cell or with empty ones behind it."""
        row = [note, *[""] * (len(self.header) - 1)] if wide else [note]
        return self.with_rows([*self.rows, row])

    def _at(self, column: str) -> int:
        plain = [title.lower().replace(" ", "_") for title in self.header]
        return plain.index(column.lower().replace(" ", "_"))

    def _has(self, row: list[str], cells: dict[str, str]) -> bool:
        return all(row[self._at(column)].strip() == cell for column, cell in cells.items())


SPLITS = (
    ("County", "Adams"),
    ("Sex", "Female"),
    ("Age Group", "25-34"),
    ("Race", "White"),
    ("Intent", "Suicide"),
)
"""A column that splits the people or the place, and one of its cells."""

FILTERS = (
    "Filters applied: State is Ohio",
    "Excludes private laboratories",
    "Only the first quarter",
)
"""Lines beside a table that say that it is of a part."""


def splits_and_filters(export: Export, table: Table) -> None:
    """Mutants of any table of text: a column too many, a line that speaks of a filter."""
    for title, cell in SPLITS:
        export.harm(f"a column {title}", table.plus(title, cell))
        export.harm(f"a column {title} at the end", table.plus(title, cell, len(table.header)))
    for line in FILTERS:
        export.harm(f"below: {line}", table.noted(line))
        export.harm(f"above: {line}", f"{line}\n{table.text()}")


def harmless_text(export: Export, table: Table, unneeded: tuple[str, ...] = ()) -> None:
    """Changes of any table of text that take nothing away."""
    text = table.text()
    export.spare("a mark of its encoding", "\ufeff" + text)
    export.spare("UTF-16", text.encode("utf-16"))
    export.spare("line ends of Windows", text.replace("\n", "\r\n"))
    export.spare("blank lines", text.replace("\n", "\n\n", 3))
    export.spare("columns the other way round", table.reordered())
    export.spare("rows shuffled", table.shuffled())
    export.spare("a column of remarks", table.plus("Remark", "as sent", len(table.header)))
    export.spare("a column Sex of all", table.plus("Sex", "Total"))
    export.spare("an empty column County", table.plus("County", ""))
    for column in unneeded:
        export.spare(f"without {column}", table.less(column))


def footnotes(export: Export, table: Table) -> None:
    """A note below or above a table that says nothing of a filter."""
    export.spare("a note", table.noted("* Data are as of the day of the export."))
    export.spare("a wide note", table.noted("Source: the publisher (2025)", wide=True))
    export.spare("a title", f"Table 1. All reports\n{table.text()}")
    export.spare("no filter", table.noted("Filters applied: none"))


def in_sheets(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook."""
    return xlsx(sheets)


def harmless_sheet(export: Export, name: str, rows: list[list[object]], top: int = 0) -> None:
    """Changes of a workbook's table that take nothing away; `top`: its header's row."""
    header, body = rows[top], rows[top + 1 :]
    above = rows[:top]
    shuffled = list(body)
    random.Random(12).shuffle(shuffled)
    wide = [[*row, "as sent"] for row in body]
    turned = [[*row, *[""] * (len(header) - len(row))][::-1] for row in body]
    export.spare("rows shuffled", in_sheets({name: [*above, header, *shuffled]}))
    export.spare("a column more", in_sheets({name: [*above, [*header, "Remark"], *wide]}))
    export.spare("columns turned", in_sheets({name: [*above, header[::-1], *turned]}))
    export.spare("a sheet behind", in_sheets({name: rows, "Notes": [["nothing", 1]]}))
    export.spare("a sheet in front", in_sheets({"Read me": [["nothing", 1]], name: rows}))
    export.spare("a title", in_sheets({name: [["A table of counts"], *rows]}))


def in_json(rows: list[dict[str, object]], **beside: object) -> str:
    """An answer of an interface."""
    return json.dumps({"count": len(rows), "data": rows, "error": ""} | beside)


def every(exports: list[Export]) -> Iterator[tuple[Export, str, Content, Harm]]:
    """All mutants of all exports."""
    for export in exports:
        for name, content, harms in export.mutants:
            yield export, name, content, harms
