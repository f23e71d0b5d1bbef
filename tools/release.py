"""Builds a release, shows that it can be built again, and tries it where users would install it.

    python tools/release.py --keep dist        # all of it, some minutes
    python tools/release.py --builds           # only the builds
    python tools/release.py --only "uv tool"   # one way to install; may be said several times

What is committed is built twice, in folders of their own, with the time of the last commit in the
archives, and the wheel once more from the source distribution: all have to be the same bytes. The
wheel is then installed by pip under each Python that is tested and there, by `uv tool install` and
by `pipx install`, with the versions of `constraints.txt`, and three commands run from an empty
folder and an empty home. It ends with 1 if anything differs or fails. uv and pipx come into an
environment that is thrown away; packages come from where pip is set to look.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
COMMANDS = (("--version",), ("doctor",), ("run", "--no-files"))


class Tried(NamedTuple):
    """An installation that was tried. seconds: of the installation, then of each command."""

    name: str
    codes: tuple[int, ...]
    seconds: tuple[float, ...]
    printed: str
    said: str = ""


def main() -> int:
    """Build, compare, install, run; gives the exit code."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--builds", action="store_true", help="only build and compare")
    options.add_argument("--only", action="append", metavar="WAY", help='as "pip, 3.12", "pipx"')
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="where the two files are put")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, same = compared(folder)
        for file in sorted(made.iterdir()):
            print(f"{file.name}: {file.stat().st_size:,} bytes, sha256 {digest(file)}", flush=True)
        print("Built twice, and the wheel from the sdist:", "the same bytes" if same else "DIFFER")
        if asked.keep is not None:
            shutil.copytree(made, asked.keep, dirs_exist_ok=True)
        if not same or asked.builds:
            return 0 if same else 1
        (wheel,) = made.glob("*.whl")
        tried = list(_tried(wheel, folder, asked.only))
    ran = [one for one in tried if not any(one.codes)]
    print(f"{'':14}{'installed':>10}" + "".join(f"{' '.join(c):>16}" for c in COMMANDS), " prints")
    for one in tried:
        codes = [f"{seconds:.1f} s" for seconds in one.seconds[1:]]
        told = [text if code == 0 else f"exit {code}" for text, code in zip(codes, one.codes[1:])]  # noqa: B905
        first = f"{one.seconds[0]:.0f} s" if one.codes[0] == 0 else f"exit {one.codes[0]}"
        printed = hashlib.sha256(one.printed.encode()).hexdigest()[:12] if one in ran else ""
        print(f"{one.name:14}{first:>10}" + "".join(f"{text:>16}" for text in told), "", printed)
    for one in tried:
        if any(one.codes):
            print(f"{one.name} failed: {one.said}")
    alike = len({one.printed for one in ran}) <= 1
    print("`upriver run` prints", "the same in all" if alike else "DIFFERENT figures")
    return 0 if tried and alike and ran == tried else 1


def compared(folder: Path) -> tuple[Path, bool]:
    """The folder with sdist and wheel, and whether builds of them are the same bytes."""
    when = moment()
    first, second = (build(sources(folder / n), folder / f"dist-{n}", when) for n in ("a", "b"))
    (sdist,) = first.glob("*.tar.gz")
    with tarfile.open(sdist) as held:
        held.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    third = build(unpacked, folder / "dist-c", when, "wheel")
    digests = [{file.name: digest(file) for file in one.iterdir()} for one in (first, second)]
    (wheel,) = third.glob("*.whl")
    same = digests[0] == digests[1] and digests[0][wheel.name] == digest(wheel)
    return first, same


def moment() -> str:
    """Seconds of the last commit, or what SOURCE_DATE_EPOCH says."""
    if named := os.environ.get("SOURCE_DATE_EPOCH"):
        return named
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def sources(to: Path) -> Path:
    """What is committed, in a new folder."""
    to.mkdir(parents=True)
    packed = to.with_suffix(".tar")
    subprocess.run(["git", "archive", "-o", str(packed), "HEAD"], cwd=ROOT, check=True)
    with tarfile.open(packed) as held:
        held.extractall(to, filter="data")
    return to


def build(source: Path, to: Path, when: str, *targets: str) -> Path:
    """Build into a folder; gives the folder.

    Args:
        when: seconds, which stand in the archives. targets: `sdist`, `wheel`; by default both.
    """
    chosen = [part for target in targets for part in ("-t", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", *chosen, "-d", str(to)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": when},
        check=True,
        capture_output=True,
    )
    return to


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _tried(wheel: Path, folder: Path, only: Collection[str] | None) -> Iterator[Tried]:
    """The wheel in each environment that can be made here, or in some of them."""
    pins = str(ROOT / "constraints.txt")
    for version in PYTHONS:
        if only and f"pip, {version}" not in only:
            continue
        if (python := _python(version)) is None:
            print(f"Python {version} is not here.")
            continue
        bin_ = folder / version / "bin"

        def by_pip(python: str = python, bin_: Path = bin_) -> None:
            _do(python, "-m", "venv", str(bin_.parent))
            _do(str(bin_ / "python"), "-m", "pip", "install", "-q", "-c", pins, str(wheel))

        yield _try(f"pip, {version}", by_pip, bin_ / "upriver", folder)
    if only and not {"uv tool", "pipx"}.intersection(only):
        return
    tools = folder / "tools" / "bin"
    _do(sys.executable, "-m", "venv", str(tools.parent))
    _do(str(tools / "python"), "-m", "pip", "install", "-q", "uv", "pipx")
    into = folder / "installed"

    def by_uv() -> None:
        more = {"UV_TOOL_DIR": str(into / "uv"), "UV_TOOL_BIN_DIR": str(into / "uv-bin")}
        uv = (str(tools / "uv"), "tool", "install", "-q", "--python", sys.executable)
        _do(*uv, "--constraints", pins, str(wheel), more={**_as_pip(), **more})

    def by_pipx() -> None:
        more = {"PIPX_HOME": str(into / "pipx"), "PIPX_BIN_DIR": str(into / "pipx-bin")}
        pipx = (str(tools / "pipx"), "install", "--python", sys.executable)
        _do(*pipx, f"--pip-args=-c {pins}", str(wheel), more=more)

    if not only or "uv tool" in only:
        yield _try("uv tool", by_uv, into / "uv-bin" / "upriver", folder)
    if not only or "pipx" in only:
        yield _try("pipx", by_pipx, into / "pipx-bin" / "upriver", folder)


def _try(name: str, install: Callable[[], None], command: Path, folder: Path) -> Tried:
    """Install, then run the three commands from nowhere."""
    print(f"{name} ...", flush=True)
    begin = time.perf_counter()
    try:
        install()
    except subprocess.CalledProcessError as error:
        return Tried(name, (error.returncode,), (0.0,), "", str(error.stderr)[-600:])
    seconds, codes = [time.perf_counter() - begin], [0]
    printed = said = ""
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        home, here = Path(empty) / "home", Path(empty) / "here"
        home.mkdir()
        here.mkdir()
        bare = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "COLUMNS": "100"}
        for arguments in COMMANDS:
            begin = time.perf_counter()
            done = subprocess.run(
                [str(command), *arguments], cwd=here, env=bare, capture_output=True, text=True
            )
            seconds.append(time.perf_counter() - begin)
            codes.append(done.returncode)
            printed = done.stdout
            said += f"{done.stdout[-400:]}{done.stderr}" if done.returncode else ""
    return Tried(name, tuple(codes), tuple(seconds), printed, said)


def _python(version: str) -> str | None:
    """The command of a Python that starts, if there is one; one of pyenv too."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [str(one) for one in sorted(home.glob(f"{version}.*/bin/python{version}"))]
    for command in (*reversed(found), shutil.which(f"python{version}")):
        tried = command and subprocess.run([command, "-c", ""], capture_output=True, check=False)
        if command and tried and tried.returncode == 0:
            return command
    return None


def _as_pip() -> dict[str, str]:
    """For uv, where pip is set to look for packages."""
    known = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "cert": "SSL_CERT_FILE",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    # pip takes the best of all indexes, and uv by itself what the first has.
    found = {"UV_PYTHON_DOWNLOADS": "never", "UV_INDEX_STRATEGY": "unsafe-best-match"}
    # What the environment says comes last, since it stands above what files say.
    for line in sorted(done.stdout.splitlines(), key=lambda line: line.startswith(":env:")):
        key, _, value = line.partition("=")
        if (name := known.get(key.rpartition(".")[2])) is not None:
            words = value.strip("'\"").split()
            found[name] = (",".join if name == "UV_FIND_LINKS" else " ".join)(words)
    return found


def _do(*command: str, more: Mapping[str, str] | None = None) -> None:
    environment = {**os.environ, **(more or {})}
    subprocess.run(command, check=True, capture_output=True, text=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
