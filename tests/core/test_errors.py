"""An error says where, what, what is allowed and what to do, on one line."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upriver.core import errors
from upriver.core.errors import InputError, UpriverError, nearest, show, unknown_name

LEVERS = ["naloxone_kits", "treatment_capacity", "mail_inspection"]
EVERY = [kind for kind in vars(errors).values() if isinstance(kind, type)]
EVERY = [kind for kind in EVERY if issubclass(kind, UpriverError)]


def test_the_example_of_our_style_is_what_we_print() -> None:
    error = unknown_name(
        "lever",
        "naloxon",
        [*LEVERS, *(f"other_{i}" for i in range(23))],
        where=("scenario.yaml", 7),
        command="upriver levers",
    )
    assert str(error) == (
        "scenario.yaml, line 7: lever 'naloxon' does not exist. "
        "Did you mean 'naloxone_kits'? `upriver levers` lists all 26."
    )


def test_without_a_command_the_few_options_are_named() -> None:
    error = unknown_name("lever", "xyzzy", LEVERS)
    assert str(error) == (
        "lever 'xyzzy' does not exist. Allowed: mail_inspection, naloxone_kits, treatment_capacity."
    )


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_bad_input_exits_with_2_and_a_failure_with_1(kind: type[UpriverError]) -> None:
    assert kind("something").exit_code == (2 if issubclass(kind, InputError) else 1)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_tree_at_the_top_and_explains_itself(
    kind: type[UpriverError],
) -> None:
    assert kind.__name__ in (errors.__doc__ or "")
    assert kind.__doc__


@settings(deadline=None)
@given(st.text(), st.text(), st.text(), st.text(max_size=1000))
def test_any_text_makes_one_printable_line_of_at_most_300_characters(
    problem: str, file: str, found: str, hint: str
) -> None:
    error = InputError(problem, file=file, line=3, found=show(found), allowed=found, hint=hint)
    for said in (str(error), str(UpriverError(problem))):
        assert said.isprintable()
        assert len(said) <= errors.LONGEST


def test_a_terminal_is_not_painted_by_a_name() -> None:
    error = unknown_name("lever", "\x1b[31mred\x1b[0m\nnext \u202egnol", LEVERS)
    assert "\\x1b[31mred" in str(error)
    assert "\\u202e" in str(error)


def test_an_error_keeps_its_fields_when_it_crosses_a_process() -> None:
    error = pickle.loads(pickle.dumps(unknown_name("lever", "mail", LEVERS, where=("a", 2))))
    assert (error.file, error.line, error.exit_code) == ("a", 2, 2)
    assert "mail_inspection" in str(error)


def test_whoever_knows_the_file_may_add_it_later() -> None:
    error = InputError("the end is before the start")
    error.file, error.line = "scenario.yaml", 4
    assert str(error) == "scenario.yaml, line 4: the end is before the start."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("naloxon", "naloxone_kits"),
        ("NALOXONE_KITS", "naloxone_kits"),
        ("mail", "mail_inspection"),
        ("capacity", "treatment_capacity"),
        ("xyzzy", None),
        ("", None),
        ("n" * 10**6, None),
    ],
)
def test_the_nearest_name_is_found(name: str, expected: str | None) -> None:
    assert nearest(name, LEVERS) == expected


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (0.5, "0.5"),
        ("soon", "'soon'"),
        ([1], "a list"),
        ({"a": 1}, "a mapping"),
        ("x" * 1000, "'" + "x" * 59 + "…'"),
    ],
)
def test_what_was_found_is_shown_short(value: object, shown: str) -> None:
    assert show(value) == shown


def test_a_huge_integer_is_not_spelled_out() -> None:
    assert show(10**5000) == "an integer of more than 40 digits"
