"""Arguments of a call, checked: a scenario, draws, settings, beliefs, a place.

A scenario is the name of one that ships, a mapping or a text with the fields of a scenario file, or
the name of a file in a folder that was given when the server started. Nothing else is opened.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, show, unknown_name
from upriver.core.fields import Document, as_integer, as_list, as_mapping, as_number, as_text
from upriver.core.files import load_yaml, parse_yaml
from upriver.core.parameters import parameters
from upriver.policy.chosen import as_shipped, believe, fitted
from upriver.policy.draws import DEFAULT_DRAWS
from upriver.policy.scenario import (
    ENDINGS,
    MOST_BASES,
    Scenario,
    library,
    parse_scenario,
    read_scenario,
    shipped,
)
from upriver.system.world import World, check_within, worlds

from . import limits

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """One call: its arguments, the folders that may be read, and whom progress is told."""

    arguments: Document
    folders: tuple[Path, ...] = ()
    progress: Progress | None = None

    def has(self, name: str) -> bool:
        """Whether an argument was given; null is as if it was not."""
        return self.arguments.data.get(name) is not None

    def text(self, name: str, default: str = "", longest: int = 200) -> str:
        """A text on one line."""
        if not self.has(name):
            return default
        return as_text(self.arguments, (name,), longest=longest)

    def choice(self, name: str, options: Sequence[str], default: str) -> str:
        """One of some words."""
        given = self.text(name, default)
        if given not in options:
            raise unknown_name(name, given, options, where=(self.arguments.name, None))
        return given

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within bounds."""
        if not self.has(name):
            return default
        return as_integer(self.arguments, (name,), within=(low, high))

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """A number within bounds."""
        if not self.has(name):
            return default
        return as_number(self.arguments, (name,), within=(low, high))

    def truth(self, name: str) -> bool:
        """Whether something is asked for; else it is not."""
        given = self.arguments.data.get(name)
        if given is None or isinstance(given, bool):
            return bool(given)
        raise SchemaProblem(
            f"{name} should be true or false", file=self.arguments.name, found=show(given)
        )

    def texts(self, name: str, most: int, longest: int = 200) -> list[str]:
        """A list of texts."""
        if not self.has(name):
            return []
        count = len(as_list(self.arguments, (name,)))
        if count > most:
            raise OutOfBounds(
                f"{name} are too many",
                file=self.arguments.name,
                found=str(count),
                allowed=f"at most {most}",
            )
        return [as_text(self.arguments, (name, i), longest=longest) for i in range(count)]

    def draws(self, most: int = limits.MOST_DRAWS, default: int = DEFAULT_DRAWS) -> int:
        """How many draws; 0 is central values alone, where that is allowed."""
        return self.whole("draws", default, 0, most)

    def world(self) -> str | None:
        """A world by its name, or none: that for which the scenario is written."""
        return self.choice("world", list(worlds()), "") if self.has("world") else None

    def settings(self) -> dict[str, float]:
        """Parameters held at values, within their bounds."""
        if not self.has("set"):
            return {}
        given = as_mapping(self.arguments, ("set",))
        if len(given) > limits.MOST_SETTINGS:
            raise OutOfBounds("set is too long", file=self.arguments.name, found=str(len(given)),
                              allowed=f"at most {limits.MOST_SETTINGS} parameters")  # fmt: skip
        known, found = parameters(), {}
        for path in map(str, given):
            if path not in known:
                raise unknown_name("parameter", path, known, where=(self.arguments.name, None),
                                   command="upriver parameters")  # fmt: skip
            found[path] = as_number(self.arguments, ("set", path))
            check_within(known[path], found[path])
        return found

    def scenario(self, name: str, default: str = "base") -> Scenario:
        """The scenario that an argument holds."""
        if not self.has(name):
            return read_scenario(default)
        return scenario_of(self.arguments.data[name], self.folders, self.arguments.name)

    def scenarios(self, name: str) -> list[Scenario]:
        """Two scenarios or more."""
        given = as_list(self.arguments, (name,))
        if not 2 <= len(given) <= limits.MOST_SCENARIOS:
            raise OutOfBounds(
                f"{name} are too few or too many",
                file=self.arguments.name,
                found=str(len(given)),
                allowed=f"2 to {limits.MOST_SCENARIOS}",
            )
        return [scenario_of(one, self.folders, self.arguments.name) for one in given]

    @contextmanager
    def believed(self, draws: int) -> Iterator[int]:
        """Run only the draws in which the beliefs hold, for this call alone; gives how many."""
        beliefs = self.texts("believe", limits.MOST_BELIEFS)
        if not beliefs:
            yield draws
            return
        if self.has("place"):
            raise InputError(
                "chooses among draws of the country; a place's are tied to the first of them",
                file="believe",
            )
        if not draws:
            raise OutOfBounds(
                "a belief is of draws", file="draws", found="0", allowed="1 or more, with believe"
            )
        try:
            believe(beliefs)
            yield draws if self.has("draws") else min(draws, fitted().draws)
        finally:
            as_shipped()

    def check_believed(self, world: str) -> None:
        """Refuse a belief in a world that runs none of the fit."""
        if self.has("believe") and not World.named(world).is_fitted:
            raise InputError("this world runs no fit", file="believe", found=world, allowed="whole")


def scenario_of(given: Any, folders: Sequence[Path], name: str) -> Scenario:
    """A scenario from a name, a text, or a mapping.

    Raises:
        InputError: it is none of these, or not right; nothing outside the folders was opened.
    """
    if isinstance(given, Mapping):
        return _inline(Document("scenario", {str(key): one for key, one in given.items()}), given)
    if not isinstance(given, str):
        raise SchemaProblem(
            "a scenario should be a name, or a mapping with the fields of a scenario file",
            file=name,
            found=show(given),
        )
    if "\n" in given.strip() or given.lstrip().startswith("schema:"):
        return _inline(parse_yaml(given, "scenario"), given)
    known = {**shipped(), **library()}
    if given in known:
        return read_scenario(given)
    return _from_folder(given, folders, known)


def in_folders(folders: Sequence[Path]) -> dict[str, Path]:
    """Scenario files of the folders that were given, by their names; no link, nothing below.

    Raises:
        InputError: two folders have a file of one name.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.iterdir()):
            if file.name.endswith(ENDINGS) and stat.S_ISREG(os.lstat(file).st_mode):
                if file.name in found:
                    raise InputError(
                        f"'{file.name}' is in two of the folders that were given: rename one",
                        file="--scenario-folder",
                    )
                found[file.name] = file
    return found


def _inline(document: Document, given: str | Mapping[str, object]) -> Scenario:
    """A scenario that the call holds; it may build on one that ships, and on no file."""
    base = document.data.get("based_on")
    known = {**shipped(), **library()}
    if isinstance(base, str) and base not in known:
        raise unknown_name(
            "scenario", base, known, where=document.where(("based_on",)), field="based_on",
            command="upriver scenarios",
        )  # fmt: skip
    _check_changes(document)
    return parse_scenario(given)


def _check_changes(document: Document) -> None:
    changes = document.data.get("changes")
    if isinstance(changes, list) and len(changes) > limits.MOST_CHANGES:
        raise OutOfBounds("changes are too many", file=document.name, found=str(len(changes)),
                          allowed=f"at most {limits.MOST_CHANGES}")  # fmt: skip


def _from_folder(given: str, folders: Sequence[Path], known: Mapping[str, Path]) -> Scenario:
    """A file of a folder that was given, and what it builds on from there."""
    files = in_folders(folders)
    found = next((files[one] for one in (given, f"{given}.yaml") if one in files), None)
    if found is None:
        raise unknown_name("scenario", given, {**known, **files}, command="upriver scenarios")
    try:
        _check_chain(found, files, known)
        return read_scenario(found)
    except InputError as error:
        if error.file:
            error.file = Path(error.file).name
        raise


def _check_chain(file: Path, files: Mapping[str, Path], known: Mapping[str, Path]) -> None:
    """Refuse a file that builds on one outside the folder in which it stands."""
    for _ in range(MOST_BASES + 1):
        document = load_yaml(file)
        _check_changes(document)
        base = document.data.get("based_on")
        if not isinstance(base, str) or base in known:
            return
        beside = files.get(base)
        if beside is None or beside.parent != file.parent:
            raise unknown_name(
                "scenario", base, {**known, **files}, where=document.where(("based_on",)),
                command="upriver scenarios",
            )  # fmt: skip
        file = beside
