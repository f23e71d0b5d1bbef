"""What is known only as a range: nothing inside it is more likely, and beyond it ever less.

People with opioid use disorder in 2019: 3.8 to 7.6 million, by survey and by multiplier. Fentanyl
sold in 2021: at most ten tonnes, pure, the one anchor of the level of supply.
"""

from dataclasses import dataclass

import numpy as np

from upriver.evidence.figures import series
from upriver.inference.block import Doubles, log, log_steepness
from upriver.system.observation import matrix, means


@dataclass(frozen=True, eq=False)
class Range:
    """An amount that lies within bounds.

    series: records that its bounds are from.
    low, high: bounds, in the unit of the weighted sum; weights: of the instants, shape (STEPS + 1,)
    soft: standard deviation of the logarithm by which it may lie beyond [1]. end: calendar year.
    """

    name: str
    series: tuple[str, ...]
    output: str
    weights: Doubles
    low: float
    high: float
    soft: float
    end: float

    def log_density(self, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of a density without its constant, and its slope; shapes (draws,)."""
        below = np.maximum(np.log(self.low) - predicted, 0) if self.low > 0 else 0 * predicted
        above = np.maximum(predicted - np.log(self.high), 0)
        return -0.5 * (below**2 + above**2) / self.soft**2, (below - above) / self.soft**2

    def predict(self, amount: Doubles) -> Doubles:
        """Logarithm of an amount."""
        return log(amount)

    def steepness(self, amount: Doubles) -> Doubles:
        """Slope of `predict` in an amount."""
        return log_steepness(amount)


def ranges() -> tuple[Range, ...]:
    """All of them."""
    year = means(np.array([2019.0]), np.array([2020.0]))[0]
    sold = matrix(np.array([2021.0]), np.array([2022.0]))[0]
    high = series("oud_krawczyk").at("2019")
    most = series("fentanyl_consumption_bound").at("2021")
    assert high is not None
    assert most is not None
    return (
        Range(
            "people with a disorder, 2019",
            ("oud_krawczyk",),
            "people.heads.oud",
            year,
            3.8e6,
            high,
            0.1,
            2020.0,
        ),
        Range(
            "sold, 2021",
            ("fentanyl_consumption_bound",),
            "cumulative.supply.market.sold",
            sold,
            0.0,
            1000 * most,
            0.3,
            2022.0,
        ),
    )
