"""Against the published base run: every quarter, every quantity that is named in both.

Published values carry six significant figures, so a perfect equation shows errors up to 5e-6.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import FileProblem, SchemaProblem, one_line, show
from upriver.core.files import reason
from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import quarters
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario
from upriver.system.world import PUBLISHED

Doubles = NDArray[np.float64]

REFERENCE = Path(__file__).parent.parent / "data" / "reference"
NEGLIGIBLE = 0.01
"""Values below this share of a quantity's own maximum are not compared."""

LARGEST_ALLOWED = 1e-3
MEDIAN_ALLOWED = 1e-4
QUANTITIES_NEEDED = 120

EXPLAINED = {
    "people.prescribing.dispensed": (
        "the published table prints this quantity with three figures where it exceeds 1e11"
    ),
}
"""Exceptions, each with its reason: never an equation."""


@dataclass(frozen=True)
class Match:
    """One quantity: its largest relative error, where, and the two values there."""

    output: str
    published_name: str
    error: float
    year: float
    published: float
    ours: float

    @property
    def explained(self) -> str | None:
        """Why a larger error is no fault of an equation."""
        return EXPLAINED.get(self.output)


@dataclass(frozen=True)
class Verification:
    """All quantities compared, worst first."""

    source: str
    matches: tuple[Match, ...]

    @property
    def largest(self) -> float:
        """Largest error, but for the explained exceptions."""
        return max((m.error for m in self.matches if m.explained is None), default=np.nan)

    @property
    def median(self) -> float:
        """Median of the largest errors."""
        return float(np.median([m.error for m in self.matches])) if self.matches else np.nan

    @property
    def passed(self) -> bool:
        """Whether the published run is met."""
        return (
            len(self.matches) >= QUANTITIES_NEEDED
            and self.largest <= LARGEST_ALLOWED
            and self.median <= MEDIAN_ALLOWED
        )


def verify(published: Path | None = None, own_inputs: bool = False) -> Verification:
    """Compare the base run with the published one.

    Args:
        published: the whole published table (rows are quantities, columns quarters); by default
            the quantities that ship.
        own_inputs: drive the equations with that table's own inputs, instead of the shipped annual
            figures.

    Raises:
        FileProblem, SchemaProblem: the table is missing or not one.
    """
    names = published_names()
    if published is None:
        wanted = _read(REFERENCE / "base_run.csv")
        pairs = {(output, names[output][0]): values for output, values in wanted.items()}
        source = "figures that ship"
    else:
        whole = _read(published)
        pairs = {
            (output, name): whole[name]
            for output, known in names.items()
            for name in known
            if name in whole
        }
        if not pairs:
            raise SchemaProblem("holds no quantity that is known", file=str(published))
        source = "the whole published table"
    columns = table(Scenario(title="Published base run", world=PUBLISHED))
    if own_inputs and published is not None:
        columns = _driven(columns, _read(published))
        source += (
            ", driven by its own inputs (known at quarters, straight lines between: for "
            "comparison, not judged)"
        )
    ours = outputs(columns, tuple(dict.fromkeys(output for output, _ in pairs)))
    matches = [
        _match(output, name, values, ours[output]) for (output, name), values in pairs.items()
    ]
    found = sorted((m for m in matches if m is not None), key=lambda m: -m.error)
    return Verification(source, tuple(found))


def published_names() -> dict[str, list[str]]:
    """Names in the published table of each of our outputs or drivers."""
    names: dict[str, list[str]] = {}
    with (REFERENCE / "quantities.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            names.setdefault(row["output"], []).append(row["published"])
    return names


def outputs(columns: Table, names: tuple[str, ...]) -> dict[str, Doubles]:
    """Outputs and drivers of one run at every quarter, by name."""
    engine = load()
    known = set(engine.outputs) | set(engine.state)
    told = [name for name in names if name in known]
    values = engine.run(columns.columns, outputs=told, instants=quarters())[0]
    result = dict(zip(told, values, strict=True))
    for name in names:
        if name not in known:
            result[name] = columns.wide(name)[0][quarters()]
    return result


def _match(output: str, name: str, published: Doubles, ours: Doubles) -> Match | None:
    there = np.isfinite(published)
    if not there.any():
        return None
    scale = np.max(np.abs(published[there]))
    counts = there & (np.abs(published) > NEGLIGIBLE * scale)
    if not counts.any():
        return None
    error = np.zeros_like(published)
    error[counts] = np.abs(ours[counts] - published[counts]) / np.abs(published[counts])
    worst = int(np.argmax(error))
    return Match(
        output=output,
        published_name=name,
        error=float(error[worst]),
        year=1999 + worst / 4,
        published=float(published[worst]),
        ours=float(ours[worst]),
    )


def _driven(columns: Table, whole: dict[str, Doubles]) -> Table:
    """The table with the published run's own inputs, linear between its quarters."""
    steps = np.arange(columns.wide("people.population.people").shape[1], dtype=np.float64)
    own = {}
    for path, names in published_names().items():
        column = columns.columns.get(path)
        values = next((whole[name] for name in names if name in whole), None)
        if column is None or column.shape[1] == 1 or values is None or np.isnan(values).any():
            continue
        if parameters()[path].between == "step":
            continue
        own[path] = np.interp(steps, quarters(), values)[None, :]
    return columns.replace(own)


def _read(file: Path) -> dict[str, Doubles]:
    """A table of quantities by quarter; empty cells are NaN."""
    name, wanted, found = str(file), len(quarters()) + 1, {}
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(line for line in stream if not line.startswith("#"))
            for number, row in enumerate(reader):
                if row and len(row) != wanted:
                    raise SchemaProblem(
                        "is not the published table",
                        file=name,
                        found=f"{len(row)} cells in row {number + 1}",
                        allowed=f"a name and {wanted - 1} quarters from 1999 to 2032 in each row",
                    )
                if row and number:
                    found[row[0]] = _numbers(row, name, number + 1)
    except (OSError, ValueError) as error:
        raise FileProblem(reason(error), file=name) from None
    except csv.Error as error:
        raise FileProblem(f"is not a CSV file: {error}", file=name) from None
    if not found:
        raise FileProblem("is empty", file=name)
    return found


def _numbers(row: list[str], file: str, number: int) -> Doubles:
    """The values of a row; empty cells are NaN."""
    values = np.full(len(row) - 1, np.nan)
    for i, cell in enumerate(row[1:]):
        try:
            values[i] = float(cell) if cell else np.nan
        except ValueError:
            raise SchemaProblem(
                f"row {number} ({one_line(row[0], 60)}) should hold numbers",
                file=file,
                found=show(cell),
            ) from None
    return values
