"""Evidence: what was recorded, each value with publisher, period, unit and vintage.

Others may use `figures`: the records that ship; `references`: their sources; `series`: what they
count, in words; `record` and `calendars`: what a record is.

The room can be called: `up.evidence("deaths_any_opioid")`. Python binds a package's name to the
package as soon as anything in it is imported, so a function of that name beside it would be lost.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A package that answers a call as `asked.evidence` does."""

    def __call__(self, *names: Any, **options: Any) -> Any:
        from .asked import evidence

        return evidence(*names, **options)


sys.modules[__name__].__class__ = _Room
