"""What a person does on the page, and what a person reads there.

with opened(browser, file) as page:
    drag(page, "naloxone_kits", 0.8)
    settle(page)
    assert "would avert" in answer(page)
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browser import WIDTHS, open_page, until
from upriver.page import write
from upriver.policy.draws import DEFAULT_DRAWS
from upriver.policy.levers import levers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Locator, Page

VIEWS = tuple(name.capitalize() for name in write.VIEWS)
"""Titles of the views, in the order of their tabs."""

WATCH = """
window.engine = { asked: 0, answered: 0, questions: [] };
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  if (message.wants) {
    const landed = () => { window.engine.answered += 1; };
    if (!window.engine.asked) this.addEventListener('message', landed);
    window.engine.asked += 1;
    window.engine.questions = [...window.engine.questions.slice(-99), message];
  }
  return post.call(this, message, ...rest);
};
"""
"""Counts what the page asks of its engine, and what has been answered."""

CALM = """frames => new Promise((done, failed) => {
  const end = performance.now() + 20000;
  let calm = 0;
  let before = -1;
  const look = () => {
    const { asked, answered } = window.engine;
    const waits = document.querySelector('.awaits, [aria-busy="true"]');
    calm = asked === answered && asked === before && !waits ? calm + 1 : 0;
    before = asked;
    if (calm >= frames) done();
    else if (performance.now() > end) failed(new Error(`${asked} asked, ${answered} answered`));
    else next();
  };
  // A browser that draws no frames must end as a failure, not as a wait without end.
  const next = () => {
    let gone = false;
    const go = () => {
      if (!gone) setTimeout(look);
      gone = true;
    };
    requestAnimationFrame(go);
    setTimeout(go, 1000);
  };
  look();
})"""


@contextmanager
def opened(
    browser: "Browser",
    file: Path,
    fragment: str = "view=overview",
    *,
    width: int = 1440,
    dark: bool = False,
    before: str = "",
    calm: bool = True,
    allowed: tuple[str, ...] = (),
    draws: int | None = DEFAULT_DRAWS,
    **more: Any,
) -> Iterator["Page"]:
    """The page in a window of its own, once it has answered.

    Args:
        browser: which gives a new, empty context.
        file: the page.
        fragment: of its address.
        width: of the window.
        dark: the system's theme.
        before: a script that runs before the page's own.
        calm: wait until every question is answered.
        allowed: parts of messages that are expected.
        draws: that it runs; None for all, of which a settled page may have the first alone.
        more: what `browser.new_context` takes besides.
    """
    size = {"width": width, "height": WIDTHS.get(width, 900)}
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, offline=True, **more)
    context.add_init_script(f"(() => {{{before}\n{WATCH}}})()")
    try:
        asked = f"{file}?draws={draws}" if draws else str(file)
        address = f"{asked}#{fragment}" if fragment else asked
        with open_page(context, address, allowed=allowed) as page:
            if calm:
                settle(page)
            yield page
    finally:
        context.close()


def settle(page: "Page", frames: int = 4) -> None:
    """Wait until every question is answered and nothing was asked for some frames."""
    page.evaluate(CALM, frames)


def rest(page: "Page", draws: int) -> None:
    """Wait until what is shown is of so many draws."""
    until(page, f"document.documentElement.dataset.draws === '{draws}'", 60)
    settle(page)


def follow(page: "Page", fragment: str) -> None:
    """Change the address of a page that is open, as a link within it would."""
    page.evaluate("text => { location.hash = text; }", fragment)
    settle(page)


def view(page: "Page", name: str) -> None:
    """Open a view by its link in the bar, or behind 'More' where the bar has no room for it."""
    bar = page.get_by_role("navigation", name="Views")
    link = bar.get_by_role("link", name=name)
    if not link.count():
        bar.locator(".scarce button").click()
    link.click()
    settle(page)


def here(page: "Page") -> str:
    """The address of the page, without how many draws it runs."""
    return str(page.evaluate("location.href")).replace(f"?draws={DEFAULT_DRAWS}", "")


def answer(page: "Page") -> str:
    """The answer in words, on one line."""
    return flat(page.get_by_role("region", name="The answer").inner_text())


def said(page: "Page") -> str:
    """What the page says is wrong."""
    return flat(page.locator(".notices[role=status]").inner_text())


def slider(page: "Page", lever: str) -> "Locator":
    """The slider of a lever; in the ranking of the overview its bar is opened for it."""
    found = page.locator(f'[data-lever="{lever}"] input[type=range]')
    if not found.count() and page.locator(".ranking").count():
        bar = page.locator(f'[data-rank="{lever}"] .rank-open')
        if not bar.count():
            page.get_by_role("button", name="whose effect nobody measured").click()
        bar.click()
    return found


def menu(page: "Page", name: str) -> "Locator":
    """A button of the menu, which is opened for it."""
    if page.locator("#menu").is_hidden():
        page.get_by_role("button", name="Menu", exact=True).click()
    return page.locator("#menu").get_by_role("button", name=name, exact=True)


def strengths(page: "Page") -> dict[str, str]:
    """What the page says of each lever: `as today`, `+50 %`.

    The ranking of the overview shows the control of a lever that is moved, or opened.
    """
    found = page.locator("[data-lever]").evaluate_all(
        "all => all.map(one => [one.dataset.lever, one.querySelector('output').textContent])"
    )
    folded = dict.fromkeys(levers(), "as today") if page.locator(".ranking").count() else {}
    return {**folded, **dict(found)}


def drag(page: "Page", lever: str, share: float, *, steps: int = 4, let_go: bool = True) -> None:
    """Drag a lever to a share of its slider's way, with the pointer."""
    thumb = slider(page, lever)
    thumb.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = thumb.bounding_box()
    assert box is not None
    low, high, now = (
        float(thumb.evaluate(f"one => one.{name}")) for name in ("min", "max", "value")
    )
    reach, y = box["width"] - 19, box["y"] + box["height"] / 2
    at = [box["x"] + 9.5 + reach * part for part in ((now - low) / (high - low), share)]
    page.mouse.move(at[0], y)
    page.mouse.down()
    page.mouse.move(at[1], y, steps=steps)
    if let_go:
        page.mouse.up()


def push(page: "Page", lever: str, value: float) -> None:
    """Set a slider to a value in one event, as a browser's own keys do."""
    slider(page, lever).evaluate(
        """(one, value) => {
          one.value = value;
          one.dispatchEvent(new Event('input', { bubbles: true }));
          one.dispatchEvent(new Event('change', { bubbles: true }));
        }""",
        value,
    )


def table(page: "Page", figure: str) -> dict[str, list[str]]:
    """The numbers of a figure as its table shows them, by column."""
    place = page.locator(f"#fig-{figure} details")
    if place.get_attribute("open") is None:
        place.locator("summary").click()
        place.locator("table").wait_for()
    rows = place.locator("tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
    )
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def saved(page: "Page", button: "Locator", folder: Path) -> Path:
    """The file that a button gives.

    What lies further down may be drawn only as the button comes into view, and move it; so the page
    is calm before it is pressed. A browser on a busy machine was seen to lose one press of
    hundreds: it is pressed once more, as a reader would.
    """
    from playwright.sync_api import TimeoutError as NothingCame

    try:
        given = _given(page, button, 15_000)
    except NothingCame:
        given = _given(page, button, 60_000)
    file = folder / given.suggested_filename
    given.save_as(file)
    return file


def _given(page: "Page", button: "Locator", within_ms: float) -> "Download":
    button.scroll_into_view_if_needed()
    if page.evaluate("'engine' in window"):
        settle(page)
    with page.expect_download(timeout=within_ms) as waiting:
        button.click()
    return waiting.value


def scenario_file(page: "Page", folder: Path) -> Path:
    """The scenario of the page as the file that its button gives."""
    return saved(page, menu(page, "Scenario file"), folder)


def carried(file: Path) -> dict[str, Any]:
    """The data that a page carries."""
    (text,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', file.read_text()
    )
    return dict(json.loads(text))


def flat(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())
