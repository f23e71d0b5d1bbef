"""A tidy table as CSV, JSON or Parquet.

CSV has what the numbers are in comment lines on top; JSON has it beside the list of rows; Parquet
has it in the file's metadata, with typed columns, each with its meaning, and with its unit where
all rows share one.
"""

import io
import json
import math
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from upriver.core.errors import InputError
from upriver.evidence.tables import csv_text

from .tidy import ABOUT, COLUMNS, NUMBERS, WHOLE, Tidy

if TYPE_CHECKING:
    import pyarrow

FORMATS = ("csv", "json", "parquet")


def bytes_of(table: Tidy, form: str, beside: Mapping[str, Any] | None = None) -> bytes:
    """The table in a format, `csv`, `json` or `parquet`.

    Args:
        beside: what a command's JSON holds besides.

    Raises:
        InputError: Parquet, and no library that writes it.
    """
    if form == "parquet":
        return parquet_of(table)
    text = csv_of(table) if form == "csv" else json_of(table, beside)
    return text.encode("utf-8")


def csv_of(table: Tidy) -> str:
    """As CSV; `pandas.read_csv(file, comment="#")` and its like pass over what stands on top."""
    return csv_text(COLUMNS, table.rows, table.remarks)


def json_of(table: Tidy, beside: Mapping[str, Any] | None = None) -> str:
    """As JSON: what the numbers are, then `rows`, one a line, each with every column."""
    head = {**table.head, **(beside or {})}
    parts = [f"{json.dumps(key)}: {_json(value)}" for key, value in head.items()]
    rows = ",\n".join(f"  {_json(row)}" for row in _records(table))
    parts.append(f'"rows": [\n{rows}\n ]' if rows else '"rows": []')
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def parquet_of(table: Tidy) -> bytes:
    """As Parquet.

    Raises:
        InputError: pyarrow is not installed.
    """
    check_parquet("--format")
    import pyarrow as pa
    import pyarrow.parquet as pq

    records = _records(table)
    columns = {name: [row[name] for row in records] for name in COLUMNS}
    into = io.BytesIO()
    pq.write_table(pa.table(columns, schema=_schema(table)), into)
    return into.getvalue()


def check_parquet(option: str) -> None:
    """Refuse Parquet where nothing writes it, before anything is run.

    Raises:
        InputError: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise InputError(
            "Parquet needs pyarrow, which is not installed",
            file=option,
            hint="Install the extra: pip install 'upriver[parquet]'; or take csv.",
        )


def _schema(table: Tidy) -> "pyarrow.Schema":
    """Columns with their types and meanings, and what the whole table is."""
    import pyarrow as pa

    units = {str(row["unit"]) for row in table.rows}
    unit = units.pop() if len(units) == 1 else "as in the column unit"

    def field(name: str) -> pa.Field:
        kind = pa.float64() if name in NUMBERS else pa.int64() if name in WHOLE else pa.string()
        said = {"about": ABOUT[name], **({"unit": unit} if name in NUMBERS else {})}
        return pa.field(name, kind, metadata=said)

    said = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in table.head.items()
    }
    said["scenario_digests"] = json.dumps(_digests(table))
    return pa.schema([field(name) for name in COLUMNS], metadata=said)


def _digests(table: Tidy) -> dict[str, str]:
    """The digest of every scenario that rows are of."""
    pairs = ((row.get("scenario"), row.get("scenario_digest")) for row in table.rows)
    return {str(title): str(digest) for title, digest in pairs if title and digest}


def _records(table: Tidy) -> list[dict[str, Any]]:
    """Rows with every column; what is empty, or no number, is None."""
    return [{name: _cell(name, row.get(name)) for name in COLUMNS} for row in table.rows]


def _cell(name: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if name in NUMBERS:
        return float(value) if math.isfinite(value) else None
    return int(value) if name in WHOLE else " ".join(str(value).split())


def _json(value: Any) -> str:
    return json.dumps(_finite(value), allow_nan=False)


def _finite(value: Any) -> Any:
    """What JSON has words for: a number that is not finite is null."""
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
