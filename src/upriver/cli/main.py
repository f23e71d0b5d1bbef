"""The entry point: every error becomes one line on standard error and an exit code.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted. `--debug`, anywhere, shows the trace.
"""

import errno
import os
import sys
from typing import NoReturn

from upriver.core.errors import EngineError, UpriverError, one_line
from upriver.engine import addresses

from . import streams

NO_MEMORY = ("cannot allocate memory", "failed to map segment", "can't start new thread")
"""What the system says, by way of other errors, when there is no memory."""

LIGHT = {"--help", "--version", "doctor", "levers", "parameters", "scenarios"}
"""What needs none of those libraries."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; always ends by `SystemExit`."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    given, debug = without_debug(given)
    streams.prepare()
    # numpy's library has a thread for each core, which takes 30 MB and, where something else runs,
    # makes others wait: with our small matrices a fit took twice as long. The engine has its own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if given[:1] == ["doctor"] and not {*given[1:]} - {"--json"}:
            from .doctor.ask import bare  # it has to run where the libraries of the others do not

            code = bare(as_json="--json" in given)
        else:
            _check_addresses(given)
            from .app import invoke

            code = invoke(given)
        sys.stdout.flush()
    except UpriverError as error:
        _fail(str(error), error.exit_code, debug)
    except KeyboardInterrupt:
        _fail("interrupted; no file is left half-written.", 130, debug)
    except Exception as error:
        if _is_memory(error):
            _fail(addresses.TOO_FEW, 1, debug)
        _unexpected(error, debug)
    finally:
        _forget()
    if (why := streams.lost()) is not None:
        _fail(f"cannot write the output: {why}.", 1, debug)
    sys.exit(code)


def _forget() -> None:
    """What a command chose to run is its own, where a process runs another after it."""
    if chosen := sys.modules.get("upriver.policy.chosen"):
        chosen.as_shipped()


def without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """Arguments without `--debug`, and whether it was there; after `--` it is a name."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = [argument for argument in arguments[:end] if argument != "--debug"]
    return options + arguments[end:], len(options) < end


def _check_addresses(arguments: list[str]) -> None:
    """Refuse to begin where addresses are too few.

    Raises:
        EngineError: so few that the libraries would end the process themselves.
    """
    most = addresses.limit()
    if most is None or not arguments or LIGHT.intersection(arguments):
        return
    if most < addresses.LEAST:
        raise EngineError(addresses.TOO_FEW)


def _is_memory(error: Exception) -> bool:
    """Whether the system had no memory to give."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    return any(said in str(error).casefold() for said in NO_MEMORY)


def _unexpected(error: Exception, debug: bool) -> NoReturn:
    said = one_line(f"{type(error).__name__}: {error}", 160)
    _fail(
        f"this should not happen: {said}. `upriver doctor` says whether something is broken here; "
        "if nothing is, please report it with the trace.",
        1,
        debug,
    )


def _fail(message: str, code: int, debug: bool) -> NoReturn:
    """Print one line to standard error, after the trace if that was asked for, and stop."""
    if debug:
        import traceback

        traceback.print_exc()
    sys.stderr.write(f"upriver: {message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
