"""`upriver calibrate --place` and `--all-states`: fits of states, each in the country's draws."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from upriver.core.errors import InputError, unknown_name

from . import in_chunks, shared
from .progress import progress, progress_by_part

if TYPE_CHECKING:
    from upriver.inference.places.every import Plan
    from upriver.policy.places.draws import PlaceDraws

NOT_OF_PLACES = ("rival", "own", "without", "odds")
"""Options that are of the country's fit alone."""


def pooling(name: str) -> str:
    """A way to pool that there is."""
    from upriver.inference.places.every import HOW

    if name not in HOW:
        raise unknown_name("way to pool", name, HOW, where=("--pooling", None))
    return name


def refuse(context: typer.Context) -> None:
    """Say which option has nothing to do with a place.

    Raises:
        InputError: one was given.
    """
    for name in NOT_OF_PLACES:
        if shared.given(context, name):
            said = {"own": "with"}.get(name, name)
            raise InputError(
                f"--{said} is of the country's fit",
                hint="Leave it out with --place or --all-states.",
            )


def fit(
    place: str | None,
    how: str,
    cut: float | None,
    seed: int,
    quick: bool,
    output: Path,
    as_json: bool,
    chunk: str | None = None,
    workers: int | None = None,
) -> None:
    """Fit one state, or all of them, and write their draws.

    Args:
        place: None for all states. how: they are pooled. cut: the end of the record that is seen.
        chunk: do a share of the states and stop. workers: processes.
    """
    from upriver.evidence.places import STATES
    from upriver.inference.places.every import (
        every,
        fitted_place,
        pooling_of,
        said,
        shipped_pooling,
    )
    from upriver.places.asked import place as place_of
    from upriver.policy.places.draws import save

    from .files import check_folder

    check_folder(output.parent)
    if output.suffix != ".npz":
        raise InputError("should end in .npz", file="--output", found=output.name)
    plan = _plan(how, cut, seed, quick)
    tell = progress_by_part()
    if chunk is not None:
        _share(chunk, plan, output)
        return
    if place is None:
        if workers is not None:
            _in_processes(workers, plan, output)
        found = every(tuple(STATES), plan, output, tell)
    else:
        code = place_of(place).code
        folder = output.with_suffix(".parts")
        folder.mkdir(exist_ok=True)
        before = shipped_pooling(plan)
        before = before or pooling_of(plan, tuple(STATES), folder / "pooling.json", tell)
        found = {code: fitted_place(code, before, plan, folder / f"{code}.npz", tell)}
        save(output, found, {**said(plan), "pooling": before.as_json()})
    if as_json:
        shared.print_json({code: _told(one) for code, one in found.items()})
        return
    for code, one in found.items():
        told = _told(one)
        typer.echo(
            f"{code}: {one.draws} draws, {told['taken']:.0%} of moves taken, "
            f"moved by {told['drift']:.2f} standard deviations in the second half"
        )
    first = next(iter(found))
    typer.echo(
        f"\nWrote {output}. Run it: upriver run --place {place or first} --place-fit {output}"
    )


def _share(chunk: str, plan: "Plan", output: Path) -> None:
    """A share of all states."""
    from upriver.evidence.places import STATES
    from upriver.inference.places.every import parts_of, share

    codes = tuple(STATES)
    mine = in_chunks.mine(codes, chunk)
    share(codes, mine, plan, output, progress_by_part())
    left = [code for code in codes if not (parts_of(output) / f"{code}.npz").exists()]
    in_chunks.say_share(chunk, f"fitted: {', '.join(mine) or 'none'}", len(left))


def _in_processes(workers: int, plan: "Plan", output: Path) -> None:
    """All states in several processes, by Dask; what they share is learnt first."""
    from upriver.evidence.places import STATES
    from upriver.inference.places.every import POOLING, job, parts_of, pooling_of
    from upriver.work import Store
    from upriver.work.cluster import run_with_dask

    codes, folder = tuple(STATES), parts_of(output)
    pooling_of(plan, codes, folder / POOLING, progress_by_part())
    store = Store.make(folder / "done.zarr", job(codes, plan, output))
    run_with_dask(store, workers=workers, progress=progress("states"), say=shared.say)


def _told(one: "PlaceDraws") -> dict[str, float]:
    """What a fit says of itself."""
    return {key: float(one.said[key]) for key in ("taken", "drift")}


def _plan(how: str, cut: float | None, seed: int, quick: bool) -> "Plan":
    from upriver.inference.places.every import Plan
    from upriver.inference.places.fit import Effort

    until = float("inf") if cut is None else cut
    if not quick:
        return Plan(how=how, until=until, seed=seed)
    short = Effort(warm=20, keep=20, learning=10, looks=2)
    return Plan(how=how, until=until, seed=seed, draws=20, passes=1, effort=short)
