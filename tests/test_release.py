"""A build can be made again: the same source gives the same bytes, on any day, from either form."""

import importlib.util
import os
import shutil
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
WHEN = "1796000000"


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "tools" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """What a build takes, but for the pages and tests of a source distribution."""
    to = tmp_path / "source"
    no = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", to / "src", ignore=no)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, to / name)
    return to


def test_builds_of_one_source_are_the_same_bytes_whatever_its_files_dates_and_rights(
    release: ModuleType, source: Path, tmp_path: Path
) -> None:
    first = release.build(source, tmp_path / "first", WHEN)
    for file in source.rglob("*"):
        if file.is_file():
            os.utime(file, (1_000_000_000, 1_000_000_000))
            file.chmod(0o600)
    second = release.build(source, tmp_path / "second", WHEN, "wheel")
    (sdist,) = first.glob("*.tar.gz")
    with tarfile.open(sdist) as held:
        held.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    third = release.build(unpacked, tmp_path / "third", WHEN, "wheel")
    wheels = [next(folder.glob("*.whl")) for folder in (first, second, third)]
    assert len({release.digest(wheel) for wheel in wheels}) == 1


def test_uv_looks_where_pip_looks(release: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://example.org/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/a /b")
    found = release._as_pip()
    assert found["UV_DEFAULT_INDEX"] == "https://example.org/simple"
    assert found["UV_FIND_LINKS"] == "/a,/b"
