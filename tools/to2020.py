"""Ours from data to 2020 only, for deaths of 2021 to 2025: some ten minutes, and resumable.

python tools/to2020.py    # writes src/upriver/data/to2020.csv
"""

from pathlib import Path

import numpy as np

from upriver.core.time import step_of
from upriver.engine.run import load
from upriver.inference.calibrate import LEAPING, calibrate
from upriver.inference.forecasts.hindcast import model_at
from upriver.inference.likelihood import recorded
from upriver.inference.quantities import DEATHS

FILE = Path(__file__).resolve().parents[1] / "src" / "upriver" / "data" / "to2020.csv"
CUT, LAST = 2020 * 12 + 11, 2026 * 12
YEARS = np.arange(2021, 2026)
LEVELS = (2.5, 25, 50, 75, 97.5)


def main() -> None:
    """Fit to the record to December 2020, run on, write quantiles of yearly deaths."""
    model = model_at(CUT, recorded(), LAST)
    fit = calibrate(model, 1, LEAPING, _tell, FILE.with_suffix(".part.npz"))
    instants = np.array([int(step_of(year)) for year in (*YEARS, YEARS[-1] + 1)])
    columns = model.unknowns.base.replace(model.unknowns.columns(fit.z)).columns
    counted = load().run(columns, outputs=[DEATHS], instants=instants)[:, 0]
    quantiles = np.percentile(np.diff(counted, axis=1), LEVELS, axis=0)
    lines = [
        f"# Opioid overdose deaths by year: {len(fit.z)} draws of a fit to the record to December",
        "# 2020, without hindsight (tools/to2020.py); 2.5, 25, 50, 75 and 97.5 %.",
        f"# Equations {load().manifest['wasm_sha256']}",
        "year," + ",".join(f"{level:g}" for level in LEVELS),
    ]
    for year, values in zip(YEARS, quantiles.T, strict=True):
        lines.append(",".join([str(year), *(f"{value:.0f}" for value in values)]))
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    FILE.with_suffix(".part.npz").unlink()


def _tell(what: str, done: int, total: int) -> None:
    if done % 8 == 0:
        print(f"{what}: {done} of {total}", flush=True)


if __name__ == "__main__":
    main()
