"""All states from the command line: orders, sums, what is averted, files, and what is refused."""

import csv
import json
from pathlib import Path

import pytest
from command_line import Command

FEW = ("--draws", "6")


def test_all_states_stand_in_order_with_their_record_and_the_interval_of_their_rank(
    command: Command,
) -> None:
    told = command("states", *FEW, "--quantity", "synthetic", "--year", "2018")
    assert told.code == 0, told.err
    lines = told.out.splitlines()
    rows = [line for line in lines if line[13:15].isupper() and line[15:17] == "  "]
    assert len(rows) == 52  # 51 states and the country's run
    assert " to " in next(row for row in rows if "Wyoming" in row)[35:57]
    assert "recorded" in told.out
    assert "A cut posterior" in told.out
    assert "draws. 6 draws are few" in " ".join(told.out.split())


def test_a_record_that_the_fits_have_not_seen_is_told_as_such(command: Command) -> None:
    asked = ("states", *FEW, "--quantity", "synthetic", "--places", "OH,WV", "--year")
    assert "the fit has seen it" in " ".join(command(*asked, "2024").out.split())
    assert "have not seen" in " ".join(command(*asked, "2025").out.split())


def test_json_holds_intervals_ranks_and_what_made_them(command: Command) -> None:
    told = command("states", *FEW, "--places", "OH,Vermont", "--year", "2021", "--counts", "--json")
    found = json.loads(told.out)
    assert {row["place"] for row in found["states"]} == {"OH", "VT"}
    ohio = next(row for row in found["states"] if row["place"] == "OH")
    assert ohio["value"]["low"] < ohio["value"]["median"] < ohio["value"]["high"]
    assert ohio["rank"]["median"] == 1
    assert found["unit"] == "people"
    assert found["provenance"]["places"] == "OH VT"
    assert found["country"]["median"] > 70_000


def test_what_a_policy_averts_is_told_by_state_and_beside_the_division(
    command: Command, tmp_path: Path
) -> None:
    told = command(
        *("states", "naloxone_doubled", "--against", "base", "--averted", "2027-2031"),
        *(*FEW, "--places", "AL,KY,MS,TN,OH", "--map", "map.svg", "--csv", "all.csv"),
    )
    assert told.code == 0, told.err
    assert "than its division" in told.out
    assert "together. 6 draws are few" in " ".join(told.out.split())
    assert next(row for row in told.out.splitlines() if "Ohio" in row).endswith("not known")
    assert "not all states of the division were run" in " ".join(told.out.split())
    assert (tmp_path / "map.svg").read_text().count("Twice the naloxone") == 1
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text().splitlines()))
    assert {row["scenario"] for row in rows} == {
        "Twice the naloxone",
        "Base projection",
        "Twice the naloxone less Base projection",
    }
    assert {row["year"] for row in rows} == {str(year) for year in range(2027, 2032)}


def test_a_difference_is_listed_from_the_largest_fall_on(command: Command) -> None:
    told = command(
        *("states", "naloxone_doubled", "--against", "base", "--year", "2031", *FEW),
        *("--places", "AL,KY,MS,TN"),
    )
    assert "1 is the largest fall" in " ".join(told.out.split())
    assert "recorded " not in told.out.splitlines()[3]
    assert "−" in told.out


def test_sums_stand_beside_the_country_and_benchmarking_says_what_it_does(
    command: Command,
) -> None:
    told = command("states", "--sums", *FEW, "--quantity", "deaths")
    assert told.code == 0, told.err
    assert "by construction" in told.out
    assert "80,400" in told.out
    found = json.loads(command("states", "--sums", *FEW, "--json").out)
    assert {row["quantity"] for row in found["sums"]} == {
        "deaths",
        "synthetic",
        "disorder",
        "buprenorphine",
    }
    raked = command("states", *FEW, "--benchmarked", "--counts", "--json")
    rows = json.loads(raked.out)["states"]
    assert len(rows) == 51
    assert "sum to the country" in " ".join(command("states", *FEW, "--benchmarked").out.split())


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (("--averted", "2027-2031"), "--against base"),
        (("--averted", "2027", "--against", "base"), "as 2027-2031"),
        (("--averted", "2031-2027", "--against", "base"), "forwards"),
        (("--averted", "2027-2040", "--against", "base"), "1999 to 2031"),
        (("--averted", "2027-2031", "--against", "base", "--year", "2030"), "own years"),
        (("--averted", "2027-2031", "--against", "base", "--quantity", "disorder"), "level"),
        (("--sums", "--places", "OH"), "--places does not go with --sums"),
        (("--sums", "--against", "base"), "--against"),
        (("--places", "OH,Ohoi"), "Ohoi"),
        (("--places", ","), "--places"),
        (("--places", "OH", "--benchmarked"), "of all states"),
        (("--quantity", "deths"), "Did you mean 'deaths'"),
        (("--year", "1990"), "1999 to 2031"),
        (("--draws", "0"), "too many or none"),
        (("--csv", "a.txt"), ".csv"),
        (("--map", "a.bmp"), "--map"),
        (("--place-fit", "none.npz"), "none.npz"),
        (("naloxon_doubled",), "naloxone_doubled"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    command: Command, asked: tuple[str, ...], word: str
) -> None:
    ended = command("states", *asked)
    assert ended.code == 2, ended
    assert ended.err.count("\n") == 1, ended.err
    assert word in ended.err, ended.err


def test_parquet_without_its_library_says_how_to_have_it(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upriver.cli.states_files.find_spec", lambda name: None)
    ended = command("states", "--parquet", "a.parquet")
    assert ended.code == 2
    assert "pip install 'upriver[parquet]'" in ended.err
