"""What a fit says, in words and as JSON: of one explanation, or of all."""

from typing import TYPE_CHECKING, Any

from . import shared

if TYPE_CHECKING:
    from upriver.inference.calibrate import Fitted
    from upriver.inference.check import Moved, Seen
    from upriver.inference.mixture import Mixture

SHOWN = 12


def text(
    fit: "Fitted", series: "tuple[Seen, ...]", unknowns: "tuple[Moved, ...]", quick: bool
) -> str:
    """What a reader wants to know."""
    assumed = [one for one in unknowns if one.assumed]
    lines = [
        shared.prose(
            f"{len(fit.z):,} draws of {len(unknowns)} unknowns, fitted to "
            f"{fit.model.likelihood.size} recorded numbers: {fit.model.unknowns.rival.title}. "
            f"{fit.taken:.0%} of moves were taken; from the first half of the draws to the second, "
            f"the logarithm of the density moved by {fit.drift:+.1f} of its standard deviations. "
            + (
                "A quick look: these draws are not the posterior."
                if quick
                else "One fit cannot tell whether it has arrived: compare another --seed."
            )
        ),
        "",
        "record                            numbers   typical error   in the 90 % interval",
    ]
    for one in series:
        error = f"{100 * one.error:.1f} %" if one.block.link == "log" else f"{one.error:.2f} logit"
        lines.append(
            f"{one.block.name:<32}{one.block.size:>9}{error:>16}{100 * one.inside:>16.0f} %"
        )
    told = (
        "Particles are still on their way, so that intervals are too narrow."
        if quick
        else f"{len(assumed)} unknowns moved by less than a tenth of what was plausible before: "
        "they are assumptions still."
    )
    lines += [
        "",
        shared.prose(
            f"{told} Those that moved most, in standard deviations of what was plausible:"
        ),
        "",
        "unknown                                        5 %     50 %     95 %",
    ]
    lines += [
        f"{one.name:<42}{one.low:>8.2f} {one.middle:>8.2f} {one.high:>8.2f}"
        for one in unknowns[:SHOWN]
    ]
    return "\n".join(lines)


def as_json(
    fit: "Fitted", series: "tuple[Seen, ...]", unknowns: "tuple[Moved, ...]"
) -> dict[str, Any]:
    """The same, as JSON."""
    return {
        "rival": fit.model.unknowns.rival.name,
        "draws": len(fit.z),
        "seed": fit.seed,
        "taken": fit.taken,
        "record": [
            {
                "name": one.block.name,
                "series": list(one.block.series),
                "ends": one.block.ends.tolist(),
                "recorded": one.block.values.tolist(),
                "low": one.low.tolist(),
                "middle": one.middle.tolist(),
                "high": one.high.tolist(),
                "error": one.error,
                "inside": one.inside,
            }
            for one in series
        ],
        "unknowns": [
            {
                "name": one.name,
                "low": one.low,
                "middle": one.middle,
                "high": one.high,
                "moved": one.by,
                "assumed": one.assumed,
            }
            for one in unknowns
        ],
    }


def mixed_text(found: "Mixture", quick: bool) -> str:
    """Explanations with their odds, if these are known, and how much none of them explains."""
    from upriver.inference.rivals import rivals

    lines = [
        shared.prose(
            f"{found.draws.draws:,} draws of {len(found.weights)} explanations, mixed. "
            + ("A quick look: these draws are not the posterior." if quick else "")
        ),
        "",
        "explanation                                     in draws    evidence       error    odds"
        + ("    half   twice" if found.doubted else ""),
    ]
    for name, weight in sorted(found.weights.items(), key=lambda pair: -pair[1]):
        one, chance = found.evidence.get(name), found.odds.get(name)
        asked = "" if one is None else f"{one.log:>+12.1f}{one.error:>12.1f}"
        known = "" if chance is None else f"{100 * chance:>6.0f} %"
        known += "".join(f"{100 * odds[name]:>6.0f} %" for odds in found.doubted.values())
        lines.append(f"{rivals()[name].title:<47}{100 * weight:>7.0f} %{asked}{known}".rstrip())
    low, middle, high = (100 * share for share in _left(found))
    assumed = found.draws.assumed
    how = (
        "Evidence is the logarithm of the marginal likelihood, against that of controls and "
        "efforts as dated; half and twice are odds had each explanation's own been thought half "
        "and twice as wide; no explanation has less than 5 % of the draws. "
        if found.odds
        else "Explanations count the same, for their odds are not known. "
    )
    lines += [
        "",
        shared.prose(
            f"{how}Of how deaths changed from 2015 to 2025, {middle:.0f} % ({low:.0f} to "
            f"{high:.0f} %) is disturbances that nothing explains. Of {len(found.draws.told)} "
            f"constants, {assumed} are assumptions still."
        ),
    ]
    return "\n".join(lines)


def mixed_as_json(found: "Mixture") -> dict[str, Any]:
    """The same, as JSON."""
    from dataclasses import asdict

    return {
        "draws": found.draws.draws,
        "odds": dict(found.odds),
        "doubted": {str(wider): dict(odds) for wider, odds in found.doubted.items()},
        "weights": dict(found.weights),
        "evidence": {name: asdict(one) for name, one in found.evidence.items()},
        "unexplained": _left(found),
        "told": {path: asdict(one) for path, one in found.draws.told.items()},
    }


def _left(found: "Mixture") -> list[float]:
    """5, 50 and 95 % of what is unexplained."""
    import numpy as np

    ends: list[float] = np.percentile(found.draws.left, (5, 50, 95)).tolist()
    return ends
