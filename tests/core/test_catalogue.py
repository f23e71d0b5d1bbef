"""A catalogue says what is wrong with an entry, at its line; what is left out is nothing else."""

import pytest

from upriver.core.catalogue import Entry, find, read_catalogue
from upriver.core.errors import InputError, OutOfBounds, SchemaProblem, UnknownName
from upriver.core.files import parse_yaml

GOOD = """\
# Fruit
apple:
  colour: red
  weight: 0.2
  year: 2020
  ripe: true
  names: [Gala, Idared]
  seasons: [2020, autumn 2021]
pear:
  colour: green
  weight: null
"""

COLOURS = ("red", "green")
OPTIONAL = ("year", "ripe", "names", "seasons", "seed")


def fruit(entry: Entry) -> tuple[object, ...]:
    seed = entry.entry("seed", required=("size",)).number("size") if entry.given("seed") else None
    return (
        entry.name,
        entry.choice("colour", COLOURS, "colour"),
        entry.maybe(entry.number, "weight", within=(0, 1)),
        entry.maybe(entry.integer, "year"),
        entry.flag("ripe"),
        entry.maybe(entry.one_or_more, "names") or (),
        entry.maybe(entry.labels, "seasons"),
        seed,
    )


def read(text: str) -> dict[str, tuple[object, ...]]:
    document = parse_yaml(text, "fruit.yaml")
    return read_catalogue(document, fruit, required=("colour", "weight"), optional=OPTIONAL)


def test_entries_come_in_the_order_of_the_file_with_what_is_left_out_as_nothing():
    names, seasons = ("Gala", "Idared"), ("2020", "autumn 2021")
    assert list(read(GOOD).values()) == [
        ("apple", "red", 0.2, 2020, True, names, seasons, None),
        ("pear", "green", None, None, False, (), None, None),
    ]


def test_one_text_stands_for_a_list_of_one():
    assert read(GOOD.replace("[Gala, Idared]", "Gala"))["apple"][5] == ("Gala",)


def test_a_catalogue_may_stand_below_the_top_of_its_file():
    document = parse_yaml("kinds:\n  one: {colour: red}\n", "fruit.yaml")
    found = read_catalogue(document, lambda e: e.text("colour"), required=["colour"], at=("kinds",))
    assert found == {"one": "red"}
    with pytest.raises(SchemaProblem, match="others is missing"):
        read_catalogue(document, fruit, required=(), at=("others",))


@pytest.mark.parametrize(
    ("old", "new", "kind", "says"),
    [
        ("colour: red", "colour: rd", UnknownName, "line 3: colour 'rd' does not exist.*'red'"),
        ("weight: 0.2", "weight: 2", OutOfBounds, "line 4: apple.weight .* found 2.*0 to 1"),
        ("weight: 0.2", "weight: '0.2'", SchemaProblem, "line 4: .*without quotes"),
        ("weight: 0.2", "wieght: 0.2", SchemaProblem, "line 4: unknown field 'wieght' in apple"),
        ("  weight: 0.2\n", "", SchemaProblem, "line 2: apple.weight is missing"),
        ("year: 2020", "year: true", SchemaProblem, "line 5: .*whole number, found true"),
        ("ripe: true", "ripe: no", SchemaProblem, "line 6: .*true or false, found 'no'"),
        ("[Gala, Idared]", "[]", SchemaProblem, "line 7: apple.names should not be empty"),
        ("[Gala, Idared]", "[Gala, 3]", SchemaProblem, r"line 7: apple.names\[1\].* text, found 3"),
        ("[2020, autumn 2021]", "[true]", SchemaProblem, r"line 8: apple.seasons\[0\]"),
        ("pear:", "12:", SchemaProblem, "line 9: .*should be a name, found 12.*quotes"),
        ("ripe: true", "seed: {sise: 1}", SchemaProblem, "line 6: .*'sise' in apple.seed"),
        ("pear:", "plum: 3\npear:", SchemaProblem, "line 9: plum should be a mapping"),
    ],
)
def test_an_entry_that_is_not_right_is_refused_with_its_line(old, new, kind, says):
    assert old in GOOD
    with pytest.raises(InputError, match=f"^fruit.yaml, {says}") as caught:
        read(GOOD.replace(old, new))
    assert isinstance(caught.value, kind)


def test_a_long_list_of_words_is_not_told_to_who_wrote_a_number():
    document = parse_yaml("one: {colour: 3}\n", "fruit.yaml")
    many = [f"colour {i}" for i in range(100)]
    with pytest.raises(SchemaProblem, match=r"one.colour should be text, found 3\.$"):
        read_catalogue(document, lambda e: e.choice("colour", many, "colour"), required=["colour"])


def test_a_name_that_is_not_there_is_refused_with_the_nearest_and_where_it_stood():
    found = read(GOOD)
    assert find("fruit", "pear", found) is found["pear"]
    with pytest.raises(UnknownName, match=r"^a.yaml, line 3: fruit 'peer' .*'pear'.*`list` lists"):
        find("fruit", "peer", found, where=("a.yaml", 3), command="list")
