"""How this package was installed, whether its files are whole, and how to get them again.

An installer leaves a list beside the package, RECORD, with a digest of every file: of the code, the
numbers and the data. It is made with the wheel, so nobody has to keep it, and it cannot be old. A
checkout has no such list: there git says what was changed, which is no fault, and what is damaged
is found by whoever reads it.
"""

import base64
import csv
import hashlib
import json
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, Optional

from .finding import Fact, Finding, Found

PACKAGE = Path(__file__).resolve().parents[2]
NAMED = 3
"""Files that a finding names; the rest are counted."""

SUBJECTS = {
    "data/engine.": "engine",
    "data/draws_whole": "draws",
    "data/draws_places": "draws of places",
    "data/draws_source": "published draws",
    "data/hindcasts": "hindcasts",
    "data/told/": "told results",
    "data/figures/": "figures",
    "data/": "data",
    ".yaml": "numbers and words",
    "": "code",
}
"""What a file belongs to, by what its path below the package begins or ends with."""


class Changed(NamedTuple):
    """A file that is not as it was installed: its path below the package, and in what."""

    path: str
    how: str


@cache
def kind() -> str:
    """`checkout`, `wheel` (a list of digests lies beside the package) or `copy`."""
    if (PACKAGE.parents[1] / "pyproject.toml").is_file():
        return "checkout"
    return "wheel" if lists() else "copy"


@cache
def lists() -> "tuple[Path, ...]":
    """Folders that installers left beside the package; one, if all went well."""
    found = sorted(PACKAGE.parent.glob("upriver-*.dist-info"))
    return tuple(folder for folder in found if (folder / "RECORD").is_file())


def again(*paths: str) -> str:
    """The command that puts files of this package back as they were installed.

    Args:
        paths: below the package; all of it where none is named.
    """
    if kind() == "checkout":
        root, names = PACKAGE.parents[1], paths or ("",)
        files = " ".join(shlex.quote(f"src/upriver/{path}") for path in names)
        return f"git -C {shlex.quote(str(root))} restore {files}"
    place = PACKAGE.as_posix()
    if "/pipx/" in place:
        return "pipx reinstall upriver"
    if "/uv/tools/" in place:
        return "uv tool upgrade --reinstall upriver"
    pip = f"{shlex.quote(sys.executable)} -m pip install --force-reinstall --no-deps"
    return f"{pip} {shlex.quote(_origin() or 'upriver')}"


def package() -> Found:
    """What is installed, and from where; whether parts of two versions lie together."""
    from upriver import __version__

    said = {"checkout": "a checkout", "wheel": "installed", "copy": "a copy of the package"}
    yield Fact("installed", "Upriver", f"{__version__}, {said[kind()]}, {PACKAGE}")
    versions = [folder.name.removesuffix(".dist-info").split("-")[1] for folder in lists()]
    if kind() == "wheel" and versions != [__version__]:
        yield Finding(
            "package",
            f"Parts of several versions lie together: the code says {__version__}, the installer's "
            f"list {' and '.join(versions)}.",
            again(),
        )


def files() -> Found:
    """Whether every file is as it was installed."""
    if kind() == "checkout":
        yield from _of_a_checkout()
        return
    if kind() == "copy":
        yield Finding(
            "files",
            "This copy came without the installer's list of digests, so a changed file that can "
            "still be read is not found.",
            "install it: pip install FOLDER, of the repository",
            wrong=False,
        )
        return
    listed = list(_listed(lists()[-1] / "RECORD"))
    changed = list(_changed(listed))
    yield Fact("installed", "files", f"{len(listed) - len(changed):,} of {len(listed):,} intact")
    for subject, those in _by_subject(changed).items():
        yield Finding(subject, _told(those), again())


def _of_a_checkout() -> Found:
    """What git says of the files of this package; nothing where there is no git."""
    root = PACKAGE.parents[1]
    command = ["git", "-C", str(root), "status", "--porcelain", "--", "src/upriver"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        yield Fact("installed", "files", "no git here, which would say what was changed")
        return
    lines = done.stdout.splitlines()
    yield Fact("installed", "files", f"{len(lines)} that differ from the last commit")
    names = [line[3:].removeprefix("src/upriver/") for line in lines]
    gone = [name for line, name in zip(lines, names) if "D" in line[:2]]  # noqa: B905
    if gone:
        yield Finding("files", f"Gone: {_some(gone)}.", again(*gone[:NAMED]))
    elif names:
        yield Finding(
            "files",
            f"Changed since the last commit: {_some(names)}. Results are of what stands there now.",
            f"if that was not meant: {again(*names[:NAMED])}",
            wrong=False,
        )


def _listed(record: Path) -> "Iterator[tuple[str, str]]":
    """Paths below the package, and digests, of the installer's list."""
    with record.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) >= 2 and row[0].startswith("upriver/") and row[1].startswith("sha256="):
                yield row[0].removeprefix("upriver/"), row[1].removeprefix("sha256=")


def _changed(listed: "Iterable[tuple[str, str]]") -> Iterator[Changed]:
    for path, wanted in listed:
        try:
            held = (PACKAGE / path).read_bytes()
        except OSError as error:
            gone = isinstance(error, FileNotFoundError)
            yield Changed(path, "missing" if gone else "not readable")
            continue
        digest = base64.urlsafe_b64encode(hashlib.sha256(held).digest()).rstrip(b"=").decode()
        if digest != wanted:
            yield Changed(path, "empty" if not held else "changed")


def _by_subject(changed: "Iterable[Changed]") -> "dict[str, list[Changed]]":
    """Files that are not as they were, by what they belong to."""
    found: dict[str, list[Changed]] = {}
    for one in changed:
        subject = next(
            name
            for mark, name in SUBJECTS.items()
            if one.path.startswith(mark) or (mark[:1] == "." and one.path.endswith(mark))
        )
        found.setdefault(subject, []).append(one)
    return found


def _told(changed: "list[Changed]") -> str:
    """`Not as installed: data/engine.wasm (changed).`."""
    return f"Not as installed: {_some([f'{one.path} ({one.how})' for one in changed])}."


def _some(names: "list[str]") -> str:
    """The first few, and how many more there are."""
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _origin() -> Optional[str]:  # noqa: UP045 -- read by a Python that is too old
    """From where the package was installed, if that was no index."""
    for folder in lists():
        try:
            url = json.loads((folder / "direct_url.json").read_bytes())["url"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        return str(url)
    return None
