"""A browser, and in it the chart kit for tests to call, under the policy of a report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from browser import browser as browser
from browser import open_page
from upriver.report import style
from upriver.report.assemble import assemble

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROBE = """
/** Gives tests the kit, and a chart or a figure whose data they can change. */
import { html, render } from "vendor";
import { Chart } from "kit/chart.js";
import { columns, dataTo, describe, momentText, slug, sourcesOf, stops } from "kit/columns.js";
import { linePath, parted, stretches } from "kit/fan.js";
import { Figure } from "kit/figure.js";
import {
  bare, brief, decimalsFor, interval, known, number, percent, plain, short, year,
} from "kit/format.js";
import { csvOf, pngOf, svgOf } from "kit/save.js";
import { enclosing, settled, tickTexts, yearTicks } from "kit/scales.js";
import { Sankey } from "kit/sankey.js";
import { Sparkline } from "kit/sparkline.js";
import { FONT, spread, textWidth, wrap } from "kit/text.js";
import { tableOf } from "kit/twin.js";

const kinds = { Chart, Figure, Sankey, Sparkline };
const later = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

globalThis.kit = {
  FONT, bare, brief, columns, csvOf, dataTo, decimalsFor, describe, enclosing, interval, known,
  linePath,
  momentText, number, parted, percent, plain, pngOf, settled, short, slug, sourcesOf, spread, stops,
  stretches, svgOf, tableOf, textWidth, tickTexts, wrap, year, yearTicks,
};
globalThis.show = async (kind, props) => {
  const place = document.getElementById("app");
  if (kind === null) render(null, place);
  else render(html`<${kinds[kind]} ...${props} />`, place);
  await later();
  await later();
};
"""


@pytest.fixture(scope="session")
def kit_page(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator["Page"]:
    """A page of 800 pixels with `kit`, the functions of the kit, and `show(kind, props)`."""
    folder = tmp_path_factory.mktemp("kit")
    (folder / "probe.js").write_text(PROBE, encoding="utf-8")
    script = assemble("probe/probe.js", {"probe": folder, "kit": style.KIT})
    sheet = style.sheet() + "body{margin:0}"
    (folder / "probe.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Probe</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{style.policy(sheet, script)}">'
        f'<style>{sheet}</style></head><body><div id="app"></div>'
        f"<script>{script}</script></body></html>",
        encoding="utf-8",
    )
    with open_page(browser, folder / "probe.html", width=800) as page:
        yield page


@pytest.fixture
def kit(kit_page: "Page") -> "Page":
    """The same page, empty, for one test."""
    kit_page.set_viewport_size({"width": 800, "height": 900})
    kit_page.evaluate("show(null)")
    return kit_page
