"""The page's JavaScript: small files that say what they are for, and no markup from text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from upriver.page import write
from upriver.report.assemble import EXPORT, IMPORT, NAME, joined

LONGEST = 300
FORBIDDEN = (
    r"\.innerHTML", r"\.outerHTML", r"insertAdjacentHTML", r"document\.write", r"\beval\(",
    r"\bnew Function\b", r"setAttribute\(\s*[\"'](style|on)", r"dangerouslySetInnerHTML",
    r"createContextualFragment", r"DOMParser", r"\bset(Timeout|Interval)\(\s*[\"'`]", r"srcdoc=",
    r"href=\"javascript", r"\.cssText",
)  # fmt: skip


def modules() -> dict[str, str]:
    """Text of every module, by its name."""
    return {
        f"{room}/{file.relative_to(folder).as_posix()}": file.read_text(encoding="utf-8")
        for room, folder in write.ROOMS.items()
        for file in sorted(folder.rglob("*.js"))
    }


MODULES = modules()


def full(spec: str, importer: str) -> str:
    """The name of what a module imports."""
    if not spec.startswith("."):
        return spec
    folder = (Path(importer).parent / spec).parts
    found: list[str] = []
    for part in folder:
        if part == "..":
            found.pop()
        elif part != ".":
            found.append(part)
    return "/".join(found)


PROBE = Path(__file__).parents[1] / "report" / "conftest.py"
"""What the tests of the chart kit call in a browser."""


def taken() -> Iterator[tuple[str, str]]:
    """What modules import, and the tests of the kit: module and name."""
    besides = {"page/views/index.js": write.views_index(), "probe.js": PROBE.read_text("utf-8")}
    for importer, text in {**MODULES, **besides}.items():
        for names, spec in IMPORT.findall(text):
            for part in filter(str.strip, names.split(",")):
                found = NAME.fullmatch(part.strip())
                assert found is not None, (importer, part)
                yield full(spec, importer), found.group(1)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_begins_with_what_it_is_for(name):
    comment = re.match(r"/\*\*(.*?)\*/\n", MODULES[name], re.DOTALL)
    assert comment is not None
    said = " ".join(comment.group(1).replace("*", " ").split())
    assert len(said) > 20
    assert said.endswith((".", ">", "}"))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_one_story_of_a_readable_length(name):
    lines = MODULES[name].splitlines()
    assert len(lines) <= LONGEST
    assert not MODULES[name].endswith("\n\n")
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("name", MODULES)
def test_no_markup_and_no_code_is_made_from_text(name):
    for pattern in FORBIDDEN:
        assert not re.search(pattern, MODULES[name]), pattern


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_exports_another_imports(name):
    used = {what for module, what in taken() if module == name}
    exported = {what for _, what in EXPORT.findall(MODULES[name])}
    assert exported <= used


def test_every_module_is_part_of_the_page_the_worker_or_a_report():
    views = {"page/views/index.js": write.views_index()}
    whole = (
        *joined("page/start.js", write.ROOMS, made=views),
        *joined("page/engine/worker.js", write.ROOMS),
        *joined("kit/report.js", write.ROOMS),
    )
    assert set(MODULES) <= set(whole)


def test_every_import_is_used_by_the_module_that_makes_it():
    for name, text in MODULES.items():
        rest = IMPORT.sub("", text)
        for names, _ in IMPORT.findall(text):
            for part in filter(str.strip, names.split(",")):
                found = NAME.fullmatch(part.strip())
                assert found is not None
                local = found.group(2) or found.group(1)
                assert re.search(rf"(?<![\w$]){re.escape(local)}(?![\w$])", rest), (name, local)


def test_nothing_is_logged_and_no_stop_is_left_in():
    for name, text in MODULES.items():
        assert not re.search(r"\bconsole\.|\bdebugger\b|\balert\(", text), name


def test_a_name_is_one_file_in_its_folder_and_folders_are_three_deep_at_most():
    for name in MODULES:
        assert len(Path(name).parts) <= 4
        assert re.fullmatch(r"[a-z0-9/-]+\.js", name)


def test_views_are_as_the_list_of_their_tabs_says():
    there = {file.name for file in (write.HERE / "views").glob("*/")}
    assert there == set(write.VIEWS)
    for name in write.VIEWS:
        assert re.search(
            rf'export const view = \{{ name: "{name}", title: "\w+", View',
            MODULES[f"page/views/{name}/{name}.js"],
        )
