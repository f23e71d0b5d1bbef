"""The pages of the evidence and of the claims leave nothing out."""

from pathlib import Path

import pytest

from upriver.cli.claims import verdict
from upriver.cli.evidence import app
from upriver.evidence.claims import claims
from upriver.evidence.controls import overlaps, totals
from upriver.evidence.coverage import coverage
from upriver.evidence.effects import effects
from upriver.evidence.missing import missing
from upriver.evidence.sources import SOURCES
from upriver.experiments.claims import examine

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("series", list(coverage())),
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


def test_every_claim_stands_on_its_page_with_what_a_run_says_of_it() -> None:
    text = " ".join((PAGE.parent / "claims.md").read_text(encoding="utf-8").split())
    for name, one in claims().items():
        assert f"## {name} {{#{name.lower()}}}" in text
        assert f"| **{one.status}** |" in text
    for examined in examine():
        assert verdict(examined) in text


def test_every_sub_command_stands_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for one in app.registered_commands:
        assert f"### `upriver evidence {one.name}`" in text
