"""Arrays as bytes: what Zarr makes of a job's variables, coordinates and results, in memory.

Zarr encodes; where and when bytes come to the disk is `store`'s part.
"""

import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import InputError

from .job import Coordinate, Job, Variable

KEEP_ALL = {"write_empty_chunks": True}
"""A piece of which all numbers are missing is written too: a receipt names every file."""


def check_zarr() -> None:
    """Say in a line how Zarr comes.

    Raises:
        InputError: it is not installed.
    """
    if find_spec("zarr") is None:
        raise InputError(
            "results of a sweep need Zarr, which is not installed",
            hint="Install the extra: pip install 'upriver[cluster]'.",
        )


def layout(job: Job) -> dict[str, bytes]:
    """Files of a new store, by their path in it: metadata of all, and coordinates."""
    check_zarr()
    import zarr

    held: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of text, and of metadata together, all versions 3 so far
        memory = zarr.storage.MemoryStore(held)
        group: Any = zarr.create_group(memory, zarr_format=3, attributes=dict(job.attrs))
        for variable in job.variables:
            group.create_array(
                variable.name,
                shape=tuple(job.dims[dim] for dim in variable.dims),
                chunks=tuple(job.block(dim) for dim in variable.dims),
                dtype=variable.dtype,
                fill_value=np.nan if np.dtype(variable.dtype).kind == "f" else 0,
                dimension_names=variable.dims,
                attributes={**_said(variable), **_beside(job, variable), **variable.attrs},
            )
        for one in job.coordinates:
            _coordinate(group, one)
        zarr.consolidate_metadata(memory)
    return {name: data.to_bytes() for name, data in sorted(held.items())}


def encoded(
    folder: Path, job: Job, number: int, arrays: Mapping[str, NDArray[Any]]
) -> dict[str, bytes]:
    """Files of a chunk's results, by their path in the store."""
    check_zarr()
    import zarr
    from zarr.core.buffer import default_buffer_prototype

    of_bytes = default_buffer_prototype().buffer.from_bytes
    files = {}
    for variable in job.variables:
        about = f"{variable.name}/zarr.json"
        held = {about: of_bytes((folder / about).read_bytes())}
        array: Any = zarr.open_array(zarr.storage.MemoryStore(held), path=variable.name, mode="r+")
        array.with_config(KEEP_ALL)[job.region(variable, number)] = arrays[variable.name]
        files.update({name: data.to_bytes() for name, data in held.items() if name != about})
    return dict(sorted(files.items()))


def read(folder: Path, job: Job, name: str, number: int) -> NDArray[Any]:
    """What a chunk filled of a variable; whether it is whole is the store's to say."""
    check_zarr()
    import zarr

    variable = next(one for one in job.variables if one.name == name)
    array: Any = zarr.open_array(str(folder / name), mode="r")
    return np.asarray(array[job.region(variable, number)])


def _beside(job: Job, variable: Variable) -> dict[str, str]:
    """Coordinates that are no dimension of their own, as readers of NetCDF and Zarr know them."""
    names = [
        one.name
        for one in job.coordinates
        if one.name not in job.dims and set(one.dims) <= set(variable.dims)
    ]
    return {"coordinates": " ".join(names)} if names else {}


def _coordinate(group: Any, one: Coordinate) -> None:
    values = np.asarray(one.values)
    text = values.dtype.kind in "US"
    array = group.create_array(
        one.name,
        shape=values.shape,
        chunks=tuple(max(1, size) for size in values.shape),
        dtype=str if text else values.dtype,
        dimension_names=one.dims,
        attributes=_said(one),
        config=KEEP_ALL,
    )
    array[...] = values.astype(object) if text else values


def _said(one: Variable | Coordinate) -> dict[str, str]:
    return {
        **({"units": one.unit} if one.unit else {}),
        **({"long_name": one.title} if one.title else {}),
    }
