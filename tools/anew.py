"""What ships and is made from other equations than those that ship, and all of that made again.

    python tools/anew.py           # says what is stale, in the order in which it is to be made
    python tools/anew.py --make    # makes it; hours after a change of an equation, and resumable

Draws, forecasts and what is told are judged by the equations and the draws that they name: a
changed record or prior is not seen here, and other tests say so. Each thing is of what stands above
it. What was stopped goes on, by the same command. The base line of headlines
(`tests/baseline.csv`) is not made here: who changes a number changes it by hand, and says so in
CHANGELOG.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from upriver.core.errors import UpriverError

ROOT = Path(__file__).resolve().parents[1]
DATA = Path("src/upriver/data")
UPRIVER = (sys.executable, "-m", "upriver")


@dataclass(frozen=True)
class Made:
    """Something that is made.

    fresh: whether it is of what it should be of. by: the command. takes: about how long, idle.
    """

    name: str
    fresh: Callable[[], bool]
    by: Sequence[str]
    takes: str


def equations() -> str:
    """The digest of the compiled equations, as what is made from them keeps it."""
    manifest = json.loads((ROOT / DATA / "engine.json").read_text(encoding="utf-8"))
    return str(manifest["wasm_sha256"])


def _engine() -> bool:
    from upriver.engine.run import load

    load()
    return True


def _draws() -> bool:
    from upriver.policy.chosen import fitted

    return bool(fitted().said["equations"] == equations())


def _hindcasts() -> bool:
    with np.load(ROOT / DATA / "hindcasts.npz") as held:
        return equations() in "".join(str(held[name]) for name in held.files if not held[name].ndim)


def _to2020() -> bool:
    return equations() in (ROOT / DATA / "to2020.csv").read_text(encoding="utf-8")


def _places() -> bool:
    from upriver.experiments.placed import place_draws

    return bool(place_draws())


def _unexplained() -> bool:
    from upriver.experiments.placed import place_draws
    from upriver.experiments.placed_unexplained import kept

    return all(kept(own) is not None for own in place_draws().values())


def _told() -> bool:
    from upriver.report.answers.page import stamp
    from upriver.report.told.store import NAMES, told

    return all(told(name)["stamp"] == stamp() for name in NAMES)


def _answers() -> bool:
    from upriver.report.answers.page import stamp

    return stamp() in (ROOT / "docs/answers.md").read_text(encoding="utf-8")


def _registered() -> bool:
    return equations() in (ROOT / "forecasts/registered.csv").read_text(encoding="utf-8")


def _pages() -> bool:
    return subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT).returncode == 0


ALL = (
    Made("the engine", _engine, (sys.executable, "-m", "upriver.engine.build"), "20 s"),
    Made(
        "draws of the country",
        _draws,
        (*UPRIVER, "calibrate", "--rival", "all", "--output", str(DATA / "draws_whole.npz")),
        "45 min",
    ),
    Made(
        "past forecasts",
        _hindcasts,
        (*UPRIVER, "forecast", "--hindcasts", str(DATA / "hindcasts.npz")),
        "an hour",
    ),
    Made("deaths from data to 2020", _to2020, (sys.executable, "tools/to2020.py"), "10 min"),
    Made(
        "draws of the states",
        _places,
        (*UPRIVER, "calibrate", "--all-states", "--output", str(DATA / "draws_places.npz")),
        "an hour",
    ),
    Made(
        "what nothing explains in states",
        _unexplained,
        (sys.executable, "tools/unexplained.py"),
        "30 s",
    ),
    Made("what is told", _told, (sys.executable, "tools/told.py"), "2 min"),
    Made("answers", _answers, (*UPRIVER, "answers", "--to", "docs/answers.md"), "1 min"),
    Made("the forecast, registered", _registered, (sys.executable, "tools/register.py"), "10 s"),
    Made("pages that are generated", _pages, (sys.executable, "docs/generate.py"), "20 s"),
)
"""In the order in which they follow from each other."""


def stale(one: Made) -> bool:
    """Whether it is not of what it should be of, or cannot be read."""
    try:
        return not one.fresh()
    except (UpriverError, OSError, KeyError):
        return True


def stale_now(one: Made) -> bool:
    """The same, in a process of its own: what was just made is not read from before."""
    return subprocess.run([sys.executable, __file__, "--only", one.name]).returncode != 0


def main() -> int:
    """Say what is stale, or make it; gives the exit code."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--make", action="store_true", help="make what is stale, in order")
    options.add_argument("--only", metavar="NAME", help="exit 1 if this is stale, and say nothing")
    asked = options.parse_args()
    if asked.only:
        return int(stale(next(one for one in ALL if one.name == asked.only)))
    found = 0
    for one in ALL:
        if not (stale_now(one) if asked.make else stale(one)):
            print(f"fresh   {one.name}", flush=True)
            continue
        found += 1
        print(f"stale   {one.name}: {' '.join(one.by)}   ({one.takes})", flush=True)
        if asked.make:
            begun = time.monotonic()
            # One thread for matrices: they are small, and two wait for each other.
            alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            subprocess.run(one.by, cwd=ROOT, check=True, env=alone)
            print(f"made    {one.name}, {(time.monotonic() - begun) / 60:.1f} min", flush=True)
    return 0 if asked.make or not found else 1


if __name__ == "__main__":
    sys.exit(main())
