"""The published model by PySD beside ours by the engine: do they agree, how long does each take?

    python benchmarks/against_pysd.py MODEL.mdl

MODEL.mdl is the published model's file; Upriver does not ship it. PySD cannot read all of it: data
from files that are not there, and calibration equations. So what the wanted quantities need is cut
out, our shipped inputs and calibrated parameters are put in, and that goes to PySD.
"""

import argparse
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from measure import machine, row, seconds
from vensim import CONTROL, Model, changed, elements, key, lookup, number, read

from upriver.core.parameters import Parameter, parameters
from upriver.core.table import Table
from upriver.core.time import FIRST_YEAR, LAST_YEAR, quarters, years
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario

PAIRS = {
    "Total overdose deaths": "people.overdose.deaths",
    "Total with UD": "people.heads.oud",
}
"""Their name of a quantity, and ours."""

DRIVERS = "Projection output data"
TOLERANCE = 1e-3
GOAL = 20_000
THOUSAND = 1000
BASE = Scenario(title="published base run", world="reference")


def main() -> int:
    """Cut, translate, run, compare; 1 if the two disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="the published model, MODEL.mdl")
    parser.add_argument("--repeats", type=int, default=2, help="runs by PySD (20 s or more each)")
    parser.add_argument("--keep", type=Path, help="write the cut model here and keep it")
    given = parser.parse_args()
    if not given.model.is_file():
        parser.error(f"{given.model} is not a file.")
    try:
        import pysd
    except ImportError:
        parser.error('PySD is missing. Install it with `pip install -e ".[benchmarks]"`.')
    engine = load()
    print(machine())
    model, ours = read(given.model), table(BASE)
    for name in (*PAIRS, DRIVERS):
        if not model.named(name):
            parser.error(f"{given.model} is not the published model: it has no '{name}'.")
    put_inputs(model, ours)
    names = model.needed(PAIRS)
    left = model.without_equation(names)
    if left:
        print(f"Cannot go on: {len(left)} inputs are missing: {', '.join(left)}.")
        return 1
    kept = sum(len(model.equations[name]) for name in names)
    print(f"Cut: {len(names)} of {len(model.equations)} quantities, {kept} equations.")
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "cut.mdl"
        model.write(file, names)
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = pysd.read_vensim(str(file))
        print(f"PySD {pysd.__version__} translated it in {time.perf_counter() - start:.1f} s.")
        results = {}

        def by_pysd() -> None:
            results["pysd"] = theirs.run(return_columns=list(PAIRS), reload=True)

        pysd_s = seconds(by_pysd, given.repeats, warm=0)

    many = table(BASE, THOUSAND).columns

    def by_engine(columns: Mapping[str, np.ndarray] = ours.columns) -> None:
        results["engine"] = engine.run(
            columns, outputs=tuple(PAIRS.values()), instants=quarters(), threads=1
        )

    among_s = seconds(lambda: by_engine(many), 5)
    one_s = seconds(by_engine, 200)
    worst = compare(results["pysd"][list(PAIRS)].to_numpy().T, results["engine"][0])
    one, among = pysd_s.cpu / one_s.cpu, pysd_s.cpu / among_s.cpu * THOUSAND
    print(row("\nPySD, one run", f"{pysd_s.wall:.1f} s", f"CPU {pysd_s.cpu:.1f} s"))
    print(
        row("engine, one run alone", f"{one_s.wall * 1e3:.2f} ms", f"CPU {one_s.cpu * 1e3:.2f} ms")
    )
    milliseconds = f"{among_s.wall:.3f} ms", f"CPU {among_s.cpu:.3f} ms"
    print(row(f"engine, a run among {THOUSAND:,}, one thread", *milliseconds))
    print(row("ratio of CPU time, one run alone", f"{one:,.0f}"))
    print(row("ratio of CPU time, among 1,000", f"{among:,.0f}", f">= {GOAL:,}", among >= GOAL))
    return 0 if worst < TOLERANCE else 1


def put_inputs(model: Model, ours: Table) -> None:
    """Our drivers, data and calibrated parameters where the file has its own or reads data."""
    write_out(model)
    drivers = elements(model.named(model.named(DRIVERS)[0].subscripts)[0])
    model.drop(DRIVERS)
    numbers: dict[str, float] = {}
    for reference, parameter in referred(parameters()):
        equation = model.of(reference)
        if equation is None or reference.startswith("Policy change"):
            continue
        if parameter.is_path:
            reads = re.search(rf"{DRIVERS}\s*\[(\w+)\]", equation.right or "")
            course = lookup(years(), ours.wide(parameter.path)[0])
            if reads:
                model.put(f"{DRIVERS}[{reads[1]}]", course)
                drivers.remove(reads[1])
            elif equation.right is None:
                model.put(reference, course)
        elif parameter.value is not None:
            if equation.number is None and model.reads_absent(equation):
                model.put(reference, number(parameter.value))
            numbers[reference] = parameter.value
    if drivers:
        print(f"Without a column of ours: {', '.join(drivers)}.")
    differed = changed(model, numbers)
    print(f"Constants that differed from the file's and were set to ours: {len(differed)}.")
    for name, (old, new) in differed.items():
        print(f"  {name}: {old:g} -> {new:g}")
    for name, value in zip(CONTROL[:2], (FIRST_YEAR, LAST_YEAR), strict=True):
        model.put(name, number(value))
    model.put(CONTROL[3], number(0.25))


def referred(ours: dict[str, Parameter]) -> list[tuple[str, Parameter]]:
    """Our parameters by their name in the published model.

    The rows of a group share a note, `Name[one], [two], [three]`, in the order of the rows.
    """
    found, seen = [], dict[str, int]()
    for parameter in ours.values():
        if parameter.reference:
            found.append((parameter.reference, parameter))
        elif parameter.note and "]" in parameter.note:
            name = parameter.note.partition("[")[0]
            places = re.findall(r"\[(\w+)\]", parameter.note)
            at = seen.get(parameter.note, 0)
            seen[parameter.note] = at + 1
            found.append((f"{name}[{places[at]}]", parameter))
    return found


def write_out(model: Model) -> None:
    """Write out by element what the file gives as one list of numbers, where we have elements."""
    for name in {key(reference.partition("[")[0]) for reference, _ in referred(parameters())}:
        group = model.named(name)
        lists = model.named(group[0].subscripts) if len(group) == 1 else []
        labels = elements(lists[0]) if lists else []
        values = (group[0].right or "").split(",") if group else []
        if len(labels) == len(values) > 1:
            title = group[0].name
            model.drop(name)
            for label, value in zip(labels, values, strict=True):
                model.put(f"{title}[{label}]", value.strip())


def compare(theirs: np.ndarray, ours: np.ndarray) -> float:
    """Prints the largest relative difference of each quantity; gives the largest of all."""
    worst = 0.0
    for name, their, our in zip(PAIRS, theirs, ours, strict=True):
        difference = float(np.max(np.abs(their - our) / np.abs(their)))
        print(f"{name}: largest relative difference {difference:.1e} over {len(our)} quarters.")
        worst = max(worst, difference)
    verdict = "agree" if worst < TOLERANCE else "DISAGREE"
    print(f"They {verdict} (largest allowed {TOLERANCE:g}).")
    return worst


if __name__ == "__main__":
    sys.exit(main())
