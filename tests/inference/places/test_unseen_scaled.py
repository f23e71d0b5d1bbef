"""A country of some states alone: its deaths are theirs, scaled by residents, and no other's."""

import numpy as np
import pytest

from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import STATES
from upriver.inference.likelihood import recorded
from upriver.inference.places.unseen.halves import foretold, halves
from upriver.inference.places.unseen.listed import with_deaths
from upriver.inference.places.unseen.scaled import scaled
from upriver.inference.records.deaths import SYNTHETIC, WITHOUT
from upriver.places.asked import place

FITTED = "AR AZ CO CT DC IA ID IL KS KY MA MD MI MN MS MT NC ND NM OH PA SC TN TX WI WV"
DEATHS = ("T40.4, years", "T40.4, months", "other opioids, years")


def test_halves_are_those_that_were_dealt_first():
    fitted, others = halves()
    assert set(fitted) == set(FITTED.split())
    assert {*fitted, *others} == {*STATES}
    assert not {*fitted} & {*others}
    assert {*foretold()} == {*others} & {*with_deaths()}


def test_deaths_of_the_country_are_no_part_of_it_and_all_else_is():
    found, usual = scaled(halves()[0]), recorded()
    assert not {*found.series} & {
        "deaths_synthetic", "deaths_synthetic_in_month", "deaths_any_opioid",
        "deaths_synthetic_12m_predicted",
    }  # fmt: skip
    ours = {block.name: block for block in found.blocks}
    assert {*ours} == {block.name for block in usual.blocks}
    assert {name for name, one in ours.items() if {*one.output} & {SYNTHETIC, WITHOUT}} == {*DEATHS}
    for block in usual.blocks:
        if block.name not in DEATHS:
            np.testing.assert_array_equal(ours[block.name].values, block.values)
    assert [one.name for one in found.ranges] == [one.name for one in usual.ranges]


def test_all_states_scaled_up_are_nearly_the_country():
    """Few deaths are withheld but in the first years, when there were few."""
    found = {block.name: block for block in scaled(tuple(STATES)).blocks}
    usual = {block.name: block for block in recorded().blocks}
    for name in DEATHS:
        late = slice(6 if name == DEATHS[0] else 0, min(found[name].size, usual[name].size, 72))
        np.testing.assert_allclose(found[name].values[late], usual[name].values[late], rtol=0.04)


def test_a_state_alone_is_scaled_by_its_residents():
    (years, *_) = scaled(("OH",)).blocks
    ohio = place("OH")
    people = ohio.population.at("2010")
    everyone = series("residents", COUNTRY).at("2010")
    deaths = ohio.deaths_by_year["synthetic"].at("2010")
    assert people is not None
    assert everyone is not None
    assert deaths is not None
    at = int(np.argmin(abs(years.ends - 2011)))
    assert years.values[at] == pytest.approx(deaths * everyone / people, rel=1e-3)
