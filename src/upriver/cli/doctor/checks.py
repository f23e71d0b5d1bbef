"""All checks in order, and how they are made: each alone, none when what it needs is wrong."""

from collections.abc import Callable, Iterator
from importlib import import_module

from .finding import Check, Fact, Finding, Found, Report, sentence

SMALL = ("python", "memory")
"""Checks without which no library can be imported."""

ALL = (*SMALL, "libraries", "code")
MODEL = (*ALL, "figures", "engine", "numbers and words")

ORDER = (
    ("package", (), "installed", "package"),
    ("python", (), "machine", "python"),
    ("memory", (), "machine", "memory"),
    ("threads", (), "machine", "threads"),
    ("space", (), "machine", "space"),
    ("letters", (), "machine", "letters"),
    ("command", (), "machine", "command"),
    ("libraries", SMALL, "libraries", "libraries"),
    ("extras", ("python",), "libraries", "extras"),
    ("files", (), "installed", "files"),
    ("cache", ("python",), "cache", "cache"),
    ("compiled", ("python",), "cache", "compiled"),
    ("figures", ALL, "record", "figures"),
    ("engine", ALL, "model", "engine"),
    ("numbers and words", (*ALL, "figures", "engine"), "record", "catalogues"),
    ("draws", MODEL, "model", "draws"),
    ("published draws", MODEL, "model", "published"),
    ("draws of places", (*MODEL, "draws"), "model", "places"),
    ("hindcasts", (*MODEL, "draws"), "model", "hindcasts"),
    ("run", (*MODEL, "draws"), "model", "run"),
    ("told results", (*MODEL, "draws"), "model", "told"),
)
"""Each check: its name, those that it needs, the module of this room, the function.

`files` may find fault with others, by their names, and with `code`.
"""


def examine(tell: "Callable[[int, int], None] | None" = None) -> Report:
    """Make all checks.

    Args:
        tell: called with how many checks are done, and of how many.
    """
    report = Report()
    broken: set[str] = set()
    for done, check in enumerate(_checks()):
        if tell is not None:
            tell(done, len(ORDER))
        if check.name in broken:  # its files are known to be damaged: it could only say so again
            continue
        if missing := [name for name in check.needs if name in broken]:
            report.skipped[check.name] = missing
            broken.add(check.name)
            continue
        for one in _made(check):
            if isinstance(one, Fact):
                report.facts.append(one)
            elif one not in report.findings:
                report.findings.append(one)
                if one.wrong:
                    broken.add(one.about)
    if tell is not None:
        tell(len(ORDER), len(ORDER))
    return report


def _checks() -> Iterator[Check]:
    for name, needs, module, function in ORDER:
        yield Check(name, needs, _lazy(module, function))


def _lazy(module: str, function: str) -> Callable[[], Found]:
    """A check whose module is imported when it is made: that may be what fails."""

    def look() -> Found:
        found: Found = getattr(import_module(f"{__package__}.{module}"), function)()
        yield from found

    return look


def _made(check: Check) -> Found:
    """What a check gives, and what it raises as a finding; an interrupt goes on."""
    try:
        yield from check.look()
    except (Exception, SystemExit) as error:
        from .installed import again

        yield Finding(check.name, sentence(error), again())
