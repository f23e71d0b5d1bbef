"""Why deaths of a place changed: shared among what the place met, had, and what nothing explains.

As for the country (`explain`), with other groups. What people meet on the market is the country's,
and one part: why it changed is the country's question. How fentanyl came here earlier or later than
in the country is another part. What nothing explains is two: what disturbs risk in the country, and
the factor on risk that is the place's own.
"""

from os import PathLike

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table
from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.places.asked import place as place_of
from upriver.policy import conditions
from upriver.policy.chosen import fitted
from upriver.policy.disturbances import RISK, course
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.places.local import SHARE, odds, with_odds
from upriver.policy.places.world import MARKET
from upriver.policy.scenario import read_scenario

from .explain import MARKET_HERE, OF_COUNTRY, OF_PLACE, SPREAD, Explained, Progress, check, parted
from .groups import GROUPS, UNEXPLAINED, grouped
from .made import made_by
from .placed import WORLD, CountryRun, country_run, draws_for, place_draws, table_in

DRAWS = 100
PEOPLE = "people"
"""The group of what varies with how many people live in a place."""


def explain_in(
    place: str,
    first: int,
    last: int,
    draws: int | None = None,
    file: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Explained:
    """Share the change of a place's deaths between two years among what may have made it.

    Args:
        place: its code. first, last: calendar years, the last after the first.
        draws: the first so many; by default 100, or as many as there are.
        file: draws of places; by default those that ship. progress: called with coalitions run.

    Raises:
        UnknownName: no such place. OutOfBounds: years outside the run, or in the wrong order.
        InputError: there are no draws of the place.
    """
    check(first, last)
    code = place_of(place).code
    own = place_draws(file, code)[code]
    own = own.first(draws_for(own, min(DRAWS, own.draws) if draws is None else draws))
    country = country_run(read_scenario("base"), own.draws)
    columns = table_in(country, own)
    held = _Held(country, own, columns, first, last)
    before, after, parts = parted(columns, held.groups, held.kept, first, last, progress)
    made = made_by(country.scenario, WORLD, own.draws, columns, load().manifest, code)
    return Explained(
        world=WORLD,
        first=first,
        last=last,
        before=before,
        after=after,
        parts=parts,
        rival=fitted().rival[: own.draws],
        provenance={**made, "place": code, "place_fit": str(own.said.get("fit", ""))},
        place=place_of(code).name,
    )


class _Held:
    """Columns of a place that are held at their mean of the first year, while groups are free."""

    def __init__(
        self, country: CountryRun, own: PlaceDraws, columns: Table, first: int, last: int
    ) -> None:
        start, end = int(step_of(first + 1)), int(step_of(last + 1))
        year = slice(int(step_of(first)), start)

        def mean(column: Column) -> Column:
            found = np.broadcast_to(column, (len(column), columns.wide(RISK).shape[1])).copy()
            found[:, start:] = found[:, year].mean(axis=1, keepdims=True)
            return found

        self.held = {
            path: column
            for path, column in conditions.held(columns, first, start, end).items()
            if path.startswith("people.")
        }
        services = {p for p in self.held if not p.startswith(MARKET) and p != RISK}
        # What is a number of people varies with who lives there alone, where a place has no more.
        known = {path for path in services if any(path.startswith(g.begins) for g in GROUPS)}
        self.services = grouped(known)
        self.services.setdefault(PEOPLE, []).extend(sorted(services - known))
        self.market = [p for p in self.held if p.startswith(MARKET) and p != SHARE]
        share, times = country.country.met["fentanyl_share"], odds(own.differences)
        risk, here = country.prepared.table.columns[RISK], course(own.knots)
        self.shares = ((mean(share), share), (mean(times), times))
        self.risks = ((mean(risk), risk), (mean(here), here))
        self.groups = (
            *(name for name in self.services if name != UNEXPLAINED),
            MARKET_HERE,
            SPREAD,
            OF_COUNTRY,
            OF_PLACE,
        )

    def kept(self, free: frozenset[str]) -> dict[str, Column]:
        """Columns that replace those of the place."""
        found = {
            path: self.held[path]
            for name, paths in self.services.items()
            if name not in free
            for path in paths
        }
        if MARKET_HERE not in free:
            found |= {path: self.held[path] for path in self.market}
        share, times = _either(self.shares, free, MARKET_HERE, SPREAD)
        risk, here = _either(self.risks, free, OF_COUNTRY, OF_PLACE)
        low, high = parameters()[RISK].within
        found[SHARE] = with_odds(share, times)
        found[RISK] = np.clip(risk * here, low, high)
        return found


def _either(
    pairs: tuple[tuple[Column, Column], ...], free: frozenset[str], *names: str
) -> tuple[Column, ...]:
    """Of each pair the column that is held, or the other where its group is free."""
    return tuple(pair[name in free] for pair, name in zip(pairs, names, strict=True))
