"""In a draw that leaves a bound the page holds a parameter there, as the command line does."""

import pytest
from hand import answer, opened, said, scenario_file
from test_numbers import expected_answer

import upriver as up

SEIZED = """schema: 1
title: Four times the chance of seizure at the border
from: 2026
changes:
  - {handle: border_seizures, by: 3, over: 8}
"""

UNDER = "schema: 1\ntitle: Under\nprojections:\n  people.response.kits: {end_value: 4250000}\n"
OVER = """schema: 1
title: Kits on a projection of my own
based_on: ./under.yaml
changes:
  - {handle: witnessing, by: 0.2}
"""


def test_the_page_prints_what_the_command_line_does_where_draws_are_held(browser, made, tmp_path):
    with opened(browser, made(SEIZED), "view=overview") as page:
        text, told = answer(page), said(page)
    comparison = up.compare("base", str(tmp_path / "mine.yaml"))
    remarks = comparison.runs[1].remarks
    scenario = comparison.runs[1].scenario
    assert expected_answer(comparison, scenario, "base") == text
    assert any("is held there" in remark for remark in remarks)
    assert any("when 2032 begins it is 75 % there" in remark for remark in remarks)
    assert all(remark in told for remark in remarks)


SWITCHED = {
    "from the start": "schema: 1\ntitle: Kept\nset: {people.naloxone.included: 1}\n",
    "from a year on": """schema: 1
title: Smoked
from: 2026
changes:
  - {acts_on: [people.ways.included], to: 1, over: 0}
""",
}


@pytest.mark.parametrize("when", SWITCHED)
def test_constants_of_what_a_file_switches_on_are_drawn_as_the_command_line_draws_them(
    when, browser, made, tmp_path
):
    with opened(browser, made(SWITCHED[when]), "view=overview") as page:
        text = answer(page)
    comparison = up.compare("base", str(tmp_path / "mine.yaml"))
    assert expected_answer(comparison, comparison.runs[1].scenario, "base") == text


def test_a_file_that_builds_on_a_file_is_saved_whole(browser, made, tmp_path):
    (tmp_path / "under.yaml").write_text(UNDER, encoding="utf-8")
    with opened(browser, made(OVER), "view=overview") as page:
        written = scenario_file(page, tmp_path)
    (tmp_path / "under.yaml").unlink()
    run = up.simulate(str(written), draws=5)
    assert "based_on" not in written.read_text()
    (tmp_path / "under.yaml").write_text(UNDER, encoding="utf-8")
    again = up.simulate(str(tmp_path / "mine.yaml"), draws=5)
    assert run.provenance["table_digest"] == again.provenance["table_digest"]
