"""`upriver claims`: what the founding article claims, beside the record and the model."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from . import shared, tables
from .search import matching

if TYPE_CHECKING:
    from upriver.evidence.claims import Claim
    from upriver.experiments.claims import Examined
    from upriver.report.tables.tidy import Tidy

SAME = "the same in every draw"
"""What stands for an interval without width: nothing that it hangs on is drawn."""

WIDE = 19
"""Columns before a claim: its name and status."""


def names(incomplete: str) -> Iterator[str]:
    """For the shell: names of claims."""
    from upriver.evidence.claims import claims

    return (name for name in claims() if name.startswith(incomplete.upper()))


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            autocompletion=names,
            help="A name, such as C01, shows a claim in full; other words search.",
        ),
    ] = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """The founding article's claims beside record and model.

    Example: upriver claims C01
    """
    form = tables.asked(form, as_json, save)
    from upriver.experiments.claims import examine

    found = search(words or [])
    examined = examine([one.name for one in found])
    tables.tell(
        form,
        save,
        table=lambda: _table(examined),
        own=lambda: [one.told() for one in examined],
        text=lambda: _print(examined),
    )


def _print(examined: "Sequence[Examined]") -> None:
    """One in full, or a list."""
    from upriver.evidence.claims import claims

    if len(examined) == 1:
        typer.echo("\n".join(card(examined[0])))
        return
    typer.echo("\n".join(line for one in examined for line in _listed(one)))
    typer.echo("\n" + shared.prose(_summary(examined, len(claims()))))


def _table(examined: "Sequence[Examined]") -> "Tidy":
    from upriver.report.tables.records import table_of_claims

    return table_of_claims(examined)


def search(words: Sequence[str]) -> "list[Claim]":
    """The claim of that name, or those in which every word occurs.

    Raises:
        UnknownName: there is none.
    """
    from upriver.evidence.claims import claims

    return matching("claim", claims(), words, _words, "upriver claims")


def card(one: "Examined") -> Iterator[str]:
    """Everything that is known about a claim."""
    from upriver.evidence.claims import STATUSES
    from upriver.evidence.references import citation, link

    from .catalogue import line

    c = one.claim
    yield shared.prose(f"{c.name}  {c.claim}", "     ", begin="")
    yield ""
    yield line("kind", c.kind)
    yield line("status", f"{c.status}: {STATUSES[c.status]}")
    if c.quantity:
        yield line("quantity", c.quantity)
    yield line("stated", stated(c) or "no number")
    yield line("recorded", recorded(one) or f"none. {c.no_record}")
    if one.recorded is not None and c.record is not None:
        yield line("", f"from {c.record.series}: `upriver evidence show {c.record.series}`")
    yield line("modelled", modelled(one) or "nothing in the model is the same thing")
    if m := one.modelled:
        yield line("", f"{m.draws} draws of {m.scenario}, table {m.table[:16]}")
    if told := verdict(one):
        yield line("test", told)
    if one.modelled is not None and one.difference is None and one.recorded is not None:
        yield line("", "of something else than the record, so no difference is taken")
    if c.remark:
        yield line("remark", c.remark)
    for i, key in enumerate(one.recorded.sources if one.recorded else ()):
        yield line("sources" if i == 0 else "", f"{key}: {citation(key)}")
        yield " " * 14 + link(key) if link(key) else ""


def stated(c: "Claim") -> str:
    """The number that the article gives; empty if it gives none."""
    if c.stated is None:
        return ""
    year = f" in {c.stated.year}" if c.stated.year else ""
    return f"{quantity(c.stated.value, c.stated.unit)}{year}"


def recorded(one: "Examined") -> str:
    """The recorded figure, its period, vintage and what kind of value it is."""
    r = one.recorded
    if r is None:
        return ""
    change = one.claim.record is not None and one.claim.record.transform == "change"
    told = quantity(r.value, r.unit)
    told = f"{_sign(r.value)}{told} from {r.period}" if change else f"{told} in {r.period}"
    odd = [status for status in r.statuses if status != "reported"]
    return f"{told} ({', '.join((f'vintage {r.vintage}', *odd))})"


def modelled(one: "Examined") -> str:
    """The modelled figure with its interval and world, and how far it is from the record."""
    m = one.modelled
    if m is None:
        return ""
    kind = None if one.claim.modelled is None else one.claim.modelled.kind
    change = kind == "change"
    low, high = (quantity(end, m.unit, bare=True) for end in (m.low, m.high))
    ends = f"{low} to {high}" if low != high else SAME
    sign = _sign(m.median) if kind in ("change", "effect") else ""
    told = f"{sign}{quantity(m.median, m.unit)} ({ends})"
    period = m.period
    told += f" from {period}" if change else f" in {period}"
    told += f", {world(one)}"
    return told if one.difference is None else f"{told}, {difference(one)}"


SAYS = {"yes": "the model says yes", "no": "the model says no", "open": "the model leaves it open"}


def verdict(one: "Examined") -> str:
    """What the model says of a claim that was put to a test, and what was asked; else empty."""
    test, found = one.claim.test, one.verdict
    if test is None or found is None:
        return ""
    draws = f"{found.held:,} of {found.draws:,} draws"
    return f"{SAYS[found.says]}: {bound(one)} in {draws}. {test.because}"


def bound(one: "Examined") -> str:
    """What a claim lets one expect of the modelled figure: `above 50 %`; empty without a test."""
    from upriver.evidence.claims import WAYS

    test, m = one.claim.test, one.modelled
    return (
        "" if test is None or m is None else f"{WAYS[test.expects]} {quantity(test.than, m.unit)}"
    )


def world(one: "Examined") -> str:
    """The world that the modelled figure is of, in words; empty where there is none."""
    from upriver.system.world import worlds

    what = one.claim.modelled
    return "" if what is None else str(worlds()[what.world]["title"])


def difference(one: "Examined") -> str:
    """Modelled against recorded, with its sign."""
    from upriver.report.wording import MISSING, number, percent

    if one.difference is None:
        return MISSING
    if not one.in_points:
        return percent(one.difference)
    return f"{_sign(one.difference)}{number(one.difference, 1)} points"


def quantity(value: float, unit: str, *, bare: bool = False) -> str:
    """A figure with its unit: `87.8 %`, `80,411 people`; a share is told in percent."""
    from upriver.report.wording import decimals_for, number

    share = unit == "1" and abs(value) <= 1
    if share or unit == "percent":
        text = number(100 * value if share else value, 1).removesuffix(".0")
        return text if bare else f"{text} %"
    text = number(value, 0 if value == round(value) else decimals_for(value))
    word = "" if bare or unit == "1" else unit.removesuffix("/year")
    return f"{text} {word}".rstrip()


def _sign(value: float) -> str:
    return "+" if value > 0 else ""


def _listed(one: "Examined") -> Iterator[str]:
    """A claim in the list: name, status, claim; then its figures; then what is wrong with it."""
    c = one.claim
    yield shared.prose(c.claim, " " * WIDE, begin=f"{c.name:5}{c.status:{WIDE - 5}}")
    none = f"none. {c.no_record}" if c.status == "no record" else ""
    parts = {
        "article": stated(c),
        "record": recorded(one) or none,
        "model": modelled(one),
        "test": verdict(one),
        "remark": c.remark,
    }
    for name, text in parts.items():
        if text:
            begin = f"{'':{WIDE}}{name:9}"
            yield shared.prose(text, " " * len(begin), begin=begin)


def _summary(examined: "Sequence[Examined]", known: int) -> str:
    from upriver.evidence.claims import STATUSES

    counts = {s: sum(one.claim.status == s for one in examined) for s in STATUSES}
    told = "; ".join(f"{n} {s} ({STATUSES[s]})" for s, n in counts.items() if n)
    return (
        f"{len(examined)} of {known} claims: {told}. {_said(examined)}Modelled: base projection, "
        "median and 95 % interval of 200 draws, in the published model, which is fitted to data to "
        "2020, or in the whole system, fitted to January 2026, beside what it alone knows of. "
        "`upriver claims C01` shows one in full, with sources."
    )


def _said(examined: "Sequence[Examined]") -> str:
    """How often the model says yes, no, and neither."""
    from upriver.experiments.claims import AGREE

    said = [one.verdict.says for one in examined if one.verdict is not None]
    if not said:
        return ""
    counts = ", ".join(f"{said.count(key)} times {words}" for key, words in SAYS.items())
    return f"Of the tests, {counts}; yes and no are of {100 * AGREE:.0f} % of draws or more. "


def _words(c: "Claim") -> str:
    """What a word is looked for in."""
    texts = (c.name, c.claim, c.kind, c.quantity, c.no_record, c.status, c.remark)
    return " ".join(text for text in texts if text)
