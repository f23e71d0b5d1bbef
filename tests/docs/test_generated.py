"""The documentation that is made from code and data is as they are, and leaves nothing out."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from upriver.cli.app import app
from upriver.core.errors import UpriverError
from upriver.core.parameters import parameters
from upriver.policy.handles import handles
from upriver.policy.levers import levers
from upriver.policy.scenario import shipped
from upriver.system.counters import COUNTED

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def reference(page: str) -> str:
    return (DOCS / "reference" / page).read_text(encoding="utf-8")


def test_generated_pages_are_as_their_source() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_and_option_appears() -> None:
    text = reference("commands.md")
    for group in app.registered_groups:
        for one in group.typer_instance.registered_commands:
            assert f"`upriver {group.name} {one.name}`" in text
    for command in app.registered_commands:
        assert f"## `upriver {command.name}`" in text


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("levers.md", list(levers())),
        ("handles.md", list(handles())),
        ("parameters.md", list(parameters())),
        ("scenarios.md", list(shipped())),
        ("outputs.md", list(COUNTED)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_name_appears(page: str, names: list[str]) -> None:
    text = reference(page)
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_parameter_stands_in_the_model_book() -> None:
    for path in parameters():
        room, stem, *_ = path.split(".")
        page = DOCS / "model" / room / f"{stem}.md"
        assert f"| `{path}`<br>" in page.read_text(encoding="utf-8")


def test_every_kind_of_error_appears() -> None:
    def kinds(root: type) -> list[str]:
        return [root.__name__] + [name for kind in root.__subclasses__() for name in kinds(kind)]

    text = reference("errors.md")
    ours = [k for k in kinds(UpriverError) if hasattr(sys.modules["upriver.core.errors"], k)]
    assert [kind for kind in ours if f"`{kind}`" not in text] == []


def test_every_page_is_in_the_navigation() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    def paths(entry: object) -> list[str]:
        if isinstance(entry, dict):
            return [path for value in entry.values() for path in paths(value)]
        return [p for e in entry for p in paths(e)] if isinstance(entry, list) else [str(entry)]

    named = paths(yaml.safe_load(text)["nav"])
    there = {file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md")}
    assert set(named) == there
    assert len(named) == len(set(named))


def test_a_changed_page_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    import generate  # type: ignore[import-not-found]

    made = {"a.md": generate.MARK + "one\n", "b.md": generate.MARK + "two\n"}
    (tmp_path / "a.md").write_text(generate.MARK + "other\n")
    (tmp_path / "c.md").write_text(generate.MARK + "old\n")
    assert generate.stale(made, tmp_path) == [
        "docs/a.md is stale",
        "docs/b.md is missing",
        "docs/c.md is no longer made; delete it",
    ]
