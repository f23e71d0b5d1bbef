"""People who use and who begin, from the household survey as the authors of SOURCE adjusted it.

These are the series that SOURCE was fitted to, but for deaths. Its posterior has seen them, so that
the prior of people's parameters is three times as wide as that posterior, and they enter here.
Totals are sums of parts, and only the parts enter. A survey that misses people misses them again:
the error fades over two years; and all series together may be short of everybody by a share that is
unknown (`Unknowns.missed`), since other methods count up to twice as many people. Numbers of people
are at the start of a year, as there.
"""

from upriver.evidence.figures import series
from upriver.inference.block import Block, fading
from upriver.system.observation import levels, matrix

STOCKS = {
    "misuse": "people.stocks.misuse",
    "heroin_use_without_disorder": "people.stocks.heroin_use",
    "rx_oud": "people.heads.with_disorder[rx]",
    "rx_oud_with_heroin": "people.heads.with_disorder[rx_heroin]",
    "heroin_use_disorder": "people.heads.with_disorder[heroin]",
}
FLOWS = {
    "misuse_initiation_own": "misuse_own",
    "misuse_initiation_diverted": "misuse_diverted",
    "heroin_initiation_without_rx": "heroin_without_rx",
    "heroin_initiation_with_misuse": "heroin_with_misuse",
    "heroin_initiation_with_oud": "heroin_with_oud",
}
SCALE = 0.15
FADES_YEARS = 2.0


def blocks() -> tuple[Block, ...]:
    """A block a series."""
    flows = {name: f"cumulative.people.initiation.{flow}" for name, flow in FLOWS.items()}
    return tuple(_survey(name, output) for name, output in {**STOCKS, **flows}.items())


def _survey(name: str, output: str) -> Block:
    record = series(name)
    kept = record.values > 0
    starts, ends = record.starts[kept], record.ends[kept]
    counted = output.startswith("cumulative.")
    return Block(
        name=name.replace("_", " "),
        series=(name,),
        values=record.values[kept],
        ends=ends,
        output=(output,),
        weights=matrix(starts, ends) if counted else levels(starts),
        scale=SCALE,
        correlation=fading(starts, FADES_YEARS),
        surveyed=True,
    )
