"""What a source is: words about it, and its two functions."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from upriver.core.errors import DownloadError
from upriver.evidence.cache import Cache, Vintage
from upriver.evidence.download import Client, Progress
from upriver.evidence.readings import Reading


@dataclass(frozen=True)
class Source:
    """A publisher's data set.

    name: as commands know it. reference: key of its records' source. gives: what is in it.
    url: where a person finds it. terms: under which it may be used. files: what a file of it looks
    like, for a person who has one. series: names of the records that it feeds; the file fills in a
    part in braces. by_hand: how a person gets it, where `fetch` cannot.

        fetch(cache, *, client=None, progress=None) -> Vintage
        read(path, *more, **options) -> Reading
    """

    name: str
    title: str
    publisher: str
    gives: str
    url: str
    terms: str
    files: str
    series: tuple[str, ...]
    reference: str
    read: Callable[..., Reading]
    fetch: Callable[..., Vintage]
    by_hand: str = ""

    @property
    def fetches(self) -> bool:
        """Whether `fetch` can get it; else a person does, as `by_hand` says."""
        return not self.by_hand


def using(client: Client | None) -> Any:
    """A client for a `with`: the one that was given, left open, or a new one."""
    return nullcontext(client) if client is not None else Client()


def one_file(
    name: str, url: str, stem: str, read: Callable[..., Reading]
) -> Callable[..., Vintage]:
    """A `fetch` for a source that is one file.

    Args:
        name: of the source.
        url: where it is, unless another is given.
        stem: of its name in the cache; the ending is that of the address.
        read: refuses what is not the file that we know.
    """

    def fetch(
        cache: Cache,
        *,
        client: Client | None = None,
        progress: Progress | None = None,
        url: str = url,
    ) -> Vintage:
        """Fetch the file.

        Raises:
            DownloadError: it does not come, or is not the file that we know.
            WriteError: the cache cannot be written.
        """
        with using(client) as asked, cache.stage(name) as stage:
            ending = url.rsplit(".", 1)[1]
            asked.get(stage, f"{stem}.{ending}", url, progress=progress)
            return stage.keep(read)

    return fetch


def only_by_hand(name: str, how: str) -> Callable[..., Vintage]:
    """A `fetch` for what a publisher gives only to a person; it says how, and asks nobody."""

    def fetch(
        cache: Cache, *, client: Client | None = None, progress: Progress | None = None
    ) -> Vintage:
        """Refuse.

        Raises:
            DownloadError: always; it says what to do.
        """
        raise DownloadError(
            f"{name} cannot be fetched: {how} Then `upriver evidence read {name} FILE`."
        )

    return fetch
