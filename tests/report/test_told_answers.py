"""What is told of answers and changes is what a run gives, in words that a page can show."""

import re
from collections import Counter
from pathlib import Path

import pytest

from upriver.experiments.explain import explain
from upriver.experiments.summary import figures
from upriver.policy.levers import levers
from upriver.report.told import why
from upriver.report.told.answers import plain
from upriver.report.told.store import told

PAGE = Path(__file__).parents[2] / "docs" / "answers.md"
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
DRAWS = 6


@pytest.fixture(scope="module")
def change():
    found = explain(2024, 2025, DRAWS)
    return found, why.told(found, explain(2024, 2025, DRAWS, "prior"))


def test_parts_of_a_change_add_up_and_stand_in_the_order_of_a_waterfall(change):
    _, one = change
    names = [part["name"] for part in one["parts"]]
    assert (names[0], names[-1]) == ("under_way", "unexplained")
    total = sum(part["mean"] for part in one["parts"])
    assert total == pytest.approx(one["after"]["mean"] - one["before"]["mean"], abs=5)


def test_every_part_is_that_of_explain(change):
    found, one = change
    for part in one["parts"]:
        interval = found.part(part["name"])
        assert [part[key] for key in ("median", "low", "high")] == pytest.approx(
            list(interval), rel=1e-4, abs=1e-3
        )
        assert part["lowers_in"] == round(DRAWS * found.share_less(part["name"]))
        assert part["by_rival"] == pytest.approx(found.by_rival(part["name"]), rel=1e-4, abs=1e-3)
    assert one["disputed"] == list(found.disputed())


def test_the_sentence_has_the_change_both_years_and_what_nothing_explains(change):
    found, one = change
    said = one["said"][0]
    assert found.change.median < 0
    assert said.startswith("Yearly deaths from opioid overdose fell from about")
    assert figures(one["before"]["median"]) in said
    assert figures(one["after"]["median"]) in said
    assert f"{abs(one['left']['median']):.0f} % of the fall" in said


def test_what_is_not_on_record_is_said_to_be_nothing():
    (newest, *_) = told("why")["spans"]
    any_opioid, synthetic = newest["recorded"]
    assert any_opioid["values"][1] is None
    assert all(synthetic["values"])
    assert synthetic["sources"] == ["cdc_vsrr"]


def test_levers_are_told_by_their_titles_links_by_their_words_and_quotations_in_round_marks():
    assert plain("it is naloxone_kits (most), retention (more)") == (
        "it is ‘Hand out more naloxone kits’ (most), ‘Keep people in treatment longer’ (more)"
    )
    assert plain("in none (shelter, stop_act_data)").startswith("in none (‘Give people")
    assert plain("another question ([costs](how-to/cost.md))") == "another question (costs)"
    assert plain("'Every state' averts China's, 'all'.") == "‘Every state’ averts China's, ‘all’."
    assert plain("the three (of, them)") == "the three (of, them)"


def test_answers_have_the_numbers_of_the_page_of_answers_each_as_often():
    sections = re.split(r"(?m)^## \d\. ", PAGE.read_text(encoding="utf-8"))[1:]
    for one, section in zip(told("answers")["answers"], sections, strict=True):
        texts = [one["question"], *one["first"], *one["short"]]
        for part in one["parts"]:
            if isinstance(part, str):
                texts.append(part)
            else:
                cells = [cell for row in part["rows"] for cell in row]
                texts += [part["about"], *part["header"], *cells]
        texts += [*one["sure"], *one["cannot"], *one["made"]]
        assert Counter(NUMBER.findall(" ".join(texts))) == Counter(NUMBER.findall(section))


def test_levers_are_told_by_their_titles_at_every_level():
    assert plain("contingency_management (some), naloxone_kits (most)") == (
        "‘Reward staying in treatment’ (some), ‘Hand out more naloxone kits’ (most)"
    )
    names = {name for name in levers() if "_" in name}
    for one in told("answers")["answers"]:
        for text in (*one["short"], *one["sure"], *one["cannot"]):
            words = set(re.findall(r"\w+", "".join(text.split("`")[::2])))
            assert not words & names, text
