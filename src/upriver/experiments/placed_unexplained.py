"""How much of what happened in a place nothing in the model explains.

That is two things: what disturbs the country's risk and supply, and a slowly varying factor on risk
that is the place's own. To know it takes two runs of the country and two of the place, which is
more than all else of `upriver run --place`: for draws that ship it is kept beside them.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from upriver.core.files import atomic_path
from upriver.core.table import constant
from upriver.core.time import FIRST_YEAR, quarters
from upriver.engine.run import Progress, load
from upriver.places.asked import place as place_of
from upriver.policy.apply import prepare
from upriver.policy.disturbances import RISK, undisturbed
from upriver.policy.places.draws import SHIPPED, PlaceDraws
from upriver.policy.places.part import part_of
from upriver.policy.places.world import Country
from upriver.policy.scenario import read_scenario
from upriver.system.counters import counter
from upriver.system.world import World

from .caveats import ENDS, HALF, THIRD
from .placed import DEATHS, WORLD
from .simulate import Run
from .summary import Doubles

FIRST, LAST = 2015, 2025
"""Years whose changes count, as for the country."""

A_YEAR = 4
KEPT = SHIPPED.with_name("draws_places.unexplained.npz")
"""Where it is kept: `fits` names the fit of each place, `shares` has shape (places, draws)."""

_known: dict[tuple[str, str, int], tuple[float, float, float]] = {}


def unexplained_in(run: Run) -> str:
    """A sentence on what no part of the model explains in a place, if that is much; else empty.

    As for the country it is of the changes of deaths from year to year, 2015 to 2025, squared.
    """
    low, middle, high = unexplained_share_in(run)
    if middle <= 100 * THIRD:
        return ""
    how = "Mostly unexplained" if middle >= HALF else "In part unexplained"
    beyond = " (above 100 %: what is explained went the other way)" if high > 100 else ""
    return (
        f"{how}: {middle:.0f} % ({ENDS[-1] - ENDS[0]} %: {low:.0f} to {high:.0f} %) of how deaths "
        f"in {place_of(run.place).name} changed from 2015 to 2025 is disturbances that nothing in "
        f"the model explains, the country's and its own{beyond}."
    )


def unexplained_share_in(run: Run) -> tuple[float, float, float]:
    """That share [%], low, middle and high, to tens.

    Raises:
        ValueError: the run is of the country.
    """
    if run.local is None:
        raise ValueError("the run is of the country")
    key = (run.place, str(run.local.said.get("fit", "")), run.draws)
    if key not in _known:
        every = kept(run.local)
        found = np.percentile(100 * (shares(run.local) if every is None else every), ENDS)
        low, middle, high = (float(round(share, -1)) for share in found.tolist())
        _known[key] = low, middle, high
    return _known[key]


def shares(own: PlaceDraws) -> Doubles:
    """What is left of deaths in a place without any disturbance, by draw, shape (draws,) [1]."""
    base = prepare(read_scenario("base"), own.draws, World.named(WORLD)).table
    on = _yearly(own, Country.of(base), disturbed=True)
    off = _yearly(own, Country.of(undisturbed(base)), disturbed=False)
    seen = slice(FIRST - 1 - FIRST_YEAR, LAST + 1 - FIRST_YEAR)
    changed = np.diff(np.log(on[:, seen]), axis=1)
    left = changed - np.diff(np.log(off[:, seen]), axis=1)
    found: Doubles = np.sum(left**2, axis=1) / np.sum(changed**2, axis=1)
    return found


def _yearly(own: PlaceDraws, country: Country, disturbed: bool) -> Doubles:
    """Deaths of a place by year, shape (draws, years)."""
    plain = part_of(own.place).table(country)
    table = plain.replace(own.columns(plain))
    if not disturbed:
        table = table.replace({RISK: constant(1.0)})
    counted = load().run(table.columns, outputs=[counter(DEATHS)], instants=quarters()[::A_YEAR])
    found: Doubles = np.diff(counted[:, 0], axis=1)
    return found


def kept(own: PlaceDraws) -> Doubles | None:
    """What `shares` gives, as it is kept for draws that ship, shape (draws,) [1]; or None."""
    if not KEPT.is_file():
        return None
    with np.load(KEPT) as held:
        fits = [str(one) for one in held["fits"]]
        fit = own.said.get("fit")
        if fit not in fits or own.draws > held["shares"].shape[1]:
            return None
        found: Doubles = held["shares"][fits.index(fit), : own.draws].astype(float)
    return found


def keep(
    places: Mapping[str, PlaceDraws], file: Path = KEPT, progress: Progress | None = None
) -> None:
    """Reckon and keep what nothing explains, for draws of all places.

    Raises:
        WriteError: the file cannot be written.
    """
    found = []
    for i, own in enumerate(places.values()):
        found.append(shares(own).astype(np.float32))
        if progress is not None:
            progress(i + 1, len(places))
    fits = np.array([str(own.said["fit"]) for own in places.values()])
    with atomic_path(file) as beside:
        np.savez_compressed(beside, fits=fits, shares=np.array(found))
