"""The page as one HTML file: data, worker, script and style, and a policy that names them by hash.

Only the script runs; the worker's text and the data are blocks that the script reads.
"""

import base64
import hashlib
from pathlib import Path

from upriver.report import style
from upriver.report.assemble import assemble
from upriver.report.html import HELP

from .payload import as_json, payload

HERE = Path(__file__).parent
KIT = HERE.parent / "report" / "kit"
LICENCES = HERE.parent / "data" / "vendor" / "LICENSES.txt"
ROOMS = {"page": HERE, "kit": KIT}

VIEWS = (
    "overview",
    "levers",
    "why",
    "answers",
    "cost",
    "forecast",
    "beliefs",
    "compare",
    "flow",
    "people",
    "diplomacy",
    "states",
    "claims",
    "evidence",
)
"""The views in the order of their tabs: each a folder of `views/`, its file of that name exports
`view`."""

TITLE = "Upriver: the US opioid crisis, a model to try"


def page(scenario: str | None = None) -> str:
    """The text of the page.

    Args:
        scenario: a scenario that ships, or a file, that it opens with.

    Raises:
        InputError: something in the scenario is not right.
    """
    sheet = page_sheet()
    script = assemble("page/start.js", ROOMS, made={"page/views/index.js": views_index()})
    worker = assemble("page/engine/worker.js", ROOMS, vendor=False)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(script, sheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{TITLE}</title>
<style>{sheet}</style>
</head>
<body>
<div id="app"><p class="starting">Starting the model …</p></div>
<noscript><p>This page holds a model that runs in your browser, which needs JavaScript.
The command <code>upriver run</code> gives the same numbers.</p></noscript>
<footer class="help"><p>{HELP}</p></footer>
<script type="application/json" id="data">{as_json(payload(scenario))}</script>
<script type="text/plain" id="worker">{harmless(worker)}</script>
<script type="text/plain" id="licences">{harmless(LICENCES.read_text(encoding="utf-8"))}</script>
<script>{script}</script>
</body>
</html>
"""


def views_index() -> str:
    """The module that lists the views."""
    imports = "".join(f'import {{ view as {name} }} from "./{name}/{name}.js";\n' for name in VIEWS)
    return f"{imports}export const VIEWS = [{', '.join(VIEWS)}];\n"


def page_sheet() -> str:
    """Tokens and the chart kit's styles, the page's own by name, those of views, print last."""
    *own, paper = sorted((HERE / "style").glob("*.css"))
    files = [*own, *sorted((HERE / "views").glob("*/*.css")), paper]
    return style.sheet() + "\n".join(file.read_text(encoding="utf-8") for file in files)


def policy(script: str, sheet: str) -> str:
    """Nothing is fetched, nothing runs but this script, its worker and the engine."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}' 'wasm-unsafe-eval'; "
        f"style-src '{_hash(sheet)}'; img-src data: blob:; worker-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def harmless(text: str) -> str:
    """Text of a block that is not run: nothing in it may end the block.

    Raises:
        ValueError: it holds the end of a script element.
    """
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError("a block of the page holds the end of a script element")
    return text


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
