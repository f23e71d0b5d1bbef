"""The page as one HTML file: data, worker, script and style, and a policy that names them by hash.

Only the script runs; the worker's text and the data are blocks that the script reads.
"""

import base64
import hashlib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from upriver.experiments.placed import place_draws
from upriver.places.asked import place as place_of
from upriver.policy.draws import DEFAULT_DRAWS
from upriver.policy.places.draws import PlaceDraws
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

VIEWS_OF_PLACE = ("overview", "levers", "compare", "people", "states")
"""Those that speak of a place; the others are of the country."""

TITLE = "Upriver: the US opioid crisis, a model to try"
TITLE_OF_PLACE = "Upriver: the opioid crisis in {place}, a model to try"

NO_PLACE = "export const placing = null;\n"
"""What stands for a place's runs in the country's page, which has none."""


def page(
    scenario: str | None = None,
    place: str | None = None,
    place_fit: str | PathLike[str] | None = None,
) -> str:
    """The text of the page.

    Args:
        scenario: a scenario that ships, or a file, that it opens with.
        place: the code of a state, as OH, whose page it is; by default the country's.
        place_fit: draws of places, that `upriver calibrate --place` wrote; by default those that
            ship.

    Raises:
        InputError: something in the scenario is not right, or there are no draws of the place.
        UnknownName: there is no such place.
    """
    own = None if place is None else _drawn(place, place_fit)
    sheet = page_sheet()
    views = VIEWS if own is None else VIEWS_OF_PLACE
    title = TITLE if own is None else TITLE_OF_PLACE.format(place=place_of(own.place).name)
    made = {} if own else {"page/engine/place.js": NO_PLACE}
    script = assemble("page/start.js", ROOMS, made={"page/views/index.js": views_index(views)})
    worker = assemble("page/engine/worker.js", ROOMS, made=made, vendor=False)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(script, sheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{sheet}</style>
</head>
<body>
<div id="app"><p class="starting">Starting the model …</p></div>
<noscript><p>This page holds a model that runs in your browser, which needs JavaScript.
The command <code>upriver run</code> gives the same numbers.</p></noscript>
<footer class="help"><p>{HELP}</p></footer>
<script type="application/json" id="data">{as_json(payload(scenario, own))}</script>
<script type="text/plain" id="worker">{harmless(worker)}</script>
<script type="text/plain" id="licences">{harmless(LICENCES.read_text(encoding="utf-8"))}</script>
<script>{script}</script>
</body>
</html>
"""


def views_index(views: Sequence[str] = VIEWS) -> str:
    """The module that lists the views.

    Args:
        views: those that the page has.
    """
    imports = "".join(f'import {{ view as {name} }} from "./{name}/{name}.js";\n' for name in views)
    return f"{imports}export const VIEWS = [{', '.join(views)}];\n"


def _drawn(place: str, file: str | PathLike[str] | None) -> PlaceDraws:
    """Draws of a place, as many as a move runs at most."""
    code = place_of(place).code
    own = place_draws(file, code)[code]
    return own.first(min(own.draws, DEFAULT_DRAWS))


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
