"""The page on what states had not seen says what the tables that are kept say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "unseen.md"


@pytest.fixture(scope="module")
def shown() -> str:
    done = subprocess.run(
        [sys.executable, "tools/unseen.py", "show"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def rows(page: str, first: str) -> list[list[str]]:
    """Cells of the rows of a table that begin with a word."""
    found = re.findall(rf"^\| {first} \|.*$", page, re.M)
    return [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in found]


def test_scores_at_origins_are_those_of_the_tables(shown):
    page = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"\nOrigins .*pooling (\w+)\n", shown)
    assert len(parts) == 7
    for how, text in zip(parts[1::2], parts[2::2], strict=True):
        table = {(row[1], row[0]): row for row in rows(page, how)}
        for said, name in (("ours alone", "upriver"), ("ensemble", "ensemble")):
            _, _, near, near_held, far, far_held = table[said, how]
            for months, ratio, held in (("12", near, near_held), ("24", far, far_held)):
                line = re.search(rf"^{name} +{months} .*$", text, re.M)[0].split()
                assert ratio == f"{line[4]} ({' '.join(line[5:8])})", (how, name, months)
                assert held == line[9].replace("%", " %"), (how, name, months)


def test_what_is_said_of_states_left_out_is_what_the_table_says(shown):
    page = PAGE.read_text(encoding="utf-8")
    for how, said in (
        ("learnt", "learnt from all others"),
        ("none", "none"),
        ("national", "national, one curve for all"),
    ):
        row = next(row for row in rows(page, said) if len(row) == 7)
        line = re.search(rf"^{how} .*$", shown, re.M)[0].split()
        assert row[1:3] == line[3:5]
        assert [cell.replace(" ", "") for cell in row[3:5]] == line[5:7]
        assert row[5] == f"{line[7]} months"
        assert row[6] == f"{float(line[9]):.0%}".replace("%", " %")


def test_what_is_said_of_the_other_half_is_what_the_table_says(shown):
    page = PAGE.read_text(encoding="utf-8")
    (text,) = re.findall(r"\nThe other half .*?\n\n", shown, re.S)
    for how, said in (
        ("learnt", "learnt from the one half"),
        ("none", "none, of the half"),
        ("national", "one curve, of the half"),
    ):
        (row,) = rows(page, said)
        line = re.search(rf"^{how} +\d.*$", text, re.M)[0].split()
        assert row[1:3] == line[3:5]
        assert [cell.replace(" ", "") for cell in row[3:5]] == line[5:7]
        assert row[5:] == [f"{line[7]} months", f"{float(line[9]):.0%}".replace("%", " %")]
    of_sum = re.search(
        r"^learnt +their sum fell by (.*)% \((.*)% to (.*)%\); by (.*)% came", text, re.M
    )
    fell, low, high, came = of_sum.groups()
    flat = " ".join(page.split())
    assert (
        f"fell by {fell} % ({low} to {high} %) from its peak to December 2024, and {came} %" in flat
    )


def test_hidden_months_and_the_dip_are_those_of_the_tables(shown):
    page = PAGE.read_text(encoding="utf-8")
    for state, code in (("Ohio", "OH"), ("Florida", "FL"), ("California", "CA")):
        row = next(row for row in rows(page, state) if len(row) == 5)
        line = re.search(rf"^{code}: (\d+) months, (\d+)% .*was ([\d,]+)$", shown, re.M)
        assert (row[1], row[2], row[4]) == (line[1], f"{line[2]} %", line[3])
    for said, printed in (
        ("Five states where carfentanil was found", "carfentanil found"),
        ("19 others whose months are whole", "elsewhere"),
    ):
        (row,) = rows(page, said)
        line = re.search(rf"^{printed} .*$", shown, re.M)[0].split()
        assert row[1:] == line[-4:]
