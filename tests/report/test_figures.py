"""Claims about a figure's twins: the table and the CSV."""

import csv
import io

import numpy as np
import pytest
from demonstration import YEARS, fan, figure

from upriver.report.figures import (
    Series,
    Table,
    column,
    data_of,
    data_to,
    sources_of,
    table_of,
)
from upriver.report.tidy import csv_of


def read(text: str) -> list[dict[str, str]]:
    """Read a CSV back, without its comment lines."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def test_csv_reads_back_as_the_numbers_that_are_drawn() -> None:
    rows = [row for row in read(csv_of(figure())) if row["series"] == "Modelled"]
    series = fan()
    for name, drawn in (("period", YEARS), ("value", series.y), ("low", series.low)):
        found = np.array([float(row[name]) for row in rows])
        np.testing.assert_array_equal(found, column(drawn, len(YEARS)))
    assert {row["unit"] for row in rows} == {"deaths/year"}


def test_csv_leaves_a_gap_empty_and_never_writes_zero() -> None:
    gap = next(row for row in read(csv_of(figure())) if row["period"] == "2021")
    assert gap["series"] == "Recorded"
    assert (gap["value"], gap["status"]) == ("", "missing")


def test_csv_carries_caveat_and_licence_on_top() -> None:
    top = csv_of(figure(), licence="CC BY\n4.0").split("series,place")[0]
    assert all(line.startswith("# ") for line in top.splitlines())
    assert "uncertain" in top
    assert "# Licence: CC BY 4.0\n" in top


def test_no_label_becomes_a_formula_or_a_new_line_in_the_csv() -> None:
    nasty = Series('=1+1\n#, "x"', [2020.0], [1.0])
    (row,) = read(csv_of(figure("one", nasty)))
    assert row["series"].startswith("'=1+1 ")
    assert row["value"] == "1"


def test_table_has_the_values_of_each_year_and_the_last() -> None:
    table = table_of(figure())
    by_year = {str(row[0]): row for row in table.rows}
    assert list(table.columns) == ["Year", "Recorded", "Modelled", "Modelled: interval"]
    assert by_year["2022"][1:] == ["73,838", "50,000", "45,000 to 60,000"]
    assert by_year["2021"][1] is None
    assert table.rows[-1][0] == "2032"


def test_every_point_is_in_the_full_table() -> None:
    assert len(table_of(figure(), every="point").rows) == len(YEARS)


def test_last_point_is_shown_even_within_a_year() -> None:
    months = Series("Provisional", [2024, 2024.5, 2025, 2025.25], [4.0, 3.0, 2.0, 1.0])
    assert [row[0] for row in table_of(figure("m", months)).rows] == ["2024", "2025", "2025.25"]


def test_order_of_the_input_does_not_matter() -> None:
    there, back = Series("a", [2020, 2021], [1, 2]), Series("a", [2021, 2020], [2, 1])
    assert csv_of(figure("f", there)) == csv_of(figure("f", back))


def test_sums_over_calendar_years_are_written_as_years() -> None:
    sums = Series("Sums", [2020.5, 2021.5], [1.0, 2.0])
    assert [row[0] for row in table_of(figure("s", sums)).rows] == ["2020", "2021"]
    half = Series("Half", [2020.5, 2021.0], [1.0, 2.0])
    assert [row[0] for row in table_of(figure("h", half)).rows] == ["2020.5", "2021"]


def test_data_for_the_charts_are_in_order_and_have_gaps() -> None:
    series = Series("a", [2021, 2020], [np.nan, 1], [2, 0], [np.inf, 3], kind="scenario")
    (data,) = data_of(figure("f", series), 2025)["series"]
    assert (data["x"], data["y"]) == ([2020, 2021], [1, None])
    assert (data["low"], data["high"]) == ([0, 2], [3, None])


def test_data_reach_the_last_record() -> None:
    assert data_to(figure()) == "2022"
    assert data_to(figure("only-model", fan())) is None


def test_sources_are_named_once() -> None:
    assert sources_of(figure("f", Series("a", [1], [1], source="wonder"))) == ["wonder"]


def test_unequal_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="x has 2 values and y 1"):
        Series("a", [1, 2], [1])
    with pytest.raises(ValueError, match="both low and high"):
        Series("a", [1], [1], low=[0])
    with pytest.raises(ValueError, match="a row has 1"):
        Table(["a", "b"], [["x"]], "t")
