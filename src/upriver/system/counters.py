"""Which flows are counted: each has a cumulative counter, so that any calendar is a difference."""

from upriver.core.axes import rows

COUNTED = (
    "people.overdose.deaths",
    "people.overdose.deaths_rx",
    "people.overdose.deaths_heroin",
    "people.overdose.deaths_oud[rx]",
    "people.overdose.deaths_oud[rx_heroin]",
    "people.overdose.deaths_oud[heroin]",
    "people.overdose.by_rx",
    "people.overdose.by_heroin",
    "people.overdose.by_synthetic_baseline",
    "people.overdose.by_synthetic_illicit",
    "people.overdose.by_synthetic",
    "people.counts.without_synthetic",
    "people.counts.with_unnamed",
    "people.overdose.nonfatal",
    "people.overdose.naloxone_averted_rx",
    "people.overdose.naloxone_averted_heroin",
    "people.initiation.misuse_own",
    "people.initiation.misuse_diverted",
    "people.initiation.misuse",
    "people.initiation.heroin_without_rx",
    "people.initiation.heroin_with_misuse",
    "people.initiation.heroin_with_oud",
    "people.initiation.heroin",
    "people.disorder.rx_oud",
    "people.disorder.hud",
    "people.disorder.hud_with_oud",
    "people.treatment.entering_total[buprenorphine]",
    "people.treatment.entering_total[methadone]",
    "people.treatment.entering_total[naltrexone]",
    "people.remission.relapsing_total",
    "people.prescribing.prescribed",
    "people.prescribing.dispensed",
    "people.heads.oud",
    "people.overdose.deaths_stimulants",
    "people.overdose.deaths_reentry",
    *(f"supply.precursors.flow{origin}" for origin in rows(" origin")),
    *(f"supply.production.produced{site}" for site in rows(" site")),
    *(f"supply.pipeline.sent{route}" for route in rows(" route")),
    *(f"supply.seizures.seized{route}" for route in rows(" route")),
    *(f"supply.seizures.gross{route}" for route in rows(" route")),
    *(f"supply.seizures.delivered{route}" for route in rows(" route")),
    "supply.seizures.inland_total",
    "supply.seizures.total",
    "supply.seizures.gross_total",
    "supply.market.sold",
    "supply.asia.produced",
    "supply.asia.seized_river",
    "supply.asia.seized_overland",
    "supply.asia.sold",
)
"""Flows by year, and people with a disorder, whose counter is person-years."""

PREFIX = "cumulative."


def counter(output: str) -> str:
    """Name of the counter of a flow."""
    return PREFIX + output
