"""`upriver levers`: what a policy can do, how far, at what cost, with what evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError

from . import in_place, rank_place, shared, tables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from upriver.policy.levers import Lever
    from upriver.report.tables.tidy import Tidy

DRAWN = (2015, 2032)
"""First and last year of the paths on a card."""


def names(incomplete: str) -> Iterator[str]:
    """For the shell: names of levers."""
    from upriver.policy.levers import levers

    return (name for name in levers() if name.startswith(incomplete))


def command(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            autocompletion=names,
            help="A whole name shows a card; other words search names, published and former ones "
            "too, titles, summaries, paths.",
        ),
    ] = None,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """What a policy can do: list, search or show a card.

    Levers of your own: put NAME.yaml into a folder, and the folder into UPRIVER_LEVERS. With
    --place, what each averts in a state, as `upriver rank --place` has it.

    Example: upriver levers naloxone_kits

    Example: upriver levers --place OH
    """
    form = tables.asked(form, as_json, save)
    in_place.without(place, place_fit)
    if place is not None:
        if words:
            raise InputError(
                "ranks all levers, and no card has a place",
                file="--place",
                found=" ".join(words),
                hint="`upriver rank --place OH --stage services` ranks those of a stage.",
            )
        rank_place.tell(context, place, place_fit, level="most", form=form, save=save)
        return
    from upriver.policy.levers import levers

    known = levers()
    found = search(known, words or [])
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: [asdict(v) for v in found],
        text=lambda: _print(found, len(known)),
    )


def _print(found: "Sequence[Lever]", known: int) -> None:
    """A card, or a list."""
    if len(found) == 1:
        typer.echo(card(found[0]))
        return
    typer.echo("\n".join(_listed(found)))
    told = "`upriver levers NAME` shows a card: effect, cost, harms, what evidence there is."
    typer.echo("\n" + shared.prose(f"{len(found)} of {known}. {told}"))


def _table(found: "Sequence[Lever]") -> "Tidy":
    from upriver.report.tables.catalogues import table_of_levers

    return table_of_levers(found)


def search(known: "Mapping[str, Lever]", words: Sequence[str]) -> "list[Lever]":
    """The lever of a whole name, or those in which every word occurs.

    Raises:
        UnknownName: there is none.
    """
    from upriver.core.errors import UnknownName, show, unknown_name

    wanted = " ".join(words).casefold().split()
    if len(wanted) == 1 and wanted[0] in known:
        return [known[wanted[0]]]
    found = [v for v in known.values() if v.is_published_as(" ".join(wanted))]
    found = found or [v for v in known.values() if all(word in _told(v) for word in wanted)]
    if not found and (others := _handles_of(wanted)):
        raise UnknownName(
            f"no lever speaks of {show(' '.join(words))}, but {_told_of_handles(others)}",
            hint="`upriver parameters --handles WORDS` searches them.",
        )
    if not found:
        raise unknown_name("lever", " ".join(words), known, command="upriver levers")
    return found


def card(v: "Lever") -> str:
    """Everything that is known about a lever."""
    from upriver.evidence.references import citation
    from upriver.policy.levers import GRADES

    lines = [shared.prose(f"{v.title}  ({v.name})", "  ", begin=""), shared.prose(v.summary, "  ")]
    lines += ["", *_levels(v), *_paths(v), ""]
    lines.append(_line("starts", _ramp(v)))
    lines += [_line("why", v.years_because)] if v.years_because else []
    lines.append(_line("cost", cost(v)))
    e = v.evidence
    lines += ["", _line("evidence", f"{e.grade}: {GRADES[e.grade]}. {e.design}")]
    lines.append(_line("found", e.effect))
    lines += [_line("interval", e.interval)] if e.interval else []
    lines += [_line("note", e.note)] if e.note else []
    lines += _list("sources", [citation(key) for key in e.sources])
    lines += [_line("effect", v.effect.told)] if v.effect else []
    lines += ["", *_list("leaves out", v.cannot_capture), *_list("may harm", v.harms)]
    lines += [_line("in SOURCE", v.reference)] if v.reference else []
    lines += [_line("formerly", ", ".join(v.formerly) + " (schema 1)")] if v.formerly else []
    lines += [_line("whose", "from a folder of your own; it does not ship")] if v.own else []
    lines += ["", shared.prose("To use it, save this as mine.yaml and `upriver run mine.yaml`:")]
    return "\n".join(line.rstrip() for line in [*lines, "", snippet(v)])


def amount(v: "Lever", size: float | None) -> str:
    """An amount as people read it: `+20 %`, `−0.5 kit/year`, `to 0.2`; nothing is `no change`.

    It grows with the lever's verb: `prevent_relapse` by +20 % is a fifth fewer.
    """
    from upriver.report.wording import MINUS

    if size is None:
        return "no change"
    if v.operation == "replace":
        return f"to {size:g} {_unit(v.unit)}".rstrip()
    told = f"{100 * abs(size):.4g} %" if v.unit == "percent" else f"{abs(size):g} {_unit(v.unit)}"
    return ("+" if size > 0 else MINUS if size < 0 else "") + told.rstrip()


def cost(v: "Lever") -> str:
    """What it costs, in dollars of a year, or that nothing usable was found."""
    from upriver.evidence.references import citation

    if v.cost is None:
        return "no published figure that could be checked"
    c = v.cost
    told = f"{c.value:,.10g} {c.unit}, in dollars of {c.year}. {c.note or ''}".rstrip()
    return f"{told} {citation(c.source)}"


def snippet(v: "Lever") -> str:
    """A scenario that pulls the lever as far as evidence supports."""
    change = f"- {{lever: {v.name}, level: most}}"
    return "\n".join(["schema: 2", f"title: {v.title}", "changes:", change])


def courses(v: "Lever") -> "dict[str, dict[str, NDArray[np.float64]]]":
    """Values of each parameter in the base projection, by path and level, a value a year.

    The years are those from the first to the last of `DRAWN`; values are in the parameter's unit,
    at the published calibration, with the lever's own start and ramp.
    """
    from upriver.core.time import step_of
    from upriver.policy.apply import table
    from upriver.policy.changes import pull
    from upriver.policy.scenario import Scenario

    steps = [round(step_of(year)) for year in range(DRAWN[0], DRAWN[1] + 1)]
    found: dict[str, dict[str, NDArray[np.float64]]] = {path: {} for path in v.acts_on}
    for level, size in v.levels.items():
        changes = () if size is None else (pull(v, size),)
        columns = table(Scenario(title=level, changes=changes))
        for path in v.acts_on:
            found[path][level] = columns.wide(path)[0, steps]
    return found


def _told(v: "Lever") -> str:
    """What a word is looked for in."""
    text = (v.name, v.title, v.summary, *v.acts_on, *v.formerly, v.reference or "")
    return " ".join(text).casefold()


def _handles_of(words: Sequence[str]) -> list[str]:
    """The handle that SOURCE calls so, or those that speak of every word."""
    from upriver.policy.handles import handles

    known = handles().values()
    exact = [h.name for h in known if h.is_published_as(" ".join(words))]
    return exact or [h.name for h in known if h.speaks_of(words)]


def _told_of_handles(names: Sequence[str]) -> str:
    """Handles that speak of what was looked for, in words."""
    said = ", ".join(f"'{name}'" for name in names[:4]) + (" and others" if len(names) > 4 else "")
    return f"handle {said} does" if len(names) == 1 else f"handles {said} do"


def _listed(found: "Sequence[Lever]") -> Iterator[str]:
    """A line each, below the stage of the system that it acts on."""
    wide = max(len(v.name) for v in found)
    fits = wide + 22 <= shared.width()
    stage = ""
    for v in found:
        if v.stage != stage:
            yield "\n" * bool(stage) + (
                f"{v.stage.upper():{wide + 2}}  evidence  at most" if fits else v.stage.upper()
            )
            stage = v.stage
        grade, most = v.evidence.grade, amount(v, v.most)
        yield f"  {v.name:{wide}}  {grade:8}  {most}" if fits else f"  {v.name}"
        yield shared.prose(v.title if fits else f"{v.title} (evidence {grade}, {most})", " " * 4)


def _levels(v: "Lever") -> list[str]:
    """What each level does, in words, and why the last is the last."""
    said = [f"{_name(n)}: {amount(v, v.levels[n])}, {text}" for n, text in v.level_text.items()]
    return _list("levels", [*said, f"no further: {v.most_because}"])


def _paths(v: "Lever") -> Iterator[str]:
    """The parameters it acts on, and their paths under each level, drawn on one scale."""
    from upriver.core.parameters import parameters
    from upriver.report.terminal import sparkline
    from upriver.report.wording import short

    for path, levels in courses(v).items():
        p = parameters()[path]
        today = levels["as_today"][int(v.start) - DRAWN[0]]
        value = f"{short(today, above=1e6)} {_unit(p.unit)}".rstrip()
        yield ""
        yield _line("acts on", f"{path}, which it {does(v)}: {p.meaning}; {value} in {v.start:g}")
        yield _line("", f"{DRAWN[0]} to {DRAWN[1]}, and its value in {DRAWN[1]}:")
        count = len(levels["as_today"])
        drawn = sparkline([x for values in levels.values() for x in values], count * len(levels))
        for i, (level, values) in enumerate(levels.items()):
            blocks = drawn[i * count : (i + 1) * count]
            yield f"  {_name(level):9}  {blocks}  {short(values[-1], above=1e6)}"


def does(v: "Lever") -> str:
    """What an amount does to a parameter: `raises`, `lowers` or `sets`."""
    if v.operation == "replace":
        return "sets"
    return "raises" if v.direction > 0 else "lowers"


def _ramp(v: "Lever") -> str:
    """When it starts and how it grows, unless a scenario says otherwise."""
    grows = "at once" if v.years == 0 else f"over {v.years:g} years"
    low, high = (amount(v, end) for end in v.range)
    return (
        f"{v.start:g}, {grows}, unless a scenario says otherwise; any amount from {low} to {high}"
    )


def _name(level: str) -> str:
    return level.replace("_", " ")


def _unit(unit: str) -> str:
    return "" if unit == "1" else unit


def _line(name: str, text: str) -> str:
    """A line of a card, wrapped under its own text."""
    return shared.prose(text, " " * 14, begin=f"  {name:10}  ")


def _list(name: str, texts: Sequence[str]) -> list[str]:
    """Lines of a card that share a name; nothing where there are none."""
    return [_line(name if i == 0 else "", text) for i, text in enumerate(texts)]
