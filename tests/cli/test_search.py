"""Search in a catalogue: a whole name is that entry alone, whatever else holds the word."""

import pytest

from upriver.cli.search import matching
from upriver.core.errors import UnknownName

FRUIT = {"pear": "a green fruit", "Quince": "not a pear", "prickly pear": "a cactus"}


def found(*words: str) -> list[str]:
    told = {text: f"{name} {text}" for name, text in FRUIT.items()}
    return matching("fruit", FRUIT, words, lambda text: told[text], "list")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("pear",), ["pear"]),
        (("PEAR",), ["pear"]),
        (("quince",), ["Quince"]),
        (("Not A",), ["Quince"]),
        (("prickly", "Pear"), ["prickly pear"]),
        ((), list(FRUIT)),
    ],
)
def test_a_name_is_one_entry_and_words_are_all_that_hold_each(words, expected):
    assert found(*words) == [FRUIT[name] for name in expected]


def test_what_is_nowhere_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownName, match=r"fruit 'peer' does not exist.*'pear'.*`list` lists"):
        found("peer")
