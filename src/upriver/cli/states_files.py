"""Tables of `upriver states`: every quantile as a file, and what is listed as a tidy table."""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from upriver.core.errors import InputError

from . import shared

if TYPE_CHECKING:
    import pandas as pd

    from upriver.experiments.states.averted import Averted
    from upriver.experiments.states.order import Ranked
    from upriver.experiments.states.result import States
    from upriver.report.tables.tidy import Tidy


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
            hint="Install the extra: pip install 'upriver[parquet]'; or take --csv.",
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


def order(found: "States", rows: "Sequence[Ranked]", year: int, name: str, counts: bool) -> "Tidy":
    """States in order as a tidy table."""
    from upriver.report.tables.states import table_of_order

    return table_of_order(found, rows, year, name, counts)


def averted(found: "States", rows: "Sequence[Averted]", span: tuple[int, int], name: str) -> "Tidy":
    """What is averted in each state as a tidy table."""
    from upriver.report.tables.states import table_of_averted

    return table_of_averted(found, rows, span, name)


def sums(found: "States") -> "Tidy":
    """The states' sums as a tidy table."""
    from upriver.report.tables.states import table_of_sums

    return table_of_sums(found)
