"""Installations to break: the package as a wheel brings it, and a checkout, in folders of a test.

Files are hard links, so that a tree costs nothing; what breaks one puts a new file in its place.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
SITE = Path(np.__file__).parents[1]
CALL = "from upriver.cli.main import main; main()"
CHECKOUT = ("pyproject.toml", "uv.lock", "constraints.txt")


@dataclass
class Installation:
    """One installation. root: on the path of Python; site: where its libraries are."""

    root: Path
    site: Path = SITE
    before: list[Path] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    addresses: int | None = None
    python: str = sys.executable

    @property
    def package(self) -> Path:
        return self.root / "upriver"

    def put(self, path: str, content: bytes | str) -> None:
        """A new file in place of one, below the package."""
        file = self.package / path
        file.unlink(missing_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, path: str) -> bytes:
        return (self.package / path).read_bytes()

    def lose(self, path: str) -> None:
        (self.package / path).unlink()

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command line there, without what this Python would find by itself (`-S`)."""

        def limit() -> None:
            import resource

            if self.addresses is not None:
                resource.setrlimit(resource.RLIMIT_AS, (self.addresses, self.addresses))

        folder = self.root.parent / "empty"
        folder.mkdir(exist_ok=True)
        path = os.pathsep.join(map(str, (*self.before, self.root, self.site)))
        usual = {"PYTHONPATH": path, "XDG_CACHE_HOME": str(self.root.parent / "cache")}
        return subprocess.run(
            [self.python, "-S", "-c", CALL, *arguments],
            cwd=folder,
            env={**os.environ, "UPRIVER_CACHE": "", **usual, **self.environment},
            preexec_fn=limit,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def doctor(self) -> dict[str, Any]:
        """What `upriver doctor --json` says, with the code that it ended with as `code`."""
        done = self.ask("doctor", "--json")
        assert not done.stderr, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return {**found, "code": done.returncode}


def wheel_files(folder: Path) -> Path:
    """The files of the wheel, in a folder of their own."""
    packed = folder / "packed"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(packed)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = packed.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        held.extractall(folder / "installed")
    return folder / "installed"


def checkout_files(folder: Path) -> Path:
    """The files of a checkout that the package looks at, in a folder of their own."""
    no = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "checkout" / "src", ignore=no)
    for name in CHECKOUT:
        shutil.copy(ROOT / name, folder / "checkout" / name)
    return folder / "checkout"


def linked(files: Path, to: Path) -> Path:
    """The same files at another place, as hard links."""
    shutil.copytree(files, to, copy_function=os.link)
    return to


def site_without(folder: Path, names: Iterable[str]) -> Path:
    """The libraries of this Python without some of them, as links."""
    gone = tuple(names)
    folder.mkdir()
    for entry in _entries():
        if not entry.name.lower().startswith(gone):
            (folder / entry.name).symlink_to(entry)
    return folder


def _entries() -> Iterator[Path]:
    for entry in SITE.iterdir():
        if entry.suffix != ".pth" and not entry.name.startswith(("upriver", "__editable__")):
            yield entry
