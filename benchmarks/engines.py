"""Seconds from opening the page to its first answer, in Chromium, Firefox and WebKit.

    python benchmarks/engines.py [--page FILE] [--times N]

The page's own clock counts, from the navigation to the look that finds an answer. Each browser is
asked several times, and its median and best are printed: the best says most on a busy machine.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "page" / "engines")]

from chromium import chromium  # noqa: E402
from drive import Engine  # noqa: E402
from firefox import firefox  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from webkit import webkit  # noqa: E402

from browser import OPTIONS  # noqa: E402
from upriver.page.write import page  # noqa: E402

ANSWERED = "Number(document.documentElement.dataset.shown ?? 0) > 0"
PATIENCE = 60.0


@contextmanager
def usual(_: Path) -> Iterator[Engine]:
    """Chromium, as the tests of the page have it."""
    with sync_playwright() as driver:
        path = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=path, args=list(OPTIONS))
        with chromium(browser) as engine:
            yield engine
        browser.close()


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "Chromium": usual,
    "Firefox": firefox,
    "WebKit": webkit,
}


def first_answer(engine: Engine, file: Path) -> float:
    """Seconds from the navigation to the first answer."""
    engine.open(file, "view=overview")
    end = time.monotonic() + PATIENCE
    while not engine.evaluate(ANSWERED):
        if time.monotonic() > end:
            raise TimeoutError("no answer")
        time.sleep(0.01)
    return float(engine.evaluate("performance.now()")) / 1000


def main() -> None:
    """Print a line for each browser."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--page", type=Path, help="a page that is there already")
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = asked.page or folder / "upriver.html"
        if not asked.page:
            file.write_text(page(), encoding="utf-8")
        for title, start in ENGINES.items():
            (folder / title).mkdir()
            with start(folder / title) as engine:
                took = [first_answer(engine, file) for _ in range(asked.times)]
            print(f"{title}: median {statistics.median(took):.2f} s, best {min(took):.2f} s")


if __name__ == "__main__":
    main()
