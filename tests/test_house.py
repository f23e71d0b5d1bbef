"""The house rules: who imports what, how long a file is, what every parameter says."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from upriver.core.axes import AXES
from upriver.core.parameters import parameters
from upriver.core.units import UNITS
from upriver.evidence.references import references

PACKAGE = Path(__file__).parents[1] / "src" / "upriver"
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in FILES}
HEAVY = {"jax", "jaxlib", "equinox", "jaxtyping"}
LONGEST = 320


def name(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def may_use_jax(file: Path) -> bool:
    """The equation files, what couples and steps them, the safe forms, what emits C or is timed."""
    path = name(file)
    room = path.split("/")[0]
    equations = room in {"people", "supply", "diplomacy"} and not path.endswith("__init__.py")
    single = {"system/coupling.py", "system/step.py", "core/maths.py", "engine/emit.py"}
    return equations or path in {*single, "engine/by_jax.py"}


def imports(file: Path) -> set[str]:
    """Of the heavy packages, those that a file imports anywhere."""
    found = set()
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found & HEAVY


@pytest.mark.parametrize("file", FILES, ids=name)
def test_jax_is_imported_only_by_equations_and_what_compiles_them(file):
    assert imports(file) == set() or may_use_jax(file)


@pytest.mark.parametrize("file", [*FILES, *TESTS], ids=lambda file: file.name)
def test_annotations_are_never_postponed(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    futures = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert all(node.module != "__future__" for node in futures)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_whatever_others_may_use_says_what_it_is(file):
    missing = [] if ast.get_docstring(TREES[file]) else ["the file"]
    public = [node for node in TREES[file].body if is_public(node)]
    methods = [
        node
        for kind in public
        if isinstance(kind, ast.ClassDef)
        for node in kind.body
        if is_public(node)
    ]
    missing += [n.name for n in (*public, *methods) if not ast.get_docstring(n) and not overload(n)]
    assert missing == []


def is_public(node: ast.AST) -> bool:
    kinds = ast.FunctionDef | ast.ClassDef
    return isinstance(node, kinds) and not node.name.startswith("_")


def overload(node: ast.AST) -> bool:
    marks = getattr(node, "decorator_list", [])
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in marks)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_file_tells_one_story_in_320_lines(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", sorted(parameters()))
def test_every_parameter_says_its_unit_meaning_source_and_bounds(path):
    p = parameters()[path]
    assert p.source == "assumption" or p.source in references()
    assert all(knot.source is None or knot.source in references() for knot in p.knots)
    assert p.unit in UNITS
    assert p.meaning
    assert p.symbol
    assert p.within[0] < p.within[1]
    if p.value is not None:
        assert p.plausible is not None
        assert p.plausible_from is not None
        low, high = p.plausible
        assert p.within[0] <= low <= high <= p.within[1]


def test_every_mechanism_has_its_constants_and_its_test():
    folder = Path(__file__).parent / "people"
    stems = {file.stem for file in PACKAGE.glob("people/*.py")} - {"__init__"}
    tested = {file.stem.removeprefix("test_") for file in folder.glob("test_*.py")}
    assert stems == tested
    without_constants = {"part", "balance", "stocks", "headcount", "beyond"}
    assert {file.stem for file in PACKAGE.glob("people/*.yaml")} - {"population"} == (
        stems - without_constants
    )


def is_number(argument: ast.arg) -> bool:
    """Whether an equation's argument is a number or a row of them, no module of named ones."""
    rows = {"Groups", "Medications", "ByBoth", "Origins", "Routes", "Sites", "Countries"}
    said = ast.unparse(argument.annotation) if argument.annotation else ""
    return said in {"Scalar", *rows} or said.startswith(("Float[", "float"))


@pytest.mark.parametrize("room", ["people", "supply", "diplomacy"])
def test_no_equation_takes_more_than_two_numbers_by_position(room):
    numbers = {
        f"{name(file)}, {node.name}": sum(map(is_number, (*node.args.posonlyargs, *node.args.args)))
        for file, tree in TREES.items()
        if name(file).startswith(f"{room}/")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert any(numbers.values())
    assert {equation for equation, count in numbers.items() if count > 2} == set()


def test_no_axis_has_a_row_twice():
    assert all(len(labels) == len(set(labels)) for labels in AXES.values())


def test_no_two_test_files_share_a_name():
    names = [file.name for file in TESTS if file.name.startswith("test_")]
    assert len(names) == len(set(names))


def test_reading_parameters_runs_no_equation_and_loads_nothing_heavy():
    code = (
        "import sys, upriver; from upriver.core.parameters import parameters; assert parameters(); "
        "heavy = {'jax', 'jaxlib', 'equinox', 'xarray', 'matplotlib', 'pandas', 'scipy'}; "
        "rooms = {m for m in sys.modules if m.startswith('upriver.people.')}; "
        "print(sorted(heavy & set(sys.modules)), sorted(rooms))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


def test_a_run_and_a_comparison_load_no_jax():
    code = (
        "import sys, upriver as up; up.compare('base', 'constant', draws=2); "
        "print(sorted({'jax', 'jaxlib', 'equinox', 'xarray', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
