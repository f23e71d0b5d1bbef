"""The folder of what publishers sent: can it be written, and is all that lies there whole?"""

import os
import shlex
import tempfile
from pathlib import Path

from .finding import Fact, Finding, Found


def cache() -> Found:
    """The cache of `upriver evidence fetch`: its place, its vintages, and what broke off there."""
    from upriver.evidence.cache import PART, VARIABLE, Cache, default_root

    root = default_root()
    yield Fact("machine", "cache", f"{root}{'' if root.is_dir() else ' (nothing was fetched yet)'}")
    if (why := unwritable(root)) is not None:
        yield Finding(
            "cache",
            f"The cache {root} cannot be written ({why}): `upriver evidence fetch` cannot keep "
            "anything.",
            f"export {VARIABLE}=FOLDER, one that you may write",
        )
    try:
        sources = sorted(one.name for one in root.iterdir() if one.is_dir())
    except OSError:
        return
    known = Cache(root)
    intact = 0
    for source in sources:
        try:
            whole = {one.folder: one.is_intact() for one in known.vintages(source)}
        except ValueError:  # a folder that is none of a source
            continue
        intact += sum(whole.values())
        half = [folder for folder in _dated(root / source) if not whole.get(folder, False)]
        for folder in half:
            yield Finding(
                "cache",
                f"A vintage of {source}, {folder.name}, is damaged: a file is missing, cut short "
                "or changed.",
                f"rm -r {shlex.quote(str(folder))} && upriver evidence fetch {source}",
            )
        if (part := root / source / PART).is_dir() and any(part.iterdir()):
            yield Finding(
                "cache",
                f"A download of {source} broke off.",
                f"upriver evidence fetch {source}, which goes on with it",
                wrong=False,
            )
    yield Fact("machine", "fetched", f"{intact} intact vintages of {len(sources)} sources")


def compiled() -> Found:
    """Whether what the engine is compiled to can be kept for the next start."""
    from platformdirs import user_cache_path

    folder = user_cache_path("upriver").parent
    if (why := unwritable(folder)) is not None:
        yield Finding(
            "compiled",
            f"The user's cache folder {folder} cannot be written ({why}): the engine is compiled "
            "anew at every start, which takes a second.",
            "export XDG_CACHE_HOME=FOLDER, one that you may write",
            wrong=False,
        )


def unwritable(folder: Path) -> "str | None":
    """Why nothing can be written to a folder, or made in the nearest that is there; None if it can.

    It is tried, since neither rights nor the kind of the disk say it all; nothing is left behind.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        made = tempfile.mkdtemp(prefix=".upriver-", dir=there)
        os.rmdir(made)
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _dated(home: Path) -> "list[Path]":
    """Folders of a source that are named as vintages are."""
    from upriver.evidence.cache import DATED

    return sorted(one for one in home.iterdir() if DATED.fullmatch(one.name))
