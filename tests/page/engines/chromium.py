"""Chromium, driven by Playwright as in all other tests of the page: what the others must equal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drive import FEW, HEIGHT, WIDTH

from browser import address, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Chromium:
    """A `drive.Engine`."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.said = listen(page)

    def open(self, file: Path, fragment: str = "") -> None:
        self.page.goto("about:blank")
        self.said.clear()
        self.page.goto(address(f"{file}{FEW}#{fragment}"))

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(f"() => ({expression})")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def heard(self) -> list[str]:
        self.page.wait_for_timeout(30)
        return list(self.said)


@contextmanager
def chromium(browser: "Browser") -> Iterator[Chromium]:
    """A window of its own, offline."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    try:
        yield Chromium(context.new_page())
    finally:
        context.close()
