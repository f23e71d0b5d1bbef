"""A plan as a job: its chunks, what they are determined by, and the function that runs one.

A chunk is a few scenarios, or points, in a block of places. The country is run once for each of
them; then each place in all of them, and the years that they share it runs once. The numbers are
those of `upriver run`, to the bit, however the plan is cut.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from upriver import __version__
from upriver.core.errors import EngineError, OutOfBounds, unknown_name
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.engine.run import load
from upriver.engine.tools import quantiles
from upriver.experiments.placed import WORLD, place_draws
from upriver.experiments.states.quantities import QUANTITIES
from upriver.experiments.states.run import run_together
from upriver.policy.chosen import fitted
from upriver.policy.handles import handles
from upriver.policy.places.draws import SHIPPED, PlaceDraws, of_country
from upriver.policy.scenario import Scenario, parse_scenario
from upriver.policy.written import to_yaml
from upriver.work import Coordinate, Job, Variable, grid
from upriver.work.job import chunk_of, digest, plain

from .plan import US, Plan, at_point

RUN = f"{__name__}:run"
MOST, LEAST, SEVERAL = 20_000, 4_000, 8
"""A chunk costs no more than so many whole runs, some ten seconds; less, to have several chunks,
but no less than so many."""

COUNTRY_COSTS = 3.0
"""A country's run with its table, in runs of a place, measured."""

TOGETHER, IN_MEMORY = 16, 3_200
"""Scenarios or points of a chunk at most, and draws of all of them: a country's is 0.1 MB."""

VERSIONS = ("draws", "upriver_version", "equations", "draws_of_the_country", "draws_of_places")
AXES = ("scenario", "point", "place")


def job_of(plan: Plan) -> Job:
    """The job of a plan.

    Raises:
        OutOfBounds: more draws than a place has. UnknownName: a place has none.
    """
    if plan.draws > fitted().draws:
        raise OutOfBounds(
            "the fit has fewer draws", found=str(plan.draws), allowed=f"1 to {fitted().draws}"
        )
    for code in plan.places:
        if code != US:
            _check_draws(code, plan.draws)
    sizes = dict(zip(AXES, (len(plan.scenarios), len(plan.points), len(plan.places)), strict=True))
    last = {"quantile": len(plan.quantiles)} if plan.quantiles else {"draw": plan.draws}
    years = list(range(plan.years[0], plan.years[1] + 1))
    dims = {**sizes, **last, "year": len(years)}
    blocks = _blocks(plan, sizes)
    return Job(
        name="sweep",
        run=RUN,
        content={
            **versions(plan.draws, any(code != US for code in plan.places)),
            "scenarios": {name: to_yaml(one) for name, one in plan.scenarios.items()},
            "changes": {name: digest(repr(one.changes)) for name, one in plan.scenarios.items()},
            "varied": list(plan.varied),
            "points": plan.points.tolist(),
            "from": plan.start,
            "over": plan.over,
            "places": list(plan.places),
            "draws": plan.draws,
            "years": list(plan.years),
            "keep": list(plan.keep),
            "quantiles": list(plan.quantiles),
            "plan": plan.text,
        },
        dims=dims,
        blocks=blocks,
        variables=tuple(
            Variable(
                name,
                tuple(dims),
                "people",
                QUANTITIES[name].title,
                attrs={"by_year": "sum" if QUANTITIES[name].flow else "at the start"},
            )
            for name in plan.keep
        ),
        coordinates=_coordinates(plan, years),
        chunks=grid(dims, blocks),
        attrs={
            "title": plan.title,
            "plan": plan.text,
            "world": WORLD,
            "upriver_version": __version__,
            "equations_digest": str(load().manifest["wasm_sha256"]),
        },
    )


def versions(draws: int, of_places: bool) -> dict[str, str]:
    """What results hang on besides a plan: version, and digests of equations and draws."""
    found = {
        "upriver_version": __version__,
        "equations": str(load().manifest["wasm_sha256"]),
        "draws_of_the_country": of_country(draws),
    }
    if of_places:
        found["draws_of_places"] = hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    return found


def check_versions(content: Mapping[str, Any]) -> None:
    """Refuse to go on with what another version began, or with other draws.

    Raises:
        EngineError: it did; what differs is said.
    """
    now = versions(content["draws"], "draws_of_places" in content)
    for key, value in now.items():
        if content.get(key) != value:
            said = key.replace("_", " ")
            raise EngineError(
                f"This sweep was begun with another {said}: {str(content.get(key))[:16]}, and here "
                f"is {value[:16]}. Go on with that version, or run the plan into another folder."
            )


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Run a chunk: quantities by scenario, point, place, draw or quantile, and year [people].

    Raises:
        EngineError: this is another version than the plan's. InputError: a scenario is not right
            at one of the points.
    """
    _check_once(plain({key: content[key] for key in VERSIONS if key in content}))
    names = list(content["scenarios"])[chunk_of(chunk, "scenario")]
    points = content["points"][chunk_of(chunk, "point")]
    codes = content["places"][chunk_of(chunk, "place")]
    made = [
        at_point(
            content["from"],
            content["over"],
            scenario_of(content, name),
            dict(zip(content["varied"], point, strict=True)),
        )
        for name in names
        for point in points
    ]
    first, last = content["years"]
    found, _ = run_together(
        made,
        {code: _draws()[code] for code in codes if code != US},
        content["keep"],
        range(first, last + 1),
        content["draws"],
        at_once=1,
    )
    states = [i for i, code in enumerate(codes) if code != US]
    results = {}
    for name in content["keep"]:
        values = np.empty((len(made), len(codes), content["draws"], last - first + 1))
        for into, one in zip(values, found, strict=True):
            into[states] = one.places[name]
            if US in codes:
                into[codes.index(US)] = one.country[name]
        if content["quantiles"]:
            values = np.moveaxis(quantiles(np.moveaxis(values, 2, 0), content["quantiles"]), 0, 2)
        results[name] = values.reshape(len(names), len(points), *values.shape[1:])
    return results


def _blocks(plan: Plan, sizes: Mapping[str, int]) -> dict[str, int]:
    """How chunks cut scenarios, points and places, for the least work in all.

    It hangs on the plan alone, and never on the machine.
    """
    along = "point" if sizes["point"] > 1 else "scenario"
    rest = sizes["scenario"] * sizes["point"] // sizes[along]
    least = sizes["scenario"] * sizes["point"] * (COUNTRY_COSTS + sizes["place"]) * plan.draws
    most = min(MOST, max(LEAST, least / SEVERAL))
    found: list[tuple[float, int, int]] = []
    for together in range(1, min(TOGETHER, max(1, IN_MEMORY // plan.draws), sizes[along]) + 1):
        for cuts in range(1, sizes["place"] + 1):
            places = -(-sizes["place"] // cuts)
            cost = work_of(plan, together, places)
            if cost <= most or together == places == 1:
                chunks = rest * -(-sizes[along] // together) * -(-sizes["place"] // places)
                found.append((chunks * cost, together, places))
                break
    _, together, places = min(found)
    return {"scenario": 1, "point": 1, "place": places, along: together}


def work_of(plan: Plan, together: int, places: int) -> float:
    """Work of a chunk in whole runs of a place: scenarios or points together, in so many places."""
    ahead = (LAST_YEAR - plan.start) / (LAST_YEAR - FIRST_YEAR) if plan.same_past else 1.0
    return (together * COUNTRY_COSTS + places * (1 + (together - 1) * ahead)) * plan.draws


def _coordinates(plan: Plan, years: list[int]) -> tuple[Coordinate, ...]:
    """Names, codes, draws or quantiles, years, and what varies, by point."""
    last = (
        Coordinate("quantile", ("quantile",), list(plan.quantiles))
        if plan.quantiles
        else Coordinate("draw", ("draw",), list(range(plan.draws)))
    )
    return (
        Coordinate("scenario", ("scenario",), list(plan.scenarios)),
        Coordinate("point", ("point",), list(range(len(plan.points)))),
        Coordinate("place", ("place",), list(plan.places)),
        last,
        Coordinate("year", ("year",), years),
        *(
            Coordinate(name, ("point",), plan.points[:, i].tolist(), *_said(name))
            for i, name in enumerate(plan.varied)
        ),
    )


def _said(name: str) -> tuple[str, str]:
    """Unit and meaning of what varies."""
    if name in handles():
        return "1", f"change by which the handle moves: {handles()[name].meaning}"
    from upriver.core.parameters import parameters

    return parameters()[name].unit, parameters()[name].meaning


def _check_draws(code: str, draws: int) -> None:
    found = _draws()
    if code not in found:
        raise unknown_name("place with draws", code, found)
    if draws > found[code].draws:
        raise OutOfBounds(
            f"draws of {code} are too many", found=str(draws), allowed=f"1 to {found[code].draws}"
        )


@lru_cache(maxsize=1)
def _draws() -> dict[str, PlaceDraws]:
    return place_draws()


@lru_cache(maxsize=8)
def _check_once(said: str) -> None:
    """Digests of draws take longer than they may for each chunk."""
    check_versions(json.loads(said))


def scenario_of(content: Mapping[str, Any], name: str) -> Scenario:
    """A scenario of a plan, with the levers that the plan was made with.

    Raises:
        EngineError: a lever of one's own (`UPRIVER_LEVERS`) is another here.
    """
    found = parse_scenario(content["scenarios"][name], name)
    if digest(repr(found.changes)) != content["changes"][name]:
        raise EngineError(f"Levers of scenario '{name}' are other here than where it was planned.")
    return found
