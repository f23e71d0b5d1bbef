"""A policy and a projection combine: with --on, or as a file that builds on a file."""

from pathlib import Path

import pytest

from upriver.core.errors import FileProblem, InputError, SchemaProblem, UnknownName
from upriver.policy.apply import table
from upriver.policy.on import on
from upriver.policy.scenario import library, parse_scenario, read_scenario

HEAD = "schema: 1\ntitle: test\n"
KITS = HEAD + "changes:\n  - {handle: naloxone_kits, by: 0.5}\n"


@pytest.mark.parametrize("projection", ["constant", "fentanyl_high", "optimistic", "no_fentanyl"])
def test_a_policy_on_a_projection_is_what_a_file_based_on_it_is(projection):
    both = on(parse_scenario(KITS), read_scenario(projection))
    file = parse_scenario(KITS + f"based_on: {projection}\n")
    assert table(both, 3).digest() == table(file, 3).digest()
    assert both.world == "reference"
    assert both.title == f"test, on '{read_scenario(projection).title}'"


def test_what_changes_nothing_is_the_projection_itself():
    constant = read_scenario("constant")
    assert on(read_scenario("base"), constant) == constant
    assert on(read_scenario("published"), constant) == constant


@pytest.mark.parametrize(
    ("policy", "projection", "words"),
    [
        ("optimistic", "constant", "how drivers go on"),
        ("constant", "pessimistic", "how drivers go on"),
        ("optimistic", "pessimistic", "how drivers go on"),
        ("collapse_linked", "constant", "world"),
        ("published/nx_kits", "published/package", "changed twice"),
    ],
)
def test_two_answers_to_one_question_are_refused(policy, projection, words):
    with pytest.raises(SchemaProblem, match=words):
        on(read_scenario(policy), read_scenario(projection))


def test_one_held_at_two_values_is_refused():
    held = HEAD + "set:\n  people.response.witnessed: {}\n"
    one, other = (parse_scenario(held.format(value)) for value in (0.4, 0.6))
    assert on(one, one).settings == one.settings
    with pytest.raises(SchemaProblem, match="what is held"):
        on(one, other)


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_a_base_is_looked_for_from_the_folder_of_the_file(tmp_path, monkeypatch):
    write(tmp_path / "projections", "mine.yaml", HEAD + "based_on: optimistic\n")
    policy = write(
        tmp_path / "policies", "kits.yaml", KITS + "based_on: ../projections/mine.yaml\n"
    )
    monkeypatch.chdir(tmp_path / "projections")
    found = read_scenario(policy)
    assert found.projections == read_scenario("optimistic").projections
    assert found.world == "reference"
    assert [change.label for change in found.changes] == ["naloxone_kits"]


def test_a_published_policy_can_be_built_on():
    found = parse_scenario(HEAD + "based_on: published/nx_kits\n")
    assert found.changes == read_scenario("published/nx_kits").changes


def test_a_circle_is_refused_at_the_line_that_closes_it(tmp_path):
    write(tmp_path, "a.yaml", HEAD + "based_on: ./b.yaml\n")
    write(tmp_path, "b.yaml", HEAD + "based_on: ../" + tmp_path.name + "/a.yaml\n")
    with pytest.raises(InputError, match=r"b\.yaml, line 3: based_on goes round in a circle"):
        read_scenario(tmp_path / "a.yaml")
    itself = write(tmp_path, "itself.yaml", HEAD + "based_on: itself.yaml\n")
    with pytest.raises(InputError, match="circle"):
        read_scenario(itself)


def test_a_base_that_is_not_there_is_told_at_its_line(tmp_path):
    file = write(tmp_path, "mine.yaml", HEAD + "based_on: gone.yaml\n")
    with pytest.raises(FileProblem, match=r"mine\.yaml, line 3: .*'gone\.yaml'"):
        read_scenario(file)
    with pytest.raises(UnknownName, match="constant"):
        parse_scenario(HEAD + "based_on: constnt\n")


def test_a_mistake_in_the_base_names_the_base(tmp_path):
    write(tmp_path, "base.yaml", HEAD + "changes:\n  - {handle: relaps, by: 1}\n")
    file = write(tmp_path, "mine.yaml", HEAD + "based_on: base.yaml\n")
    with pytest.raises(UnknownName, match=r"base\.yaml, line 4"):
        read_scenario(file)


def test_a_long_chain_of_files_ends_in_a_line(tmp_path):
    write(tmp_path, "0.yaml", HEAD)
    for i in range(1, 40):
        file = write(tmp_path, f"{i}.yaml", HEAD + f"based_on: {i - 1}.yaml\n")
    with pytest.raises(InputError, match="at most 20 files"):
        read_scenario(file)


def test_all_drivers_held_and_some_not_is_one_answer():
    path = "people.response.kits"
    own = HEAD + f"projections:\n  {path}: {{end_value: 4250000}}\n  all: hold\n"
    first = table(parse_scenario(own)).wide(path)[0, -1]
    turned = HEAD + f"projections:\n  all: hold\n  {path}: {{end_value: 4250000}}\n"
    assert first == table(parse_scenario(turned)).wide(path)[0, -1] > 4.2e6
    held = parse_scenario(HEAD + "based_on: optimistic\nprojections:\n  all: hold\n")
    assert held.projections == read_scenario("constant").projections


@pytest.mark.parametrize("name", sorted(library()))
def test_a_published_policy_says_what_it_is_where_from_and_how(name):
    found = read_scenario(name)
    assert found.source == "source_x8"
    assert found.world == "reference"
    assert "from 2022 over 3 years" in found.about
    assert all((c.start, c.years) == (2022, 3) for c in found.changes)
    assert bool(found.changes) == (name not in ("published/none", "published/baseline"))


def test_there_are_forty_four_policies_each_with_a_title_of_its_own():
    assert len(library()) == 44
    assert len({read_scenario(name).title for name in library()}) == 44
