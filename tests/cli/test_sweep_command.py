"""`upriver sweep`: what it says, what it writes, and how it goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import xarray as xr
from command_line import Command

from upriver.work import Store

PLAN = """schema: 1
title: Two
scenarios: [base, border_doubled]
places: [country, WV]
draws: 3
years: [2030, 2031]
parameters: {naloxone_kits: [0, 1]}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "two.yaml"
    file.write_text(PLAN)
    return file


def test_a_plan_is_run_in_shares_looked_at_resumed_and_collected(
    command: Command, plan: Path, tmp_path: Path
) -> None:
    said = command("sweep", "two.yaml", "--dry-run")
    assert said.code == 0
    assert " ".join(said.out.split()).startswith(
        "Two: 2 scenarios x 2 points x 2 places x 3 draws = 24 runs in 2 chunks. At most 0.0 MB"
    )
    assert not (tmp_path / "two.zarr").exists()
    said = command("sweep", "two.yaml", "--chunk", "2/2")
    assert said.err == "Ran 1 of 2 chunks, 1 of them to go. Results: two.zarr\n"
    said = command("sweep", "status", "two.zarr")
    assert said.out == (
        "Two: 1 of 2 chunks are there.\n"
        "To run the rest: upriver sweep resume two.zarr; one alone: --chunk 1/2\n"
    )
    said = command("sweep", "collect", "two.zarr", "-o", "two.csv")
    assert (said.code, said.err) == (
        2, "upriver: two.zarr: 1 of 2 chunks are missing; chunk 1/2 was not run.\n"
    )  # fmt: skip
    said = command("sweep", "collect", "two.zarr", "-o", "part.csv", "--incomplete")
    assert "Incomplete: 1 of 2 chunks missing." in said.err
    part = pd.read_csv("part.csv")
    assert set(part["scenario"]) == {"border_doubled"}
    assert part["source"].str.contains("INCOMPLETE: 1 of 2 chunks missing").all()
    said = command("sweep", "resume", "two.zarr", "--chunk", "1/1")
    assert said.err == "Ran 1 of 2 chunks, all are there. Results: two.zarr\n"
    for ending in ("csv", "parquet", "nc"):
        assert command("sweep", "collect", "two.zarr", "-o", f"two.{ending}").code == 0
    table = pd.read_csv("two.csv")
    assert len(table) == 2 * 2 * 2 * 2
    pd.testing.assert_frame_equal(table, pd.read_parquet("two.parquet"))
    with xr.open_dataset("two.nc", engine="h5netcdf") as found:
        one = found["deaths"].sel(scenario="base", place="WV", quantile=0.5, year=2031)
        wanted = table.query("scenario == 'base' and place == 'WV' and period == 2031")
        assert list(one.values) == list(wanted.sort_values("point")["value"])
    status = json.loads(command("sweep", "status", "two.zarr", "--json").out)
    assert (status["done"], status["absent"], status["broken"]) == (2, [], {})


def test_a_store_that_names_other_work_is_not_gone_on_with(
    command: Command, plan: Path, tmp_path: Path
) -> None:
    assert command("sweep", "two.yaml", "--chunk", "1/2").code == 0
    job = replace(Store.open(tmp_path / "two.zarr").job, run="json:dumps")
    Store.make(tmp_path / "other.zarr", job)
    for asked in (["resume"], ["status"], ["collect", "-o", "x.csv"]):
        said = command("sweep", *asked, "other.zarr")
        assert said.code == 2
        assert "holds results of another kind of work" in said.err


def test_workers_and_shares_give_the_same_bytes(
    command: Command, plan: Path, tmp_path: Path
) -> None:
    for name, options in (
        ("one", ["--workers", "1"]),
        ("two", ["--workers", "2"]),
        ("second", ["--chunk", "2/2"]),
        ("second", ["--chunk", "1/2"]),
    ):
        assert command("sweep", "two.yaml", "-o", f"{name}.zarr", *options).code == 0
    one, two, second = (
        {
            file.relative_to(tmp_path / f"{name}.zarr"): file.read_bytes()
            for file in (tmp_path / f"{name}.zarr").rglob("*")
            if file.is_file()
        }
        for name in ("one", "two", "second")
    )
    assert one == two == second
    assert len(one) > 10


def test_what_does_not_go_together_is_refused_before_anything_is_read(
    command: Command, plan: Path
) -> None:
    for line, says in (
        ("two.yaml --chunk 3/2", "--chunk: there is no such share, found 3/2."),
        ("two.yaml --chunk half", "--chunk: should be a share of the chunks"),
        ("two.yaml --chunk 1/2 --workers 2", "leave out --workers and --scheduler"),
        ("two.yaml --scheduler tcp://10.1.2.3:8786", "--scheduler: a scheduler beyond this"),
        ("two.yaml --tls-ca ca.pem", "one of three files is missing"),
        ("none.yaml", "none.yaml: does not exist."),
        ("status none.zarr", "none.zarr: does not exist."),
        ("resume .", ".: holds no results of a sweep."),
        ("collect none.zarr -o two.txt", "two.txt: should end in another way."),
    ):
        said = command("sweep", *line.split())
        assert said.code == 2
        assert says in said.err
        assert len(said.err.splitlines()) == 1


def test_another_plan_in_the_same_folder_is_refused(command: Command, plan: Path) -> None:
    command("sweep", "two.yaml", "--chunk", "1/9")
    plan.write_text(PLAN.replace("draws: 3", "draws: 4"))
    said = command("sweep", "two.yaml", "--chunk", "1/9")
    assert said.code == 2
    assert said.err.startswith("upriver: two.zarr: holds results of another ")


def test_without_the_extra_a_line_says_how_it_comes(
    command: Command, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util

    usual = importlib.util.find_spec

    def without(missing: str) -> None:
        for module in ("upriver.work.layout", "upriver.work.schedulers"):
            monkeypatch.setattr(
                f"{module}.find_spec", lambda name: None if name == missing else usual(name)
            )

    without("zarr")
    said = command("sweep", "two.yaml", "--chunk", "1/1")
    assert said.code == 2
    assert "need Zarr, which is not installed. Install the extra: pip install" in said.err
    without("distributed")
    said = command("sweep", "two.yaml")
    assert "need Dask, which is not installed. Install the extra: pip install" in said.err
    assert command("sweep", "two.yaml", "--chunk", "1/1").code == 0


def test_an_interrupt_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text(PLAN.replace("[0, 1]", str([i / 120 for i in range(120)])))
    with open(tmp_path / "said", "wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "upriver", "sweep", "many.yaml", "--workers", "2"],
            cwd=tmp_path,
            stderr=said,
            stdout=said,
            start_new_session=True,
        )
        receipts = tmp_path / "many.zarr" / ".work" / "receipts"
        deadline = time.monotonic() + 120
        while process.poll() is None and not list(receipts.glob("*.json")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 130
    lines = (tmp_path / "said").read_text().strip().splitlines()
    assert lines == [
        "Finished chunks are kept. To go on: upriver sweep resume many.zarr",
        "upriver: interrupted; no file is left half-written.",
    ]
