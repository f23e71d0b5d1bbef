"""Places: what is recorded of each state, and of a place of one's own, as one object.

`place("OH")` gives one place, `places()` lists them: the 50 states, DC, and those of a folder that
the environment variable UPRIVER_PLACES names. The figures are `evidence`'s; here they are only put
together, with what is censored, borrowed or shared out said of each.

The room can be called, as `evidence` can: `up.places()`.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A package that answers a call as `asked.places` does."""

    def __call__(self) -> Any:
        from .asked import places

        return places()


sys.modules[__name__].__class__ = _Room
