"""What one call may cost, and what its arguments may be made of."""

import math

from upriver.core.errors import OutOfBounds, SchemaProblem, show

MOST_DRAWS = 1000
MOST_SHARED = 200
"""Draws of an explanation or an answer: each draw takes hundreds of runs."""

FEWEST_SHARED = 10
"""Draws of an answer that is worked out anew: it parts them in thirds, and by explanation."""

MOST_SCENARIOS = 8
MOST_RUNS = 4000
"""Draws times scenarios of a comparison: each run keeps its numbers until the end."""

MOST_CHANGES = 40
MOST_SETTINGS = 20
MOST_BELIEFS = 8
MOST_OUTPUTS = 10
MOST_LISTED = 60
"""Entries of a list; a search narrows it."""

SECONDS = 180.0
"""Of work on one call, from when its turn has come."""

WAITING = 8
"""Calls that may wait for their turn."""

LARGEST_REQUEST = 1024 * 1024
"""Bytes of a line that comes in."""

LARGEST_ANSWER = 256 * 1024
"""Bytes of an answer as JSON."""

LONGEST_TEXT = 32 * 1024
"""Characters of all texts in the arguments of a call."""

MOST_PARTS = 4000
"""Values in the arguments of a call."""

DEEPEST = 20
LARGEST_INTEGER = 2**63


def check_plain(given: object, name: str) -> None:
    """Refuse arguments that no file of ours could hold, before anything reads them.

    Args:
        given: as it came out of JSON. name: of the tool, for messages.

    Raises:
        OutOfBounds: too deep, too many, too long, or a number without an end.
        SchemaProblem: a key that is no text, or a value of no type that JSON has.
    """
    parts, letters = 0, 0
    row: list[object] = [given]
    for depth in range(DEEPEST + 2):
        if not row:
            return
        if depth > DEEPEST:
            raise OutOfBounds(f"nested more than {DEEPEST} levels deep", file=name)
        parts += len(row)
        letters += sum(len(one) for one in row if isinstance(one, str))
        if parts > MOST_PARTS:
            raise OutOfBounds("holds too many values", file=name, allowed=f"at most {MOST_PARTS}")
        below: list[object] = []
        for one in row:
            if isinstance(one, dict):
                below += [*one.keys(), *one.values()]
                if not all(isinstance(key, str) for key in one):
                    raise SchemaProblem("a key should be text", file=name)
            elif isinstance(one, list):
                below += one
            else:
                _check_value(one, name)
        if letters > LONGEST_TEXT:
            allowed = f"at most {LONGEST_TEXT // 1024} KiB in all"
            raise OutOfBounds("holds too much text", file=name, allowed=allowed)
        row = below


def _check_value(one: object, name: str) -> None:
    """A text, a finite number, true, false or null."""
    if isinstance(one, int) and not isinstance(one, bool) and abs(one) >= LARGEST_INTEGER:
        raise OutOfBounds("an integer is too large", file=name, found=show(one))
    if isinstance(one, float) and not math.isfinite(one):
        raise OutOfBounds("a number is not finite", file=name, found=show(one))
    if one is not None and not isinstance(one, str | int | float):
        raise SchemaProblem("a value is of no type that JSON has", file=name)
