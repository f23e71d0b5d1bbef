"""`upriver page`: one file is written, or one line says why not and nothing is."""

import os
from pathlib import Path

import pytest
from command_line import Command, Ended

MINE = "schema: 2\ntitle: My scenario\nchanges:\n  - {lever: naloxone_kits, level: most}\n"


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code and one line that holds these words."""
    assert ended.code == code, ended
    assert ended.out == ""
    assert ended.err.startswith("upriver: ")
    assert ended.err.count("\n") == 1, ended.err
    assert len(ended.err) < 420
    assert "Traceback" not in ended.err
    assert "this should not happen" not in ended.err
    for word in words:
        assert word in ended.err, f"{word!r} is not in {ended.err!r}"


def test_page_writes_one_file_and_says_where(command: Command, tmp_path: Path) -> None:
    ended = command("page")
    assert ended.code == 0
    assert ended.out == ""
    assert ended.err.startswith("Wrote upriver.html (")
    assert os.listdir(tmp_path) == ["upriver.html"]
    text = (tmp_path / "upriver.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "default-src 'none'" in text


def test_page_goes_where_it_was_asked_for(command: Command, tmp_path: Path) -> None:
    ended = command("page", "-o", "out/of/mine.html")
    assert ended.code == 0
    assert ended.err.startswith("Made the folder out/of.\nWrote out/of/mine.html (")
    assert os.listdir(tmp_path) == ["out"]
    assert os.listdir(tmp_path / "out" / "of") == ["mine.html"]


def test_a_page_that_is_there_is_replaced_whole(command: Command, tmp_path: Path) -> None:
    (tmp_path / "upriver.html").write_text("old" * 1_000_000)
    command("page")
    text = (tmp_path / "upriver.html").read_text(encoding="utf-8")
    assert text.endswith("</html>\n")
    assert "oldold" not in text
    assert os.listdir(tmp_path) == ["upriver.html"]


def test_the_same_command_writes_the_same_page(command: Command, tmp_path: Path) -> None:
    command("page", "-o", "one.html")
    command("page", "-o", "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize("scenario", ["optimistic", "mine.yaml"])
def test_page_opens_with_the_scenario_that_was_named(
    scenario: str, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(MINE)
    assert command("page", "--scenario", scenario).code == 0
    text = (tmp_path / "upriver.html").read_text(encoding="utf-8")
    opens = "file" if scenario == "mine.yaml" else scenario
    assert f'"opens":"{opens}"' in text
    assert ("My scenario" in text) == (scenario == "mine.yaml")


def test_page_holds_no_path_of_the_machine_that_wrote_it(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINE)
    command("page", "--scenario", str(tmp_path / "mine.yaml"))
    text = (tmp_path / "upriver.html").read_text(encoding="utf-8")
    for part in (str(tmp_path), os.path.expanduser("~") + "/", str(Path(__file__).parents[2])):
        assert part not in text


WRONG: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "a folder": (("-o", "."), 1, ("cannot write to .", "it is a folder", "-o page.html")),
    "a file as folder": (("-o", "mine.yaml/page.html"), 1, ("mine.yaml",)),
    "no name": (("-o",), 2, ("upriver page --help",)),
    "an unknown scenario": (("--scenario", "optimstic"), 2, ("Did you mean 'optimistic'?",)),
    "a file that is not there": (("--scenario", "no.yaml"), 2, ("no.yaml: does not exist",)),
    "a file that is no YAML": (("--scenario", "bad.yaml"), 2, ("bad.yaml, line 1",)),
    "an unknown lever": (
        ("--scenario", "lever.yaml"),
        2,
        ("lever.yaml, line 4", "Did you mean 'naloxone_kits'?"),
    ),
    "out of bounds": (("--scenario", "bounds.yaml"), 2, ("bounds.yaml, line 4", "out of bounds")),
    "an unknown option": (("--scenaro", "base"), 2, ("--scenaro", "'--scenario'")),
    "an argument too many": (("base",), 2, ("base", "upriver page --help")),
}
FILES = {
    "mine.yaml": MINE,
    "bad.yaml": "[[[",
    "lever.yaml": "schema: 2\ntitle: a\nchanges:\n  - {lever: naloxon, level: most}\n",
    "bounds.yaml": "schema: 2\ntitle: a\nchanges:\n"
    "  - {acts_on: people.response.witnessed, operation: scale, by: 9}\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_is_one_line_and_nothing_is_written(
    name: str, command: Command, tmp_path: Path
) -> None:
    arguments, code, words = WRONG[name]
    for file, text in FILES.items():
        (tmp_path / file).write_text(text)
    refused(command("page", *arguments), code, *words)
    assert sorted(os.listdir(tmp_path)) == sorted(FILES)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_one_line(command: Command, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    refused(command("page", "-o", "shut/page.html"), 1, "shut")


def test_a_page_that_may_not_be_replaced_is_left_as_it_is(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "upriver.html").write_text("old")
    monkeypatch.setattr(os, "replace", full)
    refused(command("page"), 1, "upriver.html")
    assert (tmp_path / "upriver.html").read_text() == "old"


def test_page_has_help_with_an_example(command: Command) -> None:
    ended = command("page", "--help")
    assert ended.code == 0
    assert "Example: upriver page" in " ".join(ended.out.split())
    for option in ("--output", "--scenario", "--open"):
        assert option in ended.out
