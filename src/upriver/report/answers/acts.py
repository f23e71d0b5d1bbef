"""Question 4: what the STOP Act, the SUPPORT Act and the class control of 2019 did."""

import numpy as np

from upriver.core.time import LAST_YEAR
from upriver.evidence.claims import claim, recorded
from upriver.evidence.figures import series
from upriver.experiments.compare import Comparison, compare
from upriver.experiments.nulls import UNSEEN
from upriver.experiments.ranking import alone
from upriver.experiments.simulate import Run
from upriver.experiments.summary import Doubles, figures, interval
from upriver.experiments.verdict import LEAST
from upriver.inference.natural import ClassControl, class_control
from upriver.policy.levers import lever
from upriver.policy.scenario import Scenario

from .answer import Answer, Table
from .words import (
    FROM,
    assumed,
    between,
    by_explanation,
    deaths,
    evidence,
    missing_said,
    spread,
    verdicts,
)

QUESTION = (
    "What did the STOP Act, the SUPPORT Act and the class control of 1 May 2019 do, and is there "
    "any direct evidence?"
)
WITHOUT = {"without_stop_act": "STOP Act of 2018", "no_class_control": "Class control of 2019"}
STANDS_FOR = {"without_stop_act": "stop_act_data", "no_class_control": "class_control"}
"""The lever whose card grades what is known of an act."""
BEGAN = {"without_stop_act": 2018, "no_class_control": 2019}
SUPPORTED = 2018
SUPPORT = ("support_seeking", "support_affordability", "support_quality")
LEVERS = ("stop_act_data", "class_control", *SUPPORT)
GAPS = ("stop_act_effect", "support_act_effect", "class_control_effect")


def scenarios() -> tuple[str | Scenario, ...]:
    """History without two acts, and the levers that stand for them pulled to their most."""
    return (*WITHOUT, *(alone(lever(name), "most") for name in LEVERS))


def answer(draws: int) -> Answer:
    """Run history without the acts, the levers, and the natural experiment."""
    past = compare("base", *WITHOUT, draws=draws)
    ahead = compare("base", *scenarios()[len(WITHOUT) :], draws=draws)
    did = {
        (name, first, last): _did(past, run, first, last)
        for name, run in zip(WITHOUT, past.runs[1:], strict=True)
        for first, last in ((BEGAN[name], FROM), (FROM, LAST_YEAR))
    }
    rows = [(_label(*key), values) for key, values in did.items()]
    few = {key: _too_few(past, values, *key[1:]) for key, values in did.items()}
    natural = class_control(draws)
    return Answer(
        number=4,
        question=QUESTION,
        first=tuple(filter(None, [spread(rows)])),
        short=(
            f"Direct evidence: none was found of any of the three. In the catalogue of gaps "
            f"({', '.join(f'`{name}`' for name in GAPS)}): {'; '.join(map(missing_said, GAPS))}.",
            *(_short(*key, values, few[key]) for key, values in did.items()),
            _support(),
        ),
        parts=(
            Table(
                "Deaths in the model with an act less those without it, in "
                f"{past.runs[0].draws} draws of the fit; what follows from assumed mechanisms, and "
                "no evidence:",
                ("Act, years", "Deaths, with less without", "More in", "Fewer in", "Rests on"),
                tuple(
                    (
                        _label(*key),
                        between(interval(values)),
                        f"{int(np.sum(values >= LEAST))} of {len(values)}",
                        f"{int(np.sum(values <= -LEAST))} of {len(values)}",
                        "too few to tell" if few[key] else _mechanism(key[0]),
                    )
                    for key, values in did.items()
                ),
            ),
            by_explanation(rows, "Median of the same by explanation of the past:"),
            _mail(natural),
            _claimed(natural),
            verdicts(
                ahead,
                f"More of the same from {FROM} on, each lever at its most; no measure of what the "
                "acts did:",
            ),
            evidence([lever(name) for name in LEVERS], "What is known of these levers:"),
        ),
        sure=(
            "The dates of the acts are on record; how much each moved is put into the model, as a "
            "judgement (the chance of a seizure in the mail) or as a range that the fit narrows "
            "(the share of China's capacity that the control closed). So the figures are what "
            "follows from that, and no evidence of it.",
            "Where the model has more deaths with the act of 2019, it is since Mexico's producers "
            "fill the orders that China's no longer do and go on growing, as the model lets them: "
            f"{_mechanism('no_class_control')}, which the record neither shows nor rules out.",
            f"'Too few to tell' is where 95 % of draws lie within {UNSEEN:g} % of the deaths of "
            "those years.",
            *filter(None, [assumed([lever(name) for name in LEVERS])]),
        ),
        cannot=(
            "What the SUPPORT Act did: no part of it is taken out of history, for nothing says "
            "how much it moved. Its levers say what more of the same would do.",
            "What states did in the same years, and what would have come in China without a law.",
        ),
        made=(
            f"upriver compare base {' '.join(WITHOUT)}",
            "upriver verify --natural",
            "upriver levers stop_act_data",
        ),
        figures={
            "acts": {
                _label(*key): interval(values)._asdict()
                | {
                    "more_in": int(np.sum(values >= LEAST)),
                    "fewer_in": int(np.sum(values <= -LEAST)),
                    "draws": len(values),
                    "too_few_to_tell": few[key],
                }
                for key, values in did.items()
            },
            "levers": {run.scenario.title: ahead.averted(run)._asdict() for run in ahead.runs[1:]},
            "seized": [vars(one) for one in natural.seized],
            "direct_evidence": None,
        },
    )


def _did(past: Comparison, run: Run, first: int, last: int) -> Doubles:
    """Deaths with an act less deaths without it, shape (draws,)."""
    return deaths(past.runs[0], first, last) - deaths(run, first, last)


def _label(name: str, first: int, last: int) -> str:
    return f"{WITHOUT[name]}, {first} to {last - 1}"


def _too_few(past: Comparison, values: Doubles, first: int, last: int) -> bool:
    """Whether 95 % of draws of a difference are a share of all deaths that no record would show."""
    whole = float(np.median(deaths(past.runs[0], first, last)))
    _, low, high = interval(values)
    return max(abs(low), abs(high)) <= UNSEEN / 100 * whole


def _mechanism(name: str) -> str:
    """What a difference rests on, with the grade of the lever that stands for the act."""
    grade = lever(STANDS_FOR[name]).evidence.grade
    return "one assumed mechanism " + ("(no grade)" if grade == "none" else f"(grade {grade})")


def _short(name: str, first: int, last: int, values: Doubles, few: bool) -> str:
    more, fewer = int(np.sum(values >= LEAST)), int(np.sum(values <= -LEAST))
    found = interval(values)
    if few:
        return (
            f"{_label(name, first, last)}: too few to tell. Deaths in the model with the act less "
            f"those without it are {between(found)}; more in {more} of {len(values)} draws and "
            f"fewer in {fewer}."
        )
    return (
        f"{_label(name, first, last)}: with the act the model has "
        f"{'more' if found.median > 0 else 'fewer'} deaths, a consequence of {_mechanism(name)} "
        f"and no evidence. Deaths with it less those without it are {between(found)}; more in "
        f"{more} of {len(values)} draws and fewer in {fewer}."
    )


def _support() -> str:
    """What the record says of the SUPPORT Act."""
    found = recorded(claim("C07"))
    assert found is not None
    record = series("buprenorphine_patients_in_year")
    before = np.diff(record.values[record.starts < SUPPORTED + 1])
    rose = int(np.sum(before > 0))
    return (
        f"SUPPORT Act of 2018: people who received buprenorphine in a year changed by "
        f"{found.value:+.1f} % from {found.period}, and had risen in {rose} of the {len(before)} "
        "years before; that is no effect of the act, and none was estimated."
    ).replace("-", "−")


def _mail(found: ClassControl) -> Table:
    return Table(
        "Fentanyl seized in mail, on the coast and in the air [lb, gross], to which runs with the "
        "class control and without can be held; 90 % of draws:",
        ("Fiscal year", "Recorded", "With the act", "Without it"),
        tuple(
            (f"FY{one.year}", figures(one.recorded, 3), _ends(one.acted), _ends(one.without))
            for one in found.seized
        ),
    )


def _claimed(found: ClassControl) -> str:
    told = "; ".join(
        f"{100 * (1 - middle):.0f} % (90 % of draws: {100 * (1 - high):.0f} to "
        f"{100 * (1 - low):.0f} %) in {span}"
        for span, (low, middle, high) in found.deaths.items()
    )
    apart = [
        f"FY{one.year}"
        for one in found.seized
        if one.acted[-1] < one.without[0] or one.acted[0] > one.without[-1]
    ]
    told_apart = (
        f"Seizures tell the two apart in {', '.join(apart)}."
        if apart
        else "In no year do seizures tell the two apart: the intervals overlap."
    )
    inside = {
        name: [
            f"FY{one.year}"
            for one in found.seized
            if getattr(one, kept)[0] <= one.recorded <= getattr(one, kept)[-1]
        ]
        for kept, name in (("acted", "with the act"), ("without", "without it"))
    }
    lies = " and ".join(
        f"{name} in {', '.join(years) or 'no year'}" for name, years in inside.items()
    )
    told_apart += f" What is on record lies in the interval {lies}."
    return (
        f"{told_apart} In the first months deaths with synthetic opioids are fewer with the act by "
        f"{told}. A published claim "
        f"is a quarter fewer for three to five months; {100 * found.claimed:.0f} % of draws have "
        "that."
    )


def _ends(ends: tuple[float, ...]) -> str:
    low, middle, high = (figures(value, 3) for value in ends)
    return f"{middle} ({low} to {high})"
