"""Positive controls: what is known to work, or to harm, has to come out of the fit as it is known.

Each is made again with its mechanism off, and then has to fail.
"""

from collections.abc import Callable

import numpy as np

from upriver.core.axes import AXES

from .nulls import DEATHS
from .trial import DRAWS, Doubles, Ran, Trial, added, averted, published, ran, trial

GROUPS = AXES["group"]
STUDIES = (2000.0, 2016.0)
"""Years of the cohorts: studies to September 2016 (sordo2017)."""
AGONISTS = ("methadone", "buprenorphine")

KITS = 0.5
AVERTED = (3.0, 15.0)
"""Of deaths, that half as many kits again should avert [%]."""
KITS_FROM, KITS_SEEN = 2026.0, (2027.0, 2032.0)

REFORMULATED = "oxycontin_reformulation"
AFTER = (2011.0, 2014.0)
TURNING = tuple(
    f"people.availability.{name}"
    for name in (
        "relative_initiating_with_misuse",
        "relative_initiating_with_oud",
        "relative_developing_hud",
        "heroin_initiating",
        "abuse_deterrent_initiating",
    )
)
"""How far what can be had decides who turns to heroin."""

RELEASED = 2015.0
EARLY = (2.0, 8.0)
"""Times as high is the risk in weeks 1 and 2 after release as in weeks 3 to 12: 16 deaths after
jail in two weeks and at least 20 from then to 90 days, so at most 4.3, and from 2 by the chance of
so few (hennepin2018); 3 to 8 after prison (merrall2010)."""
WEEK = 7 / 365.25
MULTIPLE = "people.reentry.multiple"

CARRIED = (
    "it carries through to deaths a constant of the published model, which the fit does not move"
)


def controls(draws: int = DRAWS, progress: Callable[[int, int], None] | None = None) -> list[Trial]:
    """All of them.

    Args:
        draws: of the fit, the first so many.
        progress: called with controls done and controls in all.
    """
    tell = progress or (lambda done, total: None)
    found: list[Trial] = []
    for number, make in enumerate((treatment, kits, withdrawal, release), 1):
        found += make(draws)
        tell(number, 4)
    return found


def treatment(draws: int) -> list[Trial]:
    """Deaths out of treatment over deaths in it, among the same people."""
    outputs = [
        f"people.{name}[{group}{of}]"
        for group in GROUPS
        for who, those in (("untreated", ("",)), ("treated", [f",{name}" for name in AGONISTS]))
        for name in (f"stocks.{who}", *_kinds(who))
        for of in those
    ]
    off = {
        f"people.{of}.treated_risk[{name}]": 1.0
        for of in ("overdose", "mortality")
        for name in AGONISTS
    }
    usual = ran(outputs, draws, until=STUDIES[1])
    without = ran(outputs, draws, until=STUDIES[1], held=off)
    return [
        trial(
            f"out of {name}, {words}",
            f"deaths from {words} out of treatment with {name}, over deaths in it",
            "median",
            published(effect)[1],
            out_to_in(usual, name, overdose_alone=alone),
            sources=("sordo2017",),
            changed="did treatment leave the risk as it is",
            other=out_to_in(without, name, overdose_alone=alone),
            note=CARRIED,
        )
        for name, words, effect, alone in (
            ("methadone", "all causes", "leaving_methadone_all_causes", False),
            ("methadone", "overdose", "leaving_methadone_overdose", True),
            ("buprenorphine", "all causes", "leaving_buprenorphine_all_causes", False),
        )
    ]


def out_to_in(run: Ran, medication: str, *, overdose_alone: bool) -> Doubles:
    """Rate of deaths out of treatment over that in it, shape (draws,) [1].

    Out of it, rates are of people without treatment, weighed by groups as those who are in it.
    """
    inside, outside = np.zeros(len(run.values)), np.zeros(len(run.values))
    for group in GROUPS:
        there = run.mean(f"people.stocks.treated[{group},{medication}]", *STUDIES)
        never = run.mean(f"people.stocks.untreated[{group}]", *STUDIES)
        for out, within in zip(_kinds("untreated"), _kinds("treated"), strict=True):
            if overdose_alone and "mortality" in out:
                continue
            rate = run.mean(f"people.{out}[{group}]", *STUDIES) / never
            outside += there * rate
            inside += run.mean(f"people.{within}[{group},{medication}]", *STUDIES)
    return outside / inside


def kits(draws: int) -> list[Trial]:
    """Half as many kits again from 2026 on."""
    more = {
        "acts_on": "people.response.kits",
        "operation": "scale",
        "by": KITS,
        "from": KITS_FROM,
        "over": 0,
    }
    found = [
        averted(
            ran([DEATHS], draws, changes=[more], held=off),
            ran([DEATHS], draws, held=off),
            DEATHS,
            *KITS_SEEN,
        )
        for off in (None, {"people.naloxone.carrying": 0.0})
    ]
    return [
        trial(
            "half as many kits again",
            "deaths averted from 2027 to 2031 by half as many kits again from 2026 on",
            "median",
            AVERTED,
            found[0],
            unit="%",
            sources=("assumption",),
            changed="was nobody carrying a kit",
            other=found[1],
        )
    ]


def withdrawal(draws: int) -> list[Trial]:
    """The crushable OxyContin taken off the market in 2010: people turn to heroin."""
    outputs = ("people.initiation.heroin", "people.overdose.by_heroin")
    off = dict.fromkeys(TURNING, 0.0)
    runs = [
        (
            ran(outputs, draws, until=AFTER[1], held=held),
            ran(outputs, draws, until=AFTER[1], held=held, without=[REFORMULATED]),
        )
        for held in (None, off)
    ]
    return [
        trial(
            name,
            f"{words} from 2011 to 2013, more for the reformulation of OxyContin",
            "sign",
            (0.0, np.inf),
            added(*runs[0], output, *AFTER),
            unit="%",
            sources=("alpert2018",),
            changed="did nobody turn for what can be had",
            other=added(*runs[1], output, *AFTER),
        )
        for name, words, output in (
            ("starting heroin after 2010", "people who start heroin", outputs[0]),
            ("deaths with heroin after 2010", "deaths with heroin", outputs[1]),
        )
    ]


def release(draws: int) -> list[Trial]:
    """Release from jail: how steep the first weeks are.

    That it adds deaths is no check: the risk after release is never below that of other times.
    """
    usual = ran([DEATHS], draws, until=RELEASED)
    alike = ran([DEATHS], draws, until=RELEASED, held={MULTIPLE: 1.0})
    return [
        trial(
            "the first weeks after release",
            "risk in weeks 1 and 2 after release over that in weeks 3 to 12",
            "median",
            EARLY,
            first_weeks(usual),
            sources=("hennepin2018", "merrall2010"),
            changed="was the risk after release as at other times",
            other=first_weeks(alike),
        ),
    ]


def first_weeks(run: Ran) -> Doubles:
    """Risk in weeks 1 and 2 after release over that in weeks 3 to 12, shape (draws,) [1].

    The model's risk is raised evenly for a period, and less where people leave on medication.
    """
    treated = run.at("people.reentry.medication_inside", RELEASED)
    spared = treated * run.constant("people.reentry.medication_effect")
    raised = (run.constant(MULTIPLE) - 1) * (1 - spared)
    period = run.constant("people.reentry.period")
    early = np.clip(period, 0, 2 * WEEK) / (2 * WEEK)
    late = np.clip(period - 2 * WEEK, 0, 10 * WEEK) / (10 * WEEK)
    return np.asarray((1 + raised * early) / (1 + raised * late))


def _kinds(who: str) -> tuple[str, str]:
    return f"overdose.deaths_{who}", f"mortality.{who}"
