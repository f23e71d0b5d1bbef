"""`upriver evidence`: what it lists, shows, draws, checks, cites, fetches and reads."""

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from command_line import Command, Ended

from upriver.cli.evidence import app
from upriver.evidence import controls
from upriver.evidence.coverage import coverage
from upriver.evidence.figures import all_records, series
from upriver.evidence.record import STATUSES, WITHOUT_VALUE
from upriver.evidence.references import references
from upriver.evidence.sources import SOURCES
from upriver.report.evidence import MARKS
from upriver.report.terminal import cells_wide

NAMES = [str(one.name) for one in app.registered_commands]
HEAVY = {"pandas", "jax", "matplotlib", "scipy", "xarray", "httpx", "pandera", "wasmtime"}


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code and one line that holds these words."""
    assert ended.code == code, ended
    assert ended.err.count("\n") == 1, ended.err
    assert ended.err.startswith("upriver: ")
    assert "this should not happen" not in ended.err
    for word in words:
        assert word in ended.err, ended.err


def rows(text: str) -> list[dict[str, str]]:
    """Rows of a CSV without its comment lines."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def test_the_list_holds_every_series_with_coverage_and_age(command: Command) -> None:
    ended = command("evidence")
    assert (ended.code, ended.err) == (0, "")
    flat = " ".join(ended.out.split())
    for one in coverage().values():
        assert f" {one.name} " in flat
        assert one.newest in flat
        assert one.group.upper() in ended.out
    assert ended.out.count(" old\n") >= len(coverage())
    told = json.loads(command("evidence", "--json").out)
    assert [one["name"] for one in told] == list(coverage())
    assert all(one["age_years"] >= 0 and one["sources"] for one in told)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("heroin", "price"), "heroin_price"),
        (("HEROIN",), "deaths_heroin"),
        (("12 months ending", "synthetic"), "deaths_synthetic_12m"),
        (("cdc_vsrr",), "deaths_synthetic_12m"),
        (("list", "heroin"), "deaths_heroin"),
    ],
)
def test_series_are_found_by_words(words: tuple[str, ...], found: str, command: Command) -> None:
    told = json.loads(command("evidence", *words, "--json").out)
    assert found in [one["name"] for one in told]
    assert len(told) < len(coverage())


def test_a_whole_name_shows_the_series(command: Command) -> None:
    assert (
        command("evidence", "deaths_heroin").out == command("evidence", "show", "deaths_heroin").out
    )


def test_every_series_can_be_shown(command: Command) -> None:
    for name, one in coverage().items():
        ended = command("evidence", "show", name)
        assert (ended.code, ended.err) == (0, ""), name
        flat = " ".join(ended.out.split())
        assert flat.startswith(f"{one.title} ({name}) ".replace("  ", " "))
        for word in ("group", "unit", "recorded", "place", "modelled"):
            assert f"\n  {word:10}  " in ended.out, name
        for key in dict.fromkeys(series(name, one.places[0]).sources):
            assert f"{key}: " in flat


def test_values_have_status_and_note_and_the_middle_is_left_out(command: Command) -> None:
    record = series("deaths_any_opioid")
    short = command("evidence", "show", record.name).out
    assert "more: --all" in short
    whole = command("evidence", "show", record.name, "--all").out
    assert "more: --all" not in whole
    for label, value, status in zip(record.labels, record.values, record.statuses, strict=True):
        assert re.search(rf"  {label} +{value:,.0f}  {status}", whole)


def test_a_place_is_found_by_code_or_name_in_any_letters(command: Command) -> None:
    told = [
        command("evidence", "show", "deaths_synthetic_12m", "--place", place).out
        for place in ("OH", "oh", "Ohio")
    ]
    assert "OH, Ohio" in told[0]
    assert told[0] == told[1] == told[2]


def test_a_place_without_a_value_says_why(command: Command) -> None:
    empty = next(r for r in all_records().values() if not r.newest)
    ended = command("evidence", "show", empty.name, "--place", empty.place)
    assert ended.code == 0
    assert "nothing; why stands beside each period" in ended.out
    drawn = command("evidence", "plot", empty.name, "--place", empty.place)
    refused(drawn, 2, "nothing to draw", empty.place)


def test_csv_holds_every_value_with_licence_caveat_and_sources(command: Command) -> None:
    record = series("deaths_any_opioid")
    text = command("evidence", "show", record.name, "--csv").out
    for word in ("# Data to: ", "# Licence: ", "later vintages may differ", "# Source wonder: "):
        assert word in text
    found = rows(text)
    assert [row["period"] for row in found] == list(record.labels)
    assert [float(row["value"]) for row in found] == record.values.tolist()
    assert [row["vintage"] for row in found] == list(record.vintages)


def test_csv_holds_all_places_or_one(command: Command) -> None:
    every = rows(command("evidence", "show", "deaths_synthetic_12m", "--csv").out)
    assert {row["place"] for row in every} == set(coverage()["deaths_synthetic_12m"].places)
    one = rows(command("evidence", "show", "deaths_synthetic_12m", "--csv", "--place", "OH").out)
    assert {row["place"] for row in one} == {"OH"}
    missing = next(row for row in every if row["status"] in WITHOUT_VALUE)
    assert missing["value"] == ""


def test_no_cell_is_a_formula_and_negative_numbers_stay(command: Command) -> None:
    for name in coverage():
        for row in rows(command("evidence", "show", name, "--csv").out):
            for column in ("series", "place", "period", "unit", "source", "vintage", "note"):
                assert row[column][:1] not in ("=", "+", "-", "@")
    found = rows(command("evidence", "show", "china_laboratories_change", "--csv").out)
    assert float(found[0]["value"]) < 0


def test_json_holds_every_value(command: Command) -> None:
    told = json.loads(command("evidence", "show", "seized_fentanyl", "--json").out)
    record = series("seized_fentanyl")
    assert [one["value"] for one in told["values"]] == record.values.tolist()
    assert told["newest"] == record.newest


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_a_picture_is_written_whole_and_the_same_again(
    kind: str, begins: bytes, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / f"deaths.{kind}"
    ended = command("evidence", "plot", "deaths_synthetic", "--modelled", "-o", file.name)
    assert ended.code == 0
    assert "█" in ended.out
    assert f"Wrote {file.name}" in ended.err
    first = file.read_bytes()
    assert first.startswith(begins)
    command("evidence", "plot", "deaths_synthetic", "--modelled", "-o", file.name)
    assert file.read_bytes() == first


def test_a_picture_is_named_after_its_series_and_place(command: Command, tmp_path: Path) -> None:
    command("evidence", "plot", "homeless")
    command("evidence", "plot", "homeless", "--place", "oh")
    assert sorted(os.listdir(tmp_path)) == ["homeless-OH.svg", "homeless.svg"]


def test_every_status_with_a_value_has_a_mark() -> None:
    assert set(MARKS) == set(STATUSES) - set(WITHOUT_VALUE)


def test_check_holds_and_prints_every_control_total(command: Command) -> None:
    ended = command("evidence", "check")
    assert (ended.code, ended.err) == (0, "")
    assert "FAILS" not in ended.out
    told = json.loads(command("evidence", "check", "--json").out)
    assert [row["name"] for row in told["totals"]] == [t.name for t in controls.totals()]
    assert all(row["holds"] for row in (*told["totals"], *told["overlaps"]))
    assert {row["as"] if "as" in row else row["compared"] for row in told["run"]} == {
        "sums",
        "level",
        "driver",
    }


def test_check_exits_with_1_if_a_control_total_fails(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    wrong = replace(controls.totals()[0], expected=1.0)
    monkeypatch.setattr(controls, "totals", lambda: (wrong,))
    ended = command("evidence", "check")
    refused(ended, 1, "1 of", "checks of the record fail", wrong.name)
    assert "FAILS" in ended.out


def test_cite_prints_the_bibtex_of_series_of_sources_or_of_all(command: Command) -> None:
    every = command("evidence", "cite").out
    assert every.count("\n@") + 1 == len(references())
    told = command("evidence", "cite", "deaths_any_opioid").out
    keys = re.findall(r"^@\w+\{([^,]+),", told, re.MULTILINE)
    assert keys == list(dict.fromkeys(series("deaths_any_opioid").sources))
    assert told in command("evidence", "cite", "deaths_any_opioid", "lim2022").out
    assert "lim2022" in command("evidence", "cite", "lim2022").out


def never(*_: object, **__: object) -> NoReturn:
    raise AssertionError("the network was asked")


def test_nothing_is_asked_of_a_network_but_by_fetch_with_a_name(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setenv("UPRIVER_CACHE", str(tmp_path / "cache"))
    for arguments in ((), ("show", "homeless"), ("check",), ("cite",), ("fetch",)):
        assert command("evidence", *arguments).code == 0
    assert not os.listdir(tmp_path)
    listed = command("evidence", "fetch").out
    assert "Nothing was downloaded" in listed
    assert [one["name"] for one in json.loads(command("evidence", "fetch", "--json").out)] == list(
        SOURCES
    )


class Fetched:
    """What a source that is fetched would keep."""

    retrieved, date, digest = "2026-11-25T00:00:00Z", "2026-11-25", "0" * 64

    def __init__(self, folder: Path) -> None:
        self.folder, self.paths, self.files = folder, (folder / "mine.csv",), ()


def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fail: Exception | None) -> None:
    """Two sources of which the first may fail; the second reads a file of our own."""
    from dataclasses import replace

    from upriver.evidence import sources

    (tmp_path / "mine.csv").write_text("date,n\n2021-01,5\n2021-02,6\n")
    own = SOURCES["user_csv"]

    def fetch(*_: Any, **__: Any) -> Any:
        if fail:
            raise fail
        return Fetched(tmp_path)

    def read(*paths: Path) -> Any:
        return own.read(*paths, series="deaths", unit="people")

    def works(*_: Any, **__: Any) -> Any:
        return Fetched(tmp_path)

    first = replace(own, name="first", fetch=fetch, read=read, by_hand="")
    second = replace(own, name="second", fetch=works, read=read, by_hand="")
    for name in list(SOURCES):
        monkeypatch.delitem(sources.SOURCES, name)
    monkeypatch.setitem(sources.SOURCES, "first", first)
    monkeypatch.setitem(sources.SOURCES, "second", second)


def test_fetch_says_what_came_and_its_vintage(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, None)
    ended = command("evidence", "fetch", "first")
    assert ended.code == 0
    assert ended.out.startswith("first: 2 records of 1 series, vintage as given, ")


def test_fetch_all_goes_on_past_a_source_that_does_not_come(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from upriver.core.errors import DownloadError

    stand_in(monkeypatch, tmp_path, DownloadError("the publisher is asleep."))
    ended = command("evidence", "fetch", "--all")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "first: the publisher is asleep.",
        "upriver: 1 of 2 sources did not come: first.",
    ]
    assert "second: 2 records" in ended.out
    refused(command("evidence", "fetch", "first"), 1, "the publisher is asleep")


def test_a_file_of_your_own_is_read(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("date,deaths\n2021-01,5\n2021-02,6\n")
    given = ("mine.csv", "--with", "series=deaths", "--with", "unit=people")
    told = command("evidence", "read", "csv", *given).out
    assert "2 values [people]" in told
    assert "2021-01 to 2021-02" in told
    found = rows(command("evidence", "read", "csv", *given, "--csv").out)
    assert [row["value"] for row in found] == ["5", "6"]
    (one,) = json.loads(command("evidence", "read", "csv", *given, "--json").out)["series"]
    assert (one["name"], one["values"], one["ships"]) == ("deaths", 2, None)


def test_fiscal_years_of_your_own_file_are_asked_for_and_said(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("fiscal_year,deaths\n2020,5\n2021,6\n")
    refused(command("evidence", "read", "csv", "mine.csv"), 2, "line 2", "--fiscal-year us")
    told = command("evidence", "read", "csv", "mine.csv", "--fiscal-year", "us", "--csv")
    assert [row["period"] for row in rows(told.out)] == ["FY2020", "FY2021"]
    ended = command("evidence", "read", "cbp", "mine.csv", "--fiscal-year", "us")
    refused(ended, 2, "fiscal_year")


def test_totals_of_several_columns_are_chosen(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("year,sex,age,deaths\n2020,All,All,11\n2020,F,25,5\n")
    given = ("--with", "total=sex=All", "--with", "total=age=All")
    told = command("evidence", "read", "csv", "mine.csv", *given, "--csv").out
    assert [(row["place"], row["value"]) for row in rows(told)] == [("US", "11")]


def test_what_is_shown_as_csv_is_read_back(command: Command, tmp_path: Path) -> None:
    shown = command("evidence", "show", "deaths_synthetic_12m", "--csv").out
    (tmp_path / "shown.csv").write_text(shown)
    back = command("evidence", "read", "csv", "shown.csv", "--csv").out

    def cells(text: str) -> list[list[str]]:
        columns = ("place", "calendar", "period", "value", "low", "high", "source", "status")
        return sorted([row[column] for column in columns] for row in rows(text))

    assert cells(back) == cells(shown)


def test_a_file_of_modelled_values_says_how_far_it_reaches(command: Command) -> None:
    values = command("run", "--draws", "4", "--format", "csv", "--no-files").out
    Path("modelled.csv").write_text(values)
    told = command("evidence", "read", "csv", "modelled.csv").out
    assert "1999 to 2031" in told
    assert "1999 to 2032" in told
    assert "1999 to  " not in told


WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "words that find nothing": (("build", "a", "wall"), ("'build a wall'", "`upriver evidence`")),
    "a name with a slip": (("show", "deaths_any_opioi"), ("Did you mean 'deaths_any_opioid'?",)),
    "a name listed with a slip": (("deaths_anyopioid",), ("Did you mean 'deaths_any_opioid'?",)),
    "no name": (("show",), ("missing argument 'NAME'", "`upriver evidence show --help`")),
    "two names": (("show", "homeless", "residents"), ("residents", "evidence show --help")),
    "a place that is not there": (
        ("show", "homeless", "--place", "Ohia"),
        ("'Ohia' does not exist", "`upriver evidence show homeless` lists all"),
    ),
    "a place of a series of one": (
        ("show", "deaths_heroin", "--place", "OH"),
        ("deaths_heroin is not recorded there", "Allowed: US"),
    ),
    "an unknown option": (("show", "--al"), ("--al", "'--all'", "upriver evidence show --help")),
    "an unknown option of the list": (("--jsn",), ("--jsn", "upriver evidence")),
    "a picture of no kind": (("plot", "homeless", "-o", "a.gif"), ("a.gif", ".svg or .png")),
    "a picture without an end": (("plot", "homeless", "-o", "a"), (".svg or .png",)),
    "a source that is not there": (("fetch", "cdc_vsr"), ("Did you mean 'cdc_vsrr'?",)),
    "a source and all": (("fetch", "cdc_vsrr", "--all"), ("not both",)),
    "a file of no source": (("read", "cvs", "a.csv"), ("'cvs' does not exist",)),
    "a file that is not there": (("read", "csv", "a.csv"), ("a.csv: does not exist",)),
    "no file": (("read", "csv"), ("missing argument 'FILE'", "evidence read --help")),
    "an option without its value": (("read", "csv", "a.csv", "--with", "unit"), ("KEY=VALUE",)),
    "two files of your own": (
        ("read", "csv", "a.csv", "b.csv"),
        ("b.csv: is a second file", "one after the other"),
    ),
    "an option twice": (
        ("read", "csv", "a.csv", "--with", "unit=kg", "--with", "unit=lb"),
        ("--with", "'unit' is there twice"),
    ),
    "an option of another source": (
        ("read", "cbp", "a.csv", "--with", "vintag=1"),
        ("--with", "Did you mean 'vintage'?"),
    ),
    "a source to cite that is not there": (("cite", "lim2022x"), ("Did you mean 'lim2022'?",)),
    "a name with escape codes": (("show", "\x1b[31mred\n"), ("\\x1b[31mred",)),
    "a very long name": (("show", "x" * 5000), ("…",)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_right_is_refused_in_one_line(
    name: str, command: Command, tmp_path: Path
) -> None:
    arguments, words = WRONG[name]
    refused(command("evidence", *arguments), 2, *words)
    assert not os.listdir(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_before_any_work(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine").write_text("a file")
    ended = command("evidence", "plot", "homeless", "-o", "mine/below/a.svg")
    refused(ended, 1, "cannot write to mine/below")
    assert not ended.out


def test_every_sub_command_has_help_with_an_example(command: Command) -> None:
    told = command("evidence", "--help")
    assert "Example: upriver evidence heroin" in told.out
    for name in NAMES:
        assert f"  {name} " in told.out
        ended = command("evidence", name, "--help")
        assert ended.code == 0
        assert f"Example: upriver evidence {name}" in ended.out
        assert all(len(line) <= 80 for line in ended.out.splitlines())


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_an_address(
    columns: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in (
        ("fentanyl",),
        ("fetch",),
        ("show", "deaths_any_opioid"),
        ("show", "fentanyl_powder_purity"),
        ("show", "deaths_synthetic_12m", "--place", "OH"),
        ("check",),
    ):
        for line in command("evidence", *arguments).out.splitlines():
            assert cells_wide(line) <= columns or "http" in line, line


def test_the_list_loads_nothing_heavy_and_a_card_no_pandas() -> None:
    program = (
        "import sys\nfrom upriver.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({HEAVY} & set(sys.modules)), file=sys.stderr)\n"
    )
    for arguments in ((), ("show", "homeless"), ("show", "homeless", "--csv")):
        done = subprocess.run(
            [sys.executable, "-c", program, "evidence", *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        allowed = [] if not arguments else ["wasmtime"]
        loaded = json.loads(done.stderr.strip().replace("'", '"'))
        assert set(loaded) <= set(allowed), (arguments, loaded)


def test_completion_knows_names_of_series() -> None:
    line = "upriver evidence show deaths_her"
    done = subprocess.run(
        [sys.executable, "-m", "upriver"],
        env={
            **os.environ,
            "_UPRIVER_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": "3",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    wanted = [name for name in coverage() if name.startswith("deaths_her")]
    assert done.stdout.split() == wanted
