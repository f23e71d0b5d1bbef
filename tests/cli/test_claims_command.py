"""`upriver claims`: the list, one claim in full, JSON, and what it says of a slip."""

import json

import pytest
from command_line import Command

import upriver as up
from upriver.evidence.claims import STATUSES, claims
from upriver.report.terminal import cells_wide


def test_every_claim_is_listed_with_status_and_remark(command: Command) -> None:
    ended = command("claims")
    assert (ended.code, ended.err) == (0, "")
    flat = " ".join(ended.out.split())
    for name, one in claims().items():
        assert f"{name} {one.status} {' '.join(one.claim.split())[:40]}" in flat
        if one.remark:
            assert one.remark in flat
    assert f"{len(claims())} of {len(claims())} claims" in flat
    for status in STATUSES:
        count = sum(one.status == status for one in claims().values())
        assert not count or f"{count} {status} (" in flat


def test_what_is_false_as_worded_stands_beside_the_record_and_the_model(command: Command) -> None:
    told = command("claims", "c01").out
    assert "88 % in 2021" in told
    assert "87.8 % in 2021" in told
    assert "points" in told
    assert "False as worded" in told
    assert "vintage final" in told


@pytest.mark.parametrize("name", list(claims()))
def test_every_claim_has_a_card(name: str, command: Command) -> None:
    ended = command("claims", name)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{name}  ")
    for word in ("kind", "status", "stated", "recorded", "modelled"):
        assert f"\n  {word:10}  " in ended.out
    assert ("\n  sources     " in ended.out) == (claims()[name].record is not None)


def test_a_test_says_what_the_model_says_and_in_how_many_draws(command: Command) -> None:
    card = " ".join(command("claims", "C29").out.split())
    (told,) = json.loads(command("claims", "C29", "--json").out)
    words = {"yes": "says yes", "no": "says no", "open": "leaves it open"}
    assert f"the model {words[told['verdict']['says']]}" in card
    assert f"in {told['verdict']['held']} of 200 draws" in card
    assert told["test"]["because"] in card


def test_claims_are_found_by_words(command: Command) -> None:
    told = json.loads(command("claims", "homeless", "--json").out)
    assert [one["name"] for one in told] == ["C04", "C31"]
    told = json.loads(command("claims", "not", "modelled", "--json").out)
    assert {one["status"] for one in told} >= {"not modelled"}


def test_json_holds_figures_differences_and_reasons(command: Command) -> None:
    told = {one["name"]: one for one in json.loads(command("claims", "--json").out)}
    assert list(told) == list(claims())
    assert told["C02"]["recorded"]["value"] == 21089
    assert told["C02"]["modelled"]["low"] < told["C02"]["modelled"]["high"]
    assert told["C06"]["recorded"] is None
    assert told["C06"]["no_record"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("C99",), "`upriver claims` lists all"),
        (("C0l",), "Did you mean 'C"),
        (("no", "such", "thing"), "'no such thing' does not exist"),
        (("--jsn",), "`upriver claims --help`"),
    ],
)
def test_a_slip_is_one_line(words: tuple[str, ...], said: str, command: Command) -> None:
    ended = command("claims", *words)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert said in ended.err


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_of_claims_is_wider_than_the_terminal(
    columns: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in ((), ("C01",), ("C18",)):
        for line in command("claims", *arguments).out.splitlines():
            assert cells_wide(line) <= columns or "http" in line, line


def test_a_claims_figure_names_its_run(command: Command) -> None:
    one = json.loads(command("claims", "C02", "--json").out)[0]
    told = one["modelled"]
    assert (told["draws"], told["scenario"]) == (200, "Base projection")
    assert told["table"] == up.simulate("base", world="reference").provenance["table_digest"]
    card = command("claims", "C02").out
    assert f"200 draws of Base projection, table {told['table'][:16]}" in card
