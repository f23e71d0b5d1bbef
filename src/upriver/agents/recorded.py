"""`record` and `claims`: what is recorded, and what was claimed, beside record and model."""

from functools import lru_cache

from upriver.core.errors import UnknownName, show, unknown_name
from upriver.evidence.claims import STATUSES as CLAIMED
from upriver.evidence.claims import claims as all_claims
from upriver.evidence.coverage import coverage
from upriver.evidence.figures import series
from upriver.evidence.places import place_code
from upriver.evidence.record import STATUSES, Record
from upriver.evidence.series import all_words
from upriver.experiments.claims import Examined, examine
from upriver.report import limits as of_country
from upriver.report.wording import number
from upriver.system.world import PUBLISHED, worlds

from .asked import Asked
from .said import Said, cited, ends, joined

SHOWN = 12
"""Values in the text: the newest."""


def record(asked: Asked) -> Said:
    """A recorded series with source, vintage and status of each value; nothing is run."""
    found = _find(asked.text("name"), asked.text("place"))
    words = all_words()[found.name]
    columns = ("labels", "values", "low", "high", "sources", "vintages", "statuses", "notes")
    names = ("period", "value", "low", "high", "source", "vintage", "status", "note")
    cells = zip(*(list(getattr(found, column)) for column in columns), strict=True)
    statuses = {status: STATUSES[status] for status in dict.fromkeys(found.statuses)}
    data = {
        "name": found.name,
        "title": words.title,
        "about": words.about,
        "place": found.place,
        "calendar": found.calendar,
        "unit": found.unit,
        "newest": found.newest,
        "values": [dict(zip(names, row, strict=True)) for row in cells],
        "statuses": statuses,
        "sources": cited(found.sources),
    }
    beside = "" if words.beside is None else words.beside.name
    cannot = (
        "What is not recorded: a value that is missing or suppressed is null, and is no zero.",
        *(["How it compares with the model: nothing in the model is the same thing."]
          if not beside else []),
        "What a corrected number would be: values are as their publishers have them.",
    )  # fmt: skip
    text = joined(
        f"{words.title} ({found.name}), {found.place}, {found.unit}. {words.about}",
        _newest(found),
        "; ".join(f"{status}: {said}" for status, said in statuses.items()) + ".",
        "Sources: " + "; ".join(f"{key}: {said}" for key, said in cited(found.sources).items()),
        ends(cannot),
    )
    return Said(text, data, {"world": None, "draws": None, "modelled": beside or None}, cannot)


def _find(name: str, place: str) -> Record:
    """The record of a series in a place; the country's, or the first, if none is named."""
    known = coverage()
    if name not in known:
        raise unknown_name("series", name, known, command="upriver evidence")
    places = known[name].places
    folded = {one.casefold(): one for one in places}
    chosen = folded.get(place.casefold(), place) if place else places[0]
    if chosen not in places:
        chosen = place_code(chosen) or chosen
    if chosen not in places:
        raise unknown_name(f"{name} is not recorded there: place", chosen, places)
    return series(name, chosen)


def _newest(found: Record) -> str:
    """The newest values, a line each."""
    lines = []
    for i in range(max(0, len(found.labels) - SHOWN), len(found.labels)):
        low, high = found.low[i], found.high[i]
        known = f" ({number(low)} to {number(high)})" if low == low and high == high else ""
        lines.append(
            f"{found.labels[i]}: {number(found.values[i])}{known}, {found.statuses[i]}, vintage "
            f"{found.vintages[i]}, {found.sources[i]}"
        )
    before = len(found.labels) - len(lines)
    return "\n".join([*([f"… {before} older values in `values`"] if before else []), *lines])


def claims(asked: Asked) -> Said:
    """Claims of the founding article with what is recorded and modelled beside each."""
    names = _claims_of(asked.text("name"), asked.text("search"))
    found = _examined(tuple(names))
    told = [one.told() for one in found]
    keys = [key for one in found if one.recorded for key in one.recorded.sources]
    worlds_run = sorted({one.claim.modelled.world for one in found if one.claim.modelled})
    draws = sorted({one.modelled.draws for one in found if one.modelled})
    cannot = (
        "Whether the article is right where no record exists: those claims say 'no record', and "
        "why.",
        "More than the model holds: a verdict is how many draws of one model agree.",
        *of_country.cannot_tell(PUBLISHED if worlds_run == [PUBLISHED] else "whole"),
    )
    data = {"claims": told, "statuses": dict(CLAIMED), "sources": cited(keys)}
    made = {
        "world": worlds_run,
        "draws": draws[0] if len(draws) == 1 else draws,
        "scenarios": [{"title": one.modelled.scenario, "table_digest": one.modelled.table}
                      for one in found if one.modelled] if len(found) == 1 else [],
    }  # fmt: skip
    return Said(joined("\n".join(map(_line, found)), ends(cannot[:2])), data, made, cannot)


@lru_cache(64)
def _examined(names: tuple[str, ...]) -> list[Examined]:
    """Claims with what stands beside each; the runs behind them are those that ship, every time."""
    return examine(names)


def _claims_of(name: str, search: str) -> list[str]:
    """Names of claims: one, or those that hold every word, or all."""
    known = all_claims()
    if name:
        if name.upper() not in known:
            raise unknown_name("claim", name, known, command="upriver claims")
        return [name.upper()]
    words = search.casefold().split()
    texts = {
        one.name: " ".join(filter(None, (one.name, one.claim, one.kind, one.quantity))).casefold()
        for one in known.values()
    }
    found = [one for one, text in texts.items() if all(word in text for word in words)]
    if not found:
        raise UnknownName(f"no claim speaks of {show(search)}", file="claims")
    return found


def _line(one: Examined) -> str:
    """A claim in a line: what it says, the record, the model."""
    c = one.claim
    said = [f"{c.name} ({c.status}): {c.claim}"]
    if r := one.recorded:
        said.append(f"Recorded {number(r.value)} {r.unit}, {r.period}.")
    if (m := one.modelled) and c.modelled is not None:
        where = worlds()[c.modelled.world]["title"]
        said.append(
            f"Modelled {number(m.median)} ({number(m.low)} to {number(m.high)}) {m.unit}, "
            f"{m.period}, {where}, {m.draws} draws."
        )
    if v := one.verdict:
        said.append(f"The model says {v.says}: in {v.held} of {v.draws} draws.")
    return " ".join(said)
