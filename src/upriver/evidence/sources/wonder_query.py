"""What a query of CDC WONDER asked for, as the notes below its table say: who is counted, and when.

An export counts only if its underlying causes (UCD) are the overdose codes, of every intent: with
the drug codes (MCD) alone, a total is 1 to 7 % too high. Any other box that is not left at 'All'
takes people, places or days out, and is refused; boxes that only shape rates say nothing of who is
counted.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from upriver.core.errors import SourceProblem, show
from upriver.evidence.places import month_number, place_code

INTENTS = {
    "unintentional (X40-X44)": frozenset(f"X{n}" for n in range(40, 45)),
    "suicide (X60-X64)": frozenset(f"X{n}" for n in range(60, 65)),
    "homicide (X85)": frozenset(("X85",)),
    "undetermined (Y10-Y14)": frozenset(f"Y{n}" for n in range(10, 15)),
}
"""The four intents of an overdose, and their underlying causes."""

OVERDOSE = frozenset[str]().union(*INTENTS.values())
"""Underlying causes that make a death an overdose."""

DRUGS = {
    frozenset[str](): "deaths_all_drugs",
    frozenset(("T40.0", "T40.1", "T40.2", "T40.3", "T40.4", "T40.6")): "deaths_any_opioid",
    frozenset(("T40.1",)): "deaths_heroin",
    frozenset(("T40.2",)): "deaths_natural",
    frozenset(("T40.3",)): "deaths_methadone",
    frozenset(("T40.2", "T40.3")): "deaths_prescription",
    frozenset(("T40.4",)): "deaths_synthetic",
    frozenset(("T40.5",)): "deaths_cocaine",
    frozenset(("T43.6",)): "deaths_psychostimulants",
}
"""Drug codes on the certificate (MCD), and what we call deaths with any of them."""

GROUPS = {"year": "year", "month": "month", "state": "state", "residence state": "state"}
"""Groupings that we read, and the column that each must have."""

PARTIAL = "partial, says its publisher"

_FREE = ("dataset", "title", "calculate rates per", "rate options", "standard population")
_STATES = re.compile(r"(residence )?(states?|states?/count(y|ies))")
_KEY = re.compile(r"([A-Za-z0-9][A-Za-z0-9 /()&-]{2,60}):\s*(.*)")
_CODE = re.compile(r"\b([A-Z])(\d\d)(\.\d)?(?:-[A-Z]?(\d\d)(\.\d)?)?\b")
_WHEN = re.compile(r"(?:([A-Za-z]{3,9})\.?,? )?((?:19|20)\d\d) ?(?:\(([^)]*)\))?")


@dataclass(frozen=True)
class Query:
    """What was asked for.

    series: name of what is counted. groups: columns by which it is grouped. states: states that
        were chosen, empty if all. months: chosen months by year, where months were chosen. partial:
        periods that the publisher calls partial. day: of the query, `2024-09-24`.
    """

    series: str
    groups: frozenset[str]
    states: frozenset[str]
    months: Mapping[int, frozenset[int]]
    partial: frozenset[str]
    day: str

    def short_year(self, year: int) -> str:
        """Why a year is of a part of its days; empty if it is whole."""
        chosen = self.months.get(year, frozenset())
        if 0 < len(chosen) < 12:
            return f"{len(chosen)} months of it"
        if str(year) in self.partial:
            return PARTIAL
        return "asked for before its end" if self.day < f"{year + 1}-01-01" else ""

    def short_month(self, year: int, month: int) -> str:
        """Why a month is of a part of its days; empty if it is whole."""
        if f"{year}-{month:02d}" in self.partial:
            return PARTIAL
        after = f"{year + month // 12}-{month % 12 + 1:02d}-01"
        return "asked for before its end" if self.day < after else ""


def query_of(notes: Sequence[str], name: str) -> Query:
    """The query, if it is of overdoses of all people.

    Raises:
        SourceProblem: it counts something else, or a part; the line says what.
    """
    asked = _asked(notes)
    series = _counted(asked, name)
    months: dict[int, set[int]] = {}
    partial: set[str] = set()
    states: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    for key, value in asked.items():
        if key.startswith(("ucd", "mcd")) or key in _FREE or value.startswith("All"):
            continue
        if key.startswith("show "):
            if " " in value:
                raise _refused("has a box that we do not know", name, f"{key}: {value}")
        elif key == "group by":
            groups = _groups(value, name)
        elif key == "year/month":
            _when(value, name, months, partial)
        elif _STATES.fullmatch(key):
            states = _states(value, name)
        else:
            days = key.startswith(("month", "week", "day", "mmwr"))
            said = f"is not of all {'days' if days else 'people'}"
            raise _refused(said, name, f"{key}: {value}")
    chosen = {year: frozenset(those) for year, those in months.items()}
    return Query(series, groups, states, chosen, frozenset(partial), _day(notes, name))


def codes(text: str) -> frozenset[str]:
    """Codes of ICD-10 in a text, ranges written out: `X40-X44 (...); X85`."""
    found = set()
    for letter, first, part, last, _ in _CODE.findall(text):
        if part or not last:
            found.add(f"{letter}{first}{part}")
        else:
            found |= {f"{letter}{number:02d}" for number in range(int(first), int(last) + 1)}
    return frozenset(found)


def _asked(notes: Sequence[str]) -> dict[str, str]:
    """What the notes say was asked for, by name; a value may go on for several lines."""
    found: dict[str, str] = {}
    key = ""
    for line in notes[1:]:
        if line == "---" or line.startswith("Help:"):
            break
        if line == "Query Parameters:":
            continue
        if match := _KEY.fullmatch(line):
            key = match[1].lower()
            found[key] = f"{found[key]} AND {match[2]}" if key in found else match[2]
        elif key:
            found[key] += " " + line
    return found


def _counted(asked: Mapping[str, str], name: str) -> str:
    """What is counted, if it is overdoses of every intent."""
    boxes = {key: value for key, value in asked.items() if key.startswith("ucd")}
    boxes = {key: value for key, value in boxes.items() if not value.startswith("All")}
    causes = {code[:3] for value in boxes.values() for code in codes(value)}
    if causes != OVERDOSE:
        missing = [intent for intent, those in INTENTS.items() if not those <= causes]
        some = causes and causes < OVERDOSE and len(missing) < len(INTENTS)
        found = ", ".join(sorted(causes)) or "no underlying cause"
        raise SourceProblem(
            f"is of some intents alone, without {', '.join(missing)}"
            if some
            else "is an export without the overdose filter",
            file=name,
            field="UCD - ICD-10 Codes",
            found=found,
            allowed="underlying causes X40-X44, X60-X64, X85, Y10-Y14",
            hint=None if some else "Its totals would be wrong.",
        )
    if len(boxes) > 1 or any(" AND " in value for value in boxes.values()):
        said = "has two boxes of underlying causes, so one takes from the other"
        raise _refused(said, name, "; ".join(f"{key}: {value}" for key, value in boxes.items()))
    drugs = [asked[key] for key in asked if key.startswith("mcd")]
    drugs = [text for text in drugs if not text.startswith("All")]
    named = frozenset(code for text in drugs for code in codes(text))
    if len(drugs) > 1 or any(" AND " in text for text in drugs) or named not in DRUGS:
        raise _refused("counts deaths with drugs that we have no name for", name, "; ".join(drugs))
    if drugs and not named:
        raise _refused("counts deaths with drugs that we have no name for", name, drugs[0])
    return DRUGS[named]


def _groups(value: str, name: str) -> frozenset[str]:
    named = [one.strip().lower() for one in re.split(r"[;,]", value) if one.strip()]
    for one in named:
        if one not in GROUPS:
            said = f"is grouped by {show(one)}, which we do not add up"
            raise SourceProblem(
                said, file=name, field="Group By", allowed="Year or Month, and State"
            )
    return frozenset(GROUPS[one] for one in named)


def _when(value: str, name: str, months: dict[int, set[int]], partial: set[str]) -> None:
    """Years and months that were chosen: whole years take nothing from a year."""
    whole = set()
    for text in value.split(";"):
        match = _WHEN.fullmatch(text.strip())
        month = month_number(match[1]) if match and match[1] else None
        if match is None or (match[1] and month is None):
            raise _refused("has a filter of time that we cannot read", name, f"year/month: {value}")
        year = int(match[2])
        if month is not None:
            months.setdefault(year, set()).add(month)
        else:
            whole.add(year)
        if "partial" in (match[3] or "").lower():
            partial.add(str(year) if month is None else f"{year}-{month:02d}")
    for year in whole:
        months.pop(year, None)


def _states(value: str, name: str) -> frozenset[str]:
    """States that were chosen; anything smaller is refused."""
    found = set()
    for text in value.split(";"):
        match = re.fullmatch(r"([A-Za-z .]+?)(?: \((\d\d)\))?", text.strip())
        code = place_code(match[1]) if match else None
        if code is None:
            raise _refused("is of places that are no states", name, f"states: {value}")
        found.add(code)
    return frozenset(found)


def _day(notes: Collection[str], name: str) -> str:
    """The day of the query, our vintage."""
    for line in notes:
        if match := re.fullmatch(r"Query Date: (\w{3} \d{1,2}, \d{4})\b.*", line):
            try:
                return datetime.strptime(match[1], "%b %d, %Y").date().isoformat()
            except ValueError:
                break
    raise SourceProblem("has no 'Query Date' in its notes", file=name, field="Notes")


def _refused(says: str, name: str, found: str) -> SourceProblem:
    return SourceProblem(says, file=name, field="Query Parameters", found=show(found))
