"""The entry point: every error becomes one line on standard error and an exit code.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted. `--debug`, anywhere, shows the trace.
"""

import errno
import io
import os
import sys
from typing import NoReturn

from upriver.core.errors import UpriverError, one_line

NO_OUTPUT = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF)
"""What a standard output says that is closed or full."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; always ends by `SystemExit`."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    given, debug = without_debug(given)
    try:
        _never_fail_on_letters()
        from .app import invoke

        code = invoke(given)
        sys.stdout.flush()
    except UpriverError as error:
        _fail(str(error), error.exit_code, debug)
    except KeyboardInterrupt:
        _fail("interrupted; no file is left half-written.", 130, debug)
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)
    except OSError as error:
        if error.errno not in NO_OUTPUT or error.filename is not None:
            _unexpected(error, debug)
        _drop_output()
        _fail(f"cannot write the output: {os.strerror(error.errno)}.", 1, debug)
    except Exception as error:
        _unexpected(error, debug)
    sys.exit(code)


def without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """Arguments without `--debug`, and whether it was there; after `--` it is a name."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = [argument for argument in arguments[:end] if argument != "--debug"]
    return options + arguments[end:], len(options) < end


def _never_fail_on_letters() -> None:
    """Where a terminal cannot show a letter, it shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _unexpected(error: Exception, debug: bool) -> NoReturn:
    said = one_line(f"{type(error).__name__}: {error}", 160)
    _fail(f"this should not happen: {said}. Please report it with the trace.", 1, debug)


def _fail(message: str, code: int, debug: bool) -> NoReturn:
    """Print one line to standard error, after the trace if that was asked for, and stop."""
    if debug:
        import traceback

        traceback.print_exc()
    sys.stderr.write(f"upriver: {message}\n")
    sys.exit(code)


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that Python does not complain at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()


if __name__ == "__main__":
    main()
