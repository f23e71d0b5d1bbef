"""Firefox and WebKit, each started once, and Chromium beside them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from drive import Engine
from seen import Shown, link, shown

from browser import NO_BROWSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COMMANDS = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}
MINI_BROWSER = "lib*/**/webkit2gtk-4*/MiniBrowser"


@pytest.fixture(scope="session")
def chromium(browser: "Browser") -> Iterator[Engine]:
    """The browser that the others are compared with."""
    from chromium import chromium as start

    with start(browser) as found:
        yield found


@pytest.fixture(scope="session", params=list(COMMANDS))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A browser of another make; the test is skipped where there is none."""
    name = request.param
    for command in COMMANDS[name]:
        if shutil.which(command) is None:
            pytest.skip(f"{NO_BROWSER}: {command}")
    if name == "firefox":
        from firefox import firefox as start
    else:
        from webkit import webkit as start
    with start(tmp_path_factory.mktemp(name)) as found:
        yield found


@pytest.fixture(scope="session")
def mini_browser() -> Path:
    """WebKit's small browser, for what it says on its own."""
    found = next(Path("/usr").glob(MINI_BROWSER), None)
    if found is None or shutil.which("Xvfb") is None:
        pytest.skip(f"{NO_BROWSER}: WebKit's own, and a screen for it")
    return found


@pytest.fixture(scope="session")
def usual(chromium: Engine, file: Path, data: dict[str, Any]) -> Callable[[str], Shown]:
    """What Chromium shows of a view; each is looked at once."""
    known: dict[str, Shown] = {}

    def look(view: str) -> Shown:
        if view not in known:
            chromium.open(file, link(data, view))
            known[view] = shown(chromium)
        return known[view]

    return look
