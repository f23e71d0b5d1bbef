"""`upriver doctor` on installations that are broken: each is named, with its cure."""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import broken
import numpy as np
import pytest
from broken import Installation

from upriver.cli.doctor import checks, finding, installed, libraries, machine, record
from upriver.evidence.cache import sha256

REINSTALL = "-m pip install --force-reinstall --no-deps upriver"


class Case(NamedTuple):
    """What is broken, where; what has to be named, in which words, with which cure."""

    kind: str
    breaks: Callable[[Installation], None]
    about: str
    says: str
    cure: str
    wrong: bool = True


def truncated_engine(one: Installation) -> None:
    one.put("data/engine.wasm", one.read("data/engine.wasm")[:50_000])


def other_manifest(one: Installation) -> None:
    manifest = json.loads(one.read("data/engine.json"))
    one.put("data/engine.json", json.dumps(manifest | {"wasm_sha256": "0" * 64}))


def old_engine(one: Installation) -> None:
    manifest = json.loads(one.read("data/engine.json"))
    one.put("data/engine.json", json.dumps(manifest | {"version": "0.0.9"}))


def changed_equation(one: Installation) -> None:
    text = one.read("people/overdose.py").decode()
    one.put("people/overdose.py", text + "\n\nMORE = 1.0\n")


def repacked(one: Installation, path: str, **changes: Any) -> None:
    """Draws with some of what they say changed."""
    with np.load(io.BytesIO(one.read(path))) as held:
        arrays = dict(held)
    said = json.loads(str(arrays["said"])) | changes
    made = io.BytesIO()
    np.savez_compressed(made, **{**arrays, "said": np.array(json.dumps(said))})
    one.put(path, made.getvalue())


def flipped(one: Installation, path: str) -> None:
    held = bytearray(one.read(path))
    held[len(held) // 2] ^= 0xFF
    one.put(path, bytes(held))


def one_digit(one: Installation) -> None:
    text = one.read("data/figures/deaths.csv")
    assert b"80411" in text
    one.put("data/figures/deaths.csv", text.replace(b"80411", b"80412"))


def stale_told(one: Installation) -> None:
    told = json.loads(one.read("data/told/why.json"))
    one.put("data/told/why.json", json.dumps(told | {"stamp": "0" * 16}))


def old_numpy(one: Installation) -> None:
    fake = one.root.parent / "old" / "numpy"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text('__version__ = "1.20.3"\n')
    one.before.append(fake.parent)


def too_old_library(one: Installation) -> None:
    metadata = next(one.root.glob("*.dist-info")) / "METADATA"
    text = metadata.read_text(encoding="utf-8").replace("wasmtime>=45", "wasmtime>=4500")
    metadata.unlink()
    metadata.write_text(text, encoding="utf-8")


def without(*names: str) -> Callable[[Installation], None]:
    def breaks(one: Installation) -> None:
        one.site = broken.site_without(one.root.parent / "site", names)

    return breaks


def half_vintage(one: Installation) -> None:
    cache = one.root.parent / "vintages"
    folder = cache / "cdc_vsrr" / "2026-05-01-0123456789ab"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("a,b\n1,2\n")
    size, digest = (folder / "data.csv").stat().st_size, sha256(folder / "data.csv")
    kept = {"name": "data.csv", "url": "https://example.org", "size": size, "sha256": digest}
    manifest = {"schema": 1, "source": "cdc_vsrr", "retrieved": "2026-05-01", "digest": "0"}
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": [kept]}))
    (folder / "data.csv").write_text("a,b\n1")
    one.environment["UPRIVER_CACHE"] = str(cache)


def cache_nowhere(one: Installation) -> None:
    file = one.root.parent / "a-file"
    file.write_text("")
    one.environment["UPRIVER_CACHE"] = str(file / "cache")


def few_addresses(one: Installation) -> None:
    one.addresses = 500_000_000


def own_levers(one: Installation) -> None:
    folder = one.root.parent / "levers"
    folder.mkdir()
    (folder / "mine.yaml").write_text("schema: 1\ntitel: No such field\n")
    one.environment["UPRIVER_LEVERS"] = str(folder)


def two_versions(one: Installation) -> None:
    (folder,) = one.root.glob("*.dist-info")
    folder.rename(folder.with_name("upriver-0.0.9.dist-info"))


def no_list(one: Installation) -> None:
    (folder,) = one.root.glob("*.dist-info")
    shutil.rmtree(folder)


def ascii_letters(one: Installation) -> None:
    one.environment["PYTHONIOENCODING"] = "ascii"


def syntax(one: Installation) -> None:
    one.put("policy/fitted.py", "def (:\n")


def lost(path: str) -> Callable[[Installation], None]:
    return lambda one: one.lose(path)


PLACES, WHOLE = "data/draws_places.npz", "data/draws_whole.npz"
OTHER = {"equations": "0" * 64}
CASES = {
    "engine cut short": Case(
        "wheel", truncated_engine, "engine", "engine.wasm (changed)", REINSTALL
    ),
    "engine cut short, in a checkout": Case(
        "checkout", truncated_engine, "engine", "are damaged: their digest differs", "git -C"
    ),
    "manifest of another engine": Case(
        "checkout", other_manifest, "engine", "digest differs", "src/upriver/data/engine.json"
    ),
    "engine of another version": Case(
        "checkout", old_engine, "engine", "of version 0.0.9", "python -m upriver.engine.build"
    ),
    "engine older than equations": Case(
        "checkout", changed_equation, "engine", "older than", "python -m upriver.engine.build"
    ),
    "draws missing": Case("wheel", lost(WHOLE), "draws", "npz (missing)", REINSTALL),
    "draws damaged": Case("wheel", lambda one: flipped(one, WHOLE), "draws", "changed", REINSTALL),
    "draws empty, in a checkout": Case(
        "checkout", lambda one: one.put(WHOLE, ""), "draws", "no draws of a fit", "git -C"
    ),
    "draws of other equations": Case(
        "checkout",
        lambda one: repacked(one, WHOLE, **OTHER),
        "draws",
        "of other equations",
        "upriver calibrate --rival all",
    ),
    "draws of places missing": Case(
        "checkout", lost(PLACES), "draws of places", "is missing", f"restore src/upriver/{PLACES}"
    ),
    "draws of places of other draws": Case(
        "checkout",
        lambda one: repacked(one, PLACES, country="0" * 64),
        "draws of places",
        "go with other draws of the country",
        "upriver calibrate --all-states",
    ),
    "published draws missing": Case(
        "checkout", lost("data/draws_source_x8.npz"), "published draws", "is missing", "git -C"
    ),
    "hindcasts damaged": Case(
        "checkout",
        lambda one: one.put("data/hindcasts.npz", b"PK"),
        "hindcasts",
        "holds no hindcasts",
        "upriver forecast --hindcasts",
    ),
    "one digit of a figure": Case(
        "wheel", one_digit, "figures", "figures/deaths.csv (changed)", REINSTALL
    ),
    "figures cut short, in a checkout": Case(
        "checkout",
        lambda one: one.put("data/figures/deaths.csv", one.read("data/figures/deaths.csv")[:1000]),
        "figures",
        "deaths.csv, line",
        "restore src/upriver/data/figures",
    ),
    "a YAML that is none": Case(
        "checkout",
        lambda one: one.put("people/overdose.yaml", "witnessed: [\n"),
        "numbers and words",
        "overdose.yaml, line",
        "restore src/upriver",
    ),
    "told results are stale": Case(
        "checkout", stale_told, "told results", "records: why.", "python tools/told.py"
    ),
    "another numpy before ours": Case(
        "wheel", old_numpy, "libraries", "(1.20.3), and not from", "unset PYTHONPATH"
    ),
    "wasmtime too old": Case(
        "wheel", too_old_library, "libraries", "4500 or newer is needed", "'wasmtime>=4500'"
    ),
    "no wasmtime": Case(
        "wheel", without("wasmtime"), "libraries", "wasmtime is not", "install 'wasmtime>=45'"
    ),
    "no typer": Case("wheel", without("typer"), "libraries", "typer is not", "install 'typer>="),
    "no numpy": Case("wheel", without("numpy"), "libraries", "numpy is not", "install 'numpy>="),
    "no h5py": Case("wheel", without("h5py"), "libraries", "h5py is not", "install h5py"),
    "part of an extra": Case(
        "wheel", without("zarr"), "extras", "zarr is missing", "'upriver[cluster]'", wrong=False
    ),
    "cache that cannot be": Case(
        "wheel", cache_nowhere, "cache", "cannot be written", "export UPRIVER_CACHE=FOLDER"
    ),
    "half a vintage in the cache": Case(
        "wheel", half_vintage, "cache", "is damaged", "&& upriver evidence fetch cdc_vsrr"
    ),
    "too few addresses": Case(
        "wheel", few_addresses, "memory", "500 MB of addresses", "ulimit -v unlimited"
    ),
    "a lever of one's own": Case(
        "wheel", own_levers, "numbers and words", "mine.yaml", "unset UPRIVER_LEVERS"
    ),
    "parts of two versions": Case("wheel", two_versions, "package", "list 0.0.9", REINSTALL),
    "code that is changed": Case("wheel", syntax, "code", "policy/fitted.py (changed)", REINSTALL),
    "a copy without a list": Case(
        "wheel", no_list, "files", "without the installer's list", "pip install", wrong=False
    ),
    "letters of ASCII": Case(
        "wheel", ascii_letters, "letters", "letters are ascii", "PYTHONUTF8=1", wrong=False
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("whole")
    return {"wheel": broken.wheel_files(folder), "checkout": broken.checkout_files(folder)}


@pytest.fixture
def install(files: dict[str, Path], tmp_path: Path) -> Callable[[str], Installation]:
    def make(kind: str) -> Installation:
        root = broken.linked(files[kind], tmp_path / "here")
        compiled = files["wheel"].parent / "cache"
        one = Installation(root if kind == "wheel" else root / "src")
        one.environment["XDG_CACHE_HOME"] = str(compiled)
        return one

    return make


SLOW = {
    "engine cut short, in a checkout",
    "draws empty, in a checkout",
    "published draws missing",
    "hindcasts damaged",
    "letters of ASCII",
}
"""Cases that show a second time what another shows."""

NAMES = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in CASES]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_broken_is_named_with_its_cure(name: str, install: Any) -> None:
    case = CASES[name]
    one = install(case.kind)
    case.breaks(one)
    report = one.doctor()
    named = [found for found in report["findings"] if found["about"] == case.about]
    assert any(case.says in found["says"] and case.cure in found["cure"] for found in named), named
    assert {found["wrong"] for found in named} == {case.wrong}
    assert report["code"] == int(case.wrong)
    # Nothing else is called wrong: a reader sees the cause, and not all that follows from it.
    others = [found for found in report["findings"] if found["wrong"] and found not in named]
    assert not others


@pytest.mark.parametrize("kind", ["wheel", "checkout"])
def test_nothing_is_wrong_where_nothing_is_broken(kind: str, install: Any) -> None:
    one = install(kind)
    done = one.ask("doctor")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.endswith("Nothing is wrong.\n")
    for said in ("numpy ", "record: deaths", "of these equations", "addresses", "locale"):
        assert said in done.stdout
    assert not os.listdir(one.root.parent / "empty")


def test_without_what_reads_command_lines_no_other_command_starts_but_this(install: Any) -> None:
    one = install("wheel")
    without("typer")(one)
    said = one.ask("run").stderr
    assert "typer" in said
    assert "`upriver doctor`" in said
    assert "One thing is wrong\n  1. libraries: typer is not installed." in one.ask("doctor").stdout


def test_what_follows_from_a_fault_is_not_looked_at_and_that_is_said(install: Any) -> None:
    one = install("wheel")
    without("numpy")(one)
    assert "\nNot looked at, for want of" in one.ask("doctor").stdout
    report = one.doctor()
    assert "libraries" in report["skipped"]["engine"]
    assert {"draws", "run", "figures"} <= set(report["skipped"])


def test_a_python_that_is_too_old_is_told_so(install: Any) -> None:
    older = sorted(Path(sys.base_prefix).parent.glob("3.10.*/bin/python3.10"))
    other = str(older[-1]) if older else shutil.which("python3.10")
    if other is None:
        pytest.skip("another version of Python is not installed")
    one = install("wheel")
    one.python = other
    report = one.doctor()
    assert report["code"] == 1
    assert [found["says"] for found in report["findings"] if found["wrong"]] == [
        "Python 3.10 is too old: Upriver needs 3.11 or newer."
    ]


def given(check: Callable[[], finding.Found]) -> list[finding.Finding]:
    return [one for one in check() if isinstance(one, finding.Finding)]


@pytest.mark.parametrize(("minor", "wrong"), [(10, [True]), (12, []), (99, [False])])
def test_versions_of_python(minor: int, wrong: list[bool], monkeypatch: Any) -> None:
    monkeypatch.setattr(machine.sys, "version_info", (3, minor, 1))
    assert [one.wrong for one in given(machine.python)] == wrong


def test_a_full_disk_and_a_folder_that_is_gone(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert not given(machine.space)
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    (found,) = given(machine.space)
    assert found.wrong
    assert "There are 1 MB of space left" in found.says
    tmp_path.rmdir()
    (found,) = given(machine.space)
    assert (found.says, found.cure) == ("The folder that you are in is gone.", "cd")


def test_a_check_that_fails_itself_is_a_finding(monkeypatch: Any) -> None:
    def fails() -> Iterator[finding.Finding]:
        raise RuntimeError("what nobody\nthought of")
        yield

    monkeypatch.setattr(machine, "threads", fails)
    (found,) = [one for one in checks.examine().findings if one.about == "threads"]
    assert found.says == "RuntimeError: what nobody thought of."
    assert found.wrong


def test_an_old_record_and_a_wrong_clock_are_worth_knowing(monkeypatch: Any) -> None:
    def on(day: date) -> None:
        monkeypatch.setattr(record, "date", type("Then", (date,), {"today": lambda: day}))

    on(date(2030, 1, 1))
    (old,) = given(record.figures)
    assert "ended 1,432 days ago" in old.says
    on(date(2020, 1, 1))
    (early,) = given(record.figures)
    assert early.cure == "set the clock"
    assert not old.wrong
    assert not early.wrong


def test_versions_are_compared_by_their_numbers() -> None:
    assert libraries._older("2.10", "2.9") is False
    assert libraries._older("2025.1", "2025.1.0") is False
    assert libraries._older("3.0.0rc1", "3.1") is True


@pytest.mark.parametrize(
    ("place", "cure"),
    [
        ("/home/a/.local/share/pipx/venvs/upriver/lib/upriver", "pipx reinstall upriver"),
        (
            "/home/a/.local/share/uv/tools/upriver/lib/upriver",
            "uv tool upgrade --reinstall upriver",
        ),
    ],
)
def test_the_cure_is_of_the_tool_that_installed(place: str, cure: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(installed, "PACKAGE", Path(f"/home/a/{place}/upriver/lib/upriver"))
    monkeypatch.setattr(installed, "kind", lambda: "wheel")
    assert installed.again("data/engine.wasm") == cure
