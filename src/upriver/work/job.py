"""A job: what wholly determines its results, its chunks, and the arrays that they fill together.

A chunk is a small mapping. Its field `at` says which part of the arrays it fills: first and last
index, the last not in it, by dimension; `chunk_of` reads it. What else stands there is for the
function that runs it. The digest of job and chunk is the chunk's name.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import EngineError

Chunk = Mapping[str, Any]
Arrays = Mapping[str, NDArray[Any]]
Run = Callable[[Mapping[str, Any], Chunk], Arrays]
"""Content and chunk to arrays by variable; pure."""

AT = "at"


@dataclass(frozen=True)
class Variable:
    """An array of results.

    dims: names of its dimensions, in order. dtype: of numpy, a number's. attrs: more that is said
    of it.
    """

    name: str
    dims: tuple[str, ...]
    unit: str = ""
    title: str = ""
    dtype: str = "float64"
    attrs: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Coordinate:
    """Labels along dimensions, or a number by them: written once, when the store is made."""

    name: str
    dims: tuple[str, ...]
    values: Sequence[Any]
    unit: str = ""
    title: str = ""


@dataclass(frozen=True)
class Job:
    """Work in chunks.

    name: what it is, a word. run: the function that runs a chunk, as `module:function`, so that
    another process can import it. content: plain JSON that, with a chunk, determines results:
    plan, version, digests of equations and draws. dims: sizes by dimension. blocks: how long the
    stored pieces are along dimensions that chunks divide; along others a piece is whole. chunks:
    each fills whole pieces, and no two the same. attrs: what a reader of the results is told.
    """

    name: str
    run: str
    content: Mapping[str, Any]
    dims: Mapping[str, int]
    blocks: Mapping[str, int]
    variables: tuple[Variable, ...]
    coordinates: tuple[Coordinate, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    attrs: Mapping[str, str | int | float] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return digest(asdict(self))

    def name_of(self, number: int) -> str:
        """Digest of the job and one of its chunks, from 0: the chunk's name."""
        return digest({"job": self.digest, "chunk": self.chunks[number]})

    def called(self, number: int) -> str:
        """A chunk as a person asks for it: `3/8`."""
        return f"{number + 1}/{len(self.chunks)}"

    def region(self, variable: Variable, number: int) -> tuple[slice, ...]:
        """The part of a variable that a chunk fills."""
        at = self.chunks[number].get(AT, {})
        return tuple(slice(*at.get(dim, (0, self.dims[dim]))) for dim in variable.dims)

    def pieces(self, variable: Variable, number: int) -> Iterator[tuple[int, ...]]:
        """Indices of the stored pieces of a variable that a chunk fills.

        Raises:
            EngineError: it fills a part of a piece.
        """
        ranges = []
        for dim, part in zip(variable.dims, self.region(variable, number), strict=True):
            size, block = self.dims[dim], self.block(dim)
            whole = part.start % block == 0 and (part.stop % block == 0 or part.stop == size)
            if not (whole and 0 <= part.start < part.stop <= size):
                raise EngineError(
                    f"Chunk {self.called(number)} of {self.name} fills {part.start} to {part.stop} "
                    f"of {dim}, no whole pieces of {block}."
                )
            ranges.append(range(part.start // block, -(-part.stop // block)))
        return product(*ranges)

    def block(self, dim: str) -> int:
        """How long a stored piece is along a dimension."""
        return min(self.blocks.get(dim, self.dims[dim]), self.dims[dim])

    def check(self) -> "Job":
        """The job itself, if its chunks fill every piece of every variable once.

        Raises:
            EngineError: a piece is filled twice or never, or a chunk fills a part of one.
        """
        for variable in self.variables:
            filled: set[tuple[int, ...]] = set()
            for number in range(len(self.chunks)):
                for piece in self.pieces(variable, number):
                    if piece in filled:
                        raise EngineError(
                            f"Chunk {self.called(number)} of {self.name} fills a piece of "
                            f"{variable.name} that another fills."
                        )
                    filled.add(piece)
            wanted = int(np.prod([-(-self.dims[d] // self.block(d)) for d in variable.dims]))
            if len(filled) != wanted:
                raise EngineError(
                    f"Chunks of {self.name} fill {len(filled)} of {wanted} pieces of "
                    f"{variable.name}."
                )
        return self

    def results(self, number: int) -> dict[str, NDArray[Any]]:
        """Run a chunk: arrays by variable, each of the shape of its region.

        Raises:
            EngineError: what the function gives is not what the job says.
        """
        found = function(self.run)(self.content, self.chunks[number])
        return {one.name: self._checked(one, number, found) for one in self.variables}

    def _checked(self, variable: Variable, number: int, found: Arrays) -> NDArray[Any]:
        wanted = tuple(part.stop - part.start for part in self.region(variable, number))
        values = np.asarray(found[variable.name]) if variable.name in found else None
        if (
            values is None
            or values.shape != wanted
            or not np.can_cast(values.dtype, variable.dtype, "same_kind")
        ):
            shape = "nothing" if values is None else f"{values.dtype} of shape {values.shape}"
            raise EngineError(
                f"Chunk {self.called(number)} of {self.name} gives {shape} of {variable.name}; "
                f"wanted {variable.dtype} of shape {wanted}."
            )
        return values.astype(variable.dtype, copy=False)


def grid(dims: Mapping[str, int], blocks: Mapping[str, int]) -> tuple[Chunk, ...]:
    """Chunks that divide dimensions into blocks, in order: the last dimension's come first.

    Args:
        dims: sizes. blocks: how long a chunk is along those that are divided.
    """
    parts = [
        [(dim, (start, min(start + block, dims[dim]))) for start in range(0, dims[dim], block)]
        for dim, block in blocks.items()
    ]
    return tuple({AT: {dim: list(part) for dim, part in one}} for one in product(*parts))


def chunk_of(chunk: Chunk, dim: str) -> slice:
    """The part of a dimension that a chunk fills."""
    return slice(*chunk[AT][dim])


def function(named: str) -> Run:
    """The function that a job names, `module:function`."""
    module, _, name = named.partition(":")
    found: Run = getattr(import_module(module), name)
    return found


def plain(value: object) -> str:
    """JSON that is the same text for the same value, whatever the order of its fields."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: object) -> str:
    """SHA-256 of a plain value."""
    return hashlib.sha256(plain(value).encode()).hexdigest()


def to_json(job: Job) -> str:
    """The whole job, as a store keeps it."""
    return json.dumps(asdict(job), sort_keys=True, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Job:
    """A job that `to_json` wrote.

    Raises:
        ValueError, TypeError, KeyError: the text is not of one.
    """
    said = json.loads(text)
    several = ("variables", "coordinates", "chunks")
    return Job(
        **{key: value for key, value in said.items() if key not in several},
        variables=tuple(_of(Variable, one) for one in said["variables"]),
        coordinates=tuple(_of(Coordinate, one) for one in said["coordinates"]),
        chunks=tuple(said["chunks"]),
    )


def _of(kind: Any, said: dict[str, Any]) -> Any:
    return kind(**{**said, "dims": tuple(said["dims"])})
