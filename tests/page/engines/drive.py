"""What a test asks of a browser, whichever it is.

with firefox(folder) as engine:
    engine.open(page, "view=flow")
    assert shown(engine).words == ...
    assert engine.heard() == []
"""

from pathlib import Path
from typing import Any, Protocol

WIDTH, HEIGHT = 1440, 900
"""Of the window."""

FEW = "?draws=200"
"""So that a page answers once, of the draws that a move runs."""

KEYS = {"End": "\ue010", "Home": "\ue011", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
"""How WebDriver writes keys."""


class Engine(Protocol):
    """A browser with one window."""

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a file from the disk, as a new page."""

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, or of what it promises."""

    def press(self, key: str) -> None:
        """Press a key of `KEYS` and let it go."""

    def heard(self) -> list[str]:
        """What the page said, threw, was forbidden and asked for since it was opened."""


def press(key: str) -> list[dict[str, Any]]:
    """A key going down and up, as WebDriver of either kind writes it."""
    steps = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keys", "actions": steps}]
