"""A verdict counts draws as they are, and says of both ends what it says of the whole."""

import numpy as np
import pytest

import upriver as up
from upriver.experiments.compare import Comparison
from upriver.experiments.verdict import AGREE, by_people

HEAD = "schema: 2\ntitle: {title}\nchanges:\n  - {{{change}}}\n"
MORE = up.parse_scenario(HEAD.format(title="More kits", change="lever: naloxone_kits, level: most"))
FEWER = up.parse_scenario(HEAD.format(title="Fewer kits", change="lever: naloxone_kits, by: -0.5"))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return up.compare("base", MORE, FEWER, "base", draws=60)


def deaths(comparison: Comparison, number: int) -> np.ndarray:
    run = comparison.runs[number]
    return run.periods("people.overdose.deaths", np.array([2026.0]), np.array([2032.0]))[:, 0]


def test_draws_in_which_a_scenario_helps_are_counted_one_by_one(comparison):
    more, fewer, same = comparison.verdicts
    averted = deaths(comparison, 0) - deaths(comparison, 1)
    assert more.helps == np.sum(averted >= 0.5) == 60
    assert more.harms == 0
    assert more.averted.median == pytest.approx(np.median(averted))
    assert (fewer.helps, fewer.harms) == (0, np.sum(deaths(comparison, 2) > deaths(comparison, 0)))
    assert (same.helps, same.harms, same.parts) == (0, 0, None)
    assert (
        same.sentence(2026)
        == "'Base projection (2)' moves no deaths from 2026 to 2031 in any of 60 draws."
    )


def test_a_sentence_says_the_way_the_number_and_the_interval(comparison):
    more, fewer, _ = (one.sentence(2026) for one in comparison.verdicts)
    assert "averts deaths in 60; best guess " in more
    assert " averted from 2026 to 2031 (" in more
    assert "costs lives in 60; best guess " in fewer
    assert " more from 2026 to 2031 (" in fewer
    assert "−" not in fewer


def test_courses_part_from_the_year_from_which_draws_agree(comparison):
    more = comparison.verdicts[0]
    years = np.arange(2026.0, 2032.0)
    base, run = comparison.runs[:2]
    yearly = [one.periods("people.overdose.deaths", years, years + 1) for one in (base, run)]
    agree = np.mean(yearly[0] > yearly[1], axis=0) >= AGREE
    assert more.parts is not None
    assert agree[int(more.parts - 2026) :].all()
    assert more.parts == 2026 or not agree[int(more.parts - 2027)]


def test_ends_are_the_quarters_of_draws_with_fewest_and_most_people(comparison):
    more = comparison.verdicts[0]
    assert more.few is not None
    assert more.many is not None
    people = comparison.runs[0].level("people.heads.oud")
    low, middle, high = people.at(2019.0).low, people.at(2019.0).median, people.at(2019.0).high
    assert low <= more.few.people < middle < more.many.people <= high
    assert "million had a disorder in 2019" in by_people(more)


def test_which_beats_which_is_a_share_of_draws_and_no_draw_counts_twice(comparison):
    beats = comparison.beats
    assert (np.diag(beats) == 0).all()
    assert (beats + beats.T <= 1).all()
    assert beats[1, 0] == 1
    assert beats[2, 1] == 0
    assert beats[3, 0] == beats[0, 3] == 0


def test_central_values_alone_have_no_verdict():
    assert up.compare("base", MORE, draws=0).verdicts == ()
