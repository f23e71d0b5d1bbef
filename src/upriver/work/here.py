"""Chunks one after the other in this process; a share of them, where many machines do a share."""

import re
from collections.abc import Callable, Sequence

from upriver.core.errors import InputError, UpriverError, show

from .store import Store

Progress = Callable[[int, int], None]
"""Called with chunks done and chunks in all."""

Share = tuple[int, int]
"""Which share of how many, from 1."""


def run_here(store: Store, only: Share | None = None, progress: Progress | None = None) -> int:
    """Run the chunks of a store that are missing; gives how many were run.

    Args:
        only: of a share alone; `(2, 8)` is every eighth chunk from the second on, whatever others
            have done.
        progress: called after each chunk.

    Raises:
        InputError: there is no such share. What a chunk raises; those before it are kept.
    """
    there = set(store.to_do())
    mine = [number for number in share_of(len(store.job.chunks), only) if number in there]
    for done, number in enumerate(mine, 1):
        run_one(store, number)
        if progress is not None:
            progress(done, len(mine))
    return len(mine)


def run_one(store: Store, number: int) -> None:
    """Run a chunk and write it.

    Raises:
        UpriverError: of the kind that the chunk raised; it names the chunk.
    """
    try:
        store.write(number, store.job.results(number))
    except UpriverError as error:
        error.problem = f"Chunk {store.job.called(number)} of {store.job.name}: {error.problem}"
        raise


def share_of(chunks: int, only: Share | None) -> Sequence[int]:
    """Numbers of the chunks of a share, from 0.

    Raises:
        InputError: there is no such share.
    """
    if only is None:
        return range(chunks)
    first, shares = only
    if not 1 <= first <= shares:
        raise InputError(
            "there is no such share",
            file="--chunk",
            found=f"{first}/{shares}",
            allowed="1/N to N/N",
        )
    return range(first - 1, chunks, shares)


def share(text: str) -> Share:
    """A share from what `--chunk` says: `2/8`.

    Raises:
        InputError: it is not of that form, or there is no such share.
    """
    said = re.fullmatch(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*", text)
    if said is None:
        raise InputError(
            "should be a share of the chunks", file="--chunk", found=show(text), allowed="as 2/8"
        )
    found = (int(said[1]), int(said[2]))
    share_of(0, found)
    return found
