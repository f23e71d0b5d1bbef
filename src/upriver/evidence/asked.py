"""Recorded series to ask for in Python, by name."""

from typing import overload

from upriver.core.listing import Listing

from .figures import COUNTRY, series
from .record import Record
from .series import Words, all_words


@overload
def evidence(name: None = None, place: str = COUNTRY) -> Listing[Words]: ...
@overload
def evidence(name: str, place: str = COUNTRY) -> Record: ...
def evidence(name: str | None = None, place: str = COUNTRY) -> Listing[Words] | Record:
    """A recorded series, each value with its source, vintage and status; or the list of all.

    Args:
        name: of a series; None lists them.
        place: `US`, or two letters of a state where it is recorded by state.

    Raises:
        UnknownName: there is no such series, or not in that place.
    """
    if name is not None:
        return series(name, place)
    known = all_words()
    return Listing("series", {n: w.title for n, w in known.items()}, known.__getitem__)
