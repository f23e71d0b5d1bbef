"""No part of a publisher's export is read as its whole; every export, and harmless change, is.

From a small export in each publisher's form come mutants: without a region, a month, a state, a
kind of laboratory, an intent; with a column of counties; with years of another kind. None may give
a value of the whole, under its name, that does not say that it is partial or missing.
"""

import exports
import exports_more
import pytest
from made import socrata, vsrr
from mutants import Export, every
from server import Answer, Request, site

from upriver.core.errors import InputError, UpriverError
from upriver.evidence.cache import Cache
from upriver.evidence.download import Client, Rules
from upriver.evidence.sources import SOURCES, cdc_vsrr

UNQUALIFIED = ("reported", "computed", "rounded", "estimated", "digitised", "stated", "predicted")

EXPORTS = {
    "cbp": exports.cbp(),
    "cbp, air and marine": exports.cbp(air=True),
    "nflis": exports.nflis_halves(),
    "nflis, years": exports.nflis_years(),
    "cdc_wonder": exports.cdc_wonder(),
    "cdc_vsrr": exports.cdc_vsrr(),
    "phac": exports_more.phac_harms(),
    "phac, indicator": exports_more.phac_indicator(),
    "comtrade": exports_more.comtrade(),
    "hud_pit": exports_more.hud_pit(),
    "unodc": exports_more.unodc(),
    "dea_purity": exports_more.dea_purity(),
}


@pytest.fixture
def values(tmp_path):
    """Reads content as a source's file: values and statuses of the whole's keys."""

    def read(export: Export, content):
        path = tmp_path / export.file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        rows = SOURCES[export.source].read(path).records
        keys = zip(rows["series"], rows["place"], rows["period"], strict=True)
        told = zip(keys, rows["value"], rows["status"], strict=True)
        return {key: (value, status) for key, value, status in told if key in export.whole}

    return read


@pytest.mark.parametrize("name", EXPORTS)
def test_no_part_is_read_as_the_whole(values, name):
    export = EXPORTS[name]
    wrong = []
    for mutant, content, harms in export.mutants:
        try:
            found = values(export, content)
        except InputError as error:
            if "\n" in str(error):
                wrong.append(f"{mutant}: {error}")
            continue
        for key, (value, status) in found.items():
            if harms(key) and status in UNQUALIFIED:
                wrong.append(f"{mutant}: {key} is {value:g}, {status}")
    assert wrong == []


@pytest.mark.parametrize("name", EXPORTS)
def test_the_whole_and_every_harmless_change_of_it_give_the_total(values, name):
    export = EXPORTS[name]
    wrong = []
    for change, content in [("unchanged", export.content), *export.harmless]:
        try:
            found = values(export, content)
        except InputError as error:
            wrong.append(f"{change}: {error}")
            continue
        expected = {
            key: (pytest.approx(value), found.get(key)) for key, value in export.whole.items()
        }
        for key, (value, had) in expected.items():
            if had is None or had[0] != value or had[1] not in UNQUALIFIED:
                wrong.append(f"{change}: {key} is {had}")
    assert wrong == []


def test_there_are_hundreds_of_mutants_and_each_is_another_file():
    mutants = list(every(list(EXPORTS.values())))
    assert len({(export.source, content) for export, _, content, _ in mutants}) == len(mutants)
    assert len(mutants) >= 600
    assert all(content != export.content for export, _, content, _ in mutants)
    per_source = {one: 0 for one in SOURCES if one != "user_csv"}
    for export, *_ in mutants:
        per_source[export.source] += 1
    assert min(per_source.values()) >= 20
    assert sum(len(one.harmless) for one in EXPORTS.values()) >= 100


WHOLE = vsrr(months=3)


def rows(*words: str) -> str:
    """The data set without the rows that hold all these words."""
    return "\n".join(r for r in WHOLE.splitlines() if not all(w in r for w in words)) + "\n"


def other_header(asked: Request, page: str) -> str:
    """A page that calls a column otherwise than the first."""
    return page if asked.query["$offset"] == "0" else page.replace("state,", "st,")


SERVED = {
    **{f"without {place}": socrata(rows(f"{place},2024")) for place in ("US", "OH", "YC", "WY")},
    "without a month": socrata(rows(",February,")),
    "without a month of a state": socrata(rows("OH,2024", ",March,")),
    "without a month of the country": socrata(rows("US,2024", ",January,")),
    "without predictions": socrata(WHOLE.replace("predicted_value", "estimate")),
    "without its period": socrata(WHOLE.replace("period", "time")),
    "another period": socrata(WHOLE.replace("12 month-ending", "monthly")),
    "a page cut short": socrata(WHOLE, lambda _, page: "\n".join(page.splitlines()[:-2]) + "\n"),
    "a page of another header": socrata(WHOLE, other_header),
    "a page of words": socrata(WHOLE, lambda *_: Answer(b"<html>later</html>", kind="text/html")),
    "counties": socrata(WHOLE.replace("\n", ",Adams\n").replace(",Adams", ",county", 1)),
}
HARMLESS = ("without predictions",)


@pytest.mark.parametrize("name", SERVED)
def test_a_part_of_a_data_set_is_not_kept_as_the_whole(tmp_path, name):
    cache = Cache(tmp_path)
    rules = Rules(tries=1, local=True)
    with site(SERVED[name]) as found, Client(rules) as client:
        url = f"{found.address}/vsrr.csv"
        if name in HARMLESS:
            cdc_vsrr.fetch(cache, client=client, url=url, page=60)
        else:
            with pytest.raises(UpriverError) as caught:
                cdc_vsrr.fetch(cache, client=client, url=url, page=60)
            assert "\n" not in str(caught.value)
    assert (cache.newest("cdc_vsrr") is None) == (name not in HARMLESS)
