"""What states' worlds say of what they had not seen, and what came. Slow, and resumable.

    python tools/unseen.py folds        # states left out, of the country too; an hour
    python tools/unseen.py halves       # half of the states foretold by the other; minutes
    python tools/unseen.py origins      # fitted as of June and December, 2021 to 2023; an hour
    python tools/unseen.py masked       # months of large states hidden; minutes
    python tools/unseen.py dip          # the dip of 2018; seconds
    python tools/unseen.py show         # prints what the tables in docs/unseen say

What is done stays in a folder (--folder), so that what was stopped goes on; tables are written to
docs/unseen.
"""

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from upriver.evidence.places import STATES
from upriver.inference.forecasts.levels import LEVELS
from upriver.inference.places.every import DRAWS, country
from upriver.inference.places.pooling import Pooling
from upriver.inference.places.unseen import (
    dip,
    folds,
    halves,
    listed,
    masked,
    origins,
    scaled,
    scored,
)
from upriver.inference.places.unseen.countries import country_at, particles
from upriver.policy.places.draws import SHIPPED, read
from upriver.policy.places.world import Country

TABLES = Path(__file__).parent.parent / "docs" / "unseen"
HOW = ("learnt", "none", "national")
"""Ways to pool; with one curve for all, an origin has nothing that is fitted."""


def main() -> None:
    """Do one of the questions, or print what is known."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("what", choices=["folds", "halves", "origins", "masked", "dip", "show"])
    options.add_argument("--folder", type=Path, default=Path("unseen"))
    options.add_argument("--pooling", choices=HOW, default="learnt", help="of origins")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.what == "folds":
        _folds(given.folder)
    elif given.what == "halves":
        _halves(given.folder)
    elif given.what == "origins":
        _origins(given.folder, given.pooling)
    elif given.what == "masked":
        _masked()
    elif given.what == "dip":
        _dip()
    else:
        _show()


def _folds(folder: Path) -> None:
    rows: list[dict[str, Any]] = []
    dealt = listed.folds(listed.with_deaths())
    for number, out in enumerate(dealt):
        print(f"fold {number + 1} of {len(dealt)}: {', '.join(out)}", flush=True)
        others = tuple(code for code in STATES if code not in out)
        whole, learnt = _without(others, folder / f"fold_{number}")
        for how, pooling in zip(HOW, (learnt, Pooling.none(), Pooling.national()), strict=True):
            rows += folds.as_rows([folds.left_out(code, pooling, whole) for code in out], how)
    _write("left_out", rows)
    _show_folds()


def _halves(folder: Path) -> None:
    fitted, _ = halves.halves()
    whole, learnt = _without(fitted, folder / "half")
    rows: list[dict[str, Any]] = []
    for how, pooling in zip(HOW, (learnt, Pooling.none(), Pooling.national()), strict=True):
        rows += folds.as_rows(halves.answered(pooling, whole), how)
    _write("other_half", rows)
    _show_halves()


def _without(codes: Sequence[str], beside: Path) -> tuple[Country, Pooling]:
    """A country of some states alone, and what they teach of places; kept in two files."""
    whole, digest = scaled.country_of(codes, beside.with_suffix(".npz"), progress=_tell)
    file = beside.with_suffix(f".{digest[:12]}.json")
    if not file.exists():
        file.write_text(json.dumps(folds.learnt(codes, whole, _tell).as_json()))
    return whole, Pooling.of_json(json.loads(file.read_text()))


def _origins(folder: Path, how: str) -> None:
    months = [origin - origins.LAG for origin in origins.ORIGINS]
    held = particles(months, origins.LAST, folder / "countries", progress=_tell)
    codes = listed.whole()
    pooling: Pooling | None = None
    said = np.empty((len(months), len(codes), len(scored.HORIZONS), len(LEVELS)))
    for i, (origin, month) in enumerate(zip(origins.ORIGINS, months, strict=True)):
        whole = country_at(month, origins.LAST, held[month][:: len(held[month]) // origins.DRAWS])
        beside = folder / how / str(origin)
        beside.mkdir(parents=True, exist_ok=True)
        pooling = _pooling_at(how, month, whole, pooling, beside / "pooling.json")
        found = origins.forecasts_at(codes, origin, whole, pooling, beside, _tell)
        for h, horizon in enumerate(scored.HORIZONS):
            said[i, :, h] = [found[code][horizon + origins.LAG - 1] for code in codes]
    rows = [
        {
            "pooling": how,
            "origin": f"{origin // 12}-{origin % 12 + 1:02}",
            "place": code,
            "horizon": horizon,
            **{f"q{level:g}": f"{x:.5g}" for level, x in zip(LEVELS, said[i, j, h], strict=True)},
        }
        for i, origin in enumerate(origins.ORIGINS)
        for j, code in enumerate(codes)
        for h, horizon in enumerate(scored.HORIZONS)
    ]
    _write(f"origins_{how}", rows)
    _show_origins(how)


def _pooling_at(how: str, month: int, whole: Any, before: Pooling | None, file: Path) -> Pooling:
    if how != "learnt":
        return Pooling.none() if how == "none" else Pooling.national()
    if not file.exists():
        found = origins.pooling_at((month + 1) / 12, whole, before, _tell)
        file.write_text(json.dumps(found.as_json()))
    return Pooling.of_json(json.loads(file.read_text()))


def _masked() -> None:
    found = []
    for code in masked.LARGE:
        found.append(masked.masked(code, _pooling()))
        print(found[-1], flush=True)
    names = ("low", "median", "high")
    _write(
        "masked",
        [
            {
                **{key: value for key, value in asdict(one).items() if key != "said"},
                **dict(zip(names, one.said, strict=True)),
            }
            for one in found
        ],
    )
    _show_masked()


def _dip() -> None:
    found = dip.dips(read(SHIPPED), country(DRAWS))
    _write("dip_2018", [{**asdict(one), "by_strength": one.by_strength} for one in found])
    _show_dip()


def _show() -> None:
    for show in (_show_folds, _show_halves, _show_masked, _show_dip):
        show()
    for how in HOW:
        _show_origins(how)


def _show_folds() -> None:
    print("\nLeft out of the pooling and of the country, 42 states in ten folds")
    _agreement(_read("left_out"))


def _show_halves() -> None:
    rows = _read("other_half")
    print("\nThe other half of the states; the country's draws have seen none of their deaths")
    _agreement([row for row in rows if row["place"] != halves.ALL])
    for row in rows:
        if row["place"] == halves.ALL:
            low, middle, high, came = (
                float(row[x]) for x in ("fall_low", "fall", "fall_high", "fall_recorded")
            )
            print(
                f"{row['pooling']:<10} their sum fell by {1 - np.exp(middle):.0%} "
                f"({1 - np.exp(high):.0%} to {1 - np.exp(low):.0%}); by {1 - np.exp(came):.0%} came"
            )


def _agreement(rows: Sequence[Mapping[str, str]]) -> None:
    heads = ("states", "over", "order", "of falls", "peak in 90 %", "fall in 90 %", "error")
    print(f"{'pooling':<10}" + "".join(f"{head:>14}" for head in heads))
    for how in HOW:
        one = folds.agreement([folds.of_row(row) for row in rows if row["pooling"] == how])
        print(
            f"{how:<10}{one.states:>14}{one.finished:>14}{one.order:>14.2f}{one.order_fall:>14.2f}"
            f"{one.month:>14.0%}{one.fall:>14.0%}{one.error_month:>7.0f} m, {one.error_fall:.2f}"
        )


def _show_origins(how: str) -> None:
    rows = _read(f"origins_{how}")
    if not rows:
        return
    codes = tuple(dict.fromkeys(row["place"] for row in rows))
    shape = (len(origins.ORIGINS), len(codes), len(scored.HORIZONS), len(LEVELS))
    said = np.array([[float(row[f"q{level:g}"]) for level in LEVELS] for row in rows]).reshape(
        shape
    )
    came = scored.truths(codes, origins.ORIGINS)
    trend = scored.trends(codes, origins.ORIGINS)
    wide = scored.widened(said, came, origins.ORIGINS)
    both = scored.together((wide, trend), came, origins.ORIGINS)
    named = {"upriver": said, "widened": wide, "ensemble": both, "damped_trend": trend}
    print(f"\nOrigins June 2021 to December 2023, lag of four months, pooling {how}")
    print(
        f"{'forecaster':<14}{'months':>7}{'n':>6}{'score':>9}{'ratio':>7}{'90 %':>14}{'logs':>7}"
        f"{'in 90 %':>9}"
    )
    for one in scored.scores(named, came):
        between = f"{one.low:.2f} to {one.high:.2f}"
        print(
            f"{one.name:<14}{one.horizon:>7}{one.forecasts:>6}{one.score:>9.0f}{one.ratio:>7.2f}"
            f"{between:>14}{one.logarithms:>7.2f}{one.coverage:>9.0%}"
        )


def _show_masked() -> None:
    print("\nMonths hidden as 0 to their median")
    for row in _read("masked"):
        low, middle, high, came = (float(row[x]) for x in ("low", "median", "high", "came"))
        print(
            f"{row['code']}: {row['months']} months, {float(row['held']):.0%} in 90 %; "
            f"sum {middle:,.0f} ({low:,.0f} to {high:,.0f}), was {came:,.0f}"
        )


def _show_dip() -> None:
    print("\nLogarithm of 2018 over 2017: recorded, the world, without its own factor, by strength")
    rows = _read("dip_2018")
    for found, head in (("True", "carfentanil found"), ("False", "elsewhere")):
        few = [row for row in rows if row["found"] == found]
        means = [
            np.median([float(row[x]) for row in few])
            for x in ("recorded", "world", "plain", "by_strength")
        ]
        print(f"{head:<18} {len(few):>3} states" + "".join(f"{x:>9.2f}" for x in means))
        if found == "True":
            for row in few:
                print(
                    f"  {row['code']:<25}"
                    + "".join(
                        f"{float(row[x]):>9.2f}"
                        for x in ("recorded", "world", "plain", "by_strength")
                    )
                )


def _pooling() -> Pooling:
    """What the draws that ship were fitted with."""
    (first, *_) = read(SHIPPED).values()
    return Pooling.of_json(first.said["pooling"])


def _write(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    TABLES.mkdir(exist_ok=True)
    with (TABLES / f"{name}.csv").open("w", newline="", encoding="utf-8") as stream:
        table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(
            {key: f"{x:.6g}" if isinstance(x, float) else x for key, x in row.items()}
            for row in rows
        )


def _read(name: str) -> list[dict[str, str]]:
    file = TABLES / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _tell(what: str, done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
