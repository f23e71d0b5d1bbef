"""Every number in the README and on the first pages of the site is printed by what a test runs.

A number may stand in a block that a test compares (`test_examples`), in a block that is made
(`test_state`), or in a phrase that is listed here with the command that prints it. What is left
has to be on the short list of those that no command prints, each with its reason. Years and
versions of Python are no figures.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from upriver.cli.main import main

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/index.md", "docs/start.md")


class Printed(NamedTuple):
    """A phrase of a page, the command that prints its numbers, and how (a pattern)."""

    page: str
    phrase: str
    command: str
    how: str


PRINTED = (
    Printed(
        "README.md",
        "the ensemble's error is 0.89 (0.84 to 0.93) of a damped trend's, 12 months ahead with the "
        "record four months late",
        "forecast --score",
        r"12 months ahead, the record 4 months late\n.*\n +all together .* 0\.89 +0\.84 to 0\.93 ",
    ),
    Printed(
        "README.md",
        "200 runs answer before your hand stops, 1,000 once it rests",
        "run --help",
        r"1 to\s+1000;(.|\n)*\[default: 200\]",
    ),
    Printed(
        "docs/start.md",
        "the median of 200 draws with a 95 % interval",
        "run --no-files",
        r"Median and 95 % interval of 200 draws",
    ),
)
NOT_PRINTED = {
    "in a terminal of 80 columns": "what the test of that block sets",
    "is 100 % more, reached over 3 years": "the file below it in words: by 1.0, over 3",
}
"""Phrases with a number that no command prints, and why."""

BETWEEN = re.compile(
    r"^```.*?^```$|<!-- made: .*?<!-- end -->|<!--.*?-->|`[^`]*`|\]\([^)]*\)|10\.\d{4,}/\S+"
    r"|Python 3\.\d+(?:(?:, | or )3\.\d+)*",
    re.MULTILINE | re.DOTALL,
)
"""What is no prose: blocks, made or of code, code, targets of links, names of papers, Pythons."""

NUMBER = re.compile(r"(?<![\w.,/-])\d(?:[\d,]*\d)?(?:\.\d+)?(?!\w)")
YEAR = re.compile(r"(?:19|20)\d\d")


def prose(text: str) -> str:
    """What a reader reads as sentences, on one line."""
    return " ".join(BETWEEN.sub(" ", text).split())


def unprinted(page: str, text: str) -> list[str]:
    """Numbers of a page's prose that stand in no phrase that is listed."""
    left = prose(text)
    for phrase in (*(one.phrase for one in PRINTED if one.page == page), *NOT_PRINTED):
        left = left.replace(prose(phrase), " ")
    return [number for number in NUMBER.findall(left) if not YEAR.fullmatch(number)]


@pytest.mark.parametrize("page", PAGES)
def test_every_number_of_a_page_is_printed_or_has_a_reason(page: str) -> None:
    assert unprinted(page, (ROOT / page).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("one", PRINTED, ids=lambda one: one.command)
def test_what_is_said_to_be_printed_is_printed_and_stands_on_its_page(
    one: Printed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert one.phrase in prose((ROOT / one.page).read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        main(one.command.split())
    assert not ended.value.code
    assert re.search(one.how, capsys.readouterr().out)


def test_no_exception_outlives_its_sentence() -> None:
    whole = " ".join(prose((ROOT / page).read_text(encoding="utf-8")) for page in PAGES)
    assert [phrase for phrase in NOT_PRINTED if phrase not in whole] == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It averts 1,234 deaths, 5.6 % of them, by 2031.", ["1,234", "5.6"]),
        ("Python 3.11, 3.12 or 3.13; `run --draws 50`; [two](a-3.md)", []),
        ("<!-- made: draws -->\n66 of 73\n<!-- end -->\n95 of 100", ["95", "100"]),
        ("```sh\nupriver flow 50\n```\nwith 12", ["12"]),
    ],
)
def test_a_number_that_nothing_prints_is_found(said: str, found: list[str]) -> None:
    assert unprinted("README.md", said) == found


def test_the_home_page_has_one_picture_and_three_doors() -> None:
    text = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^!\[.{20,}\]\(pictures/", text, re.MULTILINE)) == 1
    doors = text.partition("## Three doors\n")[2]
    assert len(re.findall(r"^### ", doors, re.MULTILINE)) == 3
    for door in doors.split("\n### ")[1:]:
        assert 3 <= len(re.findall(r"^- ", door, re.MULTILINE)) <= 5
