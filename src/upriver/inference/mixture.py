"""All rivals fitted, weighed, and mixed: the draws that ship.

Rivals count the same unless their odds are asked for and found, to an error that means something.
Each rival's fit and evidence are kept in files of their own while others are made, so that what was
stopped goes on where it was. Draws of the mixture count the same each: a rival has as many as its
weight, evenly spread over the order, so that the first two hundred hold all of them. Beside them
stand some draws of each rival alone.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver.core.files import atomic_path
from upriver.core.parameters import parameters
from upriver.policy.fitted import Draws

from .block import Doubles
from .calibrate import LEAPING, Fitted, Plan, calibrate
from .likelihood import Likelihood
from .model import Model
from .odds import NONE, Evidence, Way, evidence, odds, widened
from .posterior import posterior_of
from .quantities import TO, quantities
from .rivals import rivals
from .told import told
from .unexplained import unexplained
from .unknowns import Unknowns

Progress = Callable[[str, int, int], None]
"""Called with what is done, rounds done and rounds in all."""

WITHOUT = "controls"
"""The rival that has nothing of its own: the evidence of others is compared with its."""

LEAST = 0.05
"""Weight that no rival falls below, for odds are no surer than the model."""

EACH = 200
"""Draws of each rival alone."""

USUAL = Way()

DOUBTS = (0.5, 2.0)
"""Times as wide as what is a rival's own might have been thought."""

SINCE = 2019
"""Year from which the draw that stands for all is to be near the middle."""

SURE = 1.0
"""Error of the logarithm of evidence from which odds say nothing."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """Rivals weighed and mixed.

    draws: of the mixture; apart: of each rival alone. evidence, odds, weights: by rival; evidence
    is empty where it was not asked for, odds where it is not sure. doubted: odds by rival, had what
    is a rival's own been thought so many times as wide.
    """

    draws: Draws
    apart: Draws
    evidence: Mapping[str, Evidence]
    odds: Mapping[str, float]
    weights: Mapping[str, float]
    doubted: Mapping[float, Mapping[str, float]] = field(default_factory=dict)


def mixture(
    likelihood: Likelihood,
    end: float,
    seed: int,
    file: Path,
    plan: Plan = LEAPING,
    way: Way | None = None,
    progress: Progress | None = None,
) -> Mixture:
    """Fit all rivals to a record, weigh and mix them.

    Args:
        end: of the record, a calendar year.
        way: on which evidence is asked for, if it is.
        file: NAME.npz: states of the fits stand beside it as NAME.RIVAL.part.npz.
        progress: called after each round.
    """
    found: dict[str, Evidence] = {}
    fits = {name: fitted(name, likelihood, end, seed, file, plan, progress) for name in rivals()}
    for name, fit in fits.items():
        if way is not None and name != WITHOUT:
            kept = file.with_suffix(f".{name}.part.json")
            found[name] = _evidence(fit, fits[WITHOUT], seed, way, progress, kept)
    chances: dict[str, float] = {}
    doubted: dict[float, dict[str, float]] = {}
    if found and max(one.error for one in found.values()) < SURE:
        found[WITHOUT] = NONE
        logs = {name: found[name].log for name in fits}
        chances = odds(logs)
        for wider in DOUBTS:
            gain = {name: widened(fit.model, fit.z, wider) for name, fit in fits.items()}
            doubted[wider] = odds({name: logs[name] + gain[name] for name in fits})
    weights = floored(chances or dict.fromkeys(fits, 1 / len(fits)))
    said = {
        "odds": chances,
        "weights": weights,
        "doubted": {str(wider): one for wider, one in doubted.items()},
        "evidence": {name: [one.log, one.error] for name, one in found.items()},
    }
    return Mixture(
        draws=_mixed(fits, weights, plan.draws, seed, said),
        apart=_mixed(fits, dict.fromkeys(fits, 1 / len(fits)), EACH * len(fits), seed, said),
        evidence=found,
        odds=chances,
        weights=weights,
        doubted=doubted,
    )


def fitted(
    name: str,
    likelihood: Likelihood,
    end: float,
    seed: int,
    file: Path,
    plan: Plan = LEAPING,
    progress: Progress | None = None,
) -> Fitted:
    """The fit of one rival, as `mixture` takes it; what was done before stands beside the file."""
    model = Model(Unknowns(rivals()[name], end), likelihood)
    return calibrate(model, seed, plan, _of(progress, name), part_of(file, name))


def part_of(file: Path, name: str) -> Path:
    """Where the state of a rival's fit is kept."""
    return file.with_suffix(f".{name}.part.npz")


def remove_parts(file: Path) -> None:
    """Remove the states that `mixture` left beside a file."""
    for name in rivals():
        for ending in ("npz", "json"):
            file.with_suffix(f".{name}.part.{ending}").unlink(missing_ok=True)


def floored(chances: Mapping[str, float], least: float = LEAST) -> dict[str, float]:
    """Chances of which none is below the least; what the others have is shared as before."""
    low = {name for name, chance in chances.items() if chance < least}
    while True:
        rest = sum(chance for name, chance in chances.items() if name not in low)
        left = 1 - least * len(low)
        found = {
            name: least if name in low else chance / rest * left for name, chance in chances.items()
        }
        more = {name for name in found if found[name] < least - 1e-12}
        if not more:
            return found
        low |= more


def _mixed(
    fits: Mapping[str, Fitted], weights: Mapping[str, float], draws: int, seed: int, said: Any
) -> Draws:
    """So many draws, of each rival as many as its weight, evenly over the order."""
    generator = np.random.default_rng([seed, 17])
    wanted = _counts(weights, draws)
    shares = {name: min(wanted[name], len(fit.z)) for name, fit in fits.items()}
    parts = []
    for name, fit in fits.items():
        which = generator.permutation(len(fit.z))[: shares[name]]
        parts.append(replace(fit, z=fit.z[which], density=fit.density[which]))
    order = np.argsort(
        np.concatenate([(np.arange(n) + generator.random()) / n for n in shares.values()]),
        kind="stable",
    )
    together = posterior_of(parts, list(shares.values()), seed, order)
    return completed(replace(together, said={**together.said, **said}))


def completed(draws: Draws) -> Draws:
    """Draws with what runs ask of them: the middle one, what is unexplained, what was told."""
    said = {**draws.said, "central": _central(draws)}
    end = float(draws.said["record_to"])
    return replace(draws, said=said, told=told(draws, end), left=unexplained(draws).share)


def _counts(weights: Mapping[str, float], draws: int) -> dict[str, int]:
    """Whole numbers in proportion to weights, adding up to so many: largest remainders."""
    exact = {name: weight * draws for name, weight in weights.items()}
    found = {name: int(value) for name, value in exact.items()}
    by_rest = sorted(exact, key=lambda name: found[name] - exact[name])
    for name in by_rest[: draws - sum(found.values())]:
        found[name] += 1
    return found


def _central(draws: Draws) -> int:
    """The draw whose deaths by year and quantities are, all together, nearest to their medians.

    One with no drawn constant at an end of what is allowed, if there is one: of such a constant a
    scenario could have no more, or no less.
    """
    away = np.where(_at_an_end(draws), np.inf, 0.0)
    away = away if np.isfinite(away).any() else np.zeros(draws.draws)
    for values in quantities(draws, range(SINCE, TO)).values():
        away += (_ranks(values) - 0.5) ** 2
    return int(np.argmin(away))


def _at_an_end(draws: Draws) -> NDArray[np.bool_]:
    """Whether a draw has a constant that its explanation draws at an end of what is allowed."""
    found = np.zeros(draws.draws, dtype=bool)
    rival = np.array(draws.rival)
    for path, values in draws.constants.items():
        if path not in parameters():
            continue
        low, high = parameters()[path].within
        for name in dict.fromkeys(draws.rival):
            own = rival == name
            if np.ptp(values[own]):
                found |= own & ((values <= low) | (values >= high))
    return found


def _ranks(values: Doubles) -> Doubles:
    return np.asarray((np.argsort(np.argsort(values)) + 0.5) / len(values))


def _evidence(
    fit: Fitted, without: Fitted, seed: int, way: Way, progress: Progress | None, file: Path
) -> Evidence:
    """Evidence, or what was found before for the same fits."""
    name = fit.model.unknowns.rival.name
    key = [fit.name, without.name, asdict(way)]
    if file.exists():
        held = json.loads(file.read_text())
        if held["of"] == key:
            return Evidence(**held["evidence"])
    told = None if progress is None else lambda done, n: progress(f"odds of {name}", done, n)
    other = _with_own(without, fit.model, seed)
    found = evidence(fit.model, fit.z, other, seed, way, told)
    with atomic_path(file) as beside:
        beside.write_text(json.dumps({"of": key, "evidence": asdict(found)}))
    return found


def _with_own(without: Fitted, model: Model, seed: int) -> Doubles:
    """Draws of the model without a rival's own, with what is its own from the prior."""
    there = {name: i for i, name in enumerate(without.model.unknowns.names)}
    z = np.random.default_rng([seed, 23]).standard_normal((len(without.z), model.unknowns.size))
    for i, name in enumerate(model.unknowns.names):
        if name in there:
            z[:, i] = without.z[:, there[name]]
    return z


def _of(progress: Progress | None, rival: str) -> Progress | None:
    if progress is None:
        return None
    return lambda what, done, n: progress(f"{rival}, {what}", done, n)
