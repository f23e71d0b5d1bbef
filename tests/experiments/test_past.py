"""Runs that share a past integrate the future alone, and give the same to the bit."""

import numpy as np

import upriver as up
from upriver.core.time import step_of
from upriver.experiments.past import past
from upriver.policy.apply import table
from upriver.policy.scenario import parse_scenario, read_scenario

HEAD = "schema: 2\ntitle: {0}\nchanges:\n  - {{{1}}}\n"
LATER = parse_scenario(HEAD.format("later", "handle: naloxone_kits, by: 1, from: 2027.3, over: 0"))
NOW = parse_scenario(HEAD.format("now", "lever: jail_treatment, level: most"))
BEFORE = parse_scenario(HEAD.format("before", "handle: naloxone_kits, by: 1, from: 2012"))


def test_a_comparison_gives_what_each_run_alone_gives_to_the_bit():
    comparison = up.compare("base", NOW, LATER, "no_class_control", "as_2019", draws=12)
    for run in comparison.runs:
        alone = up.simulate(run.scenario, draws=12)
        assert (alone.values == run.values[:]).all(), run.scenario.title


def test_a_table_with_another_past_does_not_fit():
    base = up.simulate("base", draws=6)
    kept = past(base.table, base.outputs, base.values, int(step_of(2026)))
    assert kept.fits(table(NOW, 6), base.outputs)
    assert kept.fits(table(LATER, 6), base.outputs)
    assert kept.fits(table(read_scenario("as_2019"), 6), base.outputs)
    assert not kept.fits(table(BEFORE, 6), base.outputs)
    assert not kept.fits(table(read_scenario("no_class_control"), 6), base.outputs)
    assert not kept.fits(table(NOW, 7), base.outputs)
    assert not kept.fits(table(NOW, 6), base.outputs[:3])


def test_what_is_run_on_is_the_whole_run():
    base = up.simulate("base", draws=6)
    for step in (1, int(step_of(2026)), int(step_of(2026)) + 3):
        kept = past(base.table, base.outputs, base.values, step)
        found = kept.run_on(base.table)
        assert len(found) == 6
        np.testing.assert_array_equal(found.copy(), base.values)
        np.testing.assert_array_equal(found[:, 3], base.values[:, 3])
        np.testing.assert_array_equal(found[:, 3, 7], base.values[:, 3, 7])
        np.testing.assert_array_equal(found[2:4], base.values[2:4])
