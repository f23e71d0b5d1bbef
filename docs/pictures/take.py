"""Takes the pictures of the page and the report that the documentation shows.

    python docs/pictures/take.py

Needs the development dependencies, and Chromium on the PATH.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from upriver.experiments.simulate import simulate
from upriver.page.write import page as text_of_page
from upriver.report.story import report as text_of_report

HERE = Path(__file__).parent
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MARGIN = 28
SHOWN = "#s=2&w=base&l=naloxone_kits:0.5:2026:3~prevent_relapse:0.1:2026:3&view=overview"


def main() -> None:
    """Pictures of the page, of the top of a report and of its first figure, with few colours."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        files = {"page": text_of_page(), "report": text_of_report(simulate("base"))}
        for name, text in files.items():
            (Path(folder) / f"{name}.html").write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        of_page(browser, (Path(folder) / "page.html").as_uri())
        of_report(browser, (Path(folder) / "report.html").as_uri())
        browser.close()
    for name in ("page.png", "top.png", "report.png"):
        picture = Image.open(HERE / name).convert("RGB").quantize(256, kmeans=2)
        picture.save(HERE / name, optimize=True)


def of_page(browser: Browser, address: str) -> None:
    """The overview, two levers moved."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page.goto(address + SHOWN)
    page.locator(".answer-number").wait_for()
    page.locator("svg.drawing").first.wait_for()
    page.get_by_role("button", name="Dismiss").click()
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / "page.png")
    page.close()


def of_report(browser: Browser, address: str) -> None:
    """The top of a report, and its first figure."""
    page = browser.new_page(viewport={"width": 960, "height": 1180}, color_scheme="light")
    page.goto(address)
    page.locator("svg.drawing").first.wait_for()
    page.screenshot(path=HERE / "top.png")
    box: Any = page.locator("figure").first.bounding_box()
    around = {"x": box["x"] - MARGIN, "y": box["y"] - MARGIN}
    around |= {"width": box["width"] + 2 * MARGIN, "height": box["height"] + MARGIN}
    page.screenshot(path=HERE / "report.png", clip=around, full_page=True)  # type: ignore[arg-type]
    page.close()


if __name__ == "__main__":
    main()
