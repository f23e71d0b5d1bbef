"""The files that a run leaves: named after its scenario and what was asked of it beside.

    upriver run naloxone.yaml                      naloxone.html, naloxone.nc
    upriver run base --world reference             base-reference.html, ...
    upriver run base --set people.kits.price=2     base-people.kits.price=2.html, ...
    upriver compare base naloxone.yaml             base-vs-naloxone.html, ...

The same command gives the same names, and takes the place of what it wrote before. A file of that
name that is of another scenario, or not of ours, stays: the new ones get a number.
"""

import hashlib
import html as markup
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import WriteError, one_line, show

from .shared import say

if TYPE_CHECKING:
    import xarray as xr

LONGEST = 80
"""Characters of a name; what is asked for beside the scenarios may add as many."""

HEAD = 4096
"""Bytes of a report in which its mark stands."""

MARK = re.compile(r'<meta name="upriver-scenarios" content="([^"]*)">')

KEPT_BY_WINDOWS = re.compile("(con|prn|aux|nul|(com|lpt)[0-9])([.].*)?", re.IGNORECASE)


def run_name(
    scenarios: Sequence[str],
    *,
    world: str | None = None,
    settings: Mapping[str, float] | None = None,
    others: Sequence[str] = (),
) -> str:
    """The name of a run's files, without an ending.

    Args:
        scenarios: as given: names, or files; a file gives its name without folder and ending.
        world: if it was asked for.
        settings: parameters held, by path.
        others: more that was asked for and changes the run, as words.
    """
    names = [plain(_stem(scenario)) for scenario in scenarios]
    name = "-vs-".join(names)
    if len(name) > LONGEST:
        name = f"{names[0]}-vs-{len(names) - 1}-others" if len(names) > 1 else name[:LONGEST]
    held = [
        f"{plain(path)}={repr(float(value)).removesuffix('.0')}"
        for path, value in (settings or {}).items()
    ]
    if len("-".join(held)) > LONGEST:
        digest = hashlib.sha256("\n".join(sorted(held)).encode()).hexdigest()[:8]
        held = [f"{len(held)}-settings-{digest}"]
    return "-".join([name, *([plain(world)] if world else []), *held, *map(plain, others)])


def plain(text: str) -> str:
    """Text as a part of a file's name on every system: letters, digits, `.`, `_` and `-`."""
    name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.") or "scenario"
    return f"{name}-scenario" if KEPT_BY_WINDOWS.fullmatch(name) else name


def marked(html: str, titles: Sequence[str]) -> str:
    """A report that says, where `place_for` looks, of which scenarios it is."""
    mark = f'<meta name="upriver-scenarios" content="{_content(titles)}">'
    return html.replace("</title>\n", f"</title>\n{mark}\n", 1)


def place_for(
    folder: Path, name: str, titles: Sequence[str], given: Sequence[str]
) -> tuple[Path, Path, str]:
    """Where report and results go, and a note on a file that stays in their way.

    Args:
        folder: that exists.
        name: without an ending, as `run_name` makes it.
        titles: of the scenarios that were run.
        given: the scenarios as they were given; one that is a file is never written over.
    """
    note = ""
    for number in _numbers():
        html, results = (folder / f"{name}{number}{end}" for end in (".html", ".nc"))
        why = _in_the_way(html, results, titles, given)
        if why is None:
            return html, results, note
        note = note or why
    raise AssertionError("numbers have no end")


def _stem(scenario: str) -> str:
    path = Path(scenario.replace("\\", "/") if os.sep == "\\" else scenario)
    known = path.suffix.casefold() in (".yaml", ".yml", ".nc", ".html", ".json")
    return path.stem if known else path.name


def _numbers() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f"-{number}"
        number += 1


def _in_the_way(
    html: Path, results: Path, titles: Sequence[str], given: Sequence[str]
) -> str | None:
    """Why files cannot be written here, as a note; None if they can.

    Raises:
        WriteError: a folder has the name.
    """
    for path in (html, results):
        if path.is_dir():
            raise WriteError(f"cannot write {path}: it is a folder.")
        if any(_same(path, Path(name)) for name in given):
            return f"{path} was given, and stays."
    if html.exists():
        there = _mark_of(html)
        if there is None:
            return f"{html} is not a report of a run, and stays."
        if there != markup.unescape(_content(titles)):
            return f"{html} is of {show(there)}, and stays."
        return None
    if results.exists() and not _is_ours(results):
        return f"{results} was not made by Upriver, and stays."
    return None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _content(titles: Sequence[str]) -> str:
    return markup.escape(" | ".join(titles))


def _mark_of(html: Path) -> str | None:
    """Titles that a report says it is of; None if it says none."""
    try:
        with html.open("rb") as stream:
            found = MARK.search(stream.read(HEAD).decode("utf-8", "replace"))
    except OSError:
        return None
    return None if found is None else markup.unescape(found[1])


def _is_ours(results: Path) -> bool:
    """Whether a NetCDF file says that Upriver made it."""
    import h5py

    try:
        with h5py.File(results) as stream:
            return "upriver_version" in stream.attrs
    except OSError:
        return False


def check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be written, before any work is done; one may still be made.

    Raises:
        WriteError: it is a file, or it, or the folder in which it would be made, is not writable.
    """
    try:
        there = next(one for one in (folder, *folder.parents) if one.exists())
        is_folder = there.is_dir()
    except (OSError, ValueError) as error:
        from upriver.core.files import reason

        named = one_line(str(folder), 120, keep_end=True)
        raise WriteError(f"cannot write to {named}: {reason(error)}.") from None
    if not is_folder:
        raise WriteError(f"cannot write to {folder}: {there} is a file, not a folder.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise WriteError(f"cannot write to {folder}: permission denied.")


def make_folder(folder: Path) -> None:
    """Make a folder that is not there, with those above it, and say so.

    Raises:
        WriteError: it cannot be made.
    """
    if folder.is_dir():
        return
    from upriver.core.files import reason

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot make the folder {folder}: {reason(error)}.") from error
    say(f"Made the folder {folder}.")


def write_files(
    folder: Path,
    name: str,
    html: str,
    results: "xr.Dataset",
    *,
    titles: Sequence[str],
    given: Sequence[str],
) -> None:
    """Write NAME.html, then NAME.nc, each whole or not at all, and say so.

    Args:
        folder: made if it is not there.
        name: without an ending, from `run_name`.
        titles: of the scenarios that were run.
        given: the scenarios as they were given.
    """
    from upriver.core.files import write_atomic
    from upriver.core.results import write_netcdf

    make_folder(folder)
    page, data, note = place_for(folder, name, titles, given)
    if note:
        say(note)
    write_atomic(page, marked(html, titles))
    say(f"Wrote {page}; writing results ...")
    write_netcdf(results, data)
    say(f"Wrote {data}. Open the report in a browser.")
