"""Every lever, over draws: moves what it says, the way it says, from its date and not before."""

from functools import cache

import numpy as np
import pytest

from upriver.core.errors import OutOfBounds
from upriver.core.time import STEPS, step_of
from upriver.engine.run import load
from upriver.evidence.references import references
from upriver.policy.apply import table
from upriver.policy.changes import pull
from upriver.policy.chosen import fitted
from upriver.policy.levers import STAGES, shipped_levers
from upriver.policy.scenario import Scenario, parse_scenario, read_scenario
from upriver.system.world import World, is_asleep

DRAWS = 40
NAMES = sorted(shipped_levers())
START = 2027.0
FIRST = round(step_of(START))
AFTER = (FIRST, *range(FIRST + 4, STEPS, 4))

MOST = 0.9
"""Share of draws that go the way that a lever says, whose effect has one sign."""

EITHER_WAY = {
    "tariffs_as_leverage": 0.5,
    "decouple_china": 0.7,
    "shelter": 0.4,
    "drug_checking": 0.6,
}
"""Levers whose evidence, or the fit, leaves the sign open, and in what share it goes their way."""

ASLEEP = ("lower_prescriber_barriers", "buprenorphine_providers")
"""Levers of the published model whose place another mechanism takes in the whole system."""


@cache
def runs(name: str | None) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """State and output courses of draws, with a lever at its most or none."""
    changes = (pull(shipped_levers()[name], shipped_levers()[name].most, START, 0),) if name else ()
    engine = load()
    outputs = tuple(dict.fromkeys(one for v in shipped_levers().values() for one in v.moves))
    columns = table(Scenario(title="test", changes=changes), DRAWS).columns
    before = engine.run(columns, outputs=engine.state, instants=range(0, FIRST + 1, 16))
    after = engine.run(columns, outputs=outputs, instants=AFTER)
    return outputs, before, after


@pytest.mark.parametrize("name", NAMES)
def test_nothing_before_the_date_differs_to_the_bit(name):
    assert (runs(name)[1] == runs(None)[1]).all()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ASLEEP])
def test_a_lever_moves_what_it_says_the_way_it_says(name):
    v = shipped_levers()[name]
    outputs, _, after = runs(name)
    usual = runs(None)[2]
    for output, way in v.moves.items():
        place = outputs.index(output)
        moved = (after[:, place] - usual[:, place]).mean(axis=1)
        still = np.abs(moved) <= 1e-12 * np.abs(usual[:, place]).max()
        assert still.mean() <= 0.1, output
        share = np.mean(np.sign(moved[~still]) == way)
        assert share >= EITHER_WAY.get(name, MOST), (output, share)


@pytest.mark.parametrize("name", NAMES)
def test_the_level_of_today_changes_nothing_to_the_bit_in_any_draw(name):
    text = f"schema: 2\ntitle: t\nchanges:\n  - {{lever: {name}, level: as_today}}\n"
    today = parse_scenario(text)
    assert table(today, 3).digest() == table(read_scenario("base"), 3).digest()


@pytest.mark.parametrize("name", NAMES)
def test_a_lever_that_ships_says_what_it_moves_and_what_its_effect_is_from(name):
    v = shipped_levers()[name]
    assert v.moves
    assert v.effect is not None
    if v.effect.interval is None:
        known = fitted().constants
        awake = World.named("whole")
        assert v.effect.carried_by
        assert all(p in known or is_asleep(p, awake) for p in v.effect.carried_by), name
    else:
        assert v.effect.source in {*references(), "assumption"}
    assert v.evidence.sources
    assert v.cannot_capture
    assert v.harms


@pytest.mark.parametrize("name", NAMES)
def test_an_amount_beyond_the_range_is_refused_with_the_range(name):
    v = shipped_levers()[name]
    with pytest.raises(OutOfBounds, match=f"of lever '{name}'") as caught:
        parse_scenario(
            f"schema: 2\ntitle: t\nchanges:\n  - {{lever: {name}, by: {v.most * 1.5 + 0.01:g}}}\n"
        )
    assert f"{v.range[0]:g} to {v.range[1]:g}" in str(caught.value)


def test_levers_on_one_parameter_may_be_pulled_together_to_their_most():
    names = ("retention", "contingency_management", "telehealth_prescribing")
    changes = "".join(f"  - {{lever: {name}, level: most}}\n" for name in names)
    together = table(parse_scenario(f"schema: 2\ntitle: t\nchanges:\n{changes}"))
    path = "people.retention.at_six_months[buprenorphine]"
    usual = table(read_scenario("base")).wide(path)[0, -1]
    assert path in {p for name in names for p in shipped_levers()[name].acts_on}
    assert together.wide(path)[0, -1] > usual


def test_there_are_levers_on_every_stage():
    stages = {v.stage for v in shipped_levers().values()}
    assert stages == {*STAGES}
    assert len(NAMES) >= 32
