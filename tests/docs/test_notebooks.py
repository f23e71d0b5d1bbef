"""The tutorials run from their source, their pages show what comes, and together they are quick."""

import hashlib
import importlib.util
import re
import subprocess
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "notebooks"
FITS = ("3-own-mechanism", "5-doubting-it")
"""Tutorials that fit the whole model, which takes minutes where others work beside them."""

MOST = 60
"""Seconds of processors that a tutorial may use: five of them, five minutes at most."""


@cache
def maker() -> ModuleType:
    """`docs/tools/notebooks.py`, which writes the pages."""
    place = importlib.util.spec_from_file_location("notebooks", ROOT / "docs/tools/notebooks.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def names() -> list[str]:
    return [source.stem for source in maker().sources()]


def is_as_made(name: str) -> None:
    page = maker().made(FOLDER / f"{name}.py")
    there = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert maker().differences(there, page.text) == []
    kept = {f"pictures/{file.name}" for file in FOLDER.glob(f"pictures/{name}-*.png")}
    assert set(page.pictures) == kept
    assert page.used < MOST


def package() -> str:
    """A digest of all that is installed."""
    total = hashlib.sha256()
    for file in sorted((ROOT / "src" / "upriver").rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(f"{file}".encode() + file.read_bytes())
    return total.hexdigest()


def test_there_are_five_and_each_has_its_page_in_the_list() -> None:
    assert [name[0] for name in names()] == list("12345")
    listed = (FOLDER / "index.md").read_text(encoding="utf-8")
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for name in names():
        assert f"({name}.md)" in listed
        assert f"notebooks/{name}.md" in site
        assert (FOLDER / f"{name}.md").is_file()


@pytest.mark.parametrize("name", [name for name in names() if name not in FITS])
def test_a_tutorial_runs_and_its_page_shows_what_comes(name: str) -> None:
    is_as_made(name)


@pytest.mark.slow
def test_a_mechanism_is_written_compiled_and_fitted_and_the_installation_stays_as_it_was() -> None:
    before = package()
    is_as_made("3-own-mechanism")
    assert package() == before


@pytest.mark.slow
def test_doubt_runs_and_its_page_shows_what_comes() -> None:
    is_as_made("5-doubting-it")


@pytest.mark.parametrize("name", names())
def test_a_tutorial_opens_as_a_notebook(name: str, tmp_path: Path) -> None:
    import jupytext

    book = jupytext.read(FOLDER / f"{name}.py")
    jupytext.write(book, tmp_path / f"{name}.ipynb")
    again = jupytext.read(tmp_path / f"{name}.ipynb")
    assert [cell.source for cell in again.cells] == [cell.source for cell in book.cells]
    assert {cell.cell_type for cell in book.cells} == {"code", "markdown"}


def test_no_notebook_with_outputs_is_kept() -> None:
    found = subprocess.run(["git", "ls-files", "*.ipynb"], cwd=ROOT, capture_output=True, text=True)
    assert not found.stdout


def test_no_picture_is_large_and_none_is_left_over() -> None:
    shown = {
        path
        for name in names()
        for path in re.findall(r"\((pictures/[^)]+)\)", (FOLDER / f"{name}.md").read_text("utf-8"))
    }
    kept = {f"pictures/{file.name}": file.stat().st_size for file in FOLDER.glob("pictures/*")}
    assert shown == set(kept)
    assert max(kept.values()) <= maker().LARGEST


PAGE = """deaths 54,008 (52,844 to 55,369), Upriver 0.1.0
<!-- fit -->
```text
closing 0.11, averted −12,000
```
deaths 54,008"""


def page(**changed: str) -> str:
    text = PAGE.replace("<!-- fit -->", maker().FIT)
    for old, new in changed.items():
        text = text.replace(PLACES[old], new)
    return text


PLACES = {
    "number": "52,844",
    "version": "0.1.0",
    "word": "averted",
    "fitted": "12,000",
    "small": "0.11",
    "last": "```\ndeaths 54,008",
}


@pytest.mark.parametrize(
    ("changed", "stale"),
    [
        ({"version": "0.2.0"}, False),
        ({"number": "52,845"}, True),
        ({"last": "```\ndeaths 54,009"}, True),
        ({"word": "gained"}, True),
        ({"fitted": "14,000"}, False),
        ({"fitted": "30,000"}, True),
        ({"small": "0.2"}, False),
        ({"small": "0.5"}, True),
    ],
)
def test_a_page_is_stale_when_a_word_or_a_number_has_changed(changed, stale) -> None:
    assert bool(maker().differences(page(), page(**changed))) is stale
    assert maker().differences(page(), page()) == []


def test_a_tutorial_that_fails_says_where(tmp_path: Path) -> None:
    from nbclient.exceptions import CellExecutionError

    source = tmp_path / "9-broken.py"
    source.write_text(
        "# %% [markdown]\n# # Broken\n# %%\nimport upriver as up\nup.simulate('bas')\n"
    )
    with pytest.raises(CellExecutionError, match="base"):
        maker().made(source)
