"""`upriver parameters`: every number with its unit, bounds, meaning and source."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError

from . import shared, tables

if TYPE_CHECKING:
    from upriver.core.parameters import Parameter
    from upriver.policy.handles import Handle
    from upriver.report.tables.tidy import Tidy


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            autocompletion=shared.parameter_paths,
            help="A whole path shows a card; a part of one, or words of its meaning or of the name "
            "that SOURCE has for it, a list.",
        ),
    ] = None,
    handles: Annotated[
        bool, typer.Option("--handles", help="List what `handle` in a scenario can name.")
    ] = False,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Search parameters, or show one as a card.

    Example: upriver parameters naloxone
    """
    form = tables.asked(form, as_json, save)
    path = " ".join(words or [])
    if handles:
        if save is not None or form not in (tables.TEXT, tables.OWN):
            raise InputError(
                "lists names, and no numbers", file="--handles", hint="`--json` has them all."
            )
        _handles(path, form == tables.OWN)
        return
    from upriver.core.errors import unknown_name
    from upriver.core.parameters import parameters

    known = parameters()
    wanted, published = path.casefold().split(), _published()
    told = {p.path: _told(p, published.get(p.path, "")) for p in known.values()}
    found = [p for p in known.values() if all(word in told[p.path] for word in wanted)]
    found = [known[path]] if path in known else found
    if not found:
        raise unknown_name("parameter", path, known, command="upriver parameters")
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: [asdict(p) for p in found],
        text=lambda: _print(found, len(known)),
    )


def _print(found: "Sequence[Parameter]", known: int) -> None:
    """A card, or a list."""
    if len(found) == 1:
        typer.echo(card(found[0]))
        return
    wide = max(len(p.path) for p in found)
    for p in found:
        value = f"{_value(p)} {_unit(p)}".rstrip()
        fits = wide + 2 + len(value) <= shared.width()
        typer.echo(f"{p.path:{wide}}  {value}" if fits else f"{p.path}\n    {value}")
    typer.echo(f"\n{len(found)} of {known}. `upriver parameters PATH` shows a card.")


def _table(found: "Sequence[Parameter]") -> "Tidy":
    from upriver.report.tables.catalogues import table_of_parameters

    return table_of_parameters(found)


def card(p: "Parameter") -> str:
    """Everything that is known about a parameter."""
    from upriver.evidence.references import citation
    from upriver.policy.chosen import fitted
    from upriver.report.terminal import sparkline
    from upriver.report.wording import digits, stated

    lines = [f"{p.path}  ({p.symbol})", shared.prose(p.meaning, "  "), ""]
    if p.is_path:
        first, last = p.knots[0], p.knots[-1]
        course = sparkline([k.value for k in p.knots])
        change = f"{digits(first.value)} in {first.year:g}, {digits(last.value)} in {last.year:g}"
        lines.append(_line("history", f"{course}  {change} {_unit(p)}"))
        lines += [
            _line("act", f"{k.act}: {digits(k.value)} in {k.year:g}") for k in p.knots if k.act
        ]
        if p.projection:
            ahead = p.projection
            text = f"to {digits(ahead.end_value)} by {ahead.end_year:g}, from {ahead.start:g}"
            lines.append(_line("projected", text))
    else:
        lines.append(_line("value", f"{_value(p)} {_unit(p)}"))
    if p.is_switch:
        lines.append(_line("switch", "0 off, 1 on"))
    elif p.plausible:
        low, high = p.plausible
        lines.append(
            _line("plausible", f"{digits(low)} to {digits(high)} (90 %, {p.plausible_from})")
        )
    if one := fitted().told.get(p.path):
        least, middle, most = (stated(end, p.unit) for end in one.after)
        still = "; an assumption still: the record left it where it was" if one.assumed else ""
        lines.append(_line("fitted", f"{middle}, {least} to {most} (90 %){still}"))
    if beside := p.together:
        lines.append(
            _line("drawn with", f"{beside.path}, at a correlation of {beside.correlation:g}")
        )
    lines.append(_line("within", f"{digits(p.within[0])} to {digits(p.within[1])}"))
    lines.append(_line("source", p.source if p.source == "assumption" else citation(p.source)))
    if p.reference:
        lines.append(_line("in SOURCE", p.reference))
    if p.note:
        lines.append(_line("note", p.note))
    if moved := _moved_by(p.path):
        lines.append(_line("moved by", moved))
    return "\n".join(line.rstrip() for line in lines)


def _moved_by(path: str) -> str:
    """Handles and levers that act on a parameter, as scenarios name them."""
    from upriver.policy.handles import handles
    from upriver.policy.levers import levers

    found = [f"handle: {h.name}" for h in handles().values() if path in h.acts_on]
    return ", ".join(
        [*found, *(f"lever: {v.name}" for v in levers().values() if path in v.acts_on)]
    )


def _published() -> dict[str, str]:
    """What SOURCE calls the handle of a parameter, by path."""
    from upriver.policy.handles import handles

    return {path: h.reference for h in handles().values() for path in h.acts_on}


def _told(p: "Parameter", published: str) -> str:
    """What a word is looked for in."""
    acts = (k.act for k in p.knots if k.act)
    text = (p.path, p.meaning, p.reference or "", p.note or "", p.source, published, *acts)
    return " ".join(text).casefold()


def _line(name: str, text: str) -> str:
    """A line of a card, wrapped under its own text."""
    return shared.prose(text, " " * 13, begin=f"  {name:9}  ")


def _value(p: "Parameter") -> str:
    """Its value, or the newest of its history."""
    from upriver.report.wording import digits

    if p.value is not None:
        return digits(p.value)
    return f"{digits(p.knots[-1].value)} in {p.knots[-1].year:g}"


def _unit(p: "Parameter") -> str:
    """Its unit in brackets; nothing for a plain number."""
    return "" if p.unit == "1" else f"[{p.unit}]"


def _handles(word: str, as_json: bool) -> None:
    """List what `handle` in a scenario can name."""
    from upriver.core.errors import unknown_name
    from upriver.policy.handles import handles

    known = handles()
    wanted = word.casefold().split()
    shown = [h for h in known.values() if h.speaks_of(wanted)]
    exact = [h for h in known.values() if h.is_published_as(" ".join(wanted))]
    shown = [known[word.strip()]] if word.strip() in known else exact or shown
    if not shown:
        raise unknown_name("handle", word, known, command="upriver parameters --handles")
    if as_json:
        shared.print_json([asdict(h) for h in shown])
        return
    if len(shown) == 1:
        typer.echo(_handle_card(shown[0]))
        return
    wide = max(len(h.name) for h in shown)
    for h in shown:
        begin = f"{h.name:{wide}}  {h.operation:7}  "
        typer.echo(shared.prose(h.meaning, " " * len(begin), begin))


def _handle_card(h: "Handle") -> str:
    """Everything that is known about a handle."""
    from upriver.policy.levers import levers

    from .levers import does

    alike = [
        f"{v.name}, which {does(v)} it" for v in levers().values() if {*h.acts_on} & {*v.acts_on}
    ]
    lines = [shared.prose(f"{h.name}: {h.meaning}"), ""]
    lines.append(_line("operation", h.operation))
    lines += [_line("acts on" if i == 0 else "", path) for i, path in enumerate(h.acts_on)]
    if h.reference:
        lines.append(_line("in SOURCE", h.reference))
    if alike:
        lines.append(_line("levers", "; ".join(alike)))
    size = "to" if h.operation == "replace" else "by"
    lines += ["", f"In a scenario: {{handle: {h.name}, {size}: AMOUNT}}"]
    return "\n".join(line.rstrip() for line in lines)
