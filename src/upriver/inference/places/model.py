"""A place's unknowns and its record put together: predictions, density, slope.

Particles are tied to draws of the country by number: particle k is run in the market of the
country's draw k, with its constants. What the place records never weighs the country's draws
against each other.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from upriver.core.table import Column, Table
from upriver.engine.run import load
from upriver.policy.places.world import Country, placed
from upriver.system.observation import matrix, means

from . import counted
from .seen import Ratios, Seen
from .unknowns import LocalUnknowns

Doubles = np.ndarray
Which = np.ndarray | slice

APART = 0.02
"""Step of a difference quotient, in standard deviations of the prior."""

ALL = slice(None)


@dataclass(frozen=True, eq=False)
class PlaceModel:
    """Of one place, over draws of the country.

    unknowns: of the place. country: its runs, with the levels that ratios are of.
    """

    unknowns: LocalUnknowns
    country: Country

    @property
    def seen(self) -> Seen:
        """The record."""
        return self.unknowns.seen

    @property
    def draws(self) -> int:
        """Of the country."""
        return len(next(iter(self.country.met.values())))

    def of_draw(self, number: int) -> "PlaceModel":
        """With one of the country's draws alone."""
        return PlaceModel(self.unknowns, self.country.draws(np.array([number])))

    @cached_property
    def base(self) -> Table:
        """The place as its part of the country, with what is recorded of its services."""
        table = placed(self.country, self.seen.part)
        more = {path: table.columns[path] * times for path, times in self.seen.relative.items()}
        return table.replace(more)

    def table(self, z: Doubles, which: Which = ALL, ahead: Doubles | None = None) -> Table:
        """Columns of the place at unknowns, shape (draws, size), in some of the country's draws."""
        base = self.base
        if not isinstance(which, slice):
            rows = {p: c[which] if len(c) > 1 else c for p, c in base.columns.items()}
            base = Table(rows)
        return base.replace(self.unknowns.columns(base, z, ahead))

    def predict(self, z: Doubles, which: Which = ALL) -> Doubles:
        """What runs predict, shape (draws, numbers): logarithms of means of counts, and of ratios.

        Args:
            z: shape (draws, size).
            which: the country's draw of each; by default all in their order.
        """
        values = load().run(
            self.table(z, which).columns,
            outputs=self._outputs,
            instants=self._instants,
            last_step=int(self._instants[-1]),
        )
        place = {name: i for i, name in enumerate(self._outputs)}
        parts = [
            counted.log_mean(values[:, place[one.output]] @ weights.T)
            for one, weights in zip(self.seen.counts, self._count_weights, strict=True)
        ]
        parts += [
            np.log(values[:, place[ratio.output]] @ weights.T) - self._heads[i][which]
            for i, (ratio, weights) in enumerate(
                zip(self.seen.ratios, self._ratio_weights, strict=True)
            )
        ]
        return np.concatenate(parts, axis=1)

    def log_posterior(self, z: Doubles, predicted: Doubles) -> tuple[Doubles, Doubles]:
        """Logarithm of prior times likelihood, and the likelihood's slope in what is predicted.

        Shapes (draws,) and (draws, numbers). The prior is without its constant.
        """
        total = -0.5 * np.sum(z**2, axis=1)
        slope = np.zeros_like(predicted)
        apart = self.unknowns.apart(z)
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            for i, (one, at) in enumerate(zip(self.seen.counts, self._places, strict=False)):
                rows = at.start + np.flatnonzero(~one.withheld)
                values = one.values[~one.withheld]
                found, slope[:, rows] = counted.told(values, predicted[:, rows], apart[:, i])
                total = total + found.sum(axis=1)
                rows = at.start + np.flatnonzero(one.withheld)
                found, slope[:, rows] = counted.withheld(predicted[:, rows], apart[:, i], one.most)
                total = total + found.sum(axis=1)
            for ratio, at, precise in self._ratios_at:
                away = np.log(ratio.values) - predicted[:, at]
                slope[:, at] = away @ precise
                total = total - 0.5 * np.sum(away * slope[:, at], axis=1)
        wrong = ~np.isfinite(total)
        total[wrong], slope[wrong] = -np.inf, 0.0
        return total, slope

    def slopes(self, z: Doubles, number: int = 0) -> tuple[Doubles, Doubles]:
        """Of predictions in the unknowns by difference quotients, and predictions, at one point.

        What moves on its own (`LocalUnknowns.hyper`) has none: a mode leaves it where it was.

        Args:
            z: shape (size,). number: of the country's draw.

        Returns:
            shapes (size, numbers) and (numbers,).
        """
        free = np.setdiff1d(np.arange(len(z)), self.unknowns.hyper)
        tried = np.concatenate([z[None], z + APART * np.eye(len(z))[free]])
        moved = self.predict(tried, np.array([number]))
        found = np.zeros((len(z), self.size))
        found[free] = (moved[1:] - moved[0]) / APART
        return found, moved[0]

    def curvature(self, slopes: Doubles, predicted: Doubles, z: Doubles | None = None) -> Doubles:
        """What the record is expected to tell of the unknowns, shape (size,) * 2.

        Args:
            slopes: shape (size, numbers). predicted: shape (numbers,). z: shape (size,), for how
                far counts are apart; by default as thought before.
        """
        at_z = np.zeros((1, self.unknowns.size)) if z is None else z[None]
        apart = self.unknowns.apart(at_z)
        total = np.zeros((len(slopes), len(slopes)))
        for i, (one, at) in enumerate(zip(self.seen.counts, self._places, strict=False)):
            expected = counted.information(predicted[None, at], apart[:, i])[0]
            few, _ = counted.withheld(predicted[None, at], apart[:, i], one.most)
            expected = np.where(one.withheld, expected * -np.expm1(few[0]), expected)
            total += (slopes[:, at] * expected) @ slopes[:, at].T
        for _, at, precise in self._ratios_at:
            total += slopes[:, at] @ precise @ slopes[:, at].T
        return total

    @cached_property
    def size(self) -> int:
        """How many numbers are predicted."""
        return sum(one.ends.size for one in self.seen.series)

    @cached_property
    def _places(self) -> tuple[slice, ...]:
        ends = np.cumsum([one.ends.size for one in self.seen.series])
        return tuple(slice(a, b) for a, b in zip((0, *ends[:-1]), ends, strict=True))

    @cached_property
    def _outputs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.output for one in self.seen.series))

    @cached_property
    def _all_weights(self) -> tuple[list[Doubles], list[Doubles]]:
        counts = [matrix(one.starts, one.ends) for one in self.seen.counts]
        return counts, [means(one.starts, one.ends) for one in self.seen.ratios]

    @cached_property
    def _instants(self) -> np.ndarray:
        """Steps at which anything is looked at."""
        seen = np.zeros_like(self.base.columns["people.market.fentanyl_share"][0], dtype=bool)
        for group in self._all_weights:
            for weights in group:
                seen |= np.any(weights != 0, axis=0)
        return np.flatnonzero(seen)

    @cached_property
    def _count_weights(self) -> list[Doubles]:
        return [weights[:, self._instants] for weights in self._all_weights[0]]

    @cached_property
    def _ratio_weights(self) -> list[Doubles]:
        return [weights[:, self._instants] for weights in self._all_weights[1]]

    @cached_property
    def _heads(self) -> list[Column]:
        """Logarithm of the country's level times the place's part of its people."""
        return [
            np.log((self.country.told[one.output] * self.seen.part) @ weights.T)
            for one, weights in zip(self.seen.ratios, self._all_weights[1], strict=True)
        ]

    @cached_property
    def _ratios_at(self) -> list[tuple[Ratios, slice, Doubles]]:
        places = self._places[len(self.seen.counts) :]
        return [
            (one, at, np.linalg.inv(np.diag(one.apart**2) + one.shared**2))
            for one, at in zip(self.seen.ratios, places, strict=True)
        ]
