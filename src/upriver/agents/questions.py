"""`answers` and `rank`: the six questions, and which lever saves most, mostly as they ship."""

from typing import Any

from upriver.core.errors import InputError, show
from upriver.core.fields import as_list
from upriver.experiments.caveats import caveat_of, few_draws, unexplained
from upriver.experiments.summary import figures
from upriver.policy.levers import levers
from upriver.report import limits as of_country
from upriver.report.answers.answer import Answer, Table, markdown
from upriver.report.answers.budget import BUDGET
from upriver.report.answers.page import answers as answered
from upriver.report.answers.unseen import COMPLETE, check
from upriver.report.told.store import told
from upriver.system.world import DEFAULT

from .asked import Asked
from .limits import FEWEST_SHARED, MOST_SHARED
from .said import GRADES_SAY, Said, ends, joined, lever_grades

ANEW = ("draws", "budget_usd", "complete")
RICHEST = 1e12
DRAWS = 200


def answers(asked: Asked) -> Said:
    """An answer to one of the six questions, as it ships, or worked out anew."""
    question = asked.whole("question", 0, 1, 6)
    if any(map(asked.has, ANEW)):
        return _anew(asked, question)
    kept = told("answers")
    one = next(one for one in kept["answers"] if one["number"] == question)
    found = Answer(
        number=question,
        question=one["question"],
        first=tuple(one["first"]),
        short=tuple(one["short"]),
        parts=tuple(_part(part) for part in one["parts"]),
        sure=tuple(one["sure"]),
        cannot=tuple(one["cannot"]),
        made=tuple(one["made"]),
        figures={},
    )
    return _said(found, kept["draws"], {"as_it_ships": True, "stamp": kept["stamp"]})


def _anew(asked: Asked, question: int) -> Said:
    """The same at other numbers."""
    if asked.has("budget_usd") and question != 5:
        raise InputError("is of question 5", file="budget_usd", found=f"question {question}")
    if asked.has("complete") and question != 6:
        raise InputError("is of question 6", file="complete", found=f"question {question}")
    draws = asked.whole("draws", DRAWS, FEWEST_SHARED, MOST_SHARED)
    budget = asked.number("budget_usd", BUDGET, 1.0, RICHEST)
    tell = asked.progress or (lambda _done, _all: None)
    (found,) = answered([question], draws, budget, _complete(asked), lambda _: tell)
    return _said(found, draws, {"as_it_ships": False})


def _complete(asked: Asked) -> tuple[float, float]:
    """Two shares, the lower first."""
    if not asked.has("complete"):
        return COMPLETE
    as_list(asked.arguments, ("complete",), length=2)
    given = asked.arguments.data["complete"]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in given):
        raise InputError("should be two shares", file="complete", found=show(given[0]))
    low, high = float(given[0]), float(given[1])
    check((low, high))
    return low, high


def _part(part: Any) -> str | Table:
    """A paragraph or a table, as it was kept."""
    if isinstance(part, str):
        return part
    rows = tuple(tuple(row) for row in part["rows"])
    return Table(part["about"], tuple(part["header"]), rows)


def _said(found: Answer, draws: int, how: dict[str, Any]) -> Said:
    """An answer as its page has it."""
    data = {
        "number": found.number,
        "question": found.question,
        "answer": [*found.first, *found.short],
        "how_sure": list(found.sure),
        "parts": [
            part
            if isinstance(part, str)
            else {"about": part.about, "header": list(part.header), "rows": [*map(list, part.rows)]}
            for part in found.parts
        ],
        "figures": dict(found.figures),
        "unexplained": unexplained(DEFAULT),
        "caveat": caveat_of(DEFAULT) + few_draws(draws),
        "grades": GRADES_SAY,
    }
    text = joined(
        markdown(found).partition("\nBy hand:")[0],
        f"Median and 95 % interval of {draws} draws, world {DEFAULT}, unless a table says "
        f"otherwise. {data['unexplained']} {data['caveat']}",
        GRADES_SAY,
    )
    made = {"world": DEFAULT, "draws": draws, **how, "command": list(found.made)}
    return Said(text, data, made, found.cannot)


def rank(asked: Asked) -> Said:
    """Levers by deaths averted, each alone, as they ship."""
    kept, known, grades = told("ranking"), levers(), lever_grades()
    level = asked.choice("level", list(kept["levels"]), "most")
    stages = list(dict.fromkeys(one.stage for one in known.values()))
    stage = asked.choice("stage", stages, "") if asked.has("stage") else ""
    rows = [
        {
            **row,
            "title": known[row["lever"]].title,
            "stage": known[row["lever"]].stage,
            "grade": grades[row["lever"]],
            "unit": "people",
        }
        for row in kept["levels"][level]
        if row["lever"] in known and stage in ("", known[row["lever"]].stage)
    ]
    first, last = kept["years"]
    lines = [
        f"{i}. {row['lever']} (grade {row['grade']}): {figures(row['averted']['median'])} "
        f"({figures(row['averted']['low'])} to {figures(row['averted']['high'])}) averted, averts "
        f"in {row['helps']:.0%} of draws"
        for i, row in enumerate(rows, 1)
    ]
    cannot = (
        "What levers do together: each is pulled alone.",
        "What they cost: a lever that averts most may cost most.",
        *of_country.cannot_tell(DEFAULT),
    )
    data = {
        "level": level,
        "from": first,
        "to": last,
        "levers": rows,
        "unexplained": unexplained(DEFAULT),
        "caveat": caveat_of(DEFAULT),
        "grades": GRADES_SAY,
    }
    text = joined(
        str(data["unexplained"]),
        f"Deaths averted {first} to {last} by each lever alone, level '{level}', median and 95 % "
        f"interval of {kept['draws']} draws:",
        "\n".join(lines),
        f"{data['caveat']} {GRADES_SAY}",
        ends(cannot),
    )
    made = {"world": kept["world"], "draws": kept["draws"], "as_it_ships": True,
            "stamp": kept["stamp"]}  # fmt: skip
    return Said(text, data, made, cannot)
