"""A run's numbers with their names, and NetCDF out and back.

A result is an `xarray.Dataset`: one variable per output, by its own path (`people.oud[heroin]`),
over draw and time, with unit and label; what made it stands in the attributes. It holds no date of
making, so the same run gives the same file. xarray is imported when a function needs it.
"""

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import EngineError, FileProblem, TimeProblem
from .files import write_atomic
from .parameters import parameters

if TYPE_CHECKING:
    import xarray as xr

NAME = re.compile(r"[A-Za-z_][^/\x00-\x1f\x7f-\x9f\ud800-\udfff]*")
"""What NetCDF takes as a variable's name; dots and brackets may stand in it."""

COORDINATES = ("draw", "time", "year", "drawn", "parameter", "parameter_unit")


def provenance(
    *,
    version: str,
    equations: str,
    table: str,
    seed: int,
    scenario: str,
    text: str,
    world: str,
    draws: int,
) -> dict[str, str | int]:
    """What made a result, as attributes of it; all that a second run needs to give the same.

    Args:
        version: of Upriver.
        equations: digest of the compiled equations.
        table: digest of the table that they were given.
        seed: of the draws.
        scenario: its title.
        text: the whole scenario, as a file of it.
        world: in which it is run.
        draws: how many; 0 is the central values alone.
    """
    return {
        "upriver_version": version,
        "equations_digest": equations,
        "table_digest": table,
        "seed": seed,
        "draws": draws,
        "world": world,
        "scenario": scenario,
        "scenario_yaml": text,
    }


def dataset(
    values: NDArray[np.float64],
    names: Sequence[str],
    times: ArrayLike,
    *,
    units: Mapping[str, str],
    provenance: Mapping[str, str | int | float],
    labels: Mapping[str, str] | None = None,
    draws: Sequence[int] | None = None,
) -> "xr.Dataset":
    """The result of a run, labelled.

    Args:
        values: shape [draw, output, instant].
        names: of the outputs, by path.
        times: calendar years of the instants, as decimal numbers.
        units: by output's name, one for each.
        provenance: attributes of the whole; see the function of that name.
        labels: what an output is called in words, by name; its path if it has none.
        draws: numbers of the draws, from 0 if not given.

    Returns:
        Dataset with variables [draw, time], `time` as timestamps, and `year`, the exact decimal
        years, beside it.

    Raises:
        EngineError: shape, names or units do not fit.
        TimeProblem: a year that no timestamp can hold.
    """
    import xarray as xr

    years = np.asarray(times, dtype=np.float64)
    numbers = np.arange(len(values)) if draws is None else np.asarray(draws)
    expected = (len(numbers), len(names), len(years))
    if np.shape(values) != expected:
        raise EngineError(f"values have shape {np.shape(values)}, expected {expected}")
    for name in names:
        if not NAME.fullmatch(name) or name in COORDINATES or name not in units:
            raise EngineError(f"output '{name}' has no unit, or a name that NetCDF does not take")
    if len(set(names)) < len(names):
        raise EngineError("two outputs have the same name")
    return xr.Dataset(
        {
            name: (
                ("draw", "time"),
                values[:, number, :],
                {"units": units[name], "long_name": (labels or {}).get(name, name)},
            )
            for number, name in enumerate(names)
        },
        coords={
            "draw": ("draw", numbers.astype(np.int64)),
            "time": ("time", decimal_year_to_timestamp(years)),
            "year": ("time", years, {"units": "year"}),
        },
        attrs=dict(provenance),
    )


def with_drawn(ds: "xr.Dataset", drawn: Mapping[str, NDArray[np.float64]]) -> "xr.Dataset":
    """A result with what was drawn beside it: `drawn`, over `draw` and `parameter`, with units.

    Args:
        ds: the result.
        drawn: values of each parameter that was drawn, by path, shape (draws,).
    """
    if not drawn:
        return ds
    known = parameters()
    texts = {"parameter": list(drawn), "parameter_unit": [known[path].unit for path in drawn]}
    return ds.assign(
        drawn=(("draw", "parameter"), np.stack(list(drawn.values()), axis=1))
    ).assign_coords({k: ("parameter", np.array(v, dtype=object)) for k, v in texts.items()})


def decimal_year_to_timestamp(years: ArrayLike) -> NDArray[np.datetime64]:
    """Timestamps (datetime64[ns]) of decimal calendar years, to the nearest second.

    A fraction is a share of its own year: 2020.5 is 2 July 2020 (a leap year), 2021.5 is noon of 2
    July 2021.

    Raises:
        TimeProblem: before 1678 or after 2261, or not finite.
    """
    number = np.asarray(years, dtype=np.float64)
    if not np.all((number >= 1678) & (number < 2262)):
        raise TimeProblem("a year is not between 1678 and 2261")
    whole = np.floor(number)
    start = (whole.astype(np.int64) - 1970).astype("datetime64[Y]")
    first = start.astype("datetime64[s]")
    length = ((start + np.timedelta64(1, "Y")).astype("datetime64[s]") - first).astype(np.int64)
    seconds = np.rint((number - whole) * length).astype(np.int64)
    stamps: NDArray[np.datetime64] = (first + seconds).astype("datetime64[ns]")
    return stamps


def write_netcdf(ds: "xr.Dataset", path: str | os.PathLike[str]) -> None:
    """Write a result as NetCDF-4, lightly compressed, whole or not at all.

    Raises:
        WriteError: the disk is full, the folder is missing or not writable.
    """
    encoding: dict[str, dict[str, object]] = {
        str(name): {"zlib": True, "complevel": 1, "shuffle": True, "_FillValue": None}
        for name, variable in ds.data_vars.items()
        if variable.dtype.kind == "f"
    }
    if "year" in ds.coords:
        encoding["year"] = {"_FillValue": None}
    if "time" in ds.coords:
        encoding["time"] = {"dtype": "int64", "units": "seconds since 1970-01-01"}
    # In memory first: on a disk that fills, HDF5 can crash the whole process.
    whole = ds.to_netcdf(engine="h5netcdf", format="NETCDF4", encoding=encoding)
    write_atomic(path, bytes(whole))


def read_netcdf(path: str | os.PathLike[str]) -> "xr.Dataset":
    """Read a result into memory, as it was written; the file is closed again.

    Raises:
        FileProblem: missing, unreadable, or not a NetCDF-4 file.
    """
    import xarray as xr

    name = os.fspath(path)
    if not os.path.isfile(path):
        reason = "is a folder" if os.path.isdir(path) else "does not exist"
        raise FileProblem(reason, file=name)
    try:
        ds = xr.load_dataset(path, engine="h5netcdf", decode_timedelta=False)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        hint = "Upriver writes its results as NetCDF-4."
        raise FileProblem("not a NetCDF-4 file, or damaged", file=name, hint=hint) from error
    for attributes in (ds.attrs, *(variable.attrs for variable in ds.variables.values())):
        for key, value in attributes.items():
            if isinstance(value, np.generic):
                attributes[key] = value.item()
    return ds
