"""Claims about building the engine, and about knowing when it is stale."""

import json
import shutil

import pytest
import wasmtime

from upriver.core.errors import EngineError, StaleEngineError
from upriver.engine.build import LARGEST, build, write
from upriver.engine.digest import (
    c_tokens,
    check_fresh,
    equations_digest,
    python_tokens,
    raw_digests,
    sources,
    versions,
    yaml_lines,
)
from upriver.engine.run import Engine
from upriver.engine.sandbox import EXPORTS

from .conftest import ROOT


def test_the_same_source_gives_the_same_bytes(sir):
    first, second = build(sir), build(sir)
    assert first == second


def test_the_engine_stands_alone_and_is_small(sir, tmp_path):
    manifest = write(sir, tmp_path)
    wasm = (tmp_path / "engine.wasm").read_bytes()
    code = wasmtime.Module(wasmtime.Engine(), wasm)
    assert code.imports == []
    assert {*EXPORTS, "memory"} <= {export.name for export in code.exports}
    assert len(wasm) == manifest["wasm_bytes"] < LARGEST
    assert b"/" + tmp_path.parts[1].encode() not in wasm
    assert json.loads((tmp_path / "engine.json").read_text()) == manifest
    assert Engine.of(wasm, manifest).outputs == sir.outputs


def test_a_compiler_error_is_one_line(sir):
    from upriver.engine.compiler import compiled

    with pytest.raises(EngineError, match=r"compiler failed: .*error"):
        compiled("int x = ;")


@pytest.fixture
def tree(tmp_path):
    """A copy of all files that the engine depends on, with the manifest's record of them."""
    for path in sources(ROOT):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    people = tmp_path / "src/upriver/people"
    people.mkdir(parents=True, exist_ok=True)
    (people / "demo.py").write_text('"""Demo."""\nRATE = 2 * 3  # a year\n')
    manifest = {
        "equations_digest": equations_digest(tmp_path),
        "sources": raw_digests(tmp_path),
        "locked": versions(tmp_path),
    }
    return tmp_path, people / "demo.py", manifest


def test_an_untouched_tree_is_fresh(tree):
    root, _, manifest = tree
    check_fresh(manifest, root)


@pytest.mark.parametrize(
    "text",
    [
        '"""Other words,\nof more lines."""\n\n# A comment.\nRATE = 2 * 3\n',
        'RATE = 2 * 3\n"""What it is."""\n',
        "RATE  =  2*3\n",
    ],
)
def test_words_and_spacing_do_not_make_it_stale(tree, text):
    root, demo, manifest = tree
    demo.write_text(text)
    check_fresh(manifest, root)


@pytest.mark.parametrize("text", ["RATE = 2 + 3\n", "RATE = 2 * 4\n", "RATE = 2 * 3\nX = 1\n"])
def test_a_changed_operator_or_number_makes_it_stale(tree, text):
    root, demo, manifest = tree
    demo.write_text(text)
    with pytest.raises(StaleEngineError, match=r"python -m upriver\.engine\.build"):
        check_fresh(manifest, root)


def test_a_file_more_or_less_and_another_jax_make_it_stale(tree):
    root, demo, manifest = tree
    (root / "uv.lock").write_text('[[package]]\nname = "jax"\nversion = "9.9"\n')
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)
    (root / "uv.lock").unlink()
    check_fresh(manifest, root)
    demo.with_name("more.py").write_text("X = 1\n")
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)
    demo.with_name("more.py").unlink()
    demo.unlink()
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)


def test_the_runtime_counts_but_its_comments_do_not(tree):
    root, _, manifest = tree
    runtime = root / "src/upriver/engine/runtime.c"
    text = runtime.read_text()
    runtime.write_text("/* More words. */\n" + text)
    check_fresh(manifest, root)
    runtime.write_text(text.replace("1 + c * r", "1 - c * r"))
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)


def test_the_network_counts_but_its_comments_do_not(tree):
    root, _, manifest = tree
    network = root / "src/upriver/supply/network.yaml"
    text = network.read_text()
    network.write_text("# More words.\n\n" + text)
    check_fresh(manifest, root)
    network.write_text(text + "\nriver: {a: {}}\n")
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)
    network.unlink()
    with pytest.raises(StaleEngineError):
        check_fresh(manifest, root)


def test_a_tree_without_a_network_has_a_digest(tree):
    root, _, manifest = tree
    (root / "src/upriver/supply/network.yaml").unlink()
    assert equations_digest(root) != manifest["equations_digest"]


def test_comments_of_yaml_do_not_count_and_hashes_in_quotes_do():
    def lines(text):
        return list(yaml_lines(text))

    assert lines("# a\na: 1  # b\n\n  # c\nb: 2\n") == lines("a: 1\nb: 2\n")
    assert lines("a: 'x # y'") != lines("a: 'x'")
    assert lines('a: "x # y"  # z') == ['a: "x # y"']
    assert lines("a: b#c") == ["a: b#c"]


def test_what_equations_import_from_other_rooms_counts():
    names = {path.name for path in sources(ROOT)}
    assert {"maths.py", "step.py", "emit.py", "runtime.c"} <= names
    assert "errors.py" not in names


def test_indentation_counts_only_as_structure():
    def tokens(text):
        return list(python_tokens(text))

    assert tokens("if a:\n  b = 1\n") == tokens("if a:\n\n        b = 1 # c\n")
    assert tokens("if a:\n  b\nc\n") != tokens("if a:\n  b\n  c\n")
    assert tokens('x = "a"\n') != tokens('x = "b"\n')
    assert tokens('x = f"{a + 1}"\n') != tokens('x = f"{a - 1}"\n')
    assert list(c_tokens('a /* b\n */ + "//c" // d\n\n')) == ['a + "//c"']
