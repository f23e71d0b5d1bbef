"""What the page carries of what is reckoned once (`report/told`)."""

from typing import Any

from upriver.report.told.store import told

from .payload_states import states_of

NAMES = ("ranking", "why", "answers", "cost", "forecast")


def told_of() -> dict[str, Any]:
    """Subjects by name."""
    return {**{name: told(name) for name in NAMES}, "states": states_of(told("states"))}
