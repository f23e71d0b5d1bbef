"""The page of the evidence leaves nothing out."""

from pathlib import Path

import pytest

from upriver.cli.evidence import app
from upriver.evidence.claims import claims
from upriver.evidence.controls import overlaps, totals
from upriver.evidence.coverage import coverage
from upriver.evidence.effects import effects
from upriver.evidence.missing import missing
from upriver.evidence.sources import SOURCES

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("series", list(coverage())),
        ("claims", list(claims())),
        ("effects", list(effects())),
        ("missing", list(missing())),
        ("sources", list(SOURCES)),
        ("totals", [one.name for one in totals()]),
        ("overlaps", [one.name for one in overlaps()]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_name_stands_on_the_page(kind: str, names: list[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_every_sub_command_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for one in app.registered_commands:
        assert f"### `upriver evidence {one.name}`" in text
