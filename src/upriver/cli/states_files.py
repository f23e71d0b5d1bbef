"""The table of `upriver states` as a file: CSV, or Parquet where pyarrow is there."""

import io
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import InputError

from . import shared

if TYPE_CHECKING:
    import pandas as pd


def check(csv: Path | None, parquet: Path | None) -> None:
    """Refuse, before anything is run, what cannot be written.

    Raises:
        InputError: another ending, or no library that writes Parquet. WriteError: no folder.
    """
    from .files import check_folder

    for file, ending, option in ((csv, ".csv", "--csv"), (parquet, ".parquet", "--parquet")):
        if file is None:
            continue
        if file.suffix != ending:
            raise InputError(f"should end in {ending}", file=option, found=file.name)
        check_folder(file.parent)
    if parquet is not None and find_spec("pyarrow") is None:
        raise InputError(
            "Parquet needs pyarrow, which is not installed",
            file="--parquet",
            hint="Install the extra: pip install '.[parquet]'; or take --csv.",
        )


def write(table: "pd.DataFrame", csv: Path | None, parquet: Path | None) -> None:
    """Write a table whole or not at all, and say so."""
    from upriver.core.files import write_atomic

    if csv is not None:
        write_atomic(csv, table.to_csv(index=False))
        shared.say(f"Wrote {csv}.")
    if parquet is not None:
        into = io.BytesIO()
        table.to_parquet(into, engine="pyarrow", index=False)
        write_atomic(parquet, into.getvalue())
        shared.say(f"Wrote {parquet}.")
