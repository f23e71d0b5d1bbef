"""The same table by other readers: pandas, polars and DuckDB read it alike, and R reads what we
write; every number has its unit."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import upriver as up
from upriver.cli.main import main
from upriver.core.results import write_netcdf
from upriver.evidence.record import BESIDE
from upriver.evidence.record import COLUMNS as OF_RECORDS
from upriver.report.tables.runs import table_of_comparison, table_of_run
from upriver.report.tables.tidy import ABOUT, COLUMNS, NUMBERS, WHOLE, Tidy, filled, number
from upriver.report.tables.write import bytes_of, csv_of, parquet_of

TEXTS = [name for name in COLUMNS if name not in (*NUMBERS, *WHOLE)]
DUCKDB = "comment='#', skip=0"
"""Without `skip`, DuckDB 2.0 passes over as many rows as there are comment lines, and is silent."""

NO_R = "R with its package ncdf4 is not installed"
READ_NETCDF = """
suppressPackageStartupMessages(library(ncdf4))
nc <- suppressMessages(nc_open("base.nc"))
numbers <- Filter(function(v) v$prec == "double", nc$var)
for (v in numbers) {
  dims <- paste(rev(sapply(v$dim, function(d) d$name)), collapse = "|")
  cat(v$name, v$units, dims, sep = "\\t")
  cat("\\n")
}
out <- file("values.bin", "wb")
for (v in numbers) writeBin(as.double(ncvar_get(nc, v$name)), out)
close(out)
writeLines(paste(nc$dim$parameter$vals, ncvar_get(nc, "parameter_unit"), sep = "\\t"), "drawn.tsv")
"""
READ_CSV = """
read <- read.csv("run.csv", comment.char = "#", check.names = FALSE, na.strings = "",
                 colClasses = c(period = "character", unit = "character"), encoding = "UTF-8")
cat(names(read), sep = "\\t"); cat("\\n")
cat(nrow(read), "\\n")
out <- file("values.bin", "wb")
for (name in c("value", "low", "high", "draws")) writeBin(as.double(read[[name]]), out)
close(out)
text <- read[sapply(read, is.character)]
text[is.na(text)] <- ""
writeLines(names(text), "names.txt", useBytes = TRUE)
writeLines(do.call(paste, c(text, sep = "\\t")), "text.tsv", useBytes = TRUE)
"""


@cache
def table() -> Tidy:
    return table_of_run(up.simulate("base", draws=4))


def rows_of(made: Tidy) -> list[dict[str, object]]:
    """Cells as they should come back: text, numbers, None where there is nothing."""

    def cell(name: str, value: object) -> object:
        if value is None or value == "" or value != value:
            return None
        return float(value) if name in NUMBERS else value

    return [{name: cell(name, row.get(name)) for name in COLUMNS} for row in made.rows]


def known(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of a DataFrame, None where it has no number or text."""
    return [
        {name: None if pd.isna(cell) else cell for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table as run.csv, run.json and run.parquet, and the run as base.nc."""
    found = tmp_path_factory.mktemp("tables")
    for form in ("csv", "json", "parquet"):
        (found / f"run.{form}").write_bytes(bytes_of(table(), form))
    write_netcdf(up.simulate("base", draws=4).dataset(), found / "base.nc")
    return found


def r(script: str, folder: Path) -> str:
    """What a script of R prints."""
    program = shutil.which("Rscript")
    if program is None or subprocess.run([program, "-e", "library(ncdf4)"]).returncode:
        pytest.skip(NO_R)
    (folder / "script.R").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [program, "script.R"], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_number_has_its_unit_its_source_and_what_was_run() -> None:
    made = table()
    for row in rows_of(made):
        assert row["unit"], row
        assert row["source"], row
        modelled = row["status"] == "modelled"
        assert modelled == bool(row["world"]) == bool(row["scenario_digest"])
        assert (row["low"] is not None) == (row["interval"] == "95 %") == modelled, row
    assert set(ABOUT) == set(COLUMNS) == {*OF_RECORDS, *BESIDE}
    assert {row["status"] for row in rows_of(made)} > {"modelled", "reported"}


def test_pandas_polars_and_duckdb_read_the_same_from_parquet(folder: Path) -> None:
    file = folder / "run.parquet"
    wanted = rows_of(table())
    assert pl.read_parquet(file).to_dicts() == wanted
    relation = duckdb.sql(f"SELECT * FROM '{file}'")
    assert [dict(zip(COLUMNS, row, strict=True)) for row in relation.fetchall()] == wanted
    assert known(pd.read_parquet(file)) == wanted
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert {types[name] for name in NUMBERS} == {"DOUBLE"}
    assert {types[name] for name in WHOLE} == {"BIGINT"}
    assert {types[name] for name in TEXTS} == {"VARCHAR"}


def test_pandas_polars_and_duckdb_read_the_same_from_csv(folder: Path) -> None:
    file = folder / "run.csv"
    wanted = rows_of(table())
    text = dict.fromkeys(TEXTS, str)
    assert known(pd.read_csv(file, comment="#", dtype=text)) == wanted
    kinds = {**dict.fromkeys(TEXTS, pl.String), **dict.fromkeys(NUMBERS, pl.Float64)}
    assert pl.read_csv(file, comment_prefix="#", schema_overrides=kinds).to_dicts() == wanted
    types = {name: "DOUBLE" if name in NUMBERS else "VARCHAR" for name in (*TEXTS, *NUMBERS)}
    relation = duckdb.sql(f"SELECT * FROM read_csv('{file}', {DUCKDB}, types={types})")
    assert [dict(zip(COLUMNS, row, strict=True)) for row in relation.fetchall()] == wanted


def test_readers_that_are_told_of_the_comments_find_the_types_themselves(tmp_path: Path) -> None:
    runs = up.compare("base", "naloxone_doubled", draws=4)
    for name, made in (("run", table()), ("compare", table_of_comparison(runs))):
        file = tmp_path / f"{name}.csv"
        file.write_text(csv_of(made), encoding="utf-8")
        frame = pd.read_csv(file, comment="#")
        assert all(pd.api.types.is_float_dtype(frame[number]) for number in NUMBERS)
        read = pl.read_csv(file, comment_prefix="#")
        assert [read.schema[number] for number in NUMBERS] == [pl.Float64] * len(NUMBERS)
        relation = duckdb.sql(f"SELECT * FROM read_csv('{file}', {DUCKDB})")
        types = dict(zip(relation.columns, map(str, relation.types), strict=True))
        assert {types[number] for number in NUMBERS} == {"DOUBLE"}
        assert types["period"] == "VARCHAR"
        assert len(frame) == len(read) == len(relation.fetchall()) == len(made.rows)


def test_json_holds_the_same_rows(folder: Path) -> None:
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert told["rows"] == rows_of(table())
    assert told["title"] == table().title
    assert told["provenance"][0]["world"] == "whole"


def test_parquet_says_what_it_is(folder: Path) -> None:
    schema = pq.read_schema(folder / "run.parquet")
    said = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    made = json.loads(said["provenance"])[0]
    assert said["version"] == up.__version__ == made["upriver_version"]
    assert "interval" in said["note"]
    assert len(made["table_digest"]) == 64
    assert json.loads(said["scenario_digests"]) == {
        "Base projection": table().rows[-1]["scenario_digest"]
    }
    text = made["scenario_yaml"].encode()
    assert hashlib.sha256(text).hexdigest().startswith(str(table().rows[-1]["scenario_digest"]))
    assert all(schema.field(name).metadata[b"about"].decode() == ABOUT[name] for name in COLUMNS)
    assert schema.field("value").metadata[b"unit"] == b"as in the column unit"
    one = Tidy("Kilograms", filled({}, [number("mail", "sent", "kg", 2.5)]))
    pq_one = pq.read_schema(io.BytesIO(parquet_of(one)))
    assert pq_one.field("value").metadata[b"unit"] == b"kg"


def test_a_table_without_rows_can_be_read_in_every_form() -> None:
    empty = Tidy("Nothing", [])
    assert csv_of(empty).splitlines()[-1] == ",".join(COLUMNS)
    assert json.loads(bytes_of(empty, "json"))["rows"] == []
    assert pl.read_parquet(io.BytesIO(parquet_of(empty))).columns == list(COLUMNS)


def test_the_same_run_gives_the_same_bytes(folder: Path) -> None:
    again = table_of_run(up.simulate("base", draws=4))
    for form in ("csv", "json", "parquet"):
        assert bytes_of(again, form) == (folder / f"run.{form}").read_bytes()


def test_a_comparison_keeps_its_scenarios_apart() -> None:
    made = table_of_comparison(up.compare("base", "naloxone_doubled", draws=4))
    frame = pl.read_parquet(io.BytesIO(parquet_of(made)))
    digests = frame.select("scenario", "scenario_digest").unique()
    assert len(digests) == len(digests["scenario_digest"].unique()) == 2
    sums = frame.filter(pl.col("calendar") == "years", pl.col("quantity") == "deaths averted")
    found = up.compare("base", "naloxone_doubled", draws=4)
    assert sums["value"].to_list() == [found.averted(found.runs[1]).median]


def test_r_reads_the_same_from_csv(folder: Path) -> None:
    head, count = r(READ_CSV, folder).splitlines()
    wanted = rows_of(table())
    assert head.split("\t") == list(COLUMNS)
    assert int(count) == len(wanted)
    values = np.fromfile(folder / "values.bin").reshape(4, -1)
    for name, found in zip(("value", "low", "high", "draws"), values, strict=True):
        known = [np.nan if row[name] is None else row[name] for row in wanted]
        # R reads a decimal to one unit in the last place.
        np.testing.assert_allclose(found, np.array(known, dtype=float), rtol=3e-16, err_msg=name)
    names = (folder / "names.txt").read_text(encoding="utf-8").split()
    assert {"unit", "interval", "world", "scenario_digest", "source", "period"} <= set(names)
    lines = (folder / "text.tsv").read_text(encoding="utf-8").splitlines()
    read = csv.DictReader(lines, names, delimiter="\t", quoting=csv.QUOTE_NONE)
    for found, row in zip(read, wanted, strict=True):
        assert found == {name: row[name] or "" for name in names}


def test_r_reads_the_same_from_netcdf(folder: Path) -> None:
    told = [line.split("\t") for line in r(READ_NETCDF, folder).splitlines()]
    results = up.simulate("base", draws=4).dataset()
    values = np.fromfile(folder / "values.bin")
    at = 0
    for name, unit, dims in told:
        found = results[name]
        assert tuple(dims.split("|")) == found.dims, name
        assert unit == (found.attrs.get("units") or ""), name
        assert unit or name == "drawn"
        size = found.size
        np.testing.assert_array_equal(values[at : at + size], found.values.ravel(), err_msg=name)
        at += size
    assert at == len(values)
    assert {name for name, _, _ in told} >= set(results.data_vars)
    drawn = dict(
        line.split("\t") for line in (folder / "drawn.tsv").read_text("utf-8").splitlines()
    )
    assert drawn == dict(
        zip(results["parameter"].values, results["parameter_unit"].values, strict=True)
    )
    assert all(drawn.values())


def test_the_page_on_tables_works_in_r_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/tables.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```r\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["run", "--draws", "4", "--save", "run.csv"])
    assert not ended.value.code
    capsys.readouterr()
    of_csv, of_netcdf = (r(block, tmp_path) for block in blocks)
    deaths = up.simulate("base", draws=4).deaths.at(2031)
    assert f"{deaths.median:.0f}" in of_csv
    assert "people" in of_csv
    assert '"people"' in of_netcdf
    assert "97.5%" in of_netcdf
