# /// script
# requires-python = ">=3.11"
# dependencies = ["statsforecast==2.1.1"]
# ///
"""Exponential smoothing with a damped trend, of the sums that are forecast; at each month's end.

    upriver forecast --json | uv run --script tools/smoothed.py > src/upriver/data/smoothed.csv

statsforecast needs a pandas older than Upriver's, so that it has an environment of its own and what
it says ships as a file: for each month, counted from year 0, the logarithms of the sums to the 28
months after it.
"""

import hashlib
import json
import sys

import numpy as np
from statsforecast.models import AutoETS

AHEAD, LEAST = 28, 14


def main() -> None:
    """Read sums, write forecasts."""
    record = json.load(sys.stdin)["record"]
    sums = ",".join(f"{value:.1f}" for value in record["sums"])
    logs = np.log(record["sums"])
    print("# AutoETS(model='AAN', damped=True) of statsforecast 2.1.1, by tools/smoothed.py")
    print(f"# Logarithms of the sums to the {AHEAD} months after each")
    print(f"# Of sums with SHA-256 {hashlib.sha256(sums.encode()).hexdigest()}")
    for i in range(LEAST, len(logs) + 1):
        model = AutoETS(season_length=1, model="AAN", damped=True)
        ahead = model.forecast(y=logs[:i], h=AHEAD)["mean"]
        print(",".join([str(record["first"] + i - 1), *(f"{value:.5f}" for value in ahead)]))


if __name__ == "__main__":
    main()
