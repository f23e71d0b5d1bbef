"""What is packed holds all that the documents use, and what is installed is all that is needed."""

import ast
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest

import upriver

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
LIBRARIES = {"yaml": "pyyaml", "python_calamine": "python-calamine"}
"""What is imported under another name than it is installed by."""

WITH = {"h5py": "h5netcdf[h5py]>=1.6"}
"""What comes by an extra of another."""

EXTRAS = {
    "jax": "dev",
    "equinox": "dev",
    "jaxtyping": "dev",
    "ziglang": "dev",
    "pyarrow": "parquet",
    "cryptography": "cluster",
    "dask": "cluster",
    "distributed": "cluster",
    "zarr": "cluster",
    "mcp": "mcp",
}
"""What comes with an extra, and which; only what says so when it is missing may import it."""

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def plain(name: str) -> str:
    """A package's name, as the index spells it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~;!\s]", name)[0]).lower()


def asked_for(extra: str | None = None) -> set[str]:
    project = PROJECT["project"]
    wanted = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
    return {plain(one) for one in wanted}


def test_all_that_is_imported_comes_with_the_readmes_line() -> None:
    for file in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for root in {name.split(".")[0] for name in names}:
                if root in sys.stdlib_module_names or root in ("upriver", "_typeshed"):
                    continue
                if WITH.get(root) in PROJECT["project"]["dependencies"]:
                    continue
                package = LIBRARIES.get(root, root)
                assert package in asked_for(EXTRAS.get(root)), f"{file}: {root}"


def test_lock_and_constraints_name_the_same_versions() -> None:
    locked = {(one["name"], one.get("version")) for one in LOCK["package"]}
    pinned = {tuple(line.split(" ;")[0].strip().split("==")) for line in CONSTRAINTS}
    assert pinned <= locked
    assert {name for name, _ in pinned} >= asked_for()
    (ours,) = (one for one in LOCK["package"] if one["name"] == "upriver")
    assert {one["name"] for one in ours["dependencies"]} == asked_for()
    everything = {one["name"] for one in ours["metadata"]["requires-dist"]}
    extras = PROJECT["project"]["optional-dependencies"]
    assert everything | {"upriver"} == {"upriver", *asked_for()}.union(*map(asked_for, extras))


def test_every_file_that_says_the_version_says_the_same() -> None:
    version = PROJECT["project"]["version"]
    (ours,) = (one for one in LOCK["package"] if one["name"] == "upriver")
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    engine = json.loads((ROOT / "src" / "upriver" / "data" / "engine.json").read_bytes())
    said = re.findall(r"^version: (.+)$", cited, re.MULTILINE)
    if (ROOT / "codemeta.json").is_file():
        said.append(json.loads((ROOT / "codemeta.json").read_bytes())["version"])
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    said += re.findall(r"^## \[(\d[^]]*)\]", told, re.MULTILINE)[:1]
    assert {upriver.__version__, ours["version"], engine["version"], *said} == {version}


LARGEST = 2 * 1024 * 1024
"""Bytes of a file that is kept: the largest are draws."""


def test_nothing_large_and_nothing_that_was_downloaded_is_kept() -> None:
    kept = [file for file in ROOT.iterdir() if file.is_file()]
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
        kept = [ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    assert kept
    assert not [file.name for file in kept if file.suffix in (".whl", ".gz", ".zip")]
    assert not [file.name for file in kept if file.stat().st_size > LARGEST]


def test_the_lock_names_no_other_index_than_the_public_one() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_extra_for_evidence_can_still_be_asked_for() -> None:
    assert PROJECT["project"]["optional-dependencies"]["evidence"] == []


def test_the_pythons_that_are_named_are_those_that_are_tested() -> None:
    named = [
        found[1]
        for line in PROJECT["project"]["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line))
    ]
    assert named == ["3.11", "3.12", "3.13"]
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert all(version in gate for version in named[1:])
    for page in ("README.md", "docs/start.md"):
        assert "Python 3.11, 3.12 or 3.13" in (ROOT / page).read_text(encoding="utf-8")


AS_IN_THE_README = """
import sys
import upriver
from upriver.cli.main import main

codes = []
for line in (
    "run --draws 2", "page", "evidence", "levers", "claims",
    "evidence read csv mine.csv --with series=deaths --with unit=people",
):
    try:
        main(line.split())
    except SystemExit as ended:
        codes.append(ended.code)
print(upriver.__file__, codes, sep="\\n", file=sys.stderr)
"""
"""What a newcomer types, in one process."""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel, each from the checkout."""
    folder = tmp_path_factory.mktemp("packed")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def source(packed: Path) -> set[str]:
    """Files of the source distribution, from its top."""
    (file,) = packed.glob("*.tar.gz")
    with tarfile.open(file) as held:
        return {str(PurePosixPath(*PurePosixPath(one).parts[1:])) for one in held.getnames()}


@pytest.fixture(scope="module")
def wheel(packed: Path) -> Path:
    (file,) = packed.glob("*.whl")
    return file


def test_the_source_distribution_holds_what_documents_and_commands_use(source: set[str]) -> None:
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "MODEL_CARD.md",
        *sorted(ROOT.glob("docs/**/*.md")),
    ]:
        file = ROOT / page
        assert file.relative_to(ROOT).as_posix() in source
        links = LINK.findall(file.read_text(encoding="utf-8"))
        for link in (one for one in links if ":" not in one):
            target = Path(os.path.normpath(file.parent / link)).relative_to(ROOT).as_posix()
            if target not in (".",):
                assert target in source or any(one.startswith(f"{target}/") for one in source), (
                    f"{page}: {link}"
                )
    for file in (
        "constraints.txt",
        "pyproject.toml",
        "uv.lock",
        "mkdocs.yml",
        ".ci/run",
        "LICENSE",
    ):
        assert file in source
    for folder in ("tests", "benchmarks", "tools", "src/upriver/data"):
        here = (
            f for f in (ROOT / folder).rglob("*") if f.is_file() and "__pycache__" not in f.parts
        )
        assert {file.relative_to(ROOT).as_posix() for file in here} <= source


def test_the_source_distribution_holds_nothing_of_this_machine(source: set[str]) -> None:
    for part in (".venv", "__pycache__", ".git/", ".hypothesis", ".pytest_cache", ".egg-info"):
        assert not [file for file in source if part in file]
    assert not [file for file in source if file.endswith((".pyc", ".nc")) and "/" not in file]


def test_the_wheel_alone_runs_what_the_readme_runs(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as held:
        held.extractall(installed)
        names = held.namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if not name.startswith(("upriver/", "upriver-"))]
    (tmp_path / "mine.csv").write_text("year,value\n2021,70601\n2022,73838\n")
    done = subprocess.run(
        [sys.executable, "-c", AS_IN_THE_README],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    *_, where, codes = done.stderr.splitlines()
    assert where.startswith(str(installed))
    assert codes == "[0, 0, 0, 0, 0, 0]", done.stderr
    assert {"base.html", "base.nc", "upriver.html"} <= set(os.listdir(tmp_path))
