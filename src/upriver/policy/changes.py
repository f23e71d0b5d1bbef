"""One change of a scenario: what it acts on, how, by how much, from when, over how long."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from upriver.core.errors import SchemaProblem, TimeProblem, Where, one_line, show, unknown_name
from upriver.core.time import FIRST_YEAR, LAST_YEAR, STEPS_PER_YEAR
from upriver.places.dates import WHATS

from .checks import real_number
from .draws import MOST_DRAWS
from .effect import Doubles, Spread, factors
from .handles import OPERATIONS, Operation
from .levers import Lever

IN_PART: tuple[Operation, ...] = ("scale", "close")
"""Operations that are the same share in a state and in the country."""


@dataclass(frozen=True)
class Change:
    """One bend of parameters: `amount` along a ramp from `start` over `years`.

    amount: what the parameters get; `Lever.on_parameters` turns it into the lever's.
    lever: the name of the lever that it pulls, if it does.
    spread: 95 % of the factor on `amount` that is drawn with each run; None where none is.
    having: one of `WHATS`: it holds in states that have this alone (`having`); None is everywhere.
    """

    acts_on: tuple[str, ...]
    operation: Operation
    amount: float
    start: float
    years: float
    label: str
    lever: str | None = None
    spread: Spread | None = None
    having: str | None = None
    where: Where = field(default=(None, None), compare=False, repr=False)
    """File and line, for what is found only when the change is made."""

    def __post_init__(self) -> None:
        """Refuse what no file could have given.

        Raises:
            SchemaProblem: acts on nothing, or by what is no number.
            UnknownName: an operation that does not exist.
            TimeProblem: it starts outside the run, or is of a length that cannot be.
        """
        file, line = self.where
        if isinstance(self.acts_on, str) or not self.acts_on:
            raise SchemaProblem(
                "acts_on should be a tuple of paths", file=file, line=line, found=show(self.acts_on)
            )
        if self.operation not in OPERATIONS:
            raise unknown_name("operation", str(self.operation), OPERATIONS, where=self.where)
        if self.having is not None:
            self._check_having(self.having)
        for name in ("amount", "start", "years"):
            of = f"{name} of the change of '{one_line(self.label, 60)}'"
            real_number(getattr(self, name), of, self.where)
        self._check_times()

    def _check_having(self, having: str) -> None:
        """Refuse what cannot hold in some states alone: what none has of its own, or a number."""
        file, line = self.where
        if having not in WHATS:
            raise unknown_name("law or expansion", str(having), WHATS, where=self.where)
        if self.lever is not None or self.operation not in IN_PART:
            raise SchemaProblem(
                "having goes with 'by' of a parameter or a handle that multiplies",
                file=file,
                line=line,
                found=self.lever or self.operation,
                allowed=", ".join(IN_PART),
            )
        beyond = [path for path in self.acts_on if not _of_states(path)]
        if beyond:
            raise SchemaProblem(
                "having goes with what states have of their own",
                file=file,
                line=line,
                found=beyond[0],
                allowed="parameters of people.*, but for people.market.*",
            )

    def amounts(self, draws: NDArray[np.int_] | None) -> float | Doubles:
        """The amount: one for all, or one a draw where it is drawn, shape (draws,).

        Args:
            draws: which, by number; None is the amount in the middle.
        """
        if self.spread is None or draws is None:
            return self.amount
        return self.amount * factors(self.acts_on, self.spread)[draws % MOST_DRAWS]

    @property
    def between(self) -> tuple[float, float] | None:
        """95 % interval of the amount; None where it is not drawn."""
        if self.spread is None:
            return None
        low, high = sorted(self.amount * end for end in (self.spread.low, self.spread.high))
        return low, high

    def _check_times(self) -> None:
        file, line = self.where
        of = f"the change of '{one_line(self.label, 60)}'"
        if not FIRST_YEAR <= self.start <= LAST_YEAR:
            raise TimeProblem(
                f"the start of {of} is not a year of the run",
                file=file,
                line=line,
                found=f"{self.start:g}",
                allowed=f"{FIRST_YEAR} to {LAST_YEAR}",
            )
        longest = LAST_YEAR - FIRST_YEAR
        if not 0 <= self.years <= longest:
            raise TimeProblem(
                f"the length of {of} cannot be",
                file=file,
                line=line,
                found=f"{self.years:g} years",
                allowed=f"0 to {longest}",
            )
        if self.operation == "pulse" and self.years == 0:
            raise TimeProblem(
                f"{of} is a pulse over 0 years, which does nothing",
                file=file,
                line=line,
                hint=f"Say how long it lasts; a step is 1/{STEPS_PER_YEAR} year.",
            )


def _of_states(path: str) -> bool:
    """Whether a state has a parameter of its own: care and use, and not the country's market."""
    return path.startswith("people.") and not path.startswith("people.market.")


def pull(
    of: Lever,
    amount: float,
    start: float | None = None,
    years: float | None = None,
    where: Where = (None, None),
) -> Change:
    """The change that a lever makes at an amount; its own start and ramp unless others are given.

    Args:
        of: the lever.
        amount: in the lever's unit, a percentage as a fraction, in the direction of its verb; not
            checked against its range.
        start: calendar year.
        years: length of the ramp; 0 is a step.
        where: file and line in which it is pulled.

    Raises:
        SchemaProblem: an amount that is no number. TimeProblem: a start outside the run, or a
            length that cannot be.
    """
    return Change(
        acts_on=of.acts_on,
        operation=of.operation,
        amount=of.on_parameters(amount),
        start=of.start if start is None else start,
        years=of.years if years is None else years,
        label=of.name,
        lever=of.name,
        spread=of.effect.spread if of.effect and amount else None,
        where=where,
    )
