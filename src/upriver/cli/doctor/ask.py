"""The command `upriver doctor`.

`main` calls `bare` itself, without the library that reads command lines: that may be what is wrong.
"""

import sys

from upriver.cli.progress import progress

from .checks import examine
from .said import lines


def bare(as_json: bool = False) -> int:
    """Make all checks and print what they gave; 0 if nothing is wrong, else 1."""
    report = examine(progress("Checks"))
    if as_json:
        import json

        text = json.dumps(report.to_json(), indent=1)
    else:
        text = "\n".join(lines(report))
    sys.stdout.write(f"{text}\n")
    return 1 if report.wrong else 0
