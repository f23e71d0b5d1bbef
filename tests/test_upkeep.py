"""Who carries on finds habits that hold: the public gate, the hooks, spelling, forms to fill in."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from upriver.cli.app import app

ROOT = Path(__file__).parents[1]
GATE = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHECKED_IN_SECONDS = ("lint", "types", "floors", "docs")
"""Sections of the gate whose commands are hooks too."""

TOO_LONG = ("mkdocs build",)
"""What those sections run and a commit does not wait for."""

FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"))


def read(path: str) -> dict:
    found = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def tools() -> Path:
    """Where the tools of the Python that runs the tests are installed."""
    return Path(sys.executable).parent


def gate_commands() -> set[str]:
    """Commands of the gate's sections that take seconds, as one types them in the environment."""
    parts = re.split(r'^section "(.*)"$', GATE, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    lines = [line for name in CHECKED_IN_SECONDS for line in sections[name].splitlines()]
    found = {m[1] for line in lines if (m := re.fullmatch(r"\.venv/bin/(.+)", line))}
    return {line for line in found if not line.startswith(TOO_LONG)}


def hooks() -> list[dict]:
    (local,) = read(".pre-commit-config.yaml")["repos"]
    assert local["repo"] == "local"
    return local["hooks"]


@pytest.fixture(scope="module")
def job() -> dict:
    (found,) = read(".github/workflows/gate.yml")["jobs"].values()
    return found


def test_the_public_gate_runs_what_a_maintainer_runs_on_each_change(job: dict) -> None:
    # YAML 1.1 reads the key `on` as true.
    assert {"push", "pull_request"} <= set(read(".github/workflows/gate.yml")[True])
    assert job["steps"][-1]["run"] == ".ci/run"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_public_gate_tries_each_python_that_the_package_names(job: dict) -> None:
    named = [
        line.rsplit(" ", 1)[1] for line in PROJECT["project"]["classifiers"] if ":: 3." in line
    ]
    assert job["strategy"]["matrix"] == {"python": named}
    assert job["container"]["image"] == "python:${{ matrix.python }}-bookworm"
    least = re.fullmatch(r">=(\d+\.\d+)", PROJECT["project"]["requires-python"])
    assert least
    assert named[0] == least[1]


def test_the_public_gate_may_only_read_and_ends_in_time(job: dict) -> None:
    assert read(".github/workflows/gate.yml")["permissions"] == {"contents": "read"}
    assert "permissions" not in job
    assert 60 <= job["timeout-minutes"] <= 180
    for step in (step for step in job["steps"] if "uses" in step):
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
        assert step["with"]["persist-credentials"] is False


def test_hooks_are_what_the_gate_checks_in_seconds_and_two_of_its_tests() -> None:
    entries = {hook["entry"] for hook in hooks()}
    tests = {entry for entry in entries if "pytest" in entry}
    assert entries - tests == gate_commands()
    (one,) = tests
    named = [word for word in shlex.split(one) if "::" in word]
    assert len(named) == 2
    for node in named:
        file, _, name = node.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_hooks_need_no_network_and_no_other_environment() -> None:
    for hook in hooks():
        assert hook["language"] == "system", hook["id"]
        assert hook["pass_filenames"] is False, hook["id"]
    done = subprocess.run(
        [tools() / "pre-commit", "validate-config"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_that_is_kept_is_spelt_right() -> None:
    done = subprocess.run(
        [tools() / "typos", "--format", "brief"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_exception_to_spelling_has_its_reason_and_is_needed(tmp_path: Path) -> None:
    text = (ROOT / "_typos.toml").read_text(encoding="utf-8")
    words = re.findall(r"^(\w+) = \"\1\" *(#? ?.*)$", text, re.MULTILINE)
    assert words
    assert [word for word, reason in words if not reason.startswith("# ")] == []
    fewer = tmp_path / "typos.toml"
    fewer.write_text(re.sub(r"^(\w+) = \"\1\".*\n", "", text, flags=re.MULTILINE))
    done = subprocess.run(
        [tools() / "typos", "--isolated", "-c", fewer, "--format", "brief"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    found = done.stdout.lower()
    assert [word for word, _ in words if word.lower() not in found] == []


def test_a_slip_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("What a meassure averts.\n")
    done = subprocess.run(
        [tools() / "typos", "--isolated", "-c", ROOT / "_typos.toml", tmp_path],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "`meassure` should be `measure`" in done.stdout


def test_updates_are_proposed_for_each_kind_of_lock() -> None:
    config = read(".github/dependabot.yml")
    assert config["version"] == 2
    locks = {
        "uv": "uv.lock",
        "github-actions": ".github/workflows/gate.yml",
        "npm": "tools/vendor/package-lock.json",
    }
    for one in config["updates"]:
        folder = ROOT / one["directory"].lstrip("/")
        lock = ROOT / locks.pop(one["package-ecosystem"])
        assert lock.is_file()
        assert lock.is_relative_to(folder)
        assert one["schedule"]["interval"] == "monthly"
    assert locks == {}
    (python,) = (one for one in config["updates"] if one["package-ecosystem"] == "uv")
    by_hand = {one["dependency-name"] for one in python["ignore"]}
    written_by = {"jax", "jaxlib", "ziglang"}  # they write the engine, whose bytes are kept
    assert by_hand == written_by
    asked = " ".join(PROJECT["project"]["optional-dependencies"]["dev"])
    assert all(name in asked for name in by_hand - {"jaxlib"})


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_for_an_issue_says_what_it_is_for(form: Path) -> None:
    head, text = re.fullmatch(
        r"---\n(.+?)\n---\n\n(.+)", form.read_text(encoding="utf-8"), re.DOTALL
    ).groups()
    said = yaml.safe_load(head)
    assert set(said) == {"name", "about", "title", "labels"}
    assert all(isinstance(said[key], str) and said[key].strip() for key in ("name", "about"))
    assert said["title"].endswith(": ")
    assert isinstance(said["labels"], list)
    assert text.count("**") >= 6


def test_forms_ask_for_a_number_a_bug_and_a_question() -> None:
    assert [form.stem for form in FORMS] == ["bug", "question", "wrong-number"]
    assert read(".github/ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": False}
    words = (FORMS[2]).read_text(encoding="utf-8")
    assert "Where that stands" in words


def test_what_the_forms_name_is_there() -> None:
    written = [
        *FORMS,
        ROOT / ".github" / "pull_request_template.md",
        ROOT / "CODE_OF_CONDUCT.md",
        ROOT / ".github" / "dependabot.yml",
    ]
    named = set()
    for file in written:
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r"\b(?:[\w-]+/)*[\w-]+\.(?:md|csv|yml)\b", text))
    assert {"SECURITY.md", "CHANGELOG.md", "tests/baseline.csv", "docs/questions.md"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


CHANGES = sorted((ROOT / "docs" / "how-to").glob("change-*.md"))


@pytest.mark.parametrize("page", CHANGES, ids=lambda page: page.stem)
def test_a_how_to_names_files_and_commands_that_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "## Which files" in text
    assert "CHANGELOG.md" in text
    paths = set(re.findall(r"\b(?:src|tests|docs|tools)/[\w./-]+\.\w+\b", text))
    assert paths
    kept = {path for path in paths if "NAME" not in path}
    assert [path for path in sorted(kept) if not (ROOT / path).is_file()] == []
    known = {command.name for command in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    asked = set(re.findall(r"^\s*upriver ([a-z-]+)", text, re.MULTILINE))
    assert asked
    assert asked <= known


def test_each_of_the_three_commonest_changes_has_its_page() -> None:
    assert [page.stem for page in CHANGES] == ["change-equation", "change-lever", "change-record"]
