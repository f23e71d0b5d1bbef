"""What all tests share: hypothesis, double precision in JAX, reasons to skip, reference data."""

import os
from pathlib import Path

import hypothesis
import jax
import pytest

SKIP_REASONS = {
    "shared": "the reference data beside the repository are not there",
    "browser": "no browser is installed",
    "node": "Node.js is not installed",
    "python": "another version of Python is not installed",
    "root": "the superuser may write anywhere",
    "disk": "no small disk can be made here",
}
"""Every reason that a test may have for not running; another fails the gate (CI)."""

ROOT = Path(__file__).parents[1]

jax.config.update("jax_enable_x64", True)
hypothesis.settings.register_profile(
    "upriver", deadline=None, max_examples=20, derandomize="CI" in os.environ
)
hypothesis.settings.load_profile("upriver")

_unlisted: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baseline", action="store_true", help="write tests/baseline.csv anew")


def pytest_configure(config: pytest.Config) -> None:
    """What JAX has compiled once is kept for the next session."""
    if hasattr(config, "cache"):
        jax.config.update("jax_compilation_cache_dir", str(config.cache.mkdir("jax")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests run only when asked for with `-m`, or by name."""
    named = any("::" in argument for argument in config.args)
    if config.getoption("markexpr") or named:
        return
    slow = [item for item in items if "slow" in item.keywords]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


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
