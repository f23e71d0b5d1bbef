"""The libraries that a run needs, against the versions that it needs; extras."""

import importlib
import importlib.metadata as metadata
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Optional

from .finding import Fact, Finding, Found
from .installed import PACKAGE, kind, lists

MODULES = {"pyyaml": "yaml", "python-calamine": "python_calamine"}
"""What is imported under another name than it is installed by."""

EXTRAS = {
    "parquet": "tables as Parquet",
    "cluster": "sweeps in several processes and on several machines",
    "mcp": "answers to agents",
}
"""Extras of users, and what for."""

NEEDED = re.compile(r"([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?\s*(?:>=\s*([0-9.]+))?[^;]*(?:;(.*))?")


class Needed(NamedTuple):
    """A library that is asked for: its name, the oldest version that will do, and the extra."""

    name: str
    oldest: str
    extra: str

    @property
    def module(self) -> str:
        """What is imported."""
        return MODULES.get(self.name, self.name.replace("-", "_"))

    @property
    def cure(self) -> str:
        """The command that installs it."""
        asked = shlex.quote(self.name if self.oldest == "0" else f"{self.name}>={self.oldest}")
        return f"{shlex.quote(sys.executable)} -m pip install {asked}"


def libraries() -> Found:
    """Whether each library is there, new enough, and can be imported."""
    wanted = [one for one in needed() if not one.extra]
    if not wanted:
        yield Finding(
            "libraries",
            "Nothing says which libraries are needed: this copy has no list of an installer.",
            "install it: pip install FOLDER, of the repository",
        )
        return
    # Others stand on numpy: where it is wrong, what they say of it would hide the cause.
    wanted.sort(key=lambda one: one.name != "numpy")
    for one in wanted:
        problems = list(_of(one))
        yield from problems
        if one.name == "numpy" and problems:
            break
    said = ", ".join(f"{one.name} {version(one.name) or 'missing'}" for one in wanted)
    yield Fact("installed", "libraries", said)
    if tested := _tested():
        other = [
            f"{one.name} {version(one.name)} (tested with {' or '.join(tested[one.name])})"
            for one in wanted
            if one.name in tested and version(one.name) not in tested[one.name]
        ]
        told = "all of versions that are tested" if not other else ", ".join(other)
        yield Fact("installed", "versions", told)


def extras() -> Found:
    """Which extras are installed, and how to install those that are not."""
    for name, purpose in EXTRAS.items():
        wanted = [one for one in needed() if one.extra == name]
        there = [one for one in wanted if version(one.name)]
        found = ", ".join(f"{one.name} {version(one.name)}" for one in there)
        line = f"pip install 'upriver[{name}]'"
        if len(there) == len(wanted) and wanted:
            old = [one for one in wanted if _older(version(one.name), one.oldest)]
            yield Fact("installed", f"extra {name}", found)
            for one in old:
                yield Finding(
                    "extras",
                    f"{one.name} {version(one.name)} is too old for the extra {name}, which needs "
                    f"{one.oldest}.",
                    one.cure,
                )
        else:
            yield Fact("installed", f"extra {name}", f"not installed ({purpose}): {line}")
        if there and len(there) < len(wanted):
            gone = ", ".join(one.name for one in wanted if one not in there)
            yield Finding(
                "extras",
                f"Of the extra {name} ({purpose}) {gone} is missing.",
                line,
                wrong=False,
            )


@cache
def needed() -> "tuple[Needed, ...]":
    """What the package asks for, by the installer's list or by the checkout's own."""
    if kind() == "checkout":
        import tomllib

        project = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text("utf-8"))
        asked = project["project"]
        lines = [(line, "") for line in asked["dependencies"]]
        for extra, those in asked["optional-dependencies"].items():
            lines += [(line, extra) for line in those]
        return tuple(one for line, extra in lines for one in _needed(line, extra))
    if kind() == "wheel":
        text = (lists()[-1] / "METADATA").read_text("utf-8")
        asked_for = re.findall(r"^Requires-Dist: (.+)$", text, re.MULTILINE)
    else:
        try:
            asked_for = metadata.requires("upriver") or []
        except metadata.PackageNotFoundError:
            asked_for = []
    return tuple(one for line in asked_for for one in _needed(line))


def version(name: str) -> str:
    """The version of a library that is installed; empty if it is not."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _needed(line: str, extra: str = "") -> Iterator[Needed]:
    """What one line asks for: `h5netcdf[h5py]>=1.6`, `zarr>=3.1; extra == 'cluster'`."""
    found = NEEDED.fullmatch(line.strip())
    if found is None or found[1].lower() == "upriver":
        return
    marked = re.search(r"extra == ['\"]([^'\"]+)", found[4] or "")
    name = re.sub(r"[-_.]+", "-", found[1]).lower()
    yield Needed(name, found[3] or "0", marked[1] if marked else extra)
    if found[2]:  # an extra of another that is a library's name
        yield Needed(found[2].lower(), "0", marked[1] if marked else extra)


def _of(one: Needed) -> Iterator[Finding]:
    """What is wrong with one library."""
    listed = version(one.name)
    shadow = _shadow(one)
    if not listed and shadow is None:
        yield Finding("libraries", f"{one.name} is not installed.", one.cure)
        return
    try:
        module = importlib.import_module(one.module)
    except Exception as error:
        said = f"{one.name} {listed} cannot be imported: {type(error).__name__}: {error}"
        again = one.cure.replace("install ", "install --force-reinstall ", 1)
        yield Finding("libraries", said[:300], _away(shadow) if shadow else again)
        return
    runs = str(getattr(module, "__version__", "") or listed)
    if shadow is not None:
        yield Finding(
            "libraries",
            f"{one.name} is taken from {shadow} ({runs or 'without a version'}), and not from "
            "where it was installed.",
            _away(shadow),
        )
    elif _older(runs, one.oldest):
        said = f"{one.name} {runs} is too old: {one.oldest} or newer is needed."
        yield Finding("libraries", said, one.cure)


def _shadow(one: Needed) -> Optional[Path]:  # noqa: UP045 -- as in `installed`
    """The folder from which a library is taken in place of the one that is installed, if any."""
    spec = find_spec(one.module)
    if spec is None or spec.origin is None:
        return None
    origin = Path(spec.origin)
    folder = origin.parents[1] if origin.name == "__init__.py" else origin.parent
    try:
        home = Path(str(metadata.distribution(one.name).locate_file("")))
    except metadata.PackageNotFoundError:
        return folder
    return None if folder.resolve() == home.resolve() else folder


def _away(folder: Path) -> str:
    """How to be rid of a folder that shadows what is installed."""
    return f"unset PYTHONPATH, or take {folder} out of it; if you are in that folder, leave it"


def _older(found: str, wanted: str) -> bool:
    """Whether a version is older than another, by their numbers."""
    return _numbers(found) < _numbers(wanted)


def _numbers(version: str) -> "tuple[int, ...]":
    numbers = [int(part) for part in re.findall(r"\d+", version.split("+")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


@cache
def _tested() -> "dict[str, list[str]]":
    """Versions that the tests run with, in a checkout; empty elsewhere."""
    file = PACKAGE.parents[1] / "constraints.txt"
    if kind() != "checkout" or not file.is_file():
        return {}
    found: dict[str, list[str]] = {}
    for line in file.read_text("utf-8").splitlines():
        if pinned := re.match(r"([A-Za-z0-9._-]+)==([^ ;]+)", line):
            found.setdefault(pinned[1].lower(), []).append(pinned[2])
    return found
