"""A browser for tests of files: opened from the disk, offline, and nothing it complains of is lost.

    # conftest.py of a folder of tests
    from browser import browser as browser

    def test_it_opens(browser, file):
        with open_page(browser, file, width=390, dark=True) as page:
            assert until(page, "document.querySelectorAll('svg').length") == 3

Files under test forbid evaluation of strings, which Playwright's `wait_for_function` needs; `until`
polls instead, and locators work as well.
"""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NO_BROWSER = "no browser is installed"
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = {390: 844, 768: 1024, 1440: 900}
"""Heights of a telephone's, a tablet's and a desk's window, by width."""

PAIRS = [
    (1440, False),
    (390, True),
    pytest.param(1440, True, marks=pytest.mark.slow),
    pytest.param(390, False, marks=pytest.mark.slow),
]
"""Width and whether it is dark: each width and each theme once, all pairs in the slow command."""

LISTEN = """
addEventListener('securitypolicyviolation', event => {
  console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI || 'inline'}`
    + ` at ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
addEventListener('unhandledrejection', event => console.error(`rejected: ${event.reason}`));
"""


class Shared:
    """The one browser of a session, however many folders of tests import the fixture."""

    driver: Any = None
    browser: "Browser | None" = None
    users = 0


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium with an empty profile; the test is skipped where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        pytest.skip(NO_BROWSER)
    if Shared.browser is None:
        Shared.driver = sync_playwright().start()
        launch = Shared.driver.chromium.launch
        Shared.browser = launch(executable_path=path, args=list(OPTIONS))
    Shared.users += 1
    yield Shared.browser
    Shared.users -= 1
    if Shared.users == 0:
        Shared.browser.close()
        Shared.driver.stop()
        Shared.browser = None


@contextmanager
def open_page(
    where: "Browser | BrowserContext",
    file: Path | str,
    *,
    width: int = 1440,
    dark: bool = False,
    allowed: tuple[str, ...] = (),
    **more: Any,
) -> Iterator["Page"]:
    """A file in a window of its own; at the end nothing may have been asked for or complained of.

    Args:
        where: a browser, which gives a new context of `width` and theme, or a context as it is.
        file: what to open, with a fragment (`#...`) if it has to have one.
        width: of the window, in CSS pixels.
        dark: the system's theme.
        allowed: parts of messages that are expected.
        more: what `browser.new_context` takes besides.
    """
    context, own = where, hasattr(where, "new_context")
    if own:
        context = where.new_context(  # type: ignore[union-attr]
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            offline=True,
            **more,
        )
    page = context.new_page()
    heard = listen(page)
    try:
        page.goto(address(file))
        yield page
        page.wait_for_timeout(30)
    finally:
        context.close() if own else page.close()
    left = [text for text in heard if not any(part in text for part in allowed)]
    assert left == [], "\n".join(left)


def listen(page: "Page") -> list[str]:
    """A list that fills with what a page says, throws, asks for and is forbidden.

    The page itself, data: and blob: are no requests.
    """
    heard: list[str] = []

    def asked(request: Any) -> None:
        whole_page = request.is_navigation_request() and request.url.startswith("file:")
        if not whole_page and not request.url.startswith(("data:", "blob:")):
            heard.append(f"request: {request.url}")

    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", asked)
    page.add_init_script(LISTEN)
    return heard


def address(file: Path | str) -> str:
    """The file: address of a path; what stands behind `?` or `#` stays there."""
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", str(file), re.DOTALL).groups()
    return Path(path).resolve().as_uri() + mark + rest


def until(page: "Page", expression: str, seconds: float = 10.0) -> Any:
    """The value of an expression, as soon as it is neither false, nothing nor empty.

    Raises:
        TimeoutError: it was so for `seconds`.
    """
    end = time.monotonic() + seconds
    while True:
        value = page.evaluate(f"() => ({expression})")
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:g} seconds: {expression}; found {value!r}")
        page.wait_for_timeout(20)
