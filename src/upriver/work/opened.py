"""Results of a store as arrays, read from the disk when they are asked for."""

from typing import Any

from .layout import check_zarr
from .store import Store


def opened(store: Store) -> dict[str, Any]:
    """Zarr arrays by variable: `opened(store)["deaths"][:, 3]` reads what that needs.

    Raises:
        InputError: Zarr is not installed.
    """
    check_zarr()
    import zarr

    group: Any = zarr.open_group(store.folder, mode="r")
    return {one.name: group[one.name] for one in store.job.variables}
