"""All states, one after the other: what they share first, then the fit of each, as files.

A state's draws are written when its fit is done, so that what was stopped goes on with the state
that it was at. A file that is of another record, other draws of the country or another plan is made
anew.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from upriver import __version__
from upriver.core.errors import InputError
from upriver.core.files import atomic_path
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.fitted import KNOTS
from upriver.policy.places.draws import SHIPPED, PlaceDraws, checked, of_country, read, save
from upriver.policy.places.local import NAMES
from upriver.policy.places.world import Country
from upriver.policy.scenario import read_scenario
from upriver.work import Job
from upriver.work.units import job_of_units, made, unit_of

from .fit import Effort, PlaceFit, fit
from .model import PlaceModel
from .pooling import Pooling
from .record import RATIOS_OF, seen_of
from .seen import Seen
from .together import PASSES, central_draw, pooled
from .unknowns import LocalUnknowns

Doubles = np.ndarray
Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it, and how much in all."""

POOLING = "pooling.json"
"""What places share, among the parts."""

DRAWS = 200
HOW = ("learnt", "none", "national")
"""Ways to pool: widths learnt from all states, none, or one curve for all."""


@dataclass(frozen=True)
class Plan:
    """How places are fitted.

    how: one of `HOW`. until: the end of the record that is seen [year]. draws: of the country.
    """

    how: str = "learnt"
    until: float = float("inf")
    draws: int = DRAWS
    passes: int = PASSES
    seed: int = 1
    effort: Effort = field(default_factory=Effort)


@cache
def country(draws: int = DRAWS) -> Country:
    """The country's runs that places live in: the first so many draws."""
    return Country.of(table(read_scenario("base"), draws), RATIOS_OF)


def pooling_of(
    plan: Plan, codes: Sequence[str], file: Path, progress: Progress | None = None
) -> Pooling:
    """What is thought of places before: read from a file that has it, or learnt and written.

    Args:
        codes: of the states that are learnt from.
    """
    if plan.how == "none":
        return Pooling.none()
    if plan.how == "national":
        return Pooling.national()
    whole = country(plan.draws)
    central = whole.draws(np.array([central_draw(whole)]))
    places = [_seen(code, plan) for code in codes]
    name = _digest(
        equations=load().manifest["wasm_sha256"],
        country=central.table.digest(),
        recorded=[one.digest() for one in places],
        passes=plan.passes,
    )
    if (held := _held(file, name)) is not None:
        return held
    found = pooled(places, central, passes=plan.passes, progress=progress)
    return _kept(file, name, found)


def _held(file: Path, name: str) -> Pooling | None:
    """What a file has of that name."""
    if not file.exists():
        return None
    held = json.loads(file.read_text())
    return Pooling.of_json(held["pooling"]) if held.get("name") == name else None


def _kept(file: Path, name: str, found: Pooling) -> Pooling:
    """Write what was learnt; where another share has meanwhile, its own, so that all have one."""
    if (held := _held(file, name)) is not None:
        return held
    with atomic_path(file) as beside:
        beside.write_text(json.dumps({"name": name, "pooling": found.as_json()}))
    return found


def shipped_pooling(plan: Plan) -> Pooling | None:
    """What the draws that ship were fitted with, if it is what a plan would learn anew.

    None if none ship, or they are of other equations, another country or another plan.
    """
    if plan.how != "learnt" or not np.isinf(plan.until) or not SHIPPED.exists():
        return None
    first = next(iter(read(SHIPPED).values()))
    try:
        checked(first, SHIPPED, load().manifest["wasm_sha256"])
    except InputError:
        return None
    return Pooling.of_json(first.said["pooling"])


def fitted_place(
    code: str, pooling: Pooling, plan: Plan, file: Path, progress: Progress | None = None
) -> PlaceDraws:
    """Draws of one place, from a file that has them or from a fit that writes it."""
    whole = country(plan.draws)
    model = PlaceModel(LocalUnknowns(_seen(code, plan), pooling), whole)
    name = _digest(
        equations=load().manifest["wasm_sha256"],
        country=whole.table.digest(),
        recorded=model.seen.digest(),
        pooling=pooling.as_json(),
        effort=asdict(plan.effort),
        seed=plan.seed,
    )
    if file.exists():
        try:
            held = read(file)
        except InputError:
            held = {}
        if code in held and held[code].said.get("fit") == name:
            return held[code]
    told = None if progress is None else lambda done, most: progress(code, done, most)
    found = fit(model, central_draw(whole), plan.seed, plan.effort, told)
    save(file, {code: draws_of(found, name)}, said(plan))
    return read(file)[code]  # as a share, or a run that goes on, would find it: to the bit


def every(
    codes: Sequence[str], plan: Plan, output: Path, progress: Progress | None = None
) -> dict[str, PlaceDraws]:
    """Fit places one after the other, and write their draws into one file.

    Args:
        output: NAME.npz; what is done stands in the folder NAME.parts until all is.
    """
    folder = parts_of(output)
    pooling = pooling_of(plan, codes, folder / POOLING, progress)
    found = {
        code: fitted_place(code, pooling, plan, folder / f"{code}.npz", progress) for code in codes
    }
    save(output, found, {**said(plan), "pooling": pooling.as_json()})
    return found


def share(
    codes: Sequence[str],
    mine: Sequence[str],
    plan: Plan,
    output: Path,
    progress: Progress | None = None,
) -> None:
    """Fit some of the places of `every`, each into its file among the parts.

    Args:
        codes: of all places, which pooling is learnt from. mine: of those that are fitted.
    """
    folder = parts_of(output)
    pooling = pooling_of(plan, codes, folder / POOLING, progress)
    for code in mine:
        fitted_place(code, pooling, plan, folder / f"{code}.npz", progress)


def job(codes: Sequence[str], plan: Plan, output: Path) -> Job:
    """The fits as work for several processes; what places share has to be learnt before."""
    folder = parts_of(output)
    content = {
        "plan": {**asdict(plan), "until": None if np.isinf(plan.until) else plan.until},
        "folder": str(folder.resolve()),
        "equations": load().manifest["wasm_sha256"],
        "upriver_version": __version__,
    }
    return job_of_units("states", f"{__name__}:run", content, codes)


def run(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> dict[str, Any]:
    """Fit a place in another process."""
    given = dict(content["plan"])
    given["until"] = float("inf") if given["until"] is None else given["until"]
    plan = Plan(**{**given, "effort": Effort(**given["effort"])})
    folder, code = Path(content["folder"]), unit_of(content, chunk)
    pooling = pooling_of(plan, content["units"], folder / POOLING)
    fitted_place(code, pooling, plan, folder / f"{code}.npz")
    return made(folder / f"{code}.npz")


def parts_of(output: Path) -> Path:
    """The folder of what is done while not all is; made if it is not there."""
    folder = output.with_suffix(".parts")
    folder.mkdir(exist_ok=True)
    return folder


def draws_of(found: PlaceFit, name: str) -> PlaceDraws:
    """What runs eat, from a fit: differences, and the slowly varying factor to the end of the run.

    After the record the factor goes on as it wanders: what is new at each knot is drawn.
    """
    unknowns = found.model.unknowns
    generator = np.random.default_rng([found.seed, 7])
    ahead = generator.standard_normal((len(found.z), KNOTS - 1 - unknowns.wander.last))
    at = np.linspace(0, STEPS, KNOTS).round().astype(int)
    differences = unknowns.differences(found.z)
    apart = unknowns.apart(found.z)
    return PlaceDraws(
        found.model.seen.place,
        {key: differences[key] for key in NAMES},
        unknowns.course(found.z, ahead)[:, at],
        {
            "fit": name,
            "taken": found.taken,
            "drift": found.drift,
            "apart": {
                one.name: float(np.median(apart[:, i]))
                for i, one in enumerate(found.model.seen.counts)
            },
            "record_to": found.model.seen.end,
        },
    )


def said(plan: Plan) -> dict[str, Any]:
    """What all draws of places are of."""
    return {
        "upriver_version": __version__,
        "equations": load().manifest["wasm_sha256"],
        "country": of_country(plan.draws),
        "pooling_is": plan.how,
        "seed": plan.seed,
    }


def _seen(code: str, plan: Plan) -> Seen:
    found = seen_of(code)
    return found if np.isinf(plan.until) else found.until(plan.until)


def _digest(**what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
