"""The published model by PySD beside ours by the compiled engine: do they agree, how long does each take?

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
from pathlib import Path

import numpy as np
from measure import machine, seconds
from vensim import CONTROL, Model, changed, elements, lookup, number, read

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
    model, ours = read(given.model), table(Scenario(title="published base run"))
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

    def by_engine() -> None:
        results["engine"] = engine.run(
            ours.columns, outputs=tuple(PAIRS.values()), instants=quarters(), threads=1
        )

    def a_thousand() -> None:
        engine.run(
            table(Scenario(title="draws"), 1000).columns,
            outputs=tuple(PAIRS.values()),
            instants=quarters(),
            threads=1,
        )

    engine_s = seconds(by_engine, 200)
    many_s = seconds(a_thousand, 3)
    worst = compare(results["pysd"][list(PAIRS)].to_numpy().T, results["engine"][0])
    print(f"\nPySD, one run             {pysd_s.wall:10.3f} s   (CPU {pysd_s.cpu:.3f} s)")
    print(f"Engine, one run           {engine_s.wall * 1e3:10.3f} ms  (CPU {engine_s.cpu * 1e3:.3f} ms)")
    print(f"Engine, a run of 1,000    {many_s.wall:10.3f} ms  (CPU {many_s.cpu:.3f} ms)")
    print(f"Ratio, one run            {pysd_s.cpu / engine_s.cpu:10,.0f}     goal above {GOAL:,}")
    print(f"Ratio, a run of 1,000     {pysd_s.cpu / (many_s.cpu / 1000):10,.0f}     of CPU time, per core")
    return 0 if worst < TOLERANCE else 1


def put_inputs(model: Model, ours: Table) -> None:
    """Our drivers, data and calibrated parameters where the file has its own or reads data."""
    drivers = elements(model.named("Proj")[0])
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
    numbers |= corrections(model)
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
            name, places = parameter.note.partition("[")[0], re.findall(r"\[(\w+)\]", parameter.note)
            at = seen.get(parameter.note, 0)
            seen[parameter.note] = at + 1
            found.append((f"{name}[{places[at]}]", parameter))
    return found


def corrections(model: Model) -> dict[str, float]:
    """Constants of ours that the file writes as one list; written out by element, to be set."""
    found = {}
    for reference, parameter in referred(parameters()):
        name, _, element = reference.partition("[")
        equations = model.named(name)
        if not element or parameter.value is None or len(equations) != 1:
            continue
        subscript = equations[0].subscripts
        labels = elements(model.named(subscript)[0]) if model.named(subscript) else []
        values = (equations[0].right or "").split(",")
        if len(labels) == len(values) > 1:
            model.drop(name)
            for label, value in zip(labels, values, strict=True):
                model.put(f"{name}[{label}]", value.strip())
    for reference, parameter in referred(parameters()):
        equation = model.of(reference)
        if "[" in reference and equation and equation.number is not None and parameter.value is not None:
            found[reference] = parameter.value
    return found


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
