"""What a run keeps by default: the outputs that tables, reports and results files show."""

from upriver.core.axes import rows
from upriver.system.counters import COUNTED, counter

LEVELS = (
    "people.overdose.deaths",
    "people.heads.oud",
    "people.heads.with_disorder[rx]",
    "people.heads.with_disorder[rx_heroin]",
    "people.heads.with_disorder[heroin]",
    "people.stocks.misuse",
    "people.stocks.heroin_use",
    "people.heads.treatment",
    "people.heads.in_treatment[buprenorphine]",
    "people.heads.in_treatment[methadone]",
    "people.heads.in_treatment[naltrexone]",
    "people.heads.remission",
    "people.stocks.stable[rx]",
    "people.stocks.stable[rx_heroin]",
    "people.stocks.stable[heroin]",
    "people.capacity.places[buprenorphine]",
    "people.capacity.places[methadone]",
    "people.capacity.places[naltrexone]",
    "people.treatment.gap_rx",
    "people.treatment.gap_hud",
    "people.response.naloxone_heroin",
    "people.response.naloxone_rx",
    "people.naloxone.given",
    "people.response.kits_heroin",
    "people.response.kits_rx",
    "people.perceived_risk.relative_rx",
    "people.perceived_risk.relative_heroin",
    "people.street.availability_misuse",
    "people.prescribing.supply_net",
    "people.prescribing.current_patients",
)
"""Levels at an instant."""

MARKET = (
    "supply.fentanyl_share",
    "supply.offer.purity",
    "supply.offer.cover",
    "supply.offer.filled",
    "supply.price",
    "supply.wholesale",
    "supply.inventory",
    "people.beyond.dose",
    *(f"diplomacy.effort{country}" for country in rows(" country")),
)
"""Levels that only the whole system has."""

BEYOND = (
    "supply.",
    "people.overdose.deaths_stimulants",
    "people.overdose.deaths_reentry",
)
"""How the names of flows begin that only the whole system has."""

COUNTERS = tuple(counter(name) for name in COUNTED if not name.startswith(BEYOND))
"""Cumulative counters: any calendar is a difference of them."""

OUTPUTS = LEVELS + COUNTERS
"""Kept of the published model."""

WHOLE = LEVELS + MARKET + tuple(counter(name) for name in COUNTED)
"""Kept of the whole system."""
