"""Records taken away: as CSV with licence and caveat on top, as a picture, and their sources."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from upriver.core.errors import unknown_name
from upriver.evidence.figures import series
from upriver.evidence.record import COLUMNS, STATUSES, Record
from upriver.evidence.references import FILE as REFERENCES
from upriver.evidence.references import citation, references, short_citation
from upriver.evidence.series import Words
from upriver.evidence.tables import csv_text
from upriver.experiments.against import Against

if TYPE_CHECKING:
    import matplotlib.figure

CAVEAT = (
    "Recorded values are as their source published them, at the vintage that stands beside each; "
    "later vintages may differ. A missing or withheld value is an empty cell, never a zero."
)
LICENCE = "Figures: under the terms of their source. Their arrangement: Apache-2.0, with Upriver."
MARKS = {
    "reported": "o",
    "rounded": "o",
    "estimated": "s",
    "predicted": "^",
    "projected": "x",
    "digitised": "D",
    "stated": "P",
    "secondary": "v",
    "computed": "s",
    "shared": "d",
    "partial": "1",
    "modelled": "2",
}
"""How a value is drawn, by its status; what is no count is hollow."""


def csv_of_records(records: Sequence[Record], words: Words) -> str:
    """Every value of the records, as CSV with what it is, caveat and licence in comment lines.

    Text that a spreadsheet would take for a formula has a quotation mark in front; numbers, the
    negative ones too, are left as they are.
    """
    known = [r for r in records if r.newest]
    remarks = [words.title, words.about]
    remarks += [f"Data to: {max(known, key=lambda r: r.data_to).newest}"] if known else []
    remarks += [CAVEAT, f"Licence: {LICENCE}"]
    remarks += [f"Source {key}: {citation(key)}" for key in sources_of(records)]
    rows = (row for record in records for row in _rows(record))
    return csv_text(COLUMNS, rows, (" ".join(remark.split()) for remark in remarks))


def _rows(r: Record) -> Iterator[dict[str, object]]:
    """A row a value, with what it is."""
    for i, label in enumerate(r.labels):
        yield {
            "series": r.name,
            "place": r.place,
            "calendar": r.calendar,
            "period": label,
            "value": float(r.values[i]),
            "low": float(r.low[i]),
            "high": float(r.high[i]),
            "unit": r.unit,
            "source": r.sources[i],
            "vintage": r.vintages[i],
            "status": r.statuses[i],
            "note": r.notes[i],
        }


def sources_of(records: Iterable[Record]) -> list[str]:
    """Keys of the sources of records, each once."""
    return list(dict.fromkeys(key for r in records for key in r.sources))


def bibtex(names: Sequence[str]) -> str:
    """BibTeX of the sources of series, or of single sources by key; without names, of all.

    Raises:
        UnknownName: neither a series nor a source.
    """
    entries = _entries()
    keys: list[str] = []
    for name in names:
        if name in references():
            keys.append(name)
        else:
            keys += sources_of(_all_places(name))
    chosen = list(dict.fromkeys(keys)) if names else list(entries)
    return "\n".join(entries[key] for key in chosen)


def picture(
    record: Record, words: Words, modelled: Against | None = None
) -> "matplotlib.figure.Figure":
    """A record over the years as a matplotlib figure; modelled beside it, if that is given."""
    from matplotlib.ticker import MaxNLocator

    from upriver.core.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    if modelled is not None:
        at = record.middles[[record.labels.index(label) for label in modelled.labels]]
        axes.fill_between(at, modelled.low, modelled.high, alpha=0.3, label="95 % interval")
        axes.plot(at, modelled.median, label="modelled: base projection")
    for status in dict.fromkeys(record.statuses):
        mine = np.array([s == status for s in record.statuses]) & np.isfinite(record.values)
        if mine.any():
            _draw(axes, record, mine, status)
    axes.set_title(f"{words.title}, {record.place}", loc="left", fontsize=11, wrap=True)
    axes.set_ylabel(record.unit if record.unit != "1" else "share")
    if not (record.values < 0).any():
        axes.set_ylim(0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    said = "; ".join(short_citation(key) for key in sources_of([record]))
    axes.set_xlabel(f"Data to {record.newest}. {said}", fontsize=8, loc="left", wrap=True)
    return figure


def image(figure: "matplotlib.figure.Figure", kind: str) -> bytes:
    """A figure as the bytes of an `svg` or `png` file; the same figure gives the same bytes."""
    from matplotlib import rc_context

    out = io.BytesIO()
    with rc_context({"svg.hashsalt": "upriver", "svg.fonttype": "path"}):
        unsaid = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(out, format=kind, dpi=150, metadata=unsaid)
    return out.getvalue()


def _draw(axes, record: Record, mine: np.ndarray, status: str) -> None:  # type: ignore[no-untyped-def]
    """The values of one status, with their published intervals."""
    x, y = record.middles[mine], record.values[mine]
    low, high = record.low[mine], record.high[mine]
    known = np.isfinite(low) & np.isfinite(high)
    if known.any():
        axes.vlines(x[known], low[known], high[known], color="0.5", linewidth=1)
    axes.plot(
        x,
        y,
        MARKS[status],
        color="black",
        markersize=3 if len(x) > 40 else 4,
        fillstyle="full" if status in ("reported", "rounded") else "none",
        label=f"{status}: {STATUSES[status]}",
    )


def _all_places(name: str) -> list[Record]:
    from upriver.evidence.figures import all_records, all_series

    if name not in all_series():
        known = [*all_series(), *references()]
        raise unknown_name("series or source", name, known)
    return [r for (series_name, _), r in all_records().items() if series_name == name] or [
        series(name)
    ]


def _entries() -> dict[str, str]:
    """BibTeX entries as they stand in the file, by key."""
    text = REFERENCES.read_text(encoding="utf-8")
    parts = re.split(r"^(?=@)", text, flags=re.MULTILINE)[1:]
    return {p.split("{", 1)[1].split(",", 1)[0].strip(): p.strip() + "\n" for p in parts}
