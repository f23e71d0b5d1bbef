"""What a run keeps by default: the outputs that tables, reports and results files show."""

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
    "people.response.kits_heroin",
    "people.response.kits_rx",
    "people.perceived_risk.relative_rx",
    "people.perceived_risk.relative_heroin",
    "people.street.availability_misuse",
    "people.prescribing.supply_net",
    "people.prescribing.current_patients",
)
"""Levels at an instant."""

COUNTERS = tuple(counter(name) for name in COUNTED)
"""Cumulative counters: any calendar is a difference of them."""

OUTPUTS = LEVELS + COUNTERS
