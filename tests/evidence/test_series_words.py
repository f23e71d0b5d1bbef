"""Words of the recorded series: every series has its own, and nothing else has any."""

import pytest

from upriver.core.errors import SchemaProblem, UnknownName
from upriver.core.fields import Document
from upriver.core.files import load_yaml
from upriver.evidence.figures import all_series
from upriver.evidence.series import FILE, GROUPS, all_words, read_words


def _document(**changes: object) -> Document:
    whole = load_yaml(FILE)
    return Document(whole.name, {**whole.data, **changes}, whole.lines)


def test_every_series_has_words_and_no_words_are_without_a_series():
    assert set(all_words()) == set(all_series())


def test_titles_are_plain_and_no_two_are_alike():
    titles = [words.title for words in all_words().values()]
    assert len(set(titles)) == len(titles)
    for name, words in all_words().items():
        assert "_" not in words.title, name
        assert words.about.endswith("."), name


def test_series_come_by_group():
    groups = [GROUPS.index(words.group) for words in all_words().values()]
    assert groups == sorted(groups)


def test_words_for_a_series_that_does_not_exist_are_refused_and_the_nearest_suggested():
    with pytest.raises(UnknownName, match="population"):
        read_words(_document(popultion=load_yaml(FILE).data["population"]))


def test_an_entry_that_lacks_a_field_is_refused():
    entry = dict(load_yaml(FILE).data["misuse"])
    del entry["about"]
    with pytest.raises(SchemaProblem, match=r"misuse\.about is missing"):
        read_words(_document(misuse=entry))


def test_an_unknown_group_or_kind_is_refused():
    entry = dict(load_yaml(FILE).data["misuse"])
    with pytest.raises(UnknownName, match="people"):
        read_words(_document(misuse={**entry, "group": "peple"}))
    with pytest.raises(UnknownName, match="level"):
        read_words(_document(misuse={**entry, "beside": {"kind": "levl", "name": "a"}}))
