"""Style sheets and content policies of the report; its colours and the kit serve the page too.

Colours are an Okabe-Ito order, darkened on light ground and lightened on dark ground until every
line and every word passes WCAG AA (4.5 to 1), which `tests/report/test_style.py` computes.
"""

import base64
import hashlib
from pathlib import Path

KIT = Path(__file__).parent / "kit"
FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif'

LIGHT = {
    "page": "#fdfdfb",
    "raised": "#f3f4f1",
    "text": "#1b2126",
    "soft": "#525c64",
    "rule": "#d3d8d8",
    "grid": "#e4e7e6",
    "link": "#0b5394",
    "ink": "#1b2126",
    "grey": "#5f6a72",
    "c1": "#0a5fa3",
    "c2": "#b04a08",
    "c3": "#00705a",
    "c4": "#95417f",
    "c5": "#7d5f00",
    "c6": "#14748f",
    "c7": "#a3293b",
    "shade": "#1b212626",
}
DARK = {
    "page": "#13181c",
    "raised": "#1c2329",
    "text": "#e7ebed",
    "soft": "#aab4bb",
    "rule": "#3a454d",
    "grid": "#2a333a",
    "link": "#8cc4ff",
    "ink": "#f2f4f5",
    "grey": "#a0abb3",
    "c1": "#6fb7f5",
    "c2": "#f4a261",
    "c3": "#4fcfa8",
    "c4": "#e7a0d3",
    "c5": "#e5c558",
    "c6": "#7bd4e8",
    "c7": "#ff9aa5",
    "shade": "#00000080",
}

FORCED = {
    **dict.fromkeys(LIGHT, "CanvasText"),
    **dict.fromkeys(("page", "raised", "shade"), "Canvas"),
    **dict.fromkeys(("rule", "grid"), "GrayText"),
    "link": "LinkText",
}
"""System colours, where a reader forces their own; lines differ by dash and name."""


def tokens() -> str:
    """Colours and font as CSS variables.

    The system's theme holds unless the root says otherwise by `data-theme`; paper is light.
    """
    return (
        f":root{{color-scheme:light dark;--font:{FONT};{_variables(LIGHT)}}}\n"
        ':root[data-theme="light"]{color-scheme:light}\n'
        "@media screen and (prefers-color-scheme:dark){"
        f':root:not([data-theme="light"]){{{_variables(DARK)}}}}}\n'
        "@media screen{"
        f':root[data-theme="dark"]{{color-scheme:dark;{_variables(DARK)}}}}}\n'
        "@media (forced-colors:active){"
        f":root,:root[data-theme]{{{_variables(FORCED)}}}}}\n"
    )


def sheet() -> str:
    """Tokens and the kit: what everything that carries a chart needs."""
    return tokens() + (KIT / "kit.css").read_text(encoding="utf-8")


def report_sheet() -> str:
    """The whole style sheet of the report."""
    return sheet() + (KIT / "report.css").read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
    """A content policy that allows this style block, this script and pictures of its own making."""
    return (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The hash by which a policy names a block."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _variables(colours: dict[str, str]) -> str:
    """Colours as CSS variables."""
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
