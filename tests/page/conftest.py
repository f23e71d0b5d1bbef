"""The page, written once for all tests, and pages that were made with a scenario."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hand import carried

from browser import browser as browser
from upriver.page.write import page

Made = Callable[[str], Path]
"""Writes a page with a scenario: one that ships, a file, or the text of one."""


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page."""
    found = tmp_path_factory.mktemp("page") / "upriver.html"
    found.write_text(page(), encoding="utf-8")
    return found


@pytest.fixture(scope="session")
def data(file: Path) -> dict[str, Any]:
    """What the page carries."""
    return carried(file)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes pages with scenarios of their own."""

    def write(scenario: str) -> Path:
        if "\n" in scenario:
            (tmp_path / "mine.yaml").write_text(scenario, encoding="utf-8")
            scenario = str(tmp_path / "mine.yaml")
        found = tmp_path / "made.html"
        found.write_text(page(scenario), encoding="utf-8")
        return found

    return write
