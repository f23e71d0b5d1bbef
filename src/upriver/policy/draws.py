"""The draws that ship: how many, and the published posterior sample that they are from."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = Path(__file__).parent.parent / "data" / "draws_source_x8.npz"
DEFAULT_DRAWS = 200
MOST_DRAWS = 1000


@cache
def posterior() -> "tuple[tuple[str, ...], NDArray[np.float64]]":
    """Names of the fitted parameters, and their draws, shape (MOST_DRAWS, names).

    Source: 1,000 rows, in a fixed random order, of the published posterior sample (source_x8).
    """
    import numpy as np

    with np.load(DRAWS) as archive:
        return tuple(str(name) for name in archive["names"]), archive["values"]
