"""What documents say of the state of the model is made from the model, or tested here."""

import re
from pathlib import Path

import pytest

from upriver.system.world import DEFAULT, worlds

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SAY_WHAT_IT_IS = ("README.md", "MODEL_CARD.md", "CITATION.cff", "pyproject.toml", "docs/index.md")


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(DOCS))
    from tools import state  # type: ignore[import-not-found]

    return state


def test_blocks_are_as_the_model_makes_them(state) -> None:
    for file, text in state.filled().items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name}: python docs/generate.py"


def test_every_block_that_can_be_made_stands_somewhere(state) -> None:
    there = {n for f in state.files() for n, _ in state.BLOCK.findall(f.read_text("utf-8"))}
    assert there == set(state.BLOCKS)


def test_a_changed_figure_is_found(state, tmp_path: Path, monkeypatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- made: draws -->\n65 of the 73\n<!-- end -->\nb\n")
    monkeypatch.setattr(state, "files", lambda: [page])
    made = state.filled()[page]
    assert "66 of the 73" in made
    assert made.startswith("a\n")
    assert made.endswith("b\n")


def test_nothing_calls_itself_calibrated_before_the_whole_is_fitted() -> None:
    if "not fitted" not in worlds()[DEFAULT]["title"]:
        return
    for name in SAY_WHAT_IT_IS:
        text = " ".join((ROOT / name).read_text(encoding="utf-8").split())
        for found in re.finditer(r"[^.]*\bcalibrated\b[^.]*", text):
            assert "published" in found[0], f"{name}: {found[0].strip()}"


def test_the_model_book_lists_every_page_that_it_has() -> None:
    index = DOCS / "model" / "index.md"
    linked = set(re.findall(r"\]\(([\w/-]+\.md)\)", index.read_text(encoding="utf-8")))
    pages = {file.relative_to(index.parent).as_posix() for file in index.parent.rglob("*.md")}
    assert linked >= pages - {"index.md"}


def test_the_how_to_index_lists_every_page_that_it_has() -> None:
    index = DOCS / "how-to" / "index.md"
    linked = set(re.findall(r"\]\(([\w/-]+\.md)\)", index.read_text(encoding="utf-8")))
    assert linked >= {file.name for file in index.parent.glob("*.md")} - {"index.md"}


def test_documents_name_the_versions_of_python_that_the_package_names() -> None:
    classifiers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    versions = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', classifiers)
    said = ", ".join(versions[:-1]) + f" or {versions[-1]}"
    for name in ("README.md", "docs/start.md"):
        assert f"Python {said}" in (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_lists_every_room_of_the_house() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [f.name for f in (ROOT / "src" / "upriver").iterdir() if (f / "__init__.py").is_file()]
    assert [room for room in rooms if f"`{room}/`" not in text] == []
