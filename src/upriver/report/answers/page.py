"""All answers together: run, written as a page, and a stamp that says what they are of."""

import hashlib
from collections.abc import Callable, Sequence

from upriver.core.errors import OutOfBounds
from upriver.engine.run import load
from upriver.evidence.figures import all_records
from upriver.experiments.caveats import caveat_of, few_draws, unexplained
from upriver.experiments.costs.tariff import FILE as COSTS
from upriver.policy.apply import table as columns_of
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario, read_scenario
from upriver.system.world import DEFAULT, World

from . import acts, budget, change, doubled, suppliers, unseen
from .answer import Answer, fold, markdown

NUMBERS = tuple(range(1, 7))
MOST_SHARED = 100
"""Draws of a search and of a change that is shared out: each takes a thousand runs and more."""

STAMPED = 20
"""Draws of the tables that the stamp is of."""

MARK = (
    "<!-- Made by `upriver answers --to docs/answers.md`, {draws} draws, of {of}; run it again, do "
    "not edit. -->"
)

Progress = Callable[[str], Callable[[int, int], None]]


def answers(
    numbers: Sequence[int] = NUMBERS,
    draws: int = 200,
    money: float = budget.BUDGET,
    complete: tuple[float, float] = unseen.COMPLETE,
    progress: Progress | None = None,
) -> tuple[Answer, ...]:
    """Answers to some of the questions, in their order.

    Args:
        draws: of the fit; a search and a change that is shared out take `MOST_SHARED` at most.
        money: budget of question 5 [USD of 2021]. complete: share of what happens that China's
            statistics hold, lowest and highest.

    Raises:
        OutOfBounds: a number of no question, no draws, or shares that are none.
    """
    for number in numbers:
        if number not in NUMBERS:
            raise OutOfBounds("is no question", found=str(number), allowed="1 to 6")
    if draws < 1:
        raise OutOfBounds("should be at least 1", file="--draws", found=str(draws))
    unseen.check(complete)
    tell = progress or (lambda _: lambda _done, _total: None)
    few = min(draws, MOST_SHARED)
    makers: dict[int, Callable[[], Answer]] = {
        1: lambda: doubled.answer(draws),
        2: lambda: suppliers.answer(draws),
        3: lambda: change.answer(few, tell("question 3, sets of groups")),
        4: lambda: acts.answer(draws),
        5: lambda: budget.answer(few, money, tell("question 5, draws")),
        6: lambda: unseen.answer(draws, complete),
    }
    found = []
    for done, number in enumerate(sorted(set(numbers))):
        tell("questions")(done, len(set(numbers)))
        found.append(makers[number]())
    tell("questions")(len(found), len(found))
    return tuple(found)


def text(found: Sequence[Answer], draws: int) -> str:
    """Answers as a page of Markdown."""
    first = [
        "# Answers",
        fold(
            "The six questions that Upriver is built for, answered by the model as it is: median "
            f"and 95 % interval of {draws} draws of the fit, world `{DEFAULT}`, unless "
            "a table says otherwise. Counts as '190 of 200' are draws. No figure on this page is "
            "typed by hand."
        ),
        fold(unexplained(DEFAULT)),
        fold(f"{caveat_of(DEFAULT)}{few_draws(draws)}"),
        fold(
            "Grades of evidence: A randomised, B quasi-experimental, C observational, D a "
            "mechanism only, none: nothing causal. A grade is of what was studied, and not of the "
            "figure beside it."
        ),
    ]
    return "\n\n".join([*filter(None, first), *map(markdown, found)])


def page(found: Sequence[Answer], draws: int) -> str:
    """The same with its stamp."""
    return f"{MARK.format(draws=draws, of=stamp())}\n\n{text(found, draws)}"


def stamp() -> str:
    """What the page is of: equations, draws, scenarios, levers, costs and records, as a digest."""
    digest = hashlib.sha256()
    manifest = load().manifest
    digest.update(str(manifest.get("equations_digest") or manifest["wasm_sha256"]).encode())
    for one in _scenarios():
        columns = columns_of(one, STAMPED, World.named(DEFAULT))
        digest.update(columns.digest().encode())
    for v in levers().values():
        parts = (v.name, v.acts_on, v.operation, v.direction, v.levels, v.cost, v.effect)
        known = v.evidence
        digest.update(repr((*parts, known.grade, known.design, known.effect, known.note)).encode())
    digest.update(COSTS.read_text(encoding="utf-8").encode())
    for (name, place), record in sorted(all_records().items()):
        digest.update(repr((name, place, record.unit, record.labels, record.statuses)).encode())
        digest.update(record.values.tobytes())
    return digest.hexdigest()[:16]


def _scenarios() -> list[Scenario]:
    given = [
        "base",
        *doubled.SCENARIOS,
        *suppliers.scenarios(),
        *acts.WITHOUT,
        "drivers_held",
        "as_2019",
    ]
    return [read_scenario(one) if isinstance(one, str) else one for one in given]
