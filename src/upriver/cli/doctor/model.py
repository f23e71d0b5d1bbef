"""The engine, the draws, and what is told without a run: whether they belong together and run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .finding import Fact, Finding, Found, sentence
from .installed import PACKAGE, again, kind

FEW = 8
"""Draws of the run that is tried."""

DATA = PACKAGE / "data"


def engine() -> Found:
    """Whether the compiled equations are whole, as old as their source, and of this version."""
    from upriver import __version__
    from upriver.core.errors import StaleEngineError
    from upriver.engine.digest import REBUILD
    from upriver.engine.run import load

    try:
        manifest = load().manifest
    except StaleEngineError as error:
        yield Finding("engine", sentence(error), REBUILD)
        return
    except Exception as error:
        yield Finding("engine", sentence(error), again("data/engine.wasm", "data/engine.json"))
        return
    yield Fact(
        "data",
        "engine",
        f"{manifest['wasm_bytes']:,} bytes, {manifest['wasm_sha256'][:16]}; equations "
        f"{manifest.get('equations_digest', 'unknown')[:16]}",
    )
    if manifest.get("version") != __version__:
        cure = REBUILD if kind() == "checkout" else again()
        said = f"The engine is of version {manifest.get('version')}, the code of {__version__}."
        yield Finding("engine", said, cure)


def draws() -> Found:
    """Whether the draws that ship can be read and are of these equations."""
    from upriver.policy.chosen import fitted
    from upriver.policy.fitted import RENEW

    with _else("draws", "data/draws_whole.npz", RENEW) as problems:
        found = fitted()
        yield Fact(
            "data",
            "draws",
            f"{found.draws:,} of {len(set(found.rival))} explanations, of these equations; record "
            f"to {_month(found.said.get('record_to'))}",
        )
    yield from problems


def published() -> Found:
    """Whether the published posterior sample can be read."""
    from upriver.policy.draws import posterior

    with _else("published draws", "data/draws_source_x8.npz") as problems:
        names, values = posterior()
        yield Fact("data", "published draws", f"{len(values):,} of {len(names)} parameters")
    yield from problems


def places() -> Found:
    """Whether draws of all states go with the equations and the draws of the country."""
    from upriver.engine.run import load
    from upriver.policy.places import draws as of_places

    with _else("draws of places", "data/draws_places.npz", of_places.RENEW) as problems:
        found = of_places.read(of_places.SHIPPED)
        equations = load().manifest["wasm_sha256"]
        for one in found.values():
            of_places.checked(one, Path("draws_places.npz"), equations)
        said = f"{len(found)} places, {one.draws:,} each, of these equations"
        yield Fact("data", "draws of places", said)
    yield from problems


def hindcasts() -> Found:
    """Whether hindcasts are of these equations."""
    from upriver.inference.forecasts import shipped

    with _else("hindcasts", "data/hindcasts.npz", shipped.RENEW) as problems:
        found = shipped.shipped()
        origins = found.last - found.first + 1
        yield Fact("data", "hindcasts", f"{origins} origins, of these equations")
    yield from problems


def told() -> Found:
    """Whether what is told without a run is of these equations, draws, levers, costs, records."""
    from upriver.report.answers.page import stamp
    from upriver.report.told.store import NAMES
    from upriver.report.told.store import told as of

    now = stamp()
    stale = []
    for name in NAMES:
        with _else("told results", f"data/told/{name}.json", "python tools/told.py") as problems:
            if of(name)["stamp"] != now:
                stale.append(name)
        yield from problems
    if stale:
        said = f"Told results are of other equations, draws, levers or records: {', '.join(stale)}."
        cure = "python tools/told.py" if kind() == "checkout" else again()
        yield Finding("told results", said, cure)
        return
    registered = of("forecast")["registered"]
    newest = max((row["registered"] for row in registered), default="never")
    yield Fact("data", "told results", f"{len(NAMES)} subjects, stamp {now}")
    yield Fact("data", "forecasts", f"{len(registered)} registered, the last on {newest}")


def run() -> Found:
    """Whether a run of a few draws gives finite numbers."""
    import math
    import time

    from upriver.experiments.simulate import simulate

    begin = time.perf_counter()
    median, low, high = simulate("base", draws=FEW).deaths[2021]
    took = time.perf_counter() - begin
    if not all(math.isfinite(value) for value in (median, low, high)):
        yield Finding("run", "A run gives numbers that are not finite.", again())
        return
    yield Fact("machine", "a run", f"{FEW} draws in {took:.1f} s")


@contextmanager
def _else(about: str, path: str, renew: str = "") -> Iterator["list[Finding]"]:
    """Turn what is raised into a finding, in the list that is given.

    Args:
        path: the file, below the package. renew: the command that makes it again in a checkout.
    """
    from upriver.core.errors import UpriverError

    found: list[Finding] = []
    try:
        yield found
    except Exception as error:
        there = (PACKAGE / path).is_file()
        said = sentence(error) if there else f"src/upriver/{path} is missing."
        cure = again(path)
        if kind() == "checkout" and there and renew and isinstance(error, UpriverError):
            cure = f"{cure}; if equations or draws were changed on purpose: {renew}"
        if path.rpartition("/")[2] not in said:
            said = f"{path}: {said}"
        found.append(Finding(about, said, cure))


def _month(moment: object) -> str:
    """`2026-01` of 2026.08, the end of what the record covers."""
    if not isinstance(moment, int | float):
        return "unknown"
    months = round(float(moment) * 12) - 1
    return f"{months // 12}-{months % 12 + 1:02d}"
