"""A run's files have its scenario's name, and no run takes the place of another."""

import os
import re
from pathlib import Path

import pytest
from command_line import Command
from hypothesis import given
from hypothesis import strategies as st

from upriver.cli.files import MARK, marked, plain, run_name

FEW = ("--draws", "2")
MINE = "schema: 1\ntitle: {}\nchanges:\n  - {{handle: naloxone_kits, by: 1.0}}\n"


@pytest.mark.parametrize(
    ("scenarios", "options", "name"),
    [
        (["base"], {}, "base"),
        (["policies/Twice the naloxone.yaml"], {}, "Twice-the-naloxone"),
        (["./mine.YML"], {}, "mine"),
        (["of.2026.yaml"], {}, "of.2026"),
        (["base.nc"], {}, "base"),
        (["Überdosis.yaml"], {}, "Überdosis"),
        (["base"], {"world": "reference"}, "base-reference"),
        (["base"], {"settings": {"people.a.b": 0.8}}, "base-people.a.b=0.8"),
        (["base"], {"settings": {"people.a.b[mail]": -2.0}}, "base-people.a.b-mail=-2"),
        (["base"], {"settings": {"a": 1e-5, "b": 1e20}}, "base-a=1e-05-b=1e+20"),
        (["base"], {"others": ["on constant"]}, "base-on-constant"),
        (["base", "x/mine.yaml"], {}, "base-vs-mine"),
        (["base", "mine.yaml", "optimistic"], {}, "base-vs-mine-vs-optimistic"),
        ([f"scenario_{i}" for i in range(20)], {}, "scenario_0-vs-19-others"),
    ],
)
def test_the_name_says_what_was_asked_for(
    scenarios: list[str], options: dict[str, object], name: str
) -> None:
    assert run_name(scenarios, **options) == name  # type: ignore[arg-type]


def test_many_settings_make_a_short_name_that_differs_with_each() -> None:
    settings = {f"people.response.witnessed[{i}]": 0.5 for i in range(9)}
    name = run_name(["base"], settings=settings)
    assert re.fullmatch("base-9-settings-[0-9a-f]{8}", name)
    assert name == run_name(["base"], settings=dict(reversed(settings.items())))
    assert name != run_name(["base"], settings={**settings, "people.response.witnessed[0]": 0.6})


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_name_of_a_scenario_makes_a_name_that_every_system_takes(names: list[str]) -> None:
    name = run_name(names)
    assert name
    assert len(name) <= 120
    assert not set(name) & set('/\\:*?"<>| \n\t\x00')
    assert not name.startswith((".", "-"))
    assert plain(name) == name


@pytest.mark.parametrize("name", ["con", "NUL.yaml", "lpt1.html", "aux"])
def test_names_that_windows_keeps_for_itself_are_not_used(name: str) -> None:
    assert run_name([name]).startswith(f"{name.removesuffix('.yaml').removesuffix('.html')}-")


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_mark_is_found_again_and_stays_text(titles: list[str]) -> None:
    html = marked("<head>\n<title>a</title>\n</head>", titles)
    found = MARK.search(html)
    assert found is not None
    assert "<script" not in found[0]
    assert marked("<head>\n<title>a</title>\n</head>", [*titles, "b"]) != html


def test_a_scenario_that_is_run_again_takes_the_place_of_its_files(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(MINE.format("Twice the naloxone"))
    command("run", "mine.yaml", *FEW)
    before = (tmp_path / "mine.html").read_bytes()
    (tmp_path / "mine.yaml").write_text(MINE.format("Twice the naloxone").replace("1.0", "0.5"))
    ended = command("run", "mine.yaml", "--draws", "3")
    assert "stays" not in ended.err
    assert sorted(os.listdir(tmp_path)) == ["mine.html", "mine.nc", "mine.yaml"]
    assert (tmp_path / "mine.html").read_bytes() != before


def test_what_was_asked_for_beside_is_kept_apart(command: Command, tmp_path: Path) -> None:
    for more in ((), ("--world", "reference"), ("--set", "people.response.witnessed=0.8")):
        assert command("run", *more, *FEW).code == 0
    assert sorted(file for file in os.listdir(tmp_path) if file.endswith(".nc")) == [
        "base-people.response.witnessed=0.8.nc",
        "base-reference.nc",
        "base.nc",
    ]


def test_another_scenario_of_the_same_name_gets_a_number_and_keeps_it(
    command: Command, tmp_path: Path
) -> None:
    for folder, title in (("a", "Twice the naloxone"), ("b", "Thrice the naloxone")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.yaml").write_text(MINE.format(title))
    command("run", "a/mine.yaml", *FEW)
    kept = {name: (tmp_path / name).read_bytes() for name in ("mine.html", "mine.nc")}
    for _ in range(2):
        ended = command("run", "b/mine.yaml", *FEW)
        assert ended.err.splitlines()[0] == "mine.html is of 'Twice the naloxone', and stays."
        assert "Wrote mine-2.html" in ended.err
    assert sorted(os.listdir(tmp_path)) == [
        "a", "b", "mine-2.html", "mine-2.nc", "mine.html", "mine.nc",
    ]  # fmt: skip
    assert kept == {name: (tmp_path / name).read_bytes() for name in kept}


@pytest.mark.parametrize("name", ["base.html", "base.nc"])
def test_a_file_that_is_not_ours_stays(name: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    ended = command("run", *FEW)
    assert ended.code == 0
    assert ended.err.startswith(name)
    assert sorted(os.listdir(tmp_path)) == sorted([name, "base-2.html", "base-2.nc"])
    assert (tmp_path / name).read_text() == "mine"


def test_results_alone_are_replaced_when_upriver_made_them(
    command: Command, tmp_path: Path
) -> None:
    command("run", *FEW)
    (tmp_path / "base.html").unlink()
    command("run", *FEW)
    assert sorted(os.listdir(tmp_path)) == ["base.html", "base.nc"]


def test_a_file_that_was_given_is_never_written_over(command: Command, tmp_path: Path) -> None:
    command("run", "base", *FEW)
    before = (tmp_path / "base.html").read_bytes()
    ended = command("run", "./base.html", *FEW)
    assert "base.html was given, and stays." in ended.err
    assert (tmp_path / "base.html").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["base-2.html", "base-2.nc", "base.html", "base.nc"]


def test_a_folder_is_made_with_those_above_it_and_only_when_there_is_something_to_write(
    command: Command, tmp_path: Path
) -> None:
    assert command("run", "optimstic", "-o", "of/today").code == 2
    assert not os.listdir(tmp_path)
    ended = command("compare", "base", "optimistic", *FEW, "-o", "of/today")
    assert ended.err.splitlines()[0] == "Made the folder of/today."
    assert sorted(os.listdir(tmp_path / "of" / "today")) == [
        "base-vs-optimistic.html",
        "base-vs-optimistic.nc",
    ]
    assert "Made" not in command("compare", "base", "optimistic", *FEW, "-o", "of/today").err
    ended = command("evidence", "plot", "deaths_synthetic", "-o", "more/deaths.svg")
    assert (ended.code, ended.err) == (0, "Made the folder more.\nWrote more/deaths.svg.\n")


def test_a_comparison_may_name_a_scenario_twice(command: Command) -> None:
    assert command("compare", "base", "base", "base", *FEW).code == 0
