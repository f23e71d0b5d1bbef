"""How two scenarios differ, for a terminal."""

from collections.abc import Sequence

import typer

from upriver.core.time import LAST_YEAR
from upriver.policy.differences import YEARS, Moves, Said
from upriver.report.wording import short

from . import shared

MOST_ROWS = 40
"""Parameters in the table; `--json` has all."""

SECTIONS = {
    "world": "World",
    "conditions": "Conditions of a year",
    "regimes": "Relations past the record",
    "projections": "Drivers past the record",
    "set": "Settings",
    "without_acts": "Acts taken out of history",
    "changes": "Changes",
}


def tell_said(said: Sequence[Said]) -> None:
    """What B says otherwise, below the section of a file that it stands in."""
    if not said:
        typer.echo("\nThey say the same.")
    for section, title in SECTIONS.items():
        entries = [entry for entry in said if entry.section == section]
        if entries:
            typer.echo(f"\n{title}")
        for entry in entries:
            typer.echo(shared.prose(_sentence(entry), "    ", begin="  "))


def _sentence(entry: Said) -> str:
    """`+` where only B says it, `-` where only A does, `~` where both do, otherwise."""
    if entry.section == entry.name:
        return f"~ {entry.a or 'as they go on'} -> {entry.b or 'as they go on'}"
    if entry.a is None or entry.b is None:
        sign, what = ("+", entry.b) if entry.a is None else ("-", entry.a)
        return f"{sign} {entry.name}" + ("" if what == "taken out" else f": {what}")
    return f"~ {entry.name}: {entry.a} -> {entry.b}"


def tell_moved(moved: Sequence[Moves]) -> None:
    """Parameters that differ: from when, and their means of two years."""
    if not moved:
        typer.echo("\nNo parameter differs at any step of the run.")
        return
    named = [entry for entry in moved if entry.named]
    shown = (named or list(moved))[:MOST_ROWS]
    rows = [("Parameter", "from", *(f"{year} A -> B" for year in YEARS))]
    for entry in shown:
        when = f"{entry.start:.6g}" + ("" if entry.end >= LAST_YEAR else f" to {entry.end:.6g}")
        rows.append((entry.path, when, *(_pair(*entry.means[year]) for year in YEARS)))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    typer.echo(f"\nParameters that differ: {len(moved)}")
    if sum(widths) + 2 * len(widths) <= shared.width():
        for row in rows:
            cells = "  ".join(f"{cell:{wide}}" for cell, wide in zip(row, widths, strict=True))
            typer.echo(f"  {cells}".rstrip())
    else:
        for path, when, *pairs in rows[1:]:
            typer.echo(f"  {path}")
            said = (f"{year}: {pair}" for year, pair in zip(YEARS, pairs, strict=True))
            typer.echo(shared.prose("; ".join((f"from {when}", *said)), "    "))
    if (more := len(named) - len(shown)) > 0:
        typer.echo(f"  and {more} more of which one speaks.")
    if others := len(moved) - max(len(named), len(shown)):
        why = ", of which neither scenario speaks: the two worlds differ in them" if named else ""
        typer.echo(shared.prose(f"and {others} more{why}; `--json` has all.", "  "))


def _pair(a: float, b: float) -> str:
    """Two values, and by how much the second is more or less."""
    if a == b:
        return f"{short(a, above=1e6)}, the same"
    share = f" ({100 * (b - a) / abs(a):+.3g} %)" if a else ""
    return f"{short(a, above=1e6)} -> {short(b, above=1e6)}{share}"
