"""`upriver calibrate`: fit the model to the record anew, with one's own data or doubts."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import InputError, OutOfBounds, show, unknown_name

from . import shared

if TYPE_CHECKING:
    from upriver.inference.calibrate import Fitted, Plan
    from upriver.inference.check import Moved, Seen
    from upriver.inference.likelihood import Likelihood

EARLIEST = 2001
SHOWN = 12
DEFAULT_RIVAL = "together"


def _rival(name: str) -> str:
    from upriver.inference.rivals import rivals

    if name not in rivals():
        raise unknown_name("rival", name, rivals(), where=("--rival", None))
    return name


def _cut(text: str) -> float:
    """The end of the year or month that is the last to be seen."""
    from upriver.inference.likelihood import END

    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text.strip())
    month = 12 if found is None or found[2] is None else int(found[2])
    end = 0.0 if found is None or not 1 <= month <= 12 else int(found[1]) + month / 12
    if not EARLIEST < end <= END + 1e-9:
        raise OutOfBounds(
            "is no date to cut the record at",
            file="--cut",
            found=show(text),
            allowed=f"a year or a month from {EARLIEST} to 2026-01, as 2020 or 2020-06",
        )
    return end


def _seed(given: str | int) -> int:
    text = str(given).strip()
    if re.fullmatch(r"\d{1,9}", text) is None:
        raise OutOfBounds(
            "should be a whole number from 0",
            file="--seed",
            found=show(text),
            allowed="0, 1, 2 ...",
        )
    return int(text)


def command(
    rival: Annotated[
        str,
        typer.Option(
            "--rival",
            metavar="NAME",
            parser=_rival,
            help="Explanation that is fitted: precursors, production, controls, depletion, ways or "
            "together.",
        ),
    ] = DEFAULT_RIVAL,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            readable=False,
            help="Where draws are written, NAME.npz. A fit that was stopped goes on from "
            "NAME.part.npz.",
        ),
    ] = Path("fit.npz"),
    own: Annotated[
        list[Path] | None,
        typer.Option(
            "--with", metavar="FILE", help="Records of your own, a CSV in Upriver's form, as well."
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="SERIES", help="Leave out the numbers of a series."),
    ] = None,
    cut: Annotated[
        float | None,
        typer.Option(
            "--cut",
            metavar="DATE",
            parser=_cut,
            help="Leave out periods that end after a year or month; the others are as published "
            "now.",
        ),
    ] = None,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="N", parser=_seed, help="Of the random numbers, and start."),
    ] = 1,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Few and short, to look at and not to keep."),
    ] = False,
    as_json: shared.Json = False,
) -> None:
    """Fit the model to the record, and write the draws that agree with it.

    Finds what of 290 unknowns agrees with 470 recorded numbers, through the compiled equations, and
    says what the record told of each. 1,000 draws take some minutes on two cores; a fit that was
    stopped goes on where it was.

    Example: upriver calibrate --cut 2020 --output to2020.npz
    """
    from upriver.inference.calibrate import calibrate
    from upriver.inference.check import moved, seen
    from upriver.inference.likelihood import END
    from upriver.inference.model import Model
    from upriver.inference.posterior import posterior_of
    from upriver.inference.rivals import rival as rival_of
    from upriver.inference.unknowns import Unknowns

    from .files import check_folder

    check_folder(output.parent)
    if output.suffix != ".npz":
        raise InputError("should end in .npz", file="--output", found=output.name)
    likelihood = _likelihood(own or [], without or [], cut)
    model = Model(Unknowns(rival_of(rival), END if cut is None else cut), likelihood)
    part = output.with_suffix(".part.npz")
    if part.exists():
        shared.say(f"Goes on from {part}.")
    fit = calibrate(model, seed, _plan(quick), _progress(), part)
    posterior_of([fit], [1.0]).save(output)
    part.unlink(missing_ok=True)
    if as_json:
        shared.print_json(_as_json(fit, seen(fit), moved(fit)))
    else:
        typer.echo(_text(fit, seen(fit), moved(fit), quick))
        typer.echo(f"\nWrote {output}.")


def _likelihood(own: list[Path], without: list[str], cut: float | None) -> "Likelihood":
    """The record as it is asked for."""
    from upriver.inference.likelihood import recorded
    from upriver.inference.own import with_own

    found = recorded()
    known = found.series
    for name in without:
        if name not in known:
            raise unknown_name("series", name, known, where=("--without", None))
        found = found.without(name)
    shipped = found
    for file in own:
        found = with_own(found, file)
    for block in found.blocks[len(shipped.blocks) :]:
        if (name := block.series[0]) in shipped.series:
            shared.say(f"{name} counts twice: it ships too; --without {name} leaves that out.")
    if cut is not None:
        found = found.until(cut)
    if not found.blocks:
        raise InputError("nothing of the record is left")
    return found


def _plan(quick: bool) -> "Plan":
    from upriver.inference.calibrate import Plan

    if not quick:
        return Plan()
    return Plan(few=40, many=100, warm=150, settle=30, keep=50, learning=50, looks=4, draws=100)


def _progress() -> Any:
    """What is done, on one line of standard error."""
    told = {what: shared.progress(what) for what in ("mode", "rounds")}
    return lambda what, done, total: told[what](done, total)


def _text(
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


def _as_json(
    fit: "Fitted", series: "tuple[Seen, ...]", unknowns: "tuple[Moved, ...]"
) -> dict[str, Any]:
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
