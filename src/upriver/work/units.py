"""Units that keep a file each: a fit of a state, a world. Their files are the results.

A store beside them says which are done; its only numbers are the digests of the files. So units
are parted among processes as any chunks are, and outlive a worker as those do.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import WriteError

from .disk import sha256_of
from .job import Job, Variable, grid

DIMS = ("unit", "byte")
BYTES = 32


def job_of_units(name: str, run: str, content: Mapping[str, Any], units: Sequence[str]) -> Job:
    """The job whose chunks are units.

    Args:
        name: what it is, a word.
        run: `module:function`, which makes the file of the unit that `unit_of` names and gives
            `made` of it.
        content: plain JSON that, with a unit, determines its file.
        units: names.
    """
    dims = {"unit": len(units), "byte": BYTES}
    return Job(
        name=name,
        run=run,
        content={**content, "units": list(units)},
        dims=dims,
        blocks={"unit": 1},
        variables=(Variable("sha256", DIMS, "1", "digest of the unit's file", "uint8"),),
        chunks=grid(dims, {"unit": 1}),
        attrs={"title": f"Units of {name}: {', '.join(units)}"},
    )


def unit_of(content: Mapping[str, Any], chunk: Mapping[str, Any]) -> str:
    """The unit that a chunk is of."""
    return str(content["units"][chunk["at"]["unit"][0]])


def made(file: Path) -> dict[str, NDArray[np.uint8]]:
    """What is kept of a unit whose file is there.

    Raises:
        WriteError: it is not.
    """
    digest = sha256_of(file)
    if digest is None:
        raise WriteError(f"cannot read {file.name}, which was just written.")
    return {"sha256": np.frombuffer(bytes.fromhex(digest), dtype=np.uint8)[None]}
