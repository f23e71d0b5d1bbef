"""Sources: one module for each publisher, each with `fetch` and `read`, and words in its `SOURCE`.

    from upriver.evidence.cache import Cache
    from upriver.evidence.sources import SOURCES

    source = SOURCES["cdc_vsrr"]
    source.title, source.publisher, source.gives, source.url, source.terms, source.files
    source.fetches, source.by_hand          # False, and what a person does instead

    cache = Cache()                         # $UPRIVER_CACHE, or the user's cache folder
    vintage = source.fetch(cache, progress=lambda name, done, total: ...)
    cache.newest("cdc_vsrr") == vintage     # and cache.vintages("cdc_vsrr"), oldest first

    reading = source.read(*vintage.paths)   # or source.read(path): a file of your own
    reading.frame, reading.records, reading.remarks, reading.parsed(), reading.to_csv()

Nothing is asked of a network but by `fetch`. It raises DownloadError or WriteError, `read` raises
FileProblem or SourceProblem: one line each, and the cache is as it was. `cbp` and `comtrade` read
several files at once; `user_csv` takes options (`user_csv.Options`).

A reader says in its module what a whole is. It takes its rows through `odd.table_of` (notes, rows
that cannot be read, columns that split the people) and makes sums through `wholes.totals`, which
gives the whole's name to nothing less.
"""

from upriver.core.errors import unknown_name

from . import (
    cbp,
    cdc_vsrr,
    cdc_wonder,
    comtrade,
    dea_purity,
    hud_pit,
    nflis,
    phac,
    unodc,
    user_csv,
)
from .base import Source

SOURCES: dict[str, Source] = {
    module.SOURCE.name: module.SOURCE
    for module in (
        cdc_vsrr,
        cdc_wonder,
        cbp,
        nflis,
        dea_purity,
        hud_pit,
        phac,
        unodc,
        comtrade,
        user_csv,
    )
}
"""Sources by name, in the order in which they are shown."""


def source(name: str) -> Source:
    """A source by its name; raises UnknownName, with the nearest, if there is none."""
    if name not in SOURCES:
        raise unknown_name("source", name, SOURCES)
    return SOURCES[name]
