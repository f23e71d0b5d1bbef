"""The page of the evidence: every series, effect, act and gap, with its source."""

from collections.abc import Iterable, Iterator

from upriver.cli.catalogue import BESIDE, amount, span_text, unit_text
from upriver.evidence.controls import overlaps, totals
from upriver.evidence.coverage import Coverage, coverage
from upriver.evidence.effects import GRADES, Effect, effects
from upriver.evidence.events import KINDS, all_events
from upriver.evidence.missing import missing
from upriver.evidence.record import STATUSES
from upriver.evidence.series import all_words
from upriver.evidence.sources import SOURCES
from upriver.report.wording import number

from .markdown import block, cell, code, table
from .reference import help_of

LAWS = ("naloxone", "Good Samaritan", "monitoring programme")
"""Acts of the states: too many to list here, `data/events/laws.csv` has them."""

INTRODUCTION = """# Evidence

Every figure that ships, with publisher, period and vintage. `upriver evidence` lists and searches
the series, `upriver evidence show NAME` prints one with its values, `upriver evidence check` tests
all of them. [How to use the evidence](how-to/evidence.md) goes step by step; the
[sources](reference/sources.md) stand by key.

A value is what its publisher said at a time, its vintage; a later one may differ. What a value is:
"""


def pages() -> dict[str, str]:
    """The page, by path."""
    return {"evidence.md": "\n".join(_parts())}


def _parts() -> Iterator[str]:
    yield INTRODUCTION
    yield table(("Status", "The value is"), ([s, cell(said)] for s, said in STATUSES.items()))
    yield from _series()
    yield from _checks()
    yield from _claims()
    yield from _effects()
    yield from _acts()
    yield from _missing()
    yield from _publishers()
    yield from _commands()


def _series() -> Iterator[str]:
    known = coverage()
    yield f"## Series\n\n{len(known)} series. 'Places' are the country, states or other places.\n"
    groups: dict[str, list[Coverage]] = {}
    for one in known.values():
        groups.setdefault(one.group, []).append(one)
    header = ("Series", "What it counts", "Unit", "Periods", "Places", "In the model", "Sources")
    for group, found in groups.items():
        yield f"### {group.capitalize()} {{#series-{group}}}\n"
        yield table(header, (_row(one) for one in found))


def _row(one: Coverage) -> list[str]:
    beside = all_words()[one.name].beside
    return [
        code(one.name),
        cell(f"{one.title}. {one.about}"),
        cell(f"{unit_text(one.unit)}, {one.calendar}"),
        span_text(one.first, one.newest),
        ", ".join(one.places) if len(one.places) <= 3 else str(len(one.places)),
        "" if beside is None else cell(BESIDE[beside.kind].format(f"`{beside.name}`")),
        _links(one.sources),
    ]


def _checks() -> Iterator[str]:
    yield (
        "## Control totals\n\nWhat the figures must come to, as published at the vintage named. "
        "`upriver evidence check` fails if one does not.\n"
    )
    yield table(
        ("Total", "What it is", "Expected", "Within", "Vintage", "Source"),
        (
            [
                code(t.name),
                cell(t.title),
                f"{amount(t.expected)} {'%' if t.unit == 'percent' else t.unit}",
                f"{t.within:g}",
                cell(t.vintage),
                _links([t.source]),
            ]
            for t in totals()
        ),
    )
    yield (
        "## Series against each other\n\nSeries that hold the same quantity, and how far they may "
        "differ.\n"
    )
    yield table(
        ("Overlap", "What is compared", "Within", "Why they may differ"),
        ([code(o.name), cell(o.title), f"{100 * o.within:g} %", cell(o.why)] for o in overlaps()),
    )


def _claims() -> Iterator[str]:
    yield (
        "## Claims\n\nWhat the article that Upriver set out from claims, beside the record and the "
        "model: [claims](claims.md).\n"
    )


def _effects() -> Iterator[str]:
    yield (
        "## Effects\n\nWhat trials and studies found. A ratio below 1 means less of the outcome "
        "where the measure is. Grades: "
        + "; ".join(f"{grade}, {said}" for grade, said in GRADES.items())
        + ".\n"
    )
    yield table(
        ("Effect", "Of what, on what", "Found", "Grade", "Design, on whom", "Sources"),
        (
            [
                code(e.name),
                cell(f"{e.measure}: {e.outcome}"),
                cell(_found(e)),
                e.grade,
                cell(f"{e.design}; {e.population}; {e.period}"),
                _links(e.sources),
            ]
            for e in effects().values()
        ),
    )


def _found(e: Effect) -> str:
    said = f"no value. {e.note}"
    if e.value is not None:
        ends = "" if e.low is None else f" ({amount(e.low)} to {amount(e.high or 0.0)})"
        said = f"{e.kind} {amount(e.value)}{ends}. {e.note or ''}".strip()
    return f"{said} Read in a text that quotes the study." if e.secondary else said


def _acts() -> Iterator[str]:
    acts = all_events()
    states = [act for act in acts if act.kind in LAWS]
    yield (
        f"## Dated acts\n\n{len(acts)} acts: what was done and when, without a judgement. "
        f"{number(len(states))} of them are laws of the states, in `data/events/laws.csv`.\n"
    )
    kinds = ([k, cell(said), str(sum(a.kind == k for a in acts))] for k, said in KINDS.items())
    yield table(("Kind", "What it is", "Acts"), kinds)
    yield table(
        ("Date", "Place", "Kind", "What was done", "Source"),
        (
            [a.date, cell(a.place), a.kind, cell(a.what), _links([a.source])]
            for a in acts
            if a.kind not in LAWS
        ),
    )


def _missing() -> Iterator[str]:
    yield (
        "## What is missing\n\nAsked for, and not found in a text that can be cited and was read.\n"
    )
    yield table(
        ("Gap", "What", "Why", "Where one would look"),
        ([code(g.name), cell(g.what), cell(g.why), cell(g.where)] for g in missing().values()),
    )


def _publishers() -> Iterator[str]:
    yield (
        "## Publishers' files\n\nWhat `upriver evidence read` understands, and `upriver evidence "
        "fetch` gets when you ask for it. Nothing else ever downloads anything.\n"
    )
    yield table(
        ("Source", "What it is", "How it comes", "Terms"),
        (
            [
                code(s.name),
                f"{cell(s.title)}. {cell(s.publisher)}. {cell(s.gives)} <{s.url}>"
                if s.url
                else f"{cell(s.title)}. {cell(s.gives)}",
                "fetches" if s.fetches else cell(s.by_hand),
                cell(s.terms),
            ]
            for s in SOURCES.values()
        ),
    )


def _commands() -> Iterator[str]:
    from upriver.cli.evidence import app

    yield "## The command\n"
    yield block(help_of("evidence"), "text")
    for one in app.registered_commands:
        yield f"### `upriver evidence {one.name}`\n"
        yield block(help_of("evidence", str(one.name)), "text")


def _links(keys: Iterable[str]) -> str:
    return ", ".join(f"[{key}](reference/sources.md#{key})" for key in keys)
