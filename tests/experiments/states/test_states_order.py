"""Orders, shares of divisions and tiles, from numbers that can be checked by hand."""

import re
from pathlib import Path

import numpy as np

import upriver
from upriver.evidence.places import STATES
from upriver.experiments.states.averted import averted
from upriver.experiments.states.order import Ranked, intervals, ranks
from upriver.experiments.states.tiles import TILES, tiles
from upriver.experiments.summary import Interval
from upriver.places.asked import place

SOUTH = ("AL", "KY", "MS", "TN")


def test_a_rank_is_of_each_draw_and_places_that_stand_level_share_the_better():
    values = np.array([[5.0, 5.0, 1.0], [4.0, 5.0, 2.0], [3.0, 3.0, 3.0]])
    most = ranks(values)
    assert [one.median for one in most] == [1, 2, 3]
    assert (most[0].low, most[0].high) == (1, 3)
    assert (most[1].low, most[1].high) == (1, 2)
    least = ranks(values, least_first=True)
    assert (least[2].low, least[2].high) == (1, 3)


def test_an_interval_is_of_each_place():
    found = intervals(np.array([[1.0, 2.0, 3.0], [7.0, 7.0, 7.0]]))
    assert found[0].median == 2
    assert found[1] == Interval(7, 7, 7)


def test_a_record_is_inside_if_its_range_meets_the_interval():
    at = Interval(10.0, 8.0, 12.0)
    for recorded, inside in [((12.0, 20.0), True), ((12.1, 20.0), False), (None, None)]:
        assert Ranked("OH", "Ohio", at, at, recorded, "").inside is inside


def test_a_state_differs_from_its_division_only_if_all_but_few_draws_say_so():
    draws = 200
    usual = np.full((4, draws), 100.0)
    noise = np.random.default_rng(1).normal(0, 1, (4, draws))
    share = np.array([[0.30], [0.10], [0.10], [0.10]])
    changed = usual * (1 - share) + noise
    rows = averted([place(code) for code in SOUTH], usual, changed, np.full(4, 1e6))
    assert [row.differs for row in rows] == ["more", "less", "less", "less"]
    assert abs(rows[0].share.median - 30) < 1
    assert abs(rows[0].rate.median - 3) < 0.1
    even = averted([place(code) for code in SOUTH], usual, usual * 0.9 + noise, np.full(4, 1e6))
    assert {row.differs for row in even} == {"does not differ"}


def test_a_division_that_is_not_whole_is_not_told():
    usual = np.full((1, 5), 100.0)
    (row,) = averted([place("KY")], usual, 0.9 * usual, np.array([1e6]))
    assert row.differs == "not known"
    assert row.division_share is None


def test_every_state_has_a_tile_and_it_stands_where_the_page_has_it():
    page = Path(upriver.__file__).parent / "page" / "views" / "states" / "map.js"
    found = re.findall(r"\b([A-Z]{2}): \[(\d+), (\d+)\]", page.read_text(encoding="utf-8"))
    assert {code: (int(column), int(row)) for code, column, row in found} == TILES
    assert set(TILES) == set(STATES)


def test_a_map_writes_the_number_of_each_state_and_leaves_out_who_has_none():
    figure = tiles({"OH": (12.0, "12.0"), "WV": (-3.0, "−3.0")}, "Title", "unit", "note")
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert len(texts) == 2 * 51
    assert {"OH", "12.0", "WV", "−3.0", "VT"} <= set(texts)


def test_red_is_what_harms_where_some_are_helped_and_where_none_is():
    for values in ({"OH": (-2.0, "a"), "TX": (1.0, "b")}, {"OH": (-2.0, "a"), "TX": (-0.1, "b")}):
        figure = tiles(values, "title", "unit", "note", below="Reds")
        at = TILES["OH"]
        (face,) = (
            patch.get_facecolor()
            for patch in figure.axes[0].patches
            if (patch.get_x(), patch.get_y()) == at
        )
        assert face[0] > face[2] + 0.2
