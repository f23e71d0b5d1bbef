"""`upriver calibrate`: fit the model to the record anew, with one's own data or doubts."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import InputError, OutOfBounds, show, unknown_name

from . import fit_places, in_chunks, shared
from .progress import goes_on, progress_by_part

if TYPE_CHECKING:
    from upriver.inference.calibrate import Plan
    from upriver.inference.likelihood import Likelihood

EARLIEST = 2001
DEFAULT_RIVAL = "together"
ALL = "all"


def _rival(name: str) -> str:
    from upriver.inference.rivals import rivals

    if name not in (*rivals(), ALL):
        raise unknown_name("rival", name, (*rivals(), ALL), where=("--rival", None))
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
    context: typer.Context,
    rival: Annotated[
        str,
        typer.Option(
            "--rival",
            metavar="NAME",
            parser=_rival,
            help="Explanation that is fitted: precursors, production, controls, depletion, ways or "
            "together; or all, mixed.",
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
    place: Annotated[
        str | None,
        typer.Option(
            "--place",
            metavar="CODE",
            help="Fit a state, as OH, in the country's draws, which stay as they are.",
        ),
    ] = None,
    all_states: Annotated[
        bool, typer.Option("--all-states", help="Fit all 50 states and DC, one after the other.")
    ] = False,
    pooling: Annotated[
        str,
        typer.Option(
            "--pooling",
            metavar="HOW",
            parser=fit_places.pooling,
            help="What a state borrows: learnt, by widths of all states; none; or national, one "
            "curve for all.",
        ),
    ] = "learnt",
    odds: Annotated[
        bool,
        typer.Option("--odds", help="With all: ask for the odds of each. Slow, and unsure so far."),
    ] = False,
    chunk: in_chunks.Chunk = None,
    workers: in_chunks.Workers = None,
    as_json: shared.Json = False,
) -> None:
    """Fit the model to the record, and write the draws that agree with it.

    Finds what of 300 unknowns agrees with 475 recorded numbers, through the compiled equations, and
    says what the record told of each. 1,000 draws take some minutes on two cores, all explanations
    three quarters of an hour; a fit that was stopped goes on where it was.

    Example: upriver calibrate --cut 2020 --output to2020.npz

    Example: upriver calibrate --all-states --output states.npz --chunk 1/17
    """
    from upriver.inference.likelihood import END

    from .files import check_folder

    in_chunks.check_share(chunk, workers)
    _check_parted(rival, all_states, chunk, workers)
    if place is not None or all_states:
        fit_places.refuse(context)
        with goes_on(output):
            fit_places.fit(place, pooling, cut, seed, quick, output, as_json, chunk, workers)
        return
    check_folder(output.parent)
    if output.suffix != ".npz":
        raise InputError("should end in .npz", file="--output", found=output.name)
    likelihood = _likelihood(own or [], without or [], cut)
    end = END if cut is None else cut
    with goes_on(output):
        if rival == ALL:
            _all(likelihood, end, seed, quick, odds, output, as_json, chunk)
        else:
            _one(rival, likelihood, end, seed, quick, output, as_json)


def _check_parted(rival: str, all_states: bool, chunk: str | None, workers: int | None) -> None:
    """Refuse to part what is one fit.

    Raises:
        InputError: it is.
    """
    if chunk is not None and not all_states and rival != ALL:
        raise InputError("is of several fits", file="--chunk", allowed="--all-states, --rival all")
    if workers is not None and not all_states:
        raise InputError("is of many fits", file="--workers", allowed="--all-states")


def _one(
    rival: str,
    likelihood: "Likelihood",
    end: float,
    seed: int,
    quick: bool,
    output: Path,
    as_json: bool,
) -> None:
    """One explanation."""
    from upriver.inference.calibrate import calibrate
    from upriver.inference.check import moved, seen
    from upriver.inference.mixture import completed
    from upriver.inference.model import Model
    from upriver.inference.posterior import posterior_of
    from upriver.inference.rivals import rival as rival_of
    from upriver.inference.unknowns import Unknowns

    from . import calibrated

    model = Model(Unknowns(rival_of(rival), end), likelihood)
    part = output.with_suffix(".part.npz")
    if part.exists():
        shared.say(f"Goes on from {part}.")
    fit = calibrate(model, seed, _plan(quick), progress_by_part(), part)
    completed(posterior_of([fit], [1.0])).save(output)
    part.unlink(missing_ok=True)
    if as_json:
        shared.print_json(calibrated.as_json(fit, seen(fit), moved(fit)))
    else:
        typer.echo(calibrated.text(fit, seen(fit), moved(fit), quick))
        typer.echo(f"\nWrote {output}. Run it: upriver run --fit {output}")


def _all(
    likelihood: "Likelihood",
    end: float,
    seed: int,
    quick: bool,
    odds: bool,
    output: Path,
    as_json: bool,
    chunk: str | None,
) -> None:
    """All explanations, weighed and mixed; draws of each alone stand beside."""
    from upriver.inference.mixture import USUAL, fitted, mixture, part_of, remove_parts
    from upriver.inference.odds import Way

    from . import calibrated

    way = Way(strengths=2, particles=20, settle=1, keep=1, looks=2) if quick else USUAL
    plan = _plan(quick)
    if chunk is not None:
        from upriver.inference.calibrate import is_done
        from upriver.inference.rivals import rivals

        for name in (mine := in_chunks.mine(tuple(rivals()), chunk)):
            fitted(name, likelihood, end, seed, output, plan, progress_by_part())
        said = f"fitted: {', '.join(mine) or 'none'}"
        left = sum(not is_done(part_of(output, name), plan) for name in rivals())
        in_chunks.say_share(chunk, said, left)
        return
    found = mixture(likelihood, end, seed, output, plan, way if odds else None, progress_by_part())
    apart = output.with_suffix(".rivals.npz")
    found.draws.save(output)
    found.apart.save(apart)
    remove_parts(output)
    if as_json:
        shared.print_json(calibrated.mixed_as_json(found))
    else:
        typer.echo(calibrated.mixed_text(found, quick))
        typer.echo(f"\nWrote {output} and {apart}. Run it: upriver run --fit {output}")


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
    from upriver.inference.calibrate import LEAPING, Plan

    if not quick:
        return LEAPING
    return Plan(
        starts=1, particles=100, warm=100, keep=50, learned=100, looks=4, draws=100, snapshots=10
    )
