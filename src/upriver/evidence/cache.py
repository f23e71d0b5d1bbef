"""The user's cache of what publishers sent: each vintage in a folder, whole or not there.

    CACHE/cdc_vsrr/2026-11-25-5c1e0f3a9b2d/manifest.json, data.csv
    CACHE/cdc_vsrr/.part/                  a fetch under way, or one that broke off

A fetch fills `.part`, reads what came, and only then gives the folder its name, in one step. A kill
or a full disk at any moment leaves the vintages that were there.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from upriver.core.errors import DownloadError, InputError, one_line

from . import disk

PART = ".part"
LOCK = ".lock"
MANIFEST = "manifest.json"
SCHEMA = 1
VARIABLE = "UPRIVER_CACHE"
"""Environment variable that names another folder for the cache."""

DATED = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}(-\d+)?")
"""Names of folders of vintages."""


@dataclass(frozen=True)
class Kept:
    """A file of a vintage: its name there, where it came from, its size [bytes] and sha256."""

    name: str
    url: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Vintage:
    """What a publisher sent at one time: `retrieved` in UTC, `digest` over names and contents."""

    source: str
    folder: Path
    retrieved: str
    digest: str
    files: tuple[Kept, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Its files, for `read(*paths)`."""
        return tuple(self.folder / one.name for one in self.files)

    @property
    def date(self) -> str:
        """Day of retrieval, `2026-11-25`."""
        return self.retrieved[:10]

    def is_intact(self) -> bool:
        """Whether every file still has the sum that it had when it came."""
        return all(
            path.is_file() and sha256(path) == one.sha256
            for path, one in zip(self.paths, self.files, strict=True)
        )


class Cache:
    """Vintages by source, below `root`: by default $UPRIVER_CACHE, or the user's cache folder."""

    def __init__(self, root: str | os.PathLike[str] | None = None) -> None:
        self.root = Path(root) if root is not None else default_root()

    def vintages(self, source: str) -> list[Vintage]:
        """Vintages of a source, oldest first; a folder that is not whole is none."""
        try:
            folders = sorted(self._home(source).iterdir())
        except OSError:
            return []
        found = [_vintage(source, one) for one in folders if DATED.fullmatch(one.name)]
        return sorted((one for one in found if one), key=lambda one: (one.retrieved, one.folder))

    def newest(self, source: str) -> Vintage | None:
        """The newest vintage of a source; None where nothing was fetched."""
        found = self.vintages(source)
        return found[-1] if found else None

    @contextmanager
    def stage(self, source: str, *, now: Callable[[], datetime] | None = None) -> Iterator["Stage"]:
        """A place for a new vintage, for one fetch at a time.

        Raises:
            WriteError: no space, no permission, a broken disk.
            DownloadError: another fetch of this source is under way.
        """
        home = self._home(source)
        with disk.told(f"cannot write to the cache {one_line(str(self.root), 120)}"):
            os.makedirs(home, exist_ok=True)
            with _locked(home, source):
                yield Stage(self, source, home / PART, now or (lambda: datetime.now(UTC)))

    def _home(self, source: str) -> Path:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", source):
            raise ValueError(f"{source!r} is not the name of a source")
        return self.root / source


class Stage:
    """A vintage in the making: a folder to download into, then `keep`."""

    def __init__(
        self, cache: Cache, source: str, folder: Path, now: Callable[[], datetime]
    ) -> None:
        self.cache, self.source, self.folder, self.now = cache, source, folder, now
        self.files: dict[str, str] = {}
        os.makedirs(folder, exist_ok=True)
        self.clear(but=(".part", ".part.json"))

    def clear(self, but: tuple[str, ...] = ()) -> None:
        """Remove what lies here, but for the endings named: what can be resumed."""
        for path in self.folder.iterdir():
            if not path.name.endswith(but):
                disk.remove(path)

    def add(self, name: str, url: str) -> Path:
        """Count a finished file in: its name here, and where it came from."""
        self.files[name] = url
        return self.folder / name

    def keep(self, read: Callable[..., Any]) -> Vintage:
        """Make it the newest vintage if `read(*paths)` takes it; the one there if nothing is new.

        Raises:
            DownloadError: what came cannot be read; it is thrown away.
            WriteError: as `Cache.stage`.
        """
        paths = [self.folder / name for name in self.files]
        try:
            read(*paths)
        except InputError as error:
            self.clear()
            said = str(error).replace(str(self.folder) + os.sep, "")
            raise DownloadError(f"{self.source}: what came is not kept: {said}") from error
        files = tuple(
            Kept(name, url, (self.folder / name).stat().st_size, sha256(self.folder / name))
            for name, url in self.files.items()
        )
        digest = _digest(files)
        newest = self.cache.newest(self.source)
        if newest is not None and newest.digest == digest and newest.is_intact():
            self.clear()
            return newest
        return self._name(files, digest)

    def _name(self, files: tuple[Kept, ...], digest: str) -> Vintage:
        for path in self.folder.iterdir():
            if path.name not in self.files:
                disk.remove(path)
        retrieved = self.now().astimezone(UTC).isoformat(timespec="microseconds")
        manifest = {
            "schema": SCHEMA,
            "source": self.source,
            "retrieved": retrieved,
            "digest": digest,
            "files": [vars(one) for one in files],
        }
        disk.write_file(self.folder / MANIFEST, disk.json_bytes(manifest))
        disk.sync_folder(self.folder)
        folder = _free(self.folder.parent, f"{retrieved[:10]}-{digest[:12]}")
        disk.move(self.folder, folder)
        return Vintage(self.source, folder, retrieved, digest, files)


def default_root() -> Path:
    """$UPRIVER_CACHE, or the folder that the system gives a user for what can be fetched again."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("upriver") / "evidence"


def sha256(path: Path) -> str:
    """The sum of a file's content, in hexadecimal."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(files: tuple[Kept, ...]) -> str:
    lines = "".join(f"{one.sha256}  {one.name}\n" for one in sorted(files, key=lambda f: f.name))
    return hashlib.sha256(lines.encode()).hexdigest()


def _vintage(source: str, folder: Path) -> Vintage | None:
    """A vintage from its folder, or None if its manifest or a file is missing or cut short."""
    found = disk.read_json(folder / MANIFEST)
    try:
        if found is None or found["schema"] != SCHEMA or found["source"] != source:
            return None
        files = tuple(Kept(**one) for one in found["files"])
        if not all((folder / one.name).stat().st_size == one.size for one in files):
            return None
        return Vintage(source, folder, str(found["retrieved"]), str(found["digest"]), files)
    except (KeyError, TypeError, OSError):
        return None


def _free(home: Path, name: str) -> Path:
    """A folder's name that is not taken: what a publisher took back may come again on one day."""
    folder, number = home / name, 2
    while folder.exists():
        folder, number = home / f"{name}-{number}", number + 1
    return folder


@contextmanager
def _locked(home: Path, source: str) -> Iterator[None]:
    """One fetch at a time; the system takes the lock from a process that dies."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(home / LOCK, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DownloadError(f"another fetch of {source} is under way.") from None
        yield
    finally:
        with suppress(OSError):
            os.close(descriptor)
