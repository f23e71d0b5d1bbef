"""A store of results: a Zarr 3 group that says what it is of, and a receipt for each chunk.

    FOLDER/zarr.json                what was run: title, plan, version, digests
    FOLDER/VARIABLE/c/0/3/...       pieces of arrays, a file each, compressed
    FOLDER/.work/job.json           the job, from which any chunk can be run again
    FOLDER/.work/made.json          digests of all that was written when the store was made
    FOLDER/.work/receipts/NAME.json a chunk is there: digests of the files that it wrote
    FOLDER/.work/parts/             files that have no name yet

A chunk's files are written and synced under names of their own, then renamed; its receipt comes
last. So a chunk without a receipt is not there, whatever files of it are. A receipt is held against
its files whenever a store is asked what it has.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from upriver.core.errors import FileProblem, InputError, WriteError, one_line
from upriver.core.files import reason

from . import disk
from .job import Job, from_json, plain, to_json

WORK, JOB, MADE, RECEIPTS, PARTS = ".work", "job.json", "made.json", "receipts", "parts"

Doing = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Status:
    """What a store has: numbers of chunks from 0. broken: what is wrong, by chunk."""

    done: tuple[int, ...]
    absent: tuple[int, ...]
    broken: Mapping[int, str]

    @property
    def missing(self) -> tuple[int, ...]:
        """Chunks that are to be run: absent, or broken."""
        return tuple(sorted((*self.absent, *self.broken)))

    @property
    def whole(self) -> bool:
        """Whether every chunk is there."""
        return not self.missing


@dataclass(frozen=True)
class Store:
    """A folder of results and the job that they are of."""

    folder: Path
    job: Job

    @classmethod
    def make(cls, folder: str | os.PathLike[str], job: Job) -> "Store":
        """The store of a job: opened if it is there, made if it is not.

        Raises:
            InputError: the folder is another job's, or none of a job. WriteError: it cannot be
                written.
        """
        where = Path(folder)
        if where.exists():
            return cls.open(where).same(job)
        from .layout import layout

        where = Path(os.path.abspath(where))
        beside = where.with_name(f".{where.name[:50]}.{os.urandom(4).hex()}")
        try:
            if not where.parent.is_dir():
                raise WriteError(f"cannot make {_named(folder)}: there is no folder above it.")
            try:
                _fill(beside, job.check(), layout(job))
                os.rename(beside, where)
            finally:
                shutil.rmtree(beside, ignore_errors=True)
            disk.settle(where.parent)
        except OSError as error:
            if where.is_dir():  # another process made it meanwhile
                return cls.open(folder).same(job)
            raise disk.not_written(Path(folder), error) from error
        return cls(Path(folder), job)

    @classmethod
    def open(cls, folder: str | os.PathLike[str]) -> "Store":
        """A store that is there.

        Raises:
            FileProblem: there is none, or what it says of itself is damaged.
        """
        where = Path(folder)
        try:
            job = from_json((where / WORK / JOB).read_bytes())
            made = json.loads((where / WORK / MADE).read_bytes())
            files = dict(made["files"])
        except FileNotFoundError:
            there = "holds no results of a sweep" if where.is_dir() else "does not exist"
            raise FileProblem(there, file=_named(folder)) from None
        except NotADirectoryError:
            raise FileProblem("is a file, no folder of results", file=_named(folder)) from None
        except OSError as error:
            raise FileProblem(reason(error), file=_named(folder)) from error
        except (ValueError, TypeError, KeyError, AttributeError):
            raise _damaged(folder, f"{WORK}/{JOB}") from None
        if made.get("job") != job.digest:
            raise _damaged(folder, f"{WORK}/{JOB}")
        for name, wanted in files.items():
            if disk.sha256_of(where / name) != wanted:
                raise _damaged(folder, name)
        return cls(where, job)

    def same(self, job: Job) -> "Store":
        """This store, if it is of that job.

        Raises:
            InputError: it is of another plan, version or draws; which, is said.
        """
        if self.job.digest == job.digest:
            return self
        if self.job.name != job.name:
            said, found, now = "kind of work", self.job.name, job.name
        else:
            said, found, now = _differs(self.job.content, job.content)
        raise InputError(
            f"holds results of another {said}",
            file=_named(self.folder),
            found=found,
            allowed=now,
            hint="Take another folder, or remove this one.",
        )

    def write(self, number: int, arrays: Doing) -> dict[str, Any]:
        """Write the results of a chunk, whole or not at all; gives its receipt.

        Args:
            arrays: by variable, as `Job.results` gives them.

        Raises:
            WriteError: the disk is full, or may not be written to.
        """
        from .layout import encoded

        name = self.job.name_of(number)
        files = encoded(self.folder, self.job, number, arrays)
        receipt = {
            "chunk": number,
            "name": name,
            "files": {file: disk.sha256(data) for file, data in files.items()},
        }
        try:
            self._write(name, files, plain(receipt).encode())
        except FileNotFoundError:
            # Another process has written this chunk meanwhile, and taken our parts for leavings.
            if self._problem(number) is not None:
                raise WriteError(
                    f"cannot write to {_named(self.folder)}: a folder in it is gone."
                ) from None
        except OSError as error:
            raise disk.not_written(self.folder, error) from error
        return receipt

    def status(self) -> Status:
        """Which chunks are there, by the bytes of their files."""
        problems = {number: self._problem(number) for number in range(len(self.job.chunks))}
        return Status(
            tuple(number for number, says in problems.items() if says is None),
            tuple(number for number, says in problems.items() if says == ""),
            {number: says for number, says in problems.items() if says},
        )

    def to_do(self) -> tuple[int, ...]:
        """Chunks that are to be run; what those that are there left behind is removed."""
        status = self.status()
        self.tidy(status)
        return status.missing

    def check_whole(self) -> "Store":
        """This store, if every chunk is there.

        Raises:
            FileProblem: one is missing or broken; the first is named.
        """
        status = self.status()
        if status.whole:
            return self
        first = status.missing[0]
        says = status.broken.get(first, "was not run")
        raise FileProblem(
            f"{len(status.missing)} of {len(self.job.chunks)} chunks are missing; chunk "
            f"{self.job.called(first)} {says}",
            file=_named(self.folder),
        )

    def tidy(self, status: Status) -> None:
        """Remove what chunks that are there left behind when they were first tried."""
        done = {self.job.name_of(number) for number in status.done}
        for part in self._parts():
            if part.name.partition(".")[0] in done:
                part.unlink(missing_ok=True)

    @cached_property
    def _work(self) -> Path:
        return self.folder / WORK

    def _parts(self, name: str = "") -> Iterator[Path]:
        return (self._work / PARTS).glob(f"{name}*")

    def _receipt(self, number: int) -> Path:
        return self._work / RECEIPTS / f"{self.job.name_of(number)}.json"

    def _write(self, name: str, files: Mapping[str, bytes], receipt: bytes) -> None:
        parts = self._work / PARTS
        parts.mkdir(exist_ok=True)
        token = os.urandom(4).hex()
        target = f"{WORK}/{RECEIPTS}/{name}.json"
        whole = {**files, target: receipt}
        beside = {file: parts / f"{name}.{token}.{i}" for i, file in enumerate(whole)}
        try:
            for file, data in whole.items():
                disk.put(beside[file], data)
            for file in files:
                disk.move(beside[file], self.folder / file)
            for folder in self._folders(files):
                disk.settle(folder)
            disk.move(beside[target], self.folder / target)
            disk.settle(self._work / RECEIPTS)
        finally:
            for part in beside.values():
                part.unlink(missing_ok=True)
        for part in self._parts(name):  # of those who tried before
            part.unlink(missing_ok=True)

    def _folders(self, files: Mapping[str, bytes]) -> list[Path]:
        """Folders of files and those above them, the deepest first."""
        above = {
            folder
            for file in files
            for folder in (self.folder / file).parents
            if folder.is_relative_to(self.folder)
        }
        return sorted(above, key=lambda folder: (-len(folder.parts), folder))

    def _problem(self, number: int) -> str | None:
        """What is wrong with a chunk: None if it is there, empty if it was never written."""
        try:
            receipt = json.loads(self._receipt(number).read_bytes())
            said, files = (receipt["name"], receipt["chunk"]), dict(receipt["files"])
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, KeyError, TypeError):
            return "has a receipt that is damaged"
        if said != (self.job.name_of(number), number):
            return "has the receipt of another"
        if set(files) != set(self._files(number)):
            return "has a receipt that is damaged"
        for file, wanted in files.items():
            found = disk.sha256_of(self.folder / file)
            if found is None:
                return f"lacks its file {file}"
            if found != wanted:
                return f"has a file that is cut short, damaged or another's: {file}"
        return None

    def _files(self, number: int) -> list[str]:
        """Files of a chunk."""
        return [
            "/".join((variable.name, "c", *map(str, piece)))
            for variable in self.job.variables
            for piece in self.job.pieces(variable, number)
        ]


def _fill(folder: Path, job: Job, files: Mapping[str, bytes]) -> None:
    """Write all of a new store, in a folder that nobody knows yet."""
    made = {name: disk.sha256(data) for name, data in files.items()}
    said = {"job": job.digest, "files": made}
    whole = {
        **files,
        f"{WORK}/{JOB}": to_json(job).encode(),
        f"{WORK}/{MADE}": plain(said).encode(),
    }
    (folder / WORK / RECEIPTS).mkdir(parents=True)
    for name, data in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.put(path, data)
    for path in sorted({folder, *(one.parent for one in map(folder.joinpath, whole))}):
        disk.settle(path)


def _differs(found: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, str, str]:
    """Where two contents first differ: the field's name, and what each says of it."""
    for key in dict.fromkeys((*now, *found)):
        before, after = found.get(key), now.get(key)
        if before != after:
            return key.replace("_", " "), one_line(str(before), 60), one_line(str(after), 60)
    return "layout", "other chunks", "those of this plan"


def _named(folder: str | os.PathLike[str]) -> str:
    return one_line(os.fspath(folder), 120, keep_end=True)


def _damaged(folder: str | os.PathLike[str], name: str) -> FileProblem:
    return FileProblem(
        f"is damaged: its file {name} is cut short, changed or gone",
        file=_named(folder),
        hint="Run the plan again into another folder.",
    )
