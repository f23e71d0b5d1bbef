"""What a user's file does not say itself: options, each checked before the file is opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from upriver.core.errors import SourceProblem, did_you_mean, show
from upriver.evidence.calendars import CALENDARS
from upriver.evidence.places import MONTHS
from upriver.evidence.record import STATUSES
from upriver.evidence.tables import plain_name

DATE_WAYS = ("day first", "month first", "months", "decimal years")
PLACE_KINDS = ("state", "country", "province", "county", "other")
FISCAL = ("us", *(month.lower() for month in MONTHS))


@dataclass(frozen=True)
class Options:
    """What a file does not say itself; each has a name on the command line.

    series, unit: of all values; a column may say it, or for deaths the name of the column.
    place: of all rows where no column says, and of a row that says no more than `Total`.
    place_column: its name. place_kind: what it holds, of `PLACE_KINDS`.
    date, value: names of columns. dates: how to read what can be read in two ways, of `DATE_WAYS`.
    calendar: where the dates do not give it away (`12 months ending`, `quarter`).
    fiscal_year: `us`, or the month in which fiscal years begin. decimal: `.` or `,`.
    total: `COLUMN=VALUE`, the rows that count everyone. where: `COLUMN=VALUE`, the rows of a part,
    which keeps its name. ignore: columns that part nothing. More than one with `;` between them.
    source, vintage, status: of all rows.
    """

    series: str | None = None
    unit: str | None = None
    place: str | None = None
    calendar: str | None = None
    date: str | None = None
    value: str | None = None
    place_column: str | None = None
    place_kind: str | None = None
    dates: str | None = None
    fiscal_year: str | None = None
    decimal: str | None = None
    total: str | None = None
    where: str | None = None
    ignore: str | None = None
    source: str = "user"
    vintage: str = "as given"
    status: str = "reported"

    @property
    def fiscal_month(self) -> int | None:
        """The month in which fiscal years begin, 1 to 12; None if no option says."""
        if self.fiscal_year is None:
            return None
        return 10 if self.fiscal_year == "us" else FISCAL.index(self.fiscal_year)

    def chosen(self, option: str) -> dict[str, str]:
        """Value by plain name of a column, of `total` or `where`."""
        parts = _several(getattr(self, option))
        return {plain_name(c): v.strip() for c, _, v in (part.partition("=") for part in parts)}

    @property
    def ignored(self) -> frozenset[str]:
        """Plain names of columns that part nothing."""
        return frozenset(plain_name(column) for column in _several(self.ignore))


def options_of(given: Mapping[str, str]) -> Options:
    """Options by name.

    Raises:
        SourceProblem: one does not exist, or cannot be that.
    """
    known = tuple(Options.__dataclass_fields__)
    for key in given:
        if key not in known:
            hint = did_you_mean(key, known)
            raise SourceProblem(
                f"option '{key}' does not exist", allowed=", ".join(known), hint=hint
            )
    chosen = Options(**{**given, **_month_in_full(given)})
    for key, allowed in (
        ("dates", DATE_WAYS),
        ("decimal", (".", ",")),
        ("place_kind", PLACE_KINDS),
        ("fiscal_year", FISCAL),
        ("calendar", CALENDARS),
        ("status", tuple(STATUSES)),
    ):
        value = getattr(chosen, key)
        if value is not None and value not in allowed:
            raise SourceProblem(
                f"option '{key}' is not known", found=show(value), allowed=", ".join(allowed)
            )
    for key in ("total", "where"):
        for part in _several(getattr(chosen, key)):
            column, equals, of = part.partition("=")
            if not (column.strip() and equals and of.strip()):
                raise SourceProblem(
                    f"option '{key}' should name a column and a value",
                    found=show(part),
                    allowed=f"COLUMN=VALUE, as {key}=Sex=All",
                )
    return chosen


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _month_in_full(given: Mapping[str, str]) -> dict[str, str]:
    """`US` and `Jul` as they are listed."""
    said = given.get("fiscal_year", "").strip().lower()
    whole = next((m for m in FISCAL[1:] if len(said) >= 3 and m.startswith(said)), said)
    whole = {"federal": "us", "usa": "us"}.get(whole, whole)
    return {"fiscal_year": whole} if said else {}
