"""Relations: every event is on record, every level a share, an act can be taken out of history."""

import numpy as np
import pytest

from upriver.core.axes import AXES
from upriver.core.parameters import parameters
from upriver.core.time import years
from upriver.evidence.events import Event, all_events
from upriver.system.tabulate import column
from upriver.system.world import World

WORLD = World.reference()
DATED = {path: p for path, p in parameters().items() if path.startswith("diplomacy.") and p.is_path}
KNOTS = [(path, knot) for path, p in DATED.items() for knot in p.knots[1:]]
CHINA = "diplomacy.relations.level[china]"
LENGTH = {4: 1, 7: 1 / 12, 10: 0}
"""Years that a date spans, by the length of its text: a year, a month, a day."""


def covers(event: Event, year: float) -> bool:
    return event.at - 0.01 <= year <= event.at + LENGTH[len(event.date)] + 0.01


@pytest.mark.parametrize(("path", "knot"), KNOTS, ids=lambda v: getattr(v, "act", v))
def test_what_moves_a_government_is_a_dated_act_on_record(path, knot):
    assert knot.act
    assert any(e.source == knot.source and covers(e, knot.year) for e in all_events())


def test_every_country_starts_alike_and_plainly():
    starts = {DATED[f"diplomacy.relations.level[{c}]"].knots[0].value for c in AXES["country"]}
    back = DATED[CHINA].reversion
    assert back is not None
    assert starts == {back.toward}


@pytest.mark.parametrize("path", sorted(DATED))
def test_a_course_is_always_between_none_and_full(path):
    found = column(DATED[path])
    assert found.min() >= 0
    assert found.max() <= 1


def test_without_the_suspension_relations_go_on_as_they_were_until_the_next_act():
    usual = column(DATED[CHINA])[0]
    other = column(WORLD.without_act("suspension_2022").parameter(CHINA))[0]
    knots = {k.act: k for k in DATED[CHINA].knots}
    start, end = knots["suspension_2022"].year, knots["resumption_2023"].year
    last, when = knots["sanctions_2020"], years()
    inside = (when >= start) & (when < end)
    assert (usual[~inside] == other[~inside]).all()
    since = np.exp(-(when[inside] - last.year) / 4)
    np.testing.assert_allclose(other[inside], 0.4 + (last.value - 0.4) * since)
    assert (other[inside] > usual[inside]).all()


def test_without_any_act_a_government_stays_as_it_began():
    world = WORLD
    for act in sorted({knot.act for _, knot in KNOTS}):
        world = world.without_act(act)
    for path, p in DATED.items():
        np.testing.assert_allclose(column(world.parameter(path)), p.knots[0].value, rtol=1e-14)
