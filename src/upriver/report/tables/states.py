"""Tables of `upriver states`: all states in order, what is averted in each, and their sums."""

from collections.abc import Iterator, Sequence

from upriver.experiments.states.averted import Averted
from upriver.experiments.states.order import Ranked
from upriver.experiments.states.quantities import PER, QUANTITIES
from upriver.experiments.states.recorded import Recorded, recorded
from upriver.experiments.states.result import COUNT, RATE, States
from upriver.experiments.states.sums import RECORDS, Sum
from upriver.experiments.summary import interval as interval_of

from .made import lines, of_place, of_provenance, of_record
from .tidy import Row, Tidy, filled, in_year, interval, number, over, share

AVERTED = "averted"


def table_of_order(
    found: States, rows: Sequence[Ranked], year: int, name: str, counts: bool
) -> Tidy:
    """Each state's value and rank, the country's, and what is recorded."""
    unit, when = COUNT if counts else RATE, _when(name, year)
    cells = []
    for row in rows:
        here = {"place": row.place, **when}
        cells.append(interval(name, name, unit, row.value, here))
        cells.append(interval(name, f"rank by {name}", "1", row.rank, here))
    country = interval_of(found.country(year, name, counts=counts))
    cells.append(interval(name, name, unit, country, {"place": "US", **when}))
    known = [] if len(found.runs) > 1 else list(_recorded(found, name, year, counts))
    title = f"{QUANTITIES[name].title} {QUANTITIES[name].when} {year}, by state"
    return _table(found, title, cells, known)


def table_of_averted(
    found: States, rows: Sequence[Averted], span: tuple[int, int], name: str
) -> Tidy:
    """What is averted in each state, as people, as a rate and as a share, beside its division."""
    cells = []
    for row in rows:
        here = {"place": row.place, **over(*span)}
        cells.append(interval(name, AVERTED, COUNT, row.people, here))
        cells.append(interval(name, "averted for each 100,000 residents", RATE, row.rate, here))
        cells.append(interval(name, "averted, of what there would be", "percent", row.share, here))
        cells.append(share(name, "averts any", row.helps, here))
        if row.division_share is not None and row.apart is not None:
            of = f"averted in its census division, {row.division}"
            cells.append(interval(name, of, "percent", row.division_share, here))
            apart = {**here, "note": row.differs}
            cells.append(
                interval(name, "share averted less its division's", "percent", row.apart, apart)
            )
    return _table(found, f"{QUANTITIES[name].title} averted, by state", cells)


def table_of_sums(found: States) -> Tidy:
    """The states' sums beside the country, by quantity and year."""
    cells: list[Row] = []
    known: list[Row] = []
    for row in found.sums():
        when = {"place": "US", **_when(row.quantity, row.year)}
        name = row.quantity
        cells.append(interval(name, f"{name}, sum of the states", COUNT, row.states, when))
        cells.append(interval(name, f"{name}, the country's run", COUNT, row.country, when))
        cells.append(interval(name, "sum over the country's run, less 1", "1", row.apart, when))
        known += _recorded_of(row, when)
    return _table(found, "What all states come to beside the country", cells, known)


def _recorded_of(row: Sum, when: Row) -> Iterator[Row]:
    if row.recorded is not None:
        said = of_record(RECORDS[row.quantity], label=str(row.year))
        name = f"{row.quantity}, recorded"
        yield number(row.quantity, name, COUNT, row.recorded, when, said)


def _recorded(found: States, name: str, year: int, counts: bool) -> Iterator[Row]:
    """What is recorded of each state, in the unit that is asked for."""
    residents = found.residents(name, year)
    for place, people in zip(found.places, residents.tolist(), strict=True):
        known = recorded(place, name, year)
        if known is None:
            continue
        each = 1.0 if counts else PER / people
        scaled = Recorded(known.low * each, known.high * each, known.source, known.status)
        row = of_place(scaled, place.code, name, f"{name}, recorded", year)
        yield {**row, "unit": COUNT if counts else RATE}


def _when(name: str, year: int) -> Row:
    return in_year(year) if QUANTITIES[name].flow else {"calendar": "instant", "period": str(year)}


def _table(found: States, title: str, rows: Sequence[Row], known: Sequence[Row] = ()) -> Tidy:
    made = {**found.provenance, "draws": found.draws}
    common = {**of_provenance(made), "scenario": found.shown.title, "source": found.source}
    about = "Benchmarked: each draw's states sum to the country's run." if found.raked else ""
    return Tidy(
        f"{title}: {found.shown.title}",
        [*filled(common, rows), *filled({}, known)],
        about,
        found.caveat,
        lines([found.provenance]),
        [made],
    )
