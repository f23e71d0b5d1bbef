"""When a sum may bear the name of the whole.

A reader lists the parts that its publisher's whole is made of. Where all of them are there in a
period, their sum is the whole's. A part that the file has in other periods and not in this one
makes the sum `partial`, with a note that names it: nobody knows whether it was nothing. A part that
is nowhere in the file was not asked for: then there is no sum, only parts under their own names.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from upriver.core.errors import SourceProblem, show
from upriver.evidence.calendars import month_of
from upriver.evidence.tables import Frame, pandas, plain_name

SPLITTING = frozenset(
    (
        *("county", "counties", "parish", "municipality", "city", "zip", "zipcode", "tract"),
        *("district", "port", "station", "urbanization"),
        *("sex", "gender", "age", "ages", "race", "races", "ethnicity", "hispanic", "education"),
        *("occupation", "intent", "manner"),
        *("weekday", "week", "day", "quarter", "demographic", "demographics", "subgroup", "group"),
        *(
            "groups",
            "stratum",
            "strata",
            "stratification",
            "marital",
            "veteran",
            "income",
            "origin",
        ),
        *("urban", "rural", "urbanicity", "metro", "cohort", "nationality", "citizenship"),
        *("conveyance", "transport", "transportation", "vehicle", "hospital", "facility"),
    )
)
"""Words in a column's name that say that a row is of a smaller place, some people, fewer days."""

EVERYBODY = frozenset(
    ("", "all", "total", "both", "both sexes", "overall", "all ages", "any", "n/a", "all races")
)
"""What such a column says in the row of the whole."""

GLUED = re.compile(r"(sex|gender|race|ethnic|age(gr|cat|band|code|range)|county|hispanic)")
"""Names without a mark between their words: `sexcode`, `AgeGroup`."""

_NUMBERS_OF = re.compile(r"(rate|percent|pct|population|adjusted|standard)")


def refuse_splits(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    name: str,
    read: Collection[str],
) -> None:
    """Refuse a table with a column that splits its rows and that is not among those `read`.

    Raises:
        SourceProblem: it names the column, and the first line in which it is not of all.
    """
    strangers = []
    for at, title in enumerate(header):
        plain = plain_name(title)
        words = set(plain.split("_"))
        splits = words & SPLITTING or GLUED.match(plain)
        if plain not in read and splits and not _NUMBERS_OF.search(plain):
            strangers.append((at, title.strip()))
    for line, cells in rows if strangers else ():
        for at, title in strangers:
            if at < len(cells) and cells[at].strip().lower() not in EVERYBODY:
                raise SourceProblem(
                    f"column {show(title)} splits its rows, and this reader does not read it",
                    file=name,
                    line=line,
                    field=title,
                    found=show(cells[at]),
                    allowed="the rows of all, without that column",
                )


def refuse_steps(labels: Iterable[str], name: str, field: str) -> None:
    """Refuse months that all lie a quarter or more apart: they may stand for the time between.

    Raises:
        SourceProblem: there are three or more, and no two follow each other.
    """
    months = sorted({year * 12 + month for year, month in map(month_of, labels)})
    steps = {after - before for before, after in pairwise(months)}
    if len(months) >= 3 and len(steps) == 1 and steps != {1}:
        step = steps.pop()
        raise SourceProblem(
            f"column '{field}' has every {step} months alone: nobody can tell whether a value "
            "is of a month or of the time between",
            file=name,
            field=field,
            allowed="months that follow each other",
        )


def cells(
    values: Frame,
    counted: Collection[tuple[str, str]],
    drugs: Mapping[str, Collection[str]],
    doubts: Mapping[tuple[str, str], str],
) -> Frame:
    """Values of every drug in every place and period; zero where only that drug is absent.

    Args:
        values: columns `series`, `drug`, `place`, `period`, `value`; one row each.
        counted: periods and places of which the file has any row.
        drugs: those that the file of a period holds, by period.
        doubts: why a period of a place is of a part alone.

    Returns:
        `series`, `place`, `period`, `value` (NaN where nothing was counted), `status`, `note`.
    """
    pd = pandas()
    known = values.set_index(["series", "place", "period"])["value"].to_dict()
    names = sorted(set(zip(values["series"], values["drug"], strict=True)))
    places = sorted({place for _, place in counted})
    rows = []
    for period in sorted(drugs):
        for series, drug in names:
            for place in places:
                asked = (period, place) in counted and drug in drugs[period]
                value = known.get((series, place, period), 0.0) if asked else float("nan")
                doubt = doubts.get((period, place), "") if asked else "no row of it in the file"
                status = "missing" if not asked else "partial" if doubt else "reported"
                rows.append((series, place, period, value, status, doubt))
    return pd.DataFrame(rows, columns=["series", "place", "period", "value", "status", "note"])


def totals(parts: Frame, whole: Collection[str], country: str, note: str = "") -> Frame:
    """Sums over places under the country's name, as the rule on top says.

    Args:
        parts: as `cells` returns; places beyond the whole's are added where they are there.
        whole: places that must all be there.
        country: name of the sum. note: what it says of a sum of all parts.

    Returns:
        Columns as `parts`; no rows where a part of the whole is nowhere among them.
    """
    pd = pandas()
    if absent(parts, whole):
        return parts.iloc[:0]
    groups: dict[tuple[str, str], list[tuple[str, float, str]]] = {}
    for row in parts.itertuples(index=False):
        if row.value == row.value:
            groups.setdefault((row.series, row.period), []).append(
                (row.place, row.value, row.status)
            )
        else:
            groups.setdefault((row.series, row.period), [])
    rows = []
    for (series, period), there in groups.items():
        lacking = sorted(set(whole) - {place for place, _, _ in there})
        doubtful = sorted(
            place for place, _, status in there if status == "partial" and place in whole
        )
        says = [f"without {some(lacking)}"] if lacking and there else []
        says += [f"of a part alone: {some(doubtful)}"] if doubtful else []
        value = sum(value for _, value, _ in there) if there else float("nan")
        status = "missing" if not there else "partial" if says else "reported"
        told = "; ".join(says) or (note if there else "no row of it in the file")
        rows.append((series, country, period, value, status, told))
    return pd.DataFrame(rows, columns=list(parts.columns))


def absent(parts: Frame, whole: Collection[str]) -> list[str]:
    """Parts of the whole that are nowhere among the places."""
    there = set(parts["place"])
    return [place for place in whole if place not in there]


def gaps(sums: Frame) -> tuple[str, ...]:
    """A remark on the periods in which a sum is partial, with what it says of itself."""
    wrong = sums[sums["status"] == "partial"]
    if wrong.empty:
        return ()
    found: dict[str, list[str]] = {}
    for period, says in sorted(set(zip(wrong["period"], wrong["note"], strict=True))):
        found.setdefault(says, []).append(period)
    told = [f"{some(periods, 6)} ({says})" for says, periods in list(found.items())[:3]]
    more = f"; and {len(found) - 3} other reasons" if len(found) > 3 else ""
    return (f"The sum of the country is partial in {'; '.join(told)}{more}.",)


def some(words: Iterable[str], most: int = 8) -> str:
    """`AK, AL, AR and 48 more`."""
    every = list(words)
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[:most])} and {len(every) - most} more"
