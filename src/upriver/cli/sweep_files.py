"""What `upriver sweep collect` writes: a table as CSV or Parquet, or NetCDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import InputError

from . import shared, states_files

if TYPE_CHECKING:
    from upriver.experiments.plans.collect import Collected

ENDINGS = (".csv", ".parquet", ".nc")


def check(output: Path) -> None:
    """Refuse, before anything is read, what cannot be written.

    Raises:
        InputError: another ending, or no library that writes it. WriteError: no folder.
    """
    if output.suffix not in ENDINGS:
        raise InputError("should end in another way", file=output.name, allowed=", ".join(ENDINGS))
    if output.suffix != ".nc":
        states_files.check(*_as(output))
        return
    from .files import check_folder

    check_folder(output.parent)


def write(found: "Collected", output: Path) -> None:
    """Write a file whole or not at all, and say so."""
    if output.suffix != ".nc":
        states_files.write(found.table(), *_as(output))
        return
    from upriver.core.results import write_netcdf

    write_netcdf(found.dataset(), output)
    shared.say(f"Wrote {output}.")


def _as(output: Path) -> tuple[Path | None, Path | None]:
    """The file as CSV, or as Parquet."""
    return (output, None) if output.suffix == ".csv" else (None, output)
