"""An answer as one tidy table: a row for each unknown and index."""

import hashlib
from collections.abc import Iterator

from .shares import Sensitivity

COLUMNS = (
    "quantity",
    "period",
    "quantity_unit",
    "unknown",
    "part",
    "numbers",
    "index",
    "value",
    "low",
    "high",
    "unit",
    "interval",
    "stands_out",
    "scale",
    "scenario",
    "scenario_digest",
    "world",
    "draws",
    "source",
)


def tidy(found: Sensitivity) -> Iterator[dict[str, object]]:
    """Rows with `COLUMNS`, in the order of the answer; an index is a share of variance [1]."""
    of, made = found.asked.quantity, found.made
    first, last = found.asked.years
    digest = hashlib.sha256(str(made["scenario_yaml"]).encode()).hexdigest()[:16]
    same = {
        "quantity": of.name,
        "period": str(first) if first == last else f"{first}-{last}",
        "quantity_unit": of.unit,
        "unit": "1",
        "interval": "95 %",
        "scale": found.scale,
        "scenario": made["scenario"],
        "scenario_digest": digest,
        "world": made["world"],
        "draws": found.draws,
        "source": f"upriver {made['upriver_version']}",
    }
    for row in found.rows:
        for index, share in (("first order", row.first), ("total", row.total)):
            if share is not None:
                yield {
                    **same,
                    "unknown": row.name,
                    "part": row.part,
                    "numbers": row.of,
                    "index": index,
                    **share._asdict(),
                    "stands_out": "yes" if row.stands else "no",
                }
