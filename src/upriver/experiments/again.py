"""What was run, read back from a result: a results file or a report, so that it can be run again.

made = read_made("results.nc")
run = simulate(made.scenarios[0], draws=made.draws, world=made.world)
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from upriver.core.errors import FileProblem, InputError, SchemaProblem, show
from upriver.core.files import reason
from upriver.policy.scenario import Scenario, parse_scenario

from .simulate import Run

if TYPE_CHECKING:
    import xarray as xr

RESULTS, REPORTS = (".nc",), (".html", ".htm")
KEYS = ("upriver_version", "equations_digest", "seed", "draws", "world")
BLOCK = re.compile(r'<script type="application/json" id="made">(.*?)</script>', re.DOTALL)
LARGEST = 200 * 1024**2
"""Bytes of a report."""


@dataclass(frozen=True, eq=False)
class Made:
    """What made a result.

    scenarios: one of a run, several of a comparison, each with the digest of its table in `tables`.
    place: code of the place that it is of; empty of the country.
    results: the numbers, None of a report.
    """

    file: str
    version: str
    equations: str
    seed: int
    draws: int
    world: str
    scenarios: tuple[Scenario, ...]
    tables: tuple[str, ...]
    results: "xr.Dataset | None" = None
    place: str = ""

    def differences(self, runs: Sequence[Run]) -> list[str]:
        """What made runs otherwise than the file, in sentences; none if it was all the same."""
        now = runs[0].provenance
        pairs = [
            ("Upriver", self.version, now["upriver_version"]),
            ("equations", self.equations, now["equations_digest"]),
            ("the order of draws", self.seed, now["seed"]),
            *(
                (f"the table of parameters of '{run.scenario.title}'", table, made)
                for table, run in zip(self.tables, runs, strict=False)
                if (made := run.provenance["table_digest"])
            ),
        ]
        return [
            f"{what}: {_short(then)} there, {_short(here)} here"
            for what, then, here in pairs
            if then != here
        ]

    def same(self, results: "xr.Dataset") -> bool | None:
        """Whether a run gives the numbers of the file, to the bit; None if it holds none."""
        if self.results is None:
            return None
        then, now = self.results, results
        return set(then.data_vars) == set(now.data_vars) and all(
            np.array_equal(then[name].values, now[name].values, equal_nan=True) for name in then
        )


def is_made(name: str | os.PathLike[str]) -> bool:
    """Whether a name is that of a result, by its end, and not of a scenario."""
    return os.fspath(name).lower().endswith((*RESULTS, *REPORTS))


def read_made(path: str | os.PathLike[str]) -> Made:
    """What made a result.

    Args:
        path: a results file (`.nc`) or a report (`.html`).

    Raises:
        FileProblem: missing, damaged, or of another kind.
        SchemaProblem: it does not say what was run, as earlier files do not.
        InputError: its scenario cannot be read by this version; the message names the line.
    """
    name = os.fspath(path)
    if name.lower().endswith(RESULTS):
        from upriver.core.results import read_netcdf

        results = read_netcdf(path)
        runs = _runs_of(results)
        return _made(name, {**results.attrs, "runs": runs}, results)
    return _made(name, _block(Path(path), name), None)


def told(runs: Sequence[Run]) -> dict[str, object]:
    """What made runs, as a report carries it."""
    first = runs[0].provenance
    kept = ("scenario", "scenario_yaml", "table_digest")
    return {
        **{key: first[key] for key in KEYS},
        **({"place": runs[0].place} if runs[0].place else {}),
        "runs": [{key: run.provenance[key] for key in kept} for run in runs],
    }


def _runs_of(results: "xr.Dataset") -> list[dict[str, Any]]:
    """Texts and digests of the runs in a results file."""
    keys = ("scenario_yaml", "table_digest")
    if "scenario" not in results.dims:
        return [{key: results.attrs.get(key) for key in keys}]
    if not set(keys) <= set(results.coords):
        return [{}]
    columns = [results[key].values.tolist() for key in keys]
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _block(path: Path, name: str) -> Mapping[str, Any]:
    """The JSON that a report holds."""
    try:
        if path.stat().st_size > LARGEST:
            raise FileProblem("is too large", file=name, allowed=f"{LARGEST // 1024**2} MB")
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise FileProblem(reason(error), file=name) from error
    found = BLOCK.search(text)
    try:
        block = json.loads(found[1]) if found else {}
    except ValueError:
        block = {}
    return block if isinstance(block, dict) else {}


def _made(name: str, block: Mapping[str, Any], results: "xr.Dataset | None") -> Made:
    """What a file says of how it was made, checked."""
    runs = block.get("runs")
    if not isinstance(runs, list) or not runs or not all(_says(run, block) for run in runs):
        raise SchemaProblem(
            "does not say what was run",
            file=name,
            hint="Results and reports that this version writes do; older ones hold a title alone.",
        )
    scenarios = []
    for run in runs:
        try:
            scenarios.append(parse_scenario(run["scenario_yaml"], f"the scenario in {name}"))
        except InputError as error:
            if block["upriver_version"] != _version():
                error.hint = f"The file was made by Upriver {show(block['upriver_version'])}."
            raise
    return Made(
        file=name,
        version=block["upriver_version"],
        equations=block["equations_digest"],
        seed=block["seed"],
        draws=block["draws"],
        world=block["world"],
        scenarios=tuple(scenarios),
        tables=tuple(run["table_digest"] for run in runs),
        results=results,
        place=block.get("place", ""),
    )


def _says(run: object, block: Mapping[str, Any]) -> bool:
    """Whether all that is needed is there, and of the right kind."""
    if not isinstance(run, dict):
        return False
    texts = [run.get("scenario_yaml"), run.get("table_digest")]
    texts += [block.get(key) for key in ("upriver_version", "equations_digest", "world")]
    texts.append(block.get("place", ""))
    whole = [block.get(key) for key in ("seed", "draws")]
    return all(isinstance(text, str) for text in texts) and all(type(n) is int for n in whole)


def _version() -> str:
    from upriver import __version__

    return __version__


def _short(text: object) -> str:
    """A version, or the start of a digest."""
    return str(text) if len(str(text)) < 20 else str(text)[:12]
