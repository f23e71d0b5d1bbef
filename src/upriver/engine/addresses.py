"""How many addresses this process may have; on many clusters `ulimit -v` sets a limit.

Only the standard library is used here, since libraries that compute take addresses when imported.
"""

import sys

LEAST = 768 * 1024 * 1024
"""Bytes of addresses below which a library may end the process without a word of ours."""

TOO_FEW = (
    "memory is too little. A run needs about 0.8 GB of addresses: give the process more "
    "(`ulimit -v` shows its limit), or run fewer draws."
)
"""What is said where a process can have no more."""


def limit() -> int | None:
    """Bytes of addresses that this process may have; None if there is no limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if soft == resource.RLIM_INFINITY else soft
