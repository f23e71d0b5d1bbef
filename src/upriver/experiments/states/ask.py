"""`states`: a scenario in all states, or in those that are named."""

from collections.abc import Mapping, Sequence
from os import PathLike

import numpy as np

from upriver.core.errors import OutOfBounds, SchemaProblem, unknown_name
from upriver.engine.run import load
from upriver.evidence.places import STATES
from upriver.experiments.arguments import draws_of, scenario_of, settings_of, with_settings
from upriver.experiments.compare import told_apart
from upriver.experiments.made import made_by
from upriver.experiments.placed import WORLD, place_draws
from upriver.places.asked import place as place_of
from upriver.policy.places.draws import PlaceDraws
from upriver.policy.scenario import Scenario

from .quantities import quantities_of, years_of
from .result import States
from .run import Progress, run_together


def states(
    scenario: str | PathLike[str] | Scenario = "base",
    *,
    against: str | PathLike[str] | Scenario | None = None,
    years: int | Sequence[int] | None = None,
    quantities: str | Sequence[str] | None = None,
    places: str | Sequence[str] | None = None,
    draws: int | None = None,
    file: str | PathLike[str] | None = None,
    settings: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> States:
    """Run a scenario in all states, each in the country's run of the same draw.

    Args:
        scenario: as of `simulate`.
        against: another, over the same draws; what is told is then the difference.
        years: those that are kept, from 1999 to 2031; by default all.
        quantities: `deaths` (with any opioid), `synthetic` (deaths with T40.4), `disorder`,
            `buprenorphine`, `methadone`; by default all.
        places: codes, as OH; by default all 50 states and DC.
        draws: the first so many; by default as many as every place has.
        file: draws of places, that `upriver calibrate --all-states` wrote; by default those that
            ship.
        settings: parameters held at a value in the country and in all places.
        progress: called with places done and places in all.

    Raises:
        InputError: there are no draws, or something in a scenario is not right.
        UnknownName: there is no such place or quantity. OutOfBounds: a year, or draws.
    """
    kept, chosen_years = quantities_of(quantities), years_of(years)
    chosen = [scenario_of(one) for one in (scenario, against) if one is not None]
    if held := settings_of(settings):
        chosen = [with_settings(one, held) for one in chosen]
    own = _draws_of(places, file)
    most = min(one.draws for one in own.values())
    number = most if draws is None else draws_of(draws)
    if not 0 < number <= most:
        raise OutOfBounds(
            "draws of places are too many or none", found=f"{number}", allowed=f"1 to {most}"
        )
    runs, countries = run_together(told_apart(chosen), own, kept, chosen_years, number, progress)
    first = countries[0]
    made = made_by(first.scenario, WORLD, number, first.prepared.table, load().manifest)
    fits = sorted({str(one.said.get("upriver_version", "")) for one in own.values()})
    return States(
        places=tuple(place_of(code) for code in own),
        years=chosen_years,
        runs=tuple(runs),
        provenance={**made, "places": " ".join(own), "place_fits_by": " ".join(fits)},
        seen_to=max(float(one.said.get("record_to", np.inf)) for one in own.values()),
        remarks=tuple(dict.fromkeys(said for one in countries for said in one.prepared.remarks)),
    )


def _draws_of(
    places: str | Sequence[str] | None, file: str | PathLike[str] | None
) -> dict[str, PlaceDraws]:
    """Draws of the places that are asked for, in their order; by default of the states, by code.

    Places of one's own, which lie in a state, are run if they are named, or if there is no state.
    """
    found = place_draws(file)
    if places is None:
        return {code: found[code] for code in STATES if code in found} or found
    if not places:
        raise SchemaProblem("should be a place or more", file="--places")
    codes = [place_of(one).code for one in ([places] if isinstance(places, str) else places)]
    for code in codes:
        if code not in found:
            raise unknown_name("place with draws", code, found)
    return {code: found[code] for code in dict.fromkeys(codes)}
