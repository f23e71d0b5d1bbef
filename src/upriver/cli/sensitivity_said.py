"""What `upriver sensitivity` says: a sentence, rows with intervals, and how to read them."""

from typing import TYPE_CHECKING, Any

from . import shared

if TYPE_CHECKING:
    from upriver.inference.sensitivity.shares import Sensitivity, Share

SHOWN = 15
LEAST = 5
"""Rows that are shown where none stands out."""

WIDE = 16
"""Letters of a bar."""

HEADS = " alone          95 %"
"""Above a share and its interval; of the total index it says `with`, for with others."""


def text(found: "Sensitivity") -> str:
    """What a reader wants to know."""
    from upriver.experiments.caveats import caveat_of
    from upriver.system.world import DEFAULT

    rows = found.rows[: max(LEAST, min(SHOWN, len(found.standing)))]
    if not found.of_fit:
        rows = found.rows[:SHOWN]
    heads = HEADS if found.of_fit else f"{HEADS}{HEADS.replace('alone', ' with')}"
    room = max(20, shared.width() - len(heads) - 3)
    name = min(room, max(len(row.name) for row in rows))
    lines = [shared.prose(first(found)), "", f"{'':<{name}}  {heads}"]
    for row in rows:
        shares = [share for share in (row.first, row.total) if share is not None]
        cells = "".join(f"{_percent(share.value):>6}{_interval(share):>14}" for share in shares)
        left = shared.width() - name - len(heads) - 5
        bar = "█" * round(min(WIDE, left) * max(0.0, shares[-1].value)) if left > 0 else ""
        if len(row.name) > name:
            lines.append(row.name)
        label = row.name if len(row.name) <= name else ""
        mark = " " if row.stands else "~"
        lines.append(f"{label:<{name}} {mark}{cells}  {bar}".rstrip())
    if len(found.rows) > len(rows):
        left = len(found.rows) - len(rows)
        lines.append(f"and {left} more (`--format csv` has all)")
    said = [_quantity(found), how(found)]
    if found.of_fit:
        said.append(caveat_of(DEFAULT))
    return "\n".join([*lines, *(part for one in said for part in ("", shared.prose(one)))])


def first(found: "Sensitivity") -> str:
    """What a reader should take from it."""
    said, count = found.asked.said, len(found.rows)
    standing = found.standing
    if found.of_fit:
        if not standing:
            return (
                f"No unknown by itself decides {said}: what the fit leaves open of it comes from "
                f"many, and none of {count} stands above what chance gives."
            )
        told = ", then ".join(_named(row.name, row.first) for row in standing[:3])
        return (
            f"Of what the fit leaves open of {said}, most goes with {told}: so much of the "
            f"variance would go if it were known. {len(standing)} of {count} unknowns stand above "
            "what chance gives; of the others this tells nothing."
        )
    together = found.together
    assert together is not None
    told = ", then ".join(_named(row.name, row.total) for row in found.rows[:3] if row.total)
    rest = (
        "the rest comes of unknowns acting together"
        if together.high < 1
        else "so what comes of unknowns acting together is not told apart from nothing"
    )
    return (
        f"Before any record is seen, {said} hang most on {told}: so much of the variance comes of "
        f"each, with all that it acts together with. All alone make {_percent(together.value)} "
        f"({_interval(together)}), {rest}."
    )


def _quantity(found: "Sensitivity") -> str:
    low, middle, high = (shared.three_figures(end) for end in found.ends)
    unit = found.asked.quantity.unit
    what = f"{found.draws:,} draws" if found.of_fit else f"{found.draws:,} base points"
    tail = ""
    if found.scale == "rank":
        tail = (
            f" Indices are of its rank: the hundredth of draws that is furthest off holds "
            f"{_percent(found.furthest)} of the variance of the number."
        )
    return (
        f"{found.asked.said[:1].upper()}{found.asked.said[1:]}: {middle} {unit} ({low} to {high}), "
        f"world {found.made['world']}, {what}, {found.runs:,} runs.{tail}"
    )


def how(found: "Sensitivity") -> str:
    """How the indices were found, and what they do not say."""
    if found.floor is not None:
        return (
            "Given-data first-order indices (epsilon squared over classes of equal size), 95 % by "
            "bootstrap over draws. Unknowns of the fit hang together: one stands high if it "
            "decides the quantity, or goes with one that does, and shares do not add up. ~: below "
            f"{100 * found.floor:.1f} %, which the largest of {len(found.rows)} that tell nothing "
            "reaches by chance in one of twenty shuffles, or an interval that holds 0."
        )
    return (
        "Sobol' indices of independent unknowns, first order (alone) and total (with others), by "
        "scipy.stats.sobol_indices; 95 % by bootstrap over base points. ~: the interval of what it "
        "does alone holds 0. `upriver parameters PATH` says what an unknown is."
    )


def _named(name: str, share: "Share") -> str:
    return f"{name} ({_percent(share.value)}, 95 %: {_interval(share)})"


def _percent(value: float) -> str:
    rounded = f"{100 * abs(value):.0f}"
    return f"{'−' if value < 0 and rounded != '0' else ''}{rounded} %"


def _interval(share: "Share") -> str:
    low, high = (_percent(end).removesuffix(" %") for end in (share.low, share.high))
    return f"{low} to {high} %"


def as_json(found: "Sensitivity") -> dict[str, Any]:
    """All of an answer, for programs."""
    from upriver.inference.sensitivity.tidy import tidy

    low, middle, high = found.ends

    return {
        "says": first(found),
        "quantity": found.asked.said,
        "unit": found.asked.quantity.unit,
        "median": middle,
        "low": low,
        "high": high,
        "scale": found.scale,
        "draws": found.draws,
        "runs": found.runs,
        "by_chance": found.floor,
        "all_alone": None if found.together is None else found.together._asdict(),
        "indices": list(tidy(found)),
        "how": how(found),
        "provenance": dict(found.made),
    }
