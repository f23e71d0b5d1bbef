"""What a user's file does not say itself: options, each checked before the file is opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from upriver.core.errors import SourceProblem, did_you_mean, show
from upriver.evidence.places import COUNTRY
from upriver.evidence.record import STATUSES


@dataclass(frozen=True)
class Options:
    """What a file does not say itself; each has a name on the command line.

    series, unit: of all values; a column `series` or `unit` may say it instead. place: of all rows
    where no column says. calendar: where the dates do not give it away (`12 months ending`).
    date, value, place_column: names of columns. dates: `day first` or `month first`. decimal: `.`
    or `,`. source, vintage, status: of all rows.
    """

    series: str | None = None
    unit: str | None = None
    place: str = COUNTRY
    calendar: str | None = None
    date: str | None = None
    value: str | None = None
    place_column: str | None = None
    dates: str | None = None
    decimal: str | None = None
    source: str = "user"
    vintage: str = "as given"
    status: str = "reported"


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
    chosen = Options(**given)
    for key, allowed in (
        ("dates", ("day first", "month first")),
        ("decimal", (".", ",")),
        ("status", tuple(STATUSES)),
    ):
        value = getattr(chosen, key)
        if value is not None and value not in allowed:
            raise SourceProblem(
                f"option '{key}' is not known", found=show(value), allowed=", ".join(allowed)
            )
    return chosen
