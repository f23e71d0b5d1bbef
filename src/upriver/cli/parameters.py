"""`upriver parameters`: every number with its unit, bounds, meaning and source."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from . import shared


def command(
    path: Annotated[
        str, typer.Argument(help="A path, a part of one, or a word of its meaning.")
    ] = "",
    handles: Annotated[
        bool, typer.Option("--handles", help="List what a scenario's `handle` can name.")
    ] = False,
    as_json: shared.Json = False,
) -> None:
    """Search parameters, or show one as a card.

    Example: upriver parameters naloxone
    """
    from upriver.core.parameters import parameters

    if handles:
        _handles(path)
        return
    known = parameters()
    if path in known:
        found = [path]
    else:
        wanted = path.casefold()
        found = [
            name
            for name, p in known.items()
            if wanted in f"{name} {p.meaning} {p.reference or ''} {p.source}".casefold()
        ]
    if not found:
        from upriver.core.errors import unknown_name

        raise unknown_name("parameter", path, known, command="upriver parameters")
    if as_json:
        typer.echo(json.dumps([asdict(known[name]) for name in found], indent=1))
    elif len(found) == 1:
        typer.echo(card(found[0]))
    else:
        wide = max(len(name) for name in found)
        for name in found:
            typer.echo(f"{name:{wide}}  {_value(name):>12}  {known[name].unit}")
        typer.echo(f"\n{len(found)} of {len(known)}. A whole path shows a card.")


def card(name: str) -> str:
    """Everything that is known about a parameter."""
    from upriver.core.parameters import parameters
    from upriver.evidence.figures import citation
    from upriver.report.terminal import sparkline

    p = parameters()[name]
    lines = [f"{p.path}  ({p.symbol})", f"  {p.meaning}", ""]
    if p.is_path:
        years = [k.year for k in p.knots]
        values = [k.value for k in p.knots]
        lines.append(
            f"  history    {sparkline(values)}  {values[0]:g} in {years[0]:g}, "
            f"{values[-1]:g} in {years[-1]:g} [{p.unit}]"
        )
        lines += [f"  act        {k.act} in {k.year:g}: {k.value:g}" for k in p.knots if k.act]
        if p.projection:
            a = p.projection
            lines.append(f"  projected  to {a.end_value:g} by {a.end_year:g}, from {a.start:g}")
    else:
        lines.append(f"  value      {p.value:g} [{p.unit}]")
    if p.plausible:
        low, high = p.plausible
        lines.append(f"  plausible  {low:g} to {high:g} (90 %, {p.plausible_from})")
    lines.append(f"  within     {p.within[0]:g} to {p.within[1]:g}")
    lines.append(f"  source     {citation(p.source)}")
    if p.reference:
        lines.append(f"  in SOURCE  {p.reference}")
    if p.note:
        lines.append(f"  note       {p.note}")
    return "\n".join(lines)


def _value(name: str) -> str:
    from upriver.core.parameters import parameters

    p = parameters()[name]
    return f"{p.value:g}" if p.value is not None else f"{p.knots[-1].value:g} ({p.knots[-1].year:g})"


def _handles(word: str) -> None:
    """List what a scenario's `handle` can name."""
    from upriver.core.errors import unknown_name
    from upriver.policy.handles import handles

    known = handles()
    wide = max(map(len, known))
    shown = [h for h in known.values() if word.casefold() in f"{h.name} {h.meaning}".casefold()]
    if not shown:
        raise unknown_name("handle", word, known, command="upriver parameters --handles")
    for h in shown:
        typer.echo(f"{h.name:{wide}}  {h.operation:6}  {h.meaning}")
