"""What the page carries of diplomacy: dated judgements."""

from typing import Any

from upriver.core.axes import AXES
from upriver.core.parameters import parameters

DATED = {
    "relations": "diplomacy.relations.level",
    "commitment": "diplomacy.effort.commitment",
}
"""Histories whose knots are dated acts."""


def diplomacy() -> dict[str, Any]:
    """The knots that dated acts gave diplomacy."""
    return {
        "diplomacy": {
            "countries": AXES["country"],
            "knots": [
                {"what": what, "country": country, **knot}
                for what, path in DATED.items()
                for country in AXES["country"]
                for knot in _knots(f"{path}[{country}]")
            ],
        },
    }


def _knots(path: str) -> list[dict[str, Any]]:
    """Dated knots that an act caused: year, level from then on, act, source, note."""
    return [
        {
            "year": knot.year,
            "value": knot.value,
            "act": knot.act,
            "source": knot.source or "assumption",
            "note": knot.note or "",
        }
        for knot in parameters()[path].knots
        if knot.act
    ]
