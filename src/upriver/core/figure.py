"""A matplotlib figure that a notebook shows without being asked to set matplotlib up.

Import it where a figure is drawn and not before: it brings matplotlib.
"""

from io import BytesIO

import matplotlib.figure

DOTS = 90
"""Of an inch, in the picture that a notebook shows."""


class Figure(matplotlib.figure.Figure):
    """A figure; a notebook asks it for its picture."""

    def _repr_png_(self) -> bytes:
        """The picture; it says nothing of when or by which version it was drawn."""
        stream = BytesIO()
        self.savefig(stream, format="png", dpi=DOTS, metadata={"Software": None})
        return stream.getvalue()
