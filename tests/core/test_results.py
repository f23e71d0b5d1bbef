"""A result comes back from NetCDF as it was, and the same run gives the same file."""

import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from upriver.core.errors import EngineError, FileProblem, TimeProblem, WriteError
from upriver.core.results import (
    dataset,
    decimal_year_to_timestamp,
    provenance,
    read_netcdf,
    write_netcdf,
)

NAMES = ["people.oud[heroin]", "people.treatment[first,methadone]", "supply.purity", "a b"]
UNITS = ["people", "1", "days", "people/year", "kg", "seconds", ""]
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MADE = provenance(
    version="0.1",
    equations="ab",
    table="cd",
    seed=1,
    scenario="As today",
    text="schema: 1\ntitle: As today\n",
    world="whole",
    draws=3,
)


@st.composite
def results(draw: st.DrawFn) -> Any:
    """Any result: NaN, infinities, signed zeros, any unit and text."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    shape = (draw(st.integers(1, 3)), len(names), draw(st.integers(1, 4)))
    return dataset(
        draw(arrays(np.float64, shape)),
        names,
        draw(st.floats(1900, 2100)) + np.arange(shape[2]) / 16,
        units={name: draw(st.sampled_from(UNITS)) for name in names},
        labels=draw(st.dictionaries(st.sampled_from(names), WORDS)),
        provenance=provenance(
            version=draw(WORDS),
            equations=draw(WORDS),
            table="",
            seed=draw(st.integers(-(2**63), 2**63 - 1)),
            scenario=draw(WORDS),
            text=draw(WORDS),
            world="whole",
            draws=draw(st.integers(0, 1000)),
        ),
    )


@settings(deadline=None, max_examples=40)
@given(results())
def test_a_result_comes_back_unchanged(ds: Any) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "run.nc")
        write_netcdf(ds, path)
        back = read_netcdf(path)
        assert list(Path(folder).iterdir()) == [path]
    assert back.identical(ds)
    assert list(back) == list(ds)
    assert type(back.attrs["seed"]) is int
    for name in ds.variables:
        assert back[name].dtype == ds[name].dtype
        assert back[name].values.tobytes() == ds[name].values.tobytes()
        assert back[name].attrs == ds[name].attrs


def example(**changes: Any) -> Any:
    """A small result, or one with something changed."""
    made: dict[str, Any] = {
        "values": np.arange(24.0).reshape(2, 3, 4),
        "names": NAMES[:3],
        "times": 2026 + np.arange(4) / 4,
        "units": dict.fromkeys(NAMES, "people"),
        "provenance": MADE,
        "labels": {NAMES[0]: "People with heroin use disorder"},
    }
    return dataset(**(made | changes))


def test_an_output_is_found_by_its_path_and_says_its_unit() -> None:
    output = example()["people.oud[heroin]"]
    assert output.dims == ("draw", "time")
    assert output.attrs == {"units": "people", "long_name": "People with heroin use disorder"}
    assert output.values.tolist() == [[0, 1, 2, 3], [12, 13, 14, 15]]
    assert example()["supply.purity"].attrs["long_name"] == "supply.purity"
    assert example().attrs == MADE


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    write_netcdf(example(), tmp_path / "one.nc")
    write_netcdf(read_netcdf(tmp_path / "one.nc"), tmp_path / "two.nc")
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()


def test_a_long_scenario_fits_in_the_file(tmp_path: Path) -> None:
    ds = example(provenance=MADE | {"scenario": "x" * 250_000})
    write_netcdf(ds, tmp_path / "run.nc")
    assert read_netcdf(tmp_path / "run.nc").identical(ds)


@pytest.mark.parametrize(
    "changes",
    [
        {"values": np.zeros((2, 3, 5))},
        {"values": np.zeros((3, 4))},
        {"draws": [1, 2, 3]},
        {"units": {}},
        {"names": ["a/b", "b", "c"], "units": {"a/b": "1", "b": "1", "c": "1"}},
        {"names": ["time", "b", "c"], "units": {"time": "1", "b": "1", "c": "1"}},
        {"names": [NAMES[0]] * 3},
    ],
)
def test_numbers_that_do_not_fit_their_names_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(EngineError) as caught:
        example(**changes)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("year", "stamp"),
    [
        (2020.0, "2020-01-01"),
        (2020.5, "2020-07-02"),
        (2021.5, "2021-07-02T12:00:00"),
        (1999.0625, "1999-01-23T19:30:00"),
        (1969.0, "1969-01-01"),
    ],
)
def test_a_decimal_year_is_a_share_of_its_own_year(year: float, stamp: str) -> None:
    found = decimal_year_to_timestamp(year)
    assert found == np.datetime64(stamp)
    assert found.dtype == "datetime64[ns]"


@settings(deadline=None)
@given(st.lists(st.floats(1678, 2261), min_size=2).map(sorted))
def test_timestamps_keep_the_order_of_years(years: list[float]) -> None:
    stamps = decimal_year_to_timestamp(years)
    assert np.all(stamps[1:] >= stamps[:-1])


@pytest.mark.parametrize("year", [float("nan"), float("inf"), 0, 1677.9, 2262])
def test_a_year_that_no_timestamp_holds_is_refused(year: float) -> None:
    with pytest.raises(TimeProblem):
        decimal_year_to_timestamp([2020, year])


@pytest.mark.parametrize("content", [None, b"", b"not NetCDF", b"\x89HDF\r\n\x1a\n"])
def test_what_is_no_result_is_said(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "run.nc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        read_netcdf(path)
    assert caught.value.exit_code == 2
    assert str(caught.value).isprintable()
    assert "run.nc: " in str(caught.value)


def test_half_a_result_is_said(tmp_path: Path) -> None:
    write_netcdf(example(), tmp_path / "run.nc")
    whole = (tmp_path / "run.nc").read_bytes()
    (tmp_path / "run.nc").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileProblem, match="damaged"):
        read_netcdf(tmp_path / "run.nc")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="does not exist"):
        write_netcdf(example(), tmp_path / "none" / "run.nc")


def test_a_disk_that_fills_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "run.nc").write_text("old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(WriteError) as caught:
            write_netcdf(example(), tmp_path / "run.nc")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(caught.value).isprintable()
    assert "larger than allowed" in str(caught.value)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_importing_results_does_not_import_xarray() -> None:
    code = "import sys, upriver.core.results; sys.exit('xarray' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
