"""What all tests share: hypothesis, double precision in JAX, reasons to skip, reference data.

Tests of random examples draw the same ones every time, in any order and on any number of
processes: the tests are a gate, and a gate must not depend on luck. `pytest --search 1000` and
`pytest -m slow` search freely; what they find is kept as an `@example`.
"""

import os
import random
from pathlib import Path

import hypothesis
import jax
import pytest
from hypothesis.internal.conjecture import providers

SKIP_REASONS = {
    "shared": "the reference data beside the repository are not there",
    "browser": "no browser is installed",
    "node": "Node.js is not installed",
    "R": "R with its package ncdf4 is not installed",
    "python": "another version of Python is not installed",
    "root": "the superuser may write anywhere",
    "disk": "no small disk can be made here",
}
"""Every reason that a test may have for not running; another fails the gate (CI)."""

ROOT = Path(__file__).parents[1]

jax.config.update("jax_enable_x64", True)
LONG = ("test_agreement.py", "test_packaging.py", "test_luck.py")
"""Files whose tests compile or install for minutes: first, so that no process waits at the end."""

EXAMPLES = 20
"""Random examples of a test that does not say how many it wants."""

hypothesis.settings.register_profile(
    "upriver", deadline=None, max_examples=EXAMPLES, derandomize=True
)
hypothesis.settings.load_profile("upriver")

_unlisted: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baseline", action="store_true", help="write tests/baseline.csv anew")
    parser.addoption(
        "--search",
        type=int,
        metavar="N",
        help="only tests of random examples, N each, other ones every time",
    )
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="files, and the tests of each, in random order"
    )


def pytest_configure(config: pytest.Config) -> None:
    """What JAX has compiled once is kept for the next session; how examples are drawn."""
    if searches(config):
        hypothesis.settings.register_profile(
            "search",
            deadline=None,
            max_examples=config.getoption("search") or EXAMPLES,
            print_blob=True,
            derandomize=False,
        )
        hypothesis.settings.load_profile("search")
    else:
        # Hypothesis draws some examples from the numbers and words that it finds in our modules,
        # and so from which of them have been imported by then: from the order of tests.
        nothing = providers.Constants()
        providers._get_local_constants = lambda: nothing
    if hasattr(config, "cache"):
        jax.config.update("jax_compilation_cache_dir", str(config.cache.mkdir("jax")))


def searches(config: pytest.Config) -> bool:
    """Whether examples are drawn freely: with `--search N`, and where slow tests are asked for."""
    words = str(config.getoption("markexpr")).split()
    return bool(config.getoption("search")) or ("slow" in words and "not" not in words)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Which tests run, and in which order; slow ones only when asked for with `-m`, or by name."""
    items.sort(key=lambda item: item.path.name not in LONG)
    if (seed := config.getoption("shuffle")) is not None:
        shuffle(items, seed)
    if config.getoption("search"):
        rest = [i for i in items if not hypothesis.is_hypothesis_test(getattr(i, "obj", None))]
        config.hook.pytest_deselected(items=rest)
        items[:] = [item for item in items if item not in rest]
    named = any("::" in argument for argument in config.args)
    if config.getoption("markexpr") or named:
        return
    slow = [item for item in items if "slow" in item.keywords]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


def shuffle(items: list[pytest.Item], seed: int) -> None:
    """Put files, and the tests of each, in another order, the same for the same seed."""
    dice = random.Random(seed)
    files = sorted({str(item.path) for item in items})
    dice.shuffle(files)
    place = {file: number for number, file in enumerate(files)}
    dice.shuffle(items)
    items.sort(key=lambda item: place[str(item.path)])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember a skip whose reason is not on the list."""
    if not report.skipped or hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return
    reason = str(report.longrepr[2]).removeprefix("Skipped: ")
    if not any(reason.startswith(known) for known in SKIP_REASONS.values()):
        _unlisted.append(f"{report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _unlisted and os.environ.get("CI") == "true" and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _unlisted:
        terminalreporter.write_line(f"skipped for a reason that conftest.py does not list: {line}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "source-model" / "data").is_dir():
        pytest.skip(SKIP_REASONS["shared"])
    return folder
