"""The stocks: how many, and each with a name."""

import jax

import worlds
from upriver.core.modules import names
from upriver.people.stocks import People, Stocks


def test_the_stocks_are_six_kinds_in_twenty_numbers_of_which_none_is_counted_twice():
    found = names(Stocks, "people.stocks")
    assert len(found) == len(set(found)) == 1 + 1 + 3 + 9 + 3 + 3
    assert "people.stocks.treated[heroin,methadone]" in found


def test_every_number_of_the_state_has_a_name():
    state = worlds.people()
    assert len(names(People, "people")) == sum(leaf.size for leaf in jax.tree.leaves(state))


def test_fewer_people_are_in_the_system_than_in_the_country():
    people = sum(float(leaf.sum()) for leaf in jax.tree.leaves(worlds.people().stocks))
    assert 0 < people < worlds.reference_table().wide("people.population.people").min()
