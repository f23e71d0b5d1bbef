"""The page in a real browser: from a slider's move to the painted picture, with all draws.

    python benchmarks/page.py            # moves, opening, size: 1 minute
    python benchmarks/page.py --memory   # and memory, at rest and over 5,000 moves: 6 minutes
    python benchmarks/page.py --only-memory
    python benchmarks/page.py --place OH # the page of a state, which runs the country first

Chromium, headless, is driven by Playwright; the pointer drags a lever of each view. A move's time
runs from the browser's own time of the input event to the first task after the frame in which its
picture was painted. Moves follow each other as soon as that is done.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure import machine, row
from playwright.sync_api import Browser, Page, sync_playwright

from upriver.page.write import VIEWS
from upriver.page.write import page as text_of_page

OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
MOVES = 200
STEPS = 200
"""Of the slider; each move goes to another, since what was computed a moment ago is kept."""
LEVER = '[data-lever="naloxone_kits"] input[type=range]'
WATCH = """() => {
  window.times = [];
  window.fewer = 0;
  const root = document.documentElement;
  let begun = null;
  addEventListener('input', event => { begun = event.timeStamp; }, true);
  new MutationObserver(() => {
    const from = begun;
    if (from === null) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (begun !== from) return;
        window.times.push(performance.now() - from);
        window.fewer += document.querySelector('.sure-strip').textContent.includes('while you');
        begun = null;
      };
      port2.postMessage(0);
    });
  }).observe(root, { attributes: true, attributeFilter: ['data-shown'] });
}"""

MOVED = 200
"""Draws that a move runs."""
RESTS = 9
REST = """() => {
  window.rested = null;
  const root = document.documentElement;
  let begun = null;
  addEventListener('pointerup', event => { begun = event.timeStamp; }, true);
  new MutationObserver(() => {
    const from = begun;
    if (from === null || root.dataset.draws <= 200) return;
    begun = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { window.rested = performance.now() - from; };
      port2.postMessage(0);
    });
  }).observe(root, { attributes: true, attributeFilter: ['data-shown', 'data-draws'] });
}"""


def main() -> None:
    """Measure and print a table with the goal beside each figure."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--memory", action="store_true", help="also each view's, and 5,000 moves")
    options.add_argument("--only-memory", action="store_true", help="nothing but this")
    options.add_argument("--page", type=Path, help="a page that is there already")
    options.add_argument("--place", metavar="CODE", help="the page of a state")
    given = options.parse_args()
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("Chromium is not installed.")
    print(machine())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = given.page or Path(folder) / "page.html"
        if given.page is None:
            begin = time.perf_counter()
            file.write_text(text_of_page(place=given.place), encoding="utf-8")
            taken = time.perf_counter() - begin
            print(row("the page written, in this process", f"{taken:.2f} s", "2 s", taken <= 2))
        size = file.stat().st_size
        print(row("size of the file", f"{size / 1e6:.2f} MB", "2.5 MB", size <= 2.5e6))
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        print(f"Chromium {browser.version}")
        script(file)
        if not given.only_memory:
            speed(browser, file, given.place)
        if given.memory or given.only_memory:
            resident(browser, file)
            memory(browser, file)
        browser.close()


def speed(browser: Browser, file: Path, place: str | None) -> None:
    """How long it takes until something is seen; the page of a place has 200 draws and no flow."""
    opening(browser, file)
    for view in ("overview", "levers", "people", *([] if place else ["flow"])):
        moving(browser, file, view, 2027, 35, 60)
    moving(browser, file, "overview", 2005, 250, 250)
    if place:
        return
    moving(browser, file, "people", 2005, 250, 250)
    moving(browser, file, "flow", 2005, 250, 250)
    resting(browser, file, "overview", 2027, 250)
    resting(browser, file, "people", 2027, 250)
    resting(browser, file, "overview", 2005, 250)
    years(browser, file)


def script(file: Path) -> None:
    """Bytes of the script that runs, and of the worker's."""
    text = file.read_text(encoding="utf-8")
    blocks = [block.partition("</script>")[0] for block in text.split("<script")[1:]]
    own = next(b for b in blocks if b.startswith(">"))
    worker = next(b for b in blocks if 'id="worker"' in b.partition(">")[0])
    size = len(own.encode()) + len(worker.encode())
    print(row("script and worker", f"{size / 1e3:.0f} kB", "450 kB", size <= 4.5e5))


def opening(browser: Browser, file: Path) -> None:
    """From the start of the navigation to the first painted answer."""
    times = []
    for _ in range(7):
        page = fresh(browser)
        page.add_init_script(
            """addEventListener('DOMContentLoaded', () => {
              const look = () => {
                const seen = ['.answer-number', 'svg.drawing'];
                if (!seen.every(name => document.querySelector(name)))
                  return requestAnimationFrame(look);
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => { window.firstPicture = performance.now(); };
                port2.postMessage(0);
              };
              look();
            })"""
        )
        page.goto(file.as_uri() + "#view=overview")
        times.append(polled(page, "window.firstPicture"))
        page.context.close()
    middle = statistics.median(times)
    met = middle <= 800
    print(row("opened to first picture, median of 7", f"{middle:.0f} ms", "800 ms", met))


def moving(browser: Browser, file: Path, view: str, start: int, median: float, most: float) -> None:
    """Drag a lever to and fro, `MOVES` times."""
    page = opened(browser, file, view, start)
    times = drag(page, MOVES)
    fewer = page.evaluate("() => window.fewer")
    page.context.close()
    middle = statistics.median(times)
    high = sorted(times)[int(0.95 * len(times))]
    name = f"{view}, a lever from {start}"
    for what, found, goal in ((f"median of {len(times)}", middle, median), ("95 %", high, most)):
        print(row(f"{name}: {what}", f"{found:.1f} ms", f"{goal} ms", found <= goal))
    if fewer:
        print(row("  of these with fewer than all draws", str(fewer), "0", False))


def resting(browser: Browser, file: Path, view: str, start: int, most: float) -> None:
    """From letting go of a lever to the picture of all draws."""
    page = opened(browser, file, view, start)
    polled(page, f"document.documentElement.dataset.draws > {MOVED}")
    page.evaluate(REST)
    times = []
    for i in range(RESTS):
        drag(page, 3, stride=31 + 2 * i)
        times.append(polled(page, "window.rested"))
        page.evaluate("() => { window.rested = null; }")
    page.context.close()
    middle = statistics.median(times)
    name = f"{view}, a lever from {start} let go: all draws, median of {RESTS}"
    print(row(name, f"{middle:.0f} ms", f"{most} ms", middle <= most))


def years(browser: Browser, file: Path) -> None:
    """Go through the years of the flow view."""
    page = opened(browser, file, "flow", 2027)
    count = int(page.locator(".flows-year input").evaluate("one => one.max - one.min")) + 1
    times = drag(page, count, ".flows-year input", count, 1)
    page.context.close()
    middle, high = statistics.median(times), max(times)
    print(row(f"flow, the year: median of {len(times)}", f"{middle:.1f} ms", "35 ms", middle <= 35))
    print(row("flow, the year: most", f"{high:.1f} ms", "250 ms", high <= 250))


def resident(browser: Browser, file: Path) -> None:
    """Memory that the process of the page holds at rest, with all draws, in each view."""
    most = (0.0, "")
    for view in VIEWS:
        page = opened(browser, file, view, 2027)
        polled(page, f"document.documentElement.dataset.draws > {MOVED}")
        page.wait_for_timeout(3000)
        most = max(most, (largest(browser), view))
        page.context.close()
    size, view = most
    name = f"memory at rest, the most of {len(VIEWS)} views ({view})"
    print(row(name, f"{size / 1e6:.0f} MB", "400 MB", size < 4e8))


def largest(browser: Browser) -> float:
    """Bytes in the machine's memory of the largest process that draws a page (Linux)."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [one["id"] for one in processes if one["type"] == "renderer"]
    sizes = [Path(f"/proc/{one}/statm").read_text().split()[1] for one in pages]
    return max(int(size) for size in sizes) * os.sysconf("SC_PAGE_SIZE")


def memory(browser: Browser, file: Path) -> None:
    """The heap, after a collection, and the process, before and after 5,000 moves."""
    page = opened(browser, file, "overview", 2027)
    drag(page, 500)
    before = held(page)
    for done in range(1000, 5001, 1000):
        drag(page, 1000)
        now = held(page)
        print(row(f"heap after {done} more moves", f"{now / 1e6:.1f} MB"))
    grown = now - before
    print(row("heap grown over 5,000 moves", f"{grown / 1e6:+.1f} MB", "2 MB", grown <= 2e6))
    page.context.close()


def fresh(browser: Browser) -> Page:
    """A window with an empty profile."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    return context.new_page()


def opened(browser: Browser, file: Path, view: str, start: int) -> Page:
    """The page in a view, with a lever that starts in a year, and with a watch on its pictures."""
    page = fresh(browser)
    page.goto(f"{file.as_uri()}#s=2&w=base&l=naloxone_kits:0.5:{start}:3&view={view}")
    polled(page, "Number(document.documentElement.dataset.shown) > 0")
    page.evaluate(
        "() => { for (const one of document.querySelectorAll('main details')) "
        "one.open ||= /lever/.test(one.querySelector('summary').textContent); }"
    )
    page.wait_for_timeout(800)
    page.evaluate(WATCH)
    return page


def drag(
    page: Page, moves: int, control: str = LEVER, steps: int = STEPS, stride: int = 79
) -> list[float]:
    """Drag a slider with the pointer, each move as soon as the one before is painted."""
    slider = page.locator(control)
    slider.first.scroll_into_view_if_needed()
    box: Any = slider.first.bounding_box()
    left, width, y = box["x"] + 12, box["width"] - 24, box["y"] + box["height"] / 2
    page.mouse.move(left + width / 2, y)
    page.mouse.down()
    times: list[float] = []
    page.evaluate("() => { window.times = []; }")
    for move in range(moves):
        part = (move * stride + 0.5) % steps / steps
        page.mouse.move(left + width * part, y)
        times = wait_for(page, move + 1)
    page.mouse.up()
    page.wait_for_timeout(200)
    return times


def wait_for(page: Page, count: int) -> list[float]:
    """The times so far, once there are so many, or a move changed nothing."""
    end = time.monotonic() + 3
    while time.monotonic() < end:
        times: list[float] = page.evaluate("() => window.times")
        if len(times) >= count:
            return times
        time.sleep(0.002)
    return times


def held(page: Page) -> float:
    """Bytes of the heap of the page after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return used


def polled(page: Page, expression: str) -> Any:
    """The value of an expression once it is there; the policy forbids `wait_for_function`."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if value := page.evaluate(f"() => {expression}"):
            return value
        time.sleep(0.01)
    sys.exit(f"The page did not come to {expression}.")


if __name__ == "__main__":
    main()
