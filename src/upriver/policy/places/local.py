"""What is local: how a place differs from its part of the country, as columns of its table.

Each local difference is a factor, kept as its logarithm, on some inputs of a place; 0 is the
country's own value. Fentanyl's spread has three: the logarithm of the odds that fentanyl has in the
place against the country's, early and late, and the year about which the one becomes the other.
Where a market's shift to fentanyl goes the same way in every place, a place that is some years
ahead has the country's odds times a constant; one that comes late has small odds first.

A slowly varying factor on risk multiplies the country's own.
"""

from collections.abc import Mapping

import numpy as np

from upriver.core.parameters import parameters
from upriver.core.table import Column, Table
from upriver.core.time import years
from upriver.policy.disturbances import RISK

Doubles = np.ndarray

FACTORS: Mapping[str, tuple[str, ...]] = {
    "start.rx": (
        "people.initial.misuse",
        "people.initial.disorder[rx]",
        "people.initial.remission_rx",
        "people.initial.stable_rx",
    ),
    "start.heroin": (
        "people.initial.heroin_use",
        "people.initial.disorder[rx_heroin]",
        "people.initial.disorder[heroin]",
        "people.initial.methadone_patients",
        "people.initial.remission_hud",
        "people.initial.stable_hud",
    ),
    "begin.rx": (
        "people.initiation.misuse_own_rate",
        "people.initiation.base_misuse_diverted",
    ),
    "begin.heroin": (
        "people.initiation.base_heroin_without_rx",
        "people.initiation.heroin_with_misuse_rate",
    ),
    "risk.rx": (
        "people.overdose.rate_misuse",
        "people.overdose.rate_rx_oud",
        "people.overdose.death_rate_medical",
    ),
    "risk.prescribed_synthetic": ("people.overdose.rate_synthetic_baseline",),
    "risk.heroin": ("people.overdose.rate_hud",),
    "risk.stimulants": ("people.stimulants.exposed",),
    "care.treatment": (
        "people.treatment.seeking_rate",
        "people.capacity.buprenorphine_providers",
        "people.offer.fewer_each[buprenorphine]",
        "people.offer.without_waiver",
    ),
    "care.staying": ("people.retention.at_six_months[buprenorphine]",),
    "care.naloxone": ("people.response.kits", "people.naloxone.over_the_counter"),
}
"""Local differences that are factors, and the inputs that they multiply."""

EARLY, LATE, TURN = "spread.early", "spread.late", "spread.turn"
SPREAD = (EARLY, LATE, TURN)
"""Of fentanyl: logarithms of its odds against the country's, early and late, and years from
`MIDDLE` about which they change."""

NAMES = (*FACTORS, *SPREAD)
"""Of all local differences but the slowly varying factor."""

MIDDLE = 2018.0
"""Year about which a place that was early or late comes to where it ends."""

PACE = 1.0
"""Years: scale of the logistic curve along which it comes there."""

SHARE = "people.market.fentanyl_share"

MOST_LOG = 30.0
"""Of a factor, either way: ten million millions."""


def localised(
    table: Table, differences: Mapping[str, Doubles], course: Column | None = None
) -> dict[str, Column]:
    """Columns of a place that differ from its part of the country.

    Args:
        table: of the place as its part of the country, a row a draw or one for all.
        differences: local differences by name, shape (draws,); what is not named is 0.
        course: the slowly varying factor on risk, shape (draws, STEPS + 1) [1].
    """
    columns = table.columns
    found: dict[str, Column] = {}
    for name, paths in FACTORS.items():
        if name in differences:
            times = _times(differences[name])[:, None]
            found |= {path: _held(path, columns[path] * times) for path in paths}
    if any(name in differences for name in SPREAD):
        found[SHARE] = with_odds(columns[SHARE], odds(differences))
    if course is not None:
        low, high = parameters()[RISK].within
        found[RISK] = np.clip(columns[RISK] * course, low, high)
    return found


def odds(differences: Mapping[str, Doubles]) -> Column:
    """What fentanyl's odds in the place are times the country's, shape (draws, STEPS + 1) [1]."""
    nothing = np.zeros(1)
    early, late, turn = (differences.get(name, nothing)[:, None] for name in SPREAD)
    come = 1 / (1 + np.exp(-(years()[None, :] - MIDDLE - turn) / PACE))
    return _times(early + (late - early) * come)


def with_odds(share: Column, times: Column) -> Column:
    """Fentanyl's share of a market whose odds are so many times the country's."""
    # For a share s the odds are s / (1 - s); those of the place are as many times these.
    here: Column = share * times / (1 + share * (times - 1))
    return here


def _times(logs: Doubles) -> Doubles:
    """The factor of a logarithm, a number even where a climb tried what is absurd."""
    return np.asarray(np.exp(np.clip(logs, -MOST_LOG, MOST_LOG)))


def is_held(path: str) -> bool:
    """Whether an input is held within its bounds in a place: a rate is, a number of people not.

    Bounds of numbers of people are the country's.
    """
    held = ("people.overdose.", "people.treatment.", "people.retention.")
    return path.startswith(held) or path.endswith("_rate")


def _held(path: str, column: Column) -> Column:
    if is_held(path):
        low, high = parameters()[path].within
        return np.clip(column, low, high)
    return column
