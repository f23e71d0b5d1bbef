"""Question 1: deaths averted if treatment, seizures at the border and naloxone were doubled."""

from upriver.experiments.baselines import BASELINES, on_baselines
from upriver.experiments.compare import Comparison
from upriver.experiments.summary import figures, interval
from upriver.experiments.verdict import by_people

from .answer import Answer, Table
from .words import (
    FROM,
    TO,
    agreed,
    assumed,
    averted,
    between,
    by_explanation,
    counted,
    evidence,
    moving,
    title,
    verdicts,
)

QUESTION = (
    "How many deaths would be averted by 2032 if treatment capacity doubled, the border seized "
    "twice as much, naloxone doubled; and all together?"
)
ALONE = ("treatment_doubled", "border_doubled", "naloxone_doubled")
SCENARIOS = (*ALONE, "everything_doubled")


def answer(draws: int) -> Answer:
    """Run the four scenarios on three baselines."""
    found = on_baselines(["base", *SCENARIOS], draws)
    base = found["base"]
    together = base.runs[-1]
    alone = sum(averted(base, run) for run in base.runs[1:-1])
    lost = interval(alone - averted(base, together))
    rows = [(title(run), averted(base, run)) for run in base.runs[1:]]
    return Answer(
        number=1,
        question=QUESTION,
        first=(),
        short=tuple(one.sentence(base.since).replace(", on 'Base projection'", "")
                    for one in base.verdicts),
        parts=(
            f"Together they avert {between(lost)} fewer than the three apart would: what one "
            "averts is no longer there for another.",
            verdicts(
                base,
                f"Opioid overdose deaths {FROM} to {TO}, {base.runs[0].draws} draws of the fit, "
                f"against {between(base.deaths(base.runs[0]))} deaths in the base projection:",
            ),
            _baselines(found),
            by_explanation(rows, "Median averted by explanation of the past:"),
            evidence(
                moving(together.scenario),
                "Levers that move the same, and what is known of them:",
            ),
        ),
        sure=(
            "Doubling is a size to compare with. That a programme can double any of them by 2029, "
            "and what it costs, is another question ([costs](how-to/cost.md)).",
            *(by_people(one).replace(", on 'Base projection'", "") for one in base.verdicts
              if one.few is not None),
            *filter(None, [agreed(base), assumed(moving(together.scenario))]),
        ),
        cannot=(
            "For your state, which is not in these figures: `upriver rank --place OH`, and "
            "`upriver states` for all of them.",
            "Whether more places bring more people into treatment: in the model places are taken "
            "by those who want treatment, and more of them do nothing where none are full.",
            "What twice the weight seized would do: it is the chance of a seizure that is doubled.",
        ),
        made=(f"upriver compare base {' '.join(SCENARIOS)} --baselines",),
        figures={**counted(base), "less_together": lost._asdict()},
    )  # fmt: skip


def _baselines(found: "dict[str, Comparison]") -> Table:
    """Deaths averted on each baseline."""
    runs = found["base"].runs[1:]
    rows = [
        (title(run), *(between(one.averted(one.runs[i])) for one in found.values()))
        for i, run in enumerate(runs, 1)
    ]
    deaths = ("no change", *(figures(one.deaths(one.runs[0]).median) for one in found.values()))
    return Table(
        "Deaths averted on three baselines; in the last row the deaths that each has:",
        ("Scenario", *(BASELINES[name] for name in found)),
        (*rows, deaths),
    )
