"""Takes the pictures of the report that the documentation shows.

    upriver run && python docs/pictures/take.py report.html

Needs Playwright for Python and Chromium on the PATH; neither is a dependency of Upriver.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

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


def main(report: Path) -> None:
    """Pictures of the top and of the first figure, light theme, with few colours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        page = browser.new_page(viewport={"width": 960, "height": 1180}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.screenshot(path=HERE / "top.png")
        box = page.locator("figure").first.bounding_box()
        assert box is not None
        around = {"x": box["x"] - MARGIN, "y": box["y"] - MARGIN}
        around |= {"width": box["width"] + 2 * MARGIN, "height": box["height"] + MARGIN}
        page.screenshot(path=HERE / "report.png", clip=around, full_page=True)
        browser.close()
    for name in ("top.png", "report.png"):
        picture = Image.open(HERE / name).convert("RGB").quantize(128)
        picture.save(HERE / name, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
