"""What leaves Upriver comes back: every CSV as the same periods, values, statuses and sources,
every results file and report as the same run."""

import base64
import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import upriver as up
from upriver.cli.main import main
from upriver.core.errors import SchemaProblem
from upriver.core.results import read_netcdf, write_netcdf
from upriver.evidence.calendars import CALENDARS
from upriver.evidence.figures import all_records, series
from upriver.evidence.record import COLUMNS, STATUSES, WITHOUT_VALUE, Record
from upriver.evidence.series import all_words
from upriver.evidence.sources.user_csv import read
from upriver.experiments.again import read_made
from upriver.experiments.compare import Comparison
from upriver.experiments.simulate import Run
from upriver.report import diagram
from upriver.report.evidence import csv_of_records
from upriver.report.figures import EACH, Figure, Origin, Series, columns, data_of, order, sources_of
from upriver.report.story import comparison_report, deaths, report, sections
from upriver.report.supply import diagram as kilograms
from upriver.report.tables.runs import table_of_comparison, table_of_run
from upriver.report.tables.write import csv_of as csv_of_table
from upriver.report.tidy import csv_of, period_of
from upriver.report.yearly import yearly, yearly_of_all

SOURCE = Path(up.__file__).parent
WRITES = re.compile(r"csv\.writer|DictWriter|to_csv\(|csv_text\(|csvText\(|text/csv|csv_of\w*\(")
WRITERS = {
    "cli/evidence.py": "test_every_recorded_series_comes_back",
    "cli/states_files.py": "a table of all states, which tests of that command read back",
    "cli/sources.py": "test_what_is_read_and_written_again_is_the_same",
    "evidence/readings.py": "test_what_is_read_and_written_again_is_the_same",
    "evidence/sources/__init__.py": "shows how; writes none",
    "evidence/sources/user_csv.py": "reads; what it writes is for its own reader of lines",
    "evidence/tables.py": "writes what all others give it",
    "report/diagram.py": "test_a_diagram_comes_back_as_its_flows",
    "report/evidence.py": "test_every_recorded_series_comes_back",
    "report/html.py": "test_a_report_holds_these_very_files",
    "report/kit/figure.js": "test_the_browser_writes_the_same_bytes",
    "report/kit/save.js": "test_the_browser_writes_the_same_bytes",
    "report/tidy.py": "test_every_figure_of_a_report_comes_back",
    "report/tables/write.py": "test_a_run_by_year_comes_back",
}
"""Every file that writes CSV, and the claim here that what it writes comes back. The page's own are
held by its tests."""

TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()) or "a")


@cache
def run(world: str = "whole") -> Run:
    return up.simulate("base", draws=3, world=world, settings={"people.response.witnessed": 0.3})


@cache
def comparison() -> Comparison:
    return up.compare("base", "base", "no_shortage", draws=3)


@cache
def figures() -> tuple[tuple[str, Figure], ...]:
    """Every figure of the reports of a run in each world, and of several."""
    return tuple(_figures())


def _figures() -> Iterator[tuple[str, Figure]]:
    for name, runs in (
        ("whole", [run()]),
        ("reference", [run("reference")]),
        ("compared", comparison().runs),
    ):
        for shown in ([deaths(runs)], *(section.figures for section in sections(runs))):
            for one in shown:
                if isinstance(one, Figure):
                    yield f"{name}: {one.id}", one


def back(text: str, folder: Path) -> dict[tuple[str, str], Record]:
    """What `upriver evidence read csv` makes of a text."""
    file = folder / "back.csv"
    file.write_text(text, encoding="utf-8")
    return read(file).parsed()


def rows(text: str) -> list[dict[str, str]]:
    """Rows of a CSV by a reader that knows nothing of us."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def same(one: Series, record: Record, unit: str) -> None:
    """A series and the record that came back of it say the same."""
    origin, (x, y, low, high) = one.origin, columns(one)
    assert (record.calendar, record.unit) == (origin.calendar, origin.unit or unit)
    labels = origin.periods or [period_of(origin.calendar, float(moment)) for moment in x]
    assert record.labels == tuple(labels)
    np.testing.assert_array_equal(record.values, y)
    np.testing.assert_array_equal(record.low, low)
    np.testing.assert_array_equal(record.high, high)
    for name, found in zip(
        EACH, (record.sources, record.vintages, record.statuses, record.notes), strict=True
    ):
        told = getattr(origin, name)
        given = [told] * len(x) if isinstance(told, str) else [told[i] for i in order(one)]
        if name == "status":
            gone = [np.isnan(v) and s not in WITHOUT_VALUE for v, s in zip(y, given, strict=True)]
            given = ["missing" if g else s for g, s in zip(gone, given, strict=True)]
        assert list(found) == [" ".join(text.split()) for text in given], name


def test_every_file_that_writes_csv_is_on_the_list() -> None:
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.js")]
    found = {
        str(file.relative_to(SOURCE))
        for file in files
        if "data" not in file.relative_to(SOURCE).parts[:1]
        and file.relative_to(SOURCE).parts[0] != "page"
        and WRITES.search(file.read_text(encoding="utf-8"))
    }
    assert found == set(WRITERS)
    claims = [claim for claim in WRITERS.values() if claim.startswith("test_")]
    assert set(claims) <= set(globals())


def test_every_figure_of_a_report_comes_back(tmp_path: Path) -> None:
    count = 0
    for name, figure in figures():
        found = back(csv_of(figure), tmp_path)
        labels = [one.label for one in figure.series]
        assert {label for label, _ in found} == set(labels), name
        assert len(set(labels)) == len(labels), name
        for one in figure.series:
            same(one, found[one.label, one.origin.place], figure.unit)
            count += 1
    assert count > 80


def test_every_value_of_a_figure_says_where_it_comes_from() -> None:
    for name, figure in figures():
        for row in rows(csv_of(figure)):
            modelled = row["status"] == "modelled"
            assert modelled == bool(row["world"]) == bool(row["draws"]), name
            assert row["source"].startswith("upriver ") == modelled, name
            assert row["vintage"], name
            assert row["calendar"] in CALENDARS, name


@pytest.mark.parametrize("world", ["whole", "reference"])
def test_recorded_years_leave_with_their_own_sources_and_statuses(
    world: str, tmp_path: Path
) -> None:
    (curve,) = [one for name, one in figures() if name == f"{world}: deaths"]
    found, record = back(csv_of(curve), tmp_path)["recorded", "US"], series("deaths_any_opioid")
    assert found.labels[0] == "1999"
    for field in ("labels", "calendar", "unit", "sources", "vintages", "statuses", "notes"):
        assert getattr(found, field) == getattr(record, field)
    assert len(set(found.sources)) > 3
    assert set(record.sources) <= set(sources_of(curve))


def test_nothing_that_the_whole_system_computes_is_cited_as_the_published_model() -> None:
    for name, figure in figures():
        assert ("lim2022" in sources_of(figure)) <= name.startswith("reference")


def test_a_diagram_comes_back_as_its_flows() -> None:
    from upriver.experiments.flow import flow

    (drawn,) = [
        one
        for section in sections([run()])
        for one in section.figures
        if isinstance(one, diagram.Diagram)
    ]
    found = rows(diagram.csv_of(drawn))
    assert [float(row["value"]) for row in found] == [link.value for link in drawn.links]
    assert [float(row["high"]) for row in found] == [link.high for link in drawn.links]
    assert {(row["status"], row["world"], row["draws"]) for row in found} == {
        ("modelled", "whole", "3")
    }
    assert len(kilograms(flow(run())).links) == len(found)


def test_a_report_holds_these_very_files(tmp_path: Path) -> None:
    text = report(run())
    files = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', text)
    assert len(files) == 1 + sum(name.startswith("whole") for name, _ in figures())
    for file in files:
        told = base64.b64decode(file).decode()
        assert "#   people.response.witnessed" not in told.splitlines()[0]
        assert "#     people.response.witnessed: 0.3" in told.splitlines()
        if not told.startswith("# Kilograms"):
            assert back(told, tmp_path)


def test_a_run_by_year_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(
        capsys, "run", "--draws", "3", "--set", "people.response.witnessed=0.3",
        "--format", "csv", "--no-files",
    )  # fmt: skip
    assert text == csv_of_table(table_of_run(run()))
    found = back(text, tmp_path)
    for one in yearly(run()):
        same(one, found[one.label, "US"], "")
    deaths, told = run().deaths, found["people.overdose.deaths", "US"]
    np.testing.assert_array_equal(told.values, deaths.median)
    assert told.labels == tuple(str(year) for year in range(1999, 2032))
    assert set(told.statuses) == {"modelled"}


def test_a_comparison_by_year_comes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = (
        "compare",
        "base",
        "base",
        "no_shortage",
        "--draws",
        "3",
        "--format",
        "csv",
        "--no-files",
    )
    found = back(printed(capsys, *given), tmp_path)
    every = yearly_of_all(comparison())
    assert {label for label, _ in found} == {one.label for one in every}
    assert csv_of_table(table_of_comparison(comparison())).count(",years,2026-2031,") == 13
    for one in every:
        same(one, found[one.label, "US"], "")
    averted = found["Without the shortage of 2023: deaths averted", "US"]
    base, other = comparison().runs[0].deaths.draws, comparison().runs[2].deaths.draws
    np.testing.assert_array_equal(averted.values, np.median(base - other, axis=0))


def test_every_recorded_series_comes_back(tmp_path: Path) -> None:
    records = all_records()
    for name, words in all_words().items():
        mine = [record for (other, _), record in records.items() if other == name]
        found = back(csv_of_records(mine, words), tmp_path)
        assert set(found) == {(record.name, record.place) for record in mine}
        for record in mine:
            again = found[record.name, record.place]
            for field in ("labels", "calendar", "unit", "sources", "vintages", "statuses"):
                assert getattr(again, field) == getattr(record, field), (name, field)
            assert [" ".join(text.split()) for text in record.notes] == list(again.notes)
            for field in ("values", "low", "high"):
                np.testing.assert_array_equal(getattr(again, field), getattr(record, field))


def test_what_is_read_and_written_again_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (purity,) = [one for name, one in figures() if name == "whole: purity"]
    first = tmp_path / "first.csv"
    first.write_text(csv_of(purity), encoding="utf-8")
    again = printed(capsys, "evidence", "read", "csv", str(first), "--csv")
    keys = ("series", "period")
    assert sorted(rows(again), key=lambda row: [row[k] for k in keys]) == sorted(
        rows(first.read_text(encoding="utf-8")), key=lambda row: [row[k] for k in keys]
    )


def origins(count: int) -> st.SearchStrategy[Origin]:
    """Any origin of so many values."""
    each = TEXTS | st.lists(TEXTS, min_size=count, max_size=count)
    return st.builds(
        Origin,
        calendar=st.sampled_from(CALENDARS),
        periods=st.none() | st.lists(TEXTS, min_size=count, max_size=count),
        unit=st.sampled_from(["", "people", "1"]),
        source=each,
        vintage=each,
        status=st.sampled_from(list(STATUSES)),
        note=each,
        world=st.sampled_from(["", "whole"]),
        draws=st.none() | st.integers(0, 1000),
    )


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    numbers = st.floats(allow_nan=True, allow_infinity=False)
    x = draw(st.lists(st.floats(1999, 2040), max_size=4))
    y = draw(st.lists(numbers, min_size=len(x), max_size=len(x)))
    return Series(draw(TEXTS), x, y, origin=draw(origins(len(x))))


KIT: dict[str, object] = {}


@pytest.fixture
def in_browser(kit):
    """The kit, for a test that draws many examples."""
    KIT["page"] = kit
    return kit


@given(st.lists(any_series(), max_size=2), st.lists(TEXTS, max_size=2))
def _same_bytes(many: list[Series], remarks: list[str]) -> None:
    figure = Figure("f", "all: x", "q", "u", many, "n", ())
    told = KIT["page"].evaluate(  # type: ignore[attr-defined]
        "([f, r]) => kit.csvOf(f, r)", [data_of(figure), remarks]
    )
    assert told == csv_of(figure, remarks=remarks)


def test_the_browser_writes_the_same_bytes(in_browser) -> None:
    _same_bytes()
    for name, figure in figures():
        told = in_browser.evaluate("figure => kit.csvOf(figure)", data_of(figure))
        assert told == csv_of(figure), name
        cited = in_browser.evaluate("figure => kit.sourcesOf(figure)", data_of(figure))
        assert cited == sources_of(figure), name


def test_a_results_file_gives_the_same_numbers_again(tmp_path: Path) -> None:
    file = tmp_path / "results.nc"
    write_netcdf(run().dataset(), file)
    made = read_made(file)
    again = up.simulate(made.scenarios[0], draws=made.draws, world=made.world)
    assert again.dataset().identical(read_netcdf(file))
    assert made.differences([again]) == []
    assert made.same(again.dataset()) is True
    assert made.scenarios[0].settings == {"people.response.witnessed": 0.3}
    other = up.simulate("base", draws=3)
    assert made.same(other.dataset()) is False
    assert [said.split(":")[0] for said in made.differences([other])] == [
        f"the table of parameters of '{other.scenario.title}'"
    ]


def test_central_values_alone_are_run_again_without_draws(tmp_path: Path) -> None:
    write_netcdf(up.simulate("constant", draws=0).dataset(), tmp_path / "results.nc")
    assert read_made(tmp_path / "results.nc").draws == 0


def test_a_comparison_gives_the_same_numbers_again(tmp_path: Path) -> None:
    file = tmp_path / "results.nc"
    write_netcdf(comparison().dataset(), file)
    made = read_made(file)
    again = up.compare(*made.scenarios, draws=made.draws, world=made.world)
    assert again.dataset().identical(read_netcdf(file))
    assert made.differences(again.runs) == []
    tables = [run.provenance["table_digest"] for run in comparison().runs]
    assert made.tables == tuple(tables)
    assert len({run.scenario.title for run in again.runs}) == 3


@pytest.mark.parametrize("several", [False, True])
def test_a_report_says_what_was_run_to_reader_and_program(several: bool, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    text = comparison_report(comparison()) if several else report(run())
    file.write_text(text, encoding="utf-8")
    made, runs = read_made(file), comparison().runs if several else (run(),)
    assert made.differences(runs) == []
    assert made.same(runs[0].dataset()) is None
    for one, scenario in zip(runs, made.scenarios, strict=True):
        assert up.to_yaml(scenario) == one.provenance["scenario_yaml"]
        assert str(one.provenance["scenario_yaml"]).splitlines()[-1] in text


def test_a_file_that_does_not_say_what_was_run_is_one_line(tmp_path: Path) -> None:
    dataset = run().dataset()
    del dataset.attrs["scenario_yaml"]
    write_netcdf(dataset, tmp_path / "old.nc")
    (tmp_path / "old.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    for name in ("old.nc", "old.html"):
        with pytest.raises(SchemaProblem, match="does not say what was run"):
            read_made(tmp_path / name)


def test_no_path_of_a_machine_leaves(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("schema: 1\ntitle: Mine\nchanges: [{handle: relapse, by: -0.5}]\n")
    mine = up.simulate(str(file), draws=1)
    told = [report(mine), str(mine.provenance), csv_of_table(table_of_run(mine))]
    told.append(comparison_report(up.compare(str(file), str(file), draws=1)))
    for text in told:
        assert str(tmp_path) not in text
        assert "file://" not in text


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    told = capsys.readouterr()
    assert not ended.value.code, told.err
    return told.out


def test_the_columns_are_those_that_are_promised() -> None:
    assert ",".join(COLUMNS) == (
        "series,place,calendar,period,value,low,high,unit,source,vintage,status,note,world,draws"
    )
