"""What a mode and a chain ask of a model: its unknowns, what runs predict, density and slope."""

from typing import Protocol, runtime_checkable

from .block import Doubles
from .wander import Wander


class AnyUnknowns(Protocol):
    """Standard normal numbers, and which of them are a disturbance's."""

    @property
    def size(self) -> int:
        """How many there are."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of all, in order."""

    @property
    def hyper(self) -> tuple[int, ...]:
        """Where those stand that move on their own, without a run."""

    @property
    def wanders(self) -> tuple[Wander, ...]:
        """Disturbances."""

    @property
    def of_wanders(self) -> tuple[slice, ...]:
        """Where the unknowns of each disturbance stand."""


class Movable(Protocol):
    """A model whose particles can move; see `Model` for shapes."""

    @property
    def unknowns(self) -> AnyUnknowns:
        """What is unknown."""

    def predict(self, z: Doubles) -> Doubles:
        """What runs predict, shape (draws, numbers)."""

    def log_posterior(self, z: Doubles, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of prior times likelihood, and the likelihood's slope in what is predicted."""

    def slopes(self, z: Doubles) -> tuple[Doubles, Doubles]:
        """Of predictions in the unknowns, and predictions, at one point."""

    def curvature(self, slopes: Doubles, predicted: Doubles) -> Doubles:
        """What the data inform, shape (unknowns,) * 2."""


@runtime_checkable
class Sloped(Movable, Protocol):
    """A model that knows its slopes, so that particles can leap."""

    def with_slope(self, z: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
        """Predictions, density, its slope in predictions and in unknowns."""
