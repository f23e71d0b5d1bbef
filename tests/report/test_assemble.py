"""Joining modules: order, names, what is refused; Node.js runs the result where there is one."""

import shutil
import subprocess

import pytest

from upriver.report.assemble import AssemblyError, assemble
from upriver.report.assemble import joined as joined_names


@pytest.fixture
def room(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return {"room": tmp_path}

    return write


def joined(rooms, entry="room/start.js", **options):
    return assemble(entry, rooms, vendor=False, **options)


def said(script):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    run = subprocess.run([node, "-e", script], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_a_module_is_run_after_those_that_it_needs(room):
    rooms = room(
        start='import { b } from "./deep/b.js";\nimport { a as one } from "./a.js";\n'
        "console.log(one + b(2));\n",
        a="/** One. */\nexport const a = 1;\n",
        deep__b='import { a } from "../a.js";\nexport function b(x) {\n  return a + x;\n}\n',
    )
    script = joined(rooms)
    names = ("room/a.js", "room/deep/b.js", "room/start.js")
    assert joined_names("room/start.js", rooms) == names
    assert said(script) == "4"


def test_each_module_runs_once_and_keeps_its_names_to_itself(room):
    rooms = room(
        start='import { a } from "./a.js";\nimport { b } from "./b.js";\n'
        "const hidden = 3;\nconsole.log(a, b, hidden);\n",
        a="const hidden = 1;\nexport const a = hidden;\n",
        b='import { a } from "./a.js";\nconst hidden = 2;\nexport const b = hidden + a;\n',
    )
    script = joined(rooms)
    assert script.count("const hidden = 1") == 1
    assert said(script) == "1 3 3"


def test_comments_at_the_margin_are_left_out_and_strings_stay(room):
    rooms = room(start="/** Secret. */\nconst text = '/* kept */';\nconsole.log(text);\n")
    script = joined(rooms)
    assert "Secret" not in script
    assert "/* kept */" in script


def test_a_module_may_be_made_rather_than_read(room):
    rooms = room(start='import { list } from "./made.js";\nconsole.log(list.length);\n')
    script = joined(rooms, made={"room/made.js": "export const list = [1, 2];\n"})
    assert "const list = [1, 2]" in script


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('import { x } from "./absent.js";\n', "there is no such module"),
        ('import { x } from "./other.js";\n', "does not export 'x'. Did you mean 'xy'?"),
        ('import { x } from "elsewhere/a.js";\n', "no room of that name"),
        ('import { html } from "vendor";\n', "to do without the libraries"),
        ('import x from "./other.js";\n', "only named imports"),
        ('import "./other.js";\n', "only named imports"),
        ("export default 3;\n", "only named imports"),
        ("const x = 1;\nexport { x };\n", "only named imports"),
        ("export const { a } = {};\n", "only named imports"),
        ('import { x } from "../../other.js";\n', "leads out of its room"),
        ('import { x-y } from "./other.js";\n', "cannot read the import"),
    ],
)
def test_what_cannot_be_joined_is_refused_with_its_name(room, text, message):
    rooms = room(start=text, other="export const xy = 1;\n")
    with pytest.raises(AssemblyError, match=r"start\.js|absent\.js|elsewhere") as caught:
        joined(rooms)
    assert message in str(caught.value)


def test_a_circle_is_refused_with_its_way(room):
    rooms = room(
        start='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\nexport const a = 1;\n',
        b='import { a } from "./a.js";\nexport const b = 1;\n',
    )
    with pytest.raises(AssemblyError, match=r"start\.js -> room/a\.js -> room/b\.js -> room/a\.js"):
        joined(rooms)
