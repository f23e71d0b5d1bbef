"""Tables of `upriver explain` and `upriver flow`: why deaths changed, and kilograms by corridor."""

from collections.abc import Iterator

from upriver.experiments.caveats import caveat_of
from upriver.experiments.explain import Explained, titles
from upriver.experiments.flow import HOW_SURE, Corridor, Flow
from upriver.experiments.placed_caveats import CAVEAT as CAVEAT_IN
from upriver.experiments.seized import FISCAL, SEIZED, FiscalYear, Implied
from upriver.experiments.simulate import Run
from upriver.report.colophon import made_lines

from .made import lines, of_provenance, of_record, of_run
from .tidy import Row, Tidy, filled, in_year, interval, number, share

KG, SHARE = "kg", "1"


def table_of_explained(found: Explained, before: Explained | None = None) -> Tidy:
    """The change of yearly deaths, and what it is put down to.

    Args:
        before: the answer before the fit.
    """
    many = [one for one in (found, before) if one is not None]
    return Tidy(
        f"Why yearly deaths changed from {found.first} to {found.last}",
        [row for one in many for row in filled(of_provenance(one.provenance), _explained(one))],
        "Parts of each draw add up to the change; medians do not.",
        CAVEAT_IN.format(place=found.place) if found.place else caveat_of(found.world),
        lines([one.provenance for one in many]),
        [one.provenance for one in many],
    )


def _explained(found: Explained) -> Iterator[Row]:
    when = {"calendar": "change", "period": f"{found.first}-{found.last}"}
    yield interval("change", "change of yearly deaths", "people", found.change, when)
    for name in found.parts:
        told = {"note": titles()[name]}
        yield interval(name, "part of the change", "people", found.part(name), when, told)
        yield share(name, "lowers deaths", found.share_less(name), when, told)
        for rival, median in (found.by_rival(name) if found.rival else {}).items():
            quantity = f"part of the change, explanation {rival}"
            yield number(name, quantity, "people", median, when, told)


def table_of_flow(run: Run, found: Flow, fiscal: tuple[FiscalYear, ...]) -> Tidy:
    """Kilograms of a year from precursors to sales, beside what was seized."""
    rows = [
        *filled({**of_run(run), **in_year(found.year)}, _flow(found)),
        *filled({"place": "US", **in_year(found.year), **of_record(SEIZED)}, _seized(found)),
    ]
    for one in fiscal:
        when = {"calendar": "fiscal year", "period": one.label}
        row = interval("all corridors", "weight seized", KG, one.modelled, when)
        rows += filled(of_run(run), [row])
        said = number("all corridors", "weight seized, recorded", KG, one.recorded, when)
        rows += filled({"place": "US", **of_record(FISCAL, label=one.label)}, [said])
    return Tidy(
        f"{run.title}: kilograms of fentanyl in {found.year}",
        rows,
        "Pure fentanyl unless called weight, which is as weighed.",
        HOW_SURE,
        made_lines([run]),
        [run.provenance],
    )


def _flow(found: Flow) -> Iterator[Row]:
    for label, ends in found.precursors.items():
        yield interval(label, "precursors, in fentanyl that they are enough for", KG, ends)
    for label, ends in found.production.items():
        yield interval(label, "produced", KG, ends)
    for corridor in found.corridors:
        yield from _corridor(corridor)
    for quantity, ends in (
        ("sent", found.sent),
        ("seized within Mexico", found.inland),
        ("seized", found.seized),
        ("weight seized", found.gross),
        ("delivered", found.delivered),
        ("sold", found.sold),
        ("change of what is stored", found.stored),
    ):
        yield interval("all corridors", quantity, KG, ends)
    for one in found.beside:
        for quantity, part in (
            (f"{SENT}, as the record parts it", one.sent),
            (WEIGHED, one.seized),
        ):
            if part is not None:
                yield interval(one.label, quantity, SHARE, part)
    if found.implied:
        yield from _implied(found.implied)


SENT, WEIGHED = "share of what is sent", "share of seized weight"


def _corridor(one: Corridor) -> Iterator[Row]:
    for quantity, unit, ends in (
        ("sent", KG, one.sent),
        (SENT, SHARE, one.share),
        ("seized within Mexico", KG, one.inland),
        ("seized", KG, one.seized),
        ("weight seized", KG, one.gross),
        ("delivered", KG, one.delivered),
    ):
        yield interval(one.label, quantity, unit, ends, {"note": f"from {one.site}"})


def _implied(one: Implied) -> Iterator[Row]:
    name = "implied by what was seized"
    yield interval(name, "fentanyl in the recorded weight", KG, one.pure)
    yield interval(name, "chance of seizure that agrees with record and flow", SHARE, one.chance)
    yield interval(name, "chance of seizure that the model is given", SHARE, one.assumed)
    yield interval(name, "flow from the record and that chance", KG, one.flow)


def _seized(found: Flow) -> Iterator[Row]:
    """What is recorded of the year."""
    for one in found.beside:
        if one.recorded is not None:
            said = f"{WEIGHED}, recorded"
            yield number(one.label, said, SHARE, one.recorded)
        if one.recorded_kg is not None:
            yield number(one.label, "weight seized, recorded", KG, one.recorded_kg)
    if found.implied:
        yield number("all corridors", "weight seized, recorded", KG, found.implied.recorded)
