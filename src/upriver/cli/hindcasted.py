"""`upriver forecast --hindcasts`: what the model says at all past origins, made anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from upriver.core.errors import InputError

from . import in_chunks, shared
from .progress import progress_by_part

if TYPE_CHECKING:
    from upriver.inference.forecasts.hindcast import Pass


def check(file: Path | None, by_year: bool, chunk: str | None, seed: int | None) -> None:
    """Refuse what says nothing together.

    Raises:
        InputError: `--by-year` or `--seed` without `--hindcasts`, both of them, or a share of what
            is one pass.
    """
    in_chunks.check_share(chunk, None)
    if by_year and file is None:
        raise InputError("goes with --hindcasts", file="--by-year")
    if seed is not None and (file is None or by_year):
        raise InputError("goes with --hindcasts, of one pass", file="--seed")
    if seed is not None and seed < 1:
        raise InputError("should be 1 or more", file="--seed", found=str(seed))
    if chunk is not None and not by_year:
        raise InputError(
            "one pass goes from month to month and cannot be parted",
            file="--chunk",
            hint="With --hindcasts FILE --by-year, each year begins from a fit of its own.",
        )


def check_past(past: Path | None, file: Path | None, place: str | None) -> None:
    """Refuse what past forecasts say nothing of.

    Raises:
        InputError: they are made and read at once, or a place is asked for, which has none.
    """
    if place is not None and (past is not None or file is not None):
        raise InputError(
            "goes without --place: past forecasts are the country's",
            file="--past" if file is None else "--hindcasts",
        )
    if past is not None and file is not None:
        raise InputError("is read, and --hindcasts written: one of them", file="--past")


def anew(file: Path, by_year: bool, chunk: str | None, seed: int = 1) -> None:
    """Go through all past origins again, and write what the model says at each."""
    from upriver.inference.forecasts.hindcast import Pass, hindcasts
    from upriver.inference.forecasts.ours import forecasts
    from upriver.inference.forecasts.shipped import about, save
    from upriver.inference.forecasts.target import target

    from .files import check_folder

    check_folder(file.parent)
    if file.suffix != ".npz":
        raise InputError("should end in .npz", file="--hindcasts", found=file.name)
    plan, part = Pass(), file.with_suffix(".part.npz")
    if chunk is not None:
        _share(file, plan, chunk)
        return
    if by_year:
        from upriver.inference.forecasts.years import joined, of_years, remove_parts, spans

        years = of_years(tuple(spans(plan)), file, plan, progress=progress_by_part())
        found = joined(tuple(years.values()))
    else:
        if part.exists():
            shared.say(f"Goes on from {part}.")
        found = hindcasts(plan, seed, progress=progress_by_part(), part=part)
    left = min(found.effective[1:], default=1.0)
    of = {**about(), "origins": plan.origins, "effective": found.effective, "by_year": by_year}
    of["seed"] = seed
    save(forecasts(found, target()), of, file)
    if by_year:
        remove_parts(file, plan)
    else:
        for one in (part, part.with_suffix(".start.npz")):
            one.unlink(missing_ok=True)
    typer.echo(
        f"Wrote {file}: {plan.origins} origins; a month left {left:.0%} of the particles or more."
    )


def _share(file: Path, plan: "Pass", chunk: str) -> None:
    """Origins of a share of the years."""
    from upriver.inference.forecasts.years import is_done, of_years, spans

    years = tuple(spans(plan))
    mine = in_chunks.mine(years, chunk)
    of_years(mine, file, plan, progress=progress_by_part())
    left = sum(not is_done(file, year, plan) for year in years)
    in_chunks.say_share(chunk, f"done: origins of {', '.join(mine) or 'no year'}", left)
