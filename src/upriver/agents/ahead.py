"""`forecast`: deaths of the months ahead, as they ship, with how such forecasts did."""

from typing import Any

from upriver.experiments.caveats import unexplained
from upriver.experiments.summary import figures
from upriver.report.told.store import told

from .asked import Asked
from .said import Said, ends, joined

MOST = 24
EVERY = 3
"""Months apart in the text; the data have each."""

CANNOT = (
    "Deaths of one state: `run` with a place says how they go on, and is no forecast.",
    "What a policy of next month would do: nothing is changed in it.",
    "A month alone: figures are sums of twelve months, and neighbours share eleven.",
    "What no forecaster has seen: how many past forecasts 90 % intervals held is in `scores`.",
)


def forecast(asked: Asked) -> Said:
    """Sums of twelve months, month by month: the middle, half and 90 %, of all forecasters."""
    months = asked.whole("months", 12, 1, MOST)
    kept = told("forecast")
    rows = [
        {
            "twelve_months_to": end,
            "unit": "people",
            **{
                name: dict(zip(map(_percent, kept["levels"]), values[i], strict=True))
                for name, values in kept["ahead"].items()
            },
        }
        for i, end in enumerate(kept["ends"][:months])
    ]
    scores = [one for one in kept["scores"] if one["name"] in kept["ahead"]]
    shown = sorted({*range(EVERY, months + 1, EVERY), months})
    lines = []
    for ahead in shown:
        low, lower, middle, upper, high = kept["ahead"]["ensemble"][ahead - 1]
        lines.append(
            f"12 months to {kept['ends'][ahead - 1]}: {figures(middle, 3)} (50 %: "
            f"{figures(lower, 3)} to {figures(upper, 3)}; 90 %: {figures(low, 3)} to "
            f"{figures(high, 3)})"
        )
    data: dict[str, Any] = {
        "record_to": kept["record_to"],
        "recorded": kept["record"][-1],
        "forecast": rows,
        "weights": kept["weights"],
        "scores": scores,
        "registered": kept["registered"],
        "unexplained": unexplained(kept["world"]),
    }
    text = joined(
        str(data["unexplained"]),
        "Deaths with synthetic opioids in the United States, sums of twelve months; on record "
        f"{figures(kept['record'][-1], 3)} in the twelve months to {kept['record_to']}, as final "
        "counts will have it. All forecasters together, by how each did before:",
        "\n".join(lines),
        _scored(scores),
        ends(CANNOT),
    )
    made = {"world": kept["world"], "draws": None, "as_it_ships": True, "stamp": kept["stamp"]}
    return Said(text, data, made, CANNOT)


def _scored(scores: list[dict[str, Any]]) -> str:
    """How the ensemble did, with the record months late."""
    late = max(one["lag"] for one in scores)
    told_of = [
        f"{one['horizon']} months ahead {one['ratio']:.2f} ({one['low']:.2f} to "
        f"{one['high']:.2f}), its 90 % held in {one['coverage']:.0%}"
        for one in scores
        if one["name"] == "ensemble" and one["lag"] == late
    ]
    return (
        f"Error against a damped trend's, without hindsight and with the record {late} months "
        f"late: {'; '.join(told_of)}."
    )


def _percent(level: float) -> str:
    """`5 %`."""
    return f"{100 * level:g} %"
