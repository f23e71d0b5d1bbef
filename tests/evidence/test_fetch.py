"""A fetch gets the whole of a data set or leaves the cache as it was, and says why in one line."""

import gzip
import os
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from made import (
    SYNTHETIC,
    TOTAL,
    cbp,
    cbp_row,
    phac,
    pit,
    socrata,
    vsrr,
    vsrr_rows,
    xlsx,
    zipped,
)
from server import Answer, site

from upriver.core.errors import DownloadError, UpriverError, WriteError
from upriver.evidence.cache import Cache
from upriver.evidence.download import Client, Rules
from upriver.evidence.sources import SOURCES, cdc_vsrr, comtrade, hud_pit
from upriver.evidence.sources import cbp as cbp_source
from upriver.evidence.sources import phac as phac_source

QUICK = Rules(tries=4, connect=10.0, read=10.0, largest=200_000, local=True)
"""Short waits between tries and a small file; patient, since the machine may be busy."""

HASTY = replace(QUICK, read=0.2)
"""For a publisher that never answers: no answer is in time."""

STALLED = replace(QUICK, read=2.0)
"""For one that is silent once, for longer than this, and then answers at once."""


class Waits(list):
    """What a client slept, in seconds, instead of sleeping."""

    def client(self, rules=QUICK):
        return Client(rules, sleep=self.append, chance=lambda: 1.0)


@pytest.fixture
def waits():
    return Waits()


@pytest.fixture
def cache(tmp_path):
    """A cache with a good vintage of two sources in it."""
    made = Cache(tmp_path / "cache")
    for name, file, text in (("cdc_vsrr", "vsrr.csv", vsrr(base=50)), ("cbp", "a.csv", "")):
        if text:
            with made.stage(name, now=lambda: datetime(2024, 6, 1, tzinfo=UTC)) as stage:
                stage.add(file, "https://data.cdc.gov").write_text(text)
                stage.keep(SOURCES[name].read)
    return made


def fetch(cache, found, waits, page=40, rules=QUICK):
    with waits.client(rules) as client:
        return cdc_vsrr.fetch(cache, client=client, url=f"{found.address}/vsrr.csv", page=page)


def contents(cache):
    return {
        path.relative_to(cache.root): path.read_bytes()
        for path in cache.root.rglob("*")
        if path.is_file() and ".part" not in path.parts and path.name != ".lock"
    }


def refused(cache, script, waits, **how):
    """The one line of a fetch that fails; the vintages are as they were."""
    before = contents(cache)
    with site(script) as found, pytest.raises(UpriverError) as caught:
        fetch(cache, found, waits, **how)
    assert contents(cache) == before
    assert cache.newest("cdc_vsrr").is_intact()
    line = str(caught.value)
    assert "\n" not in line
    assert str(cache.root) not in line
    return line


def test_all_pages_make_one_table(cache, waits):
    with site(socrata(vsrr())) as found:
        vintage = fetch(cache, found, waits)
    assert [path.read_text() for path in vintage.paths] == [vsrr()]
    assert [one.query.get("$offset") for one in found.asked] == [None, "0", "40", "80"]
    assert {one.query["$order"] for one in found.asked[1:]} == {":id"}
    assert waits == []


def test_a_new_vintage_is_kept_beside_the_old_one(cache, waits):
    old = cache.newest("cdc_vsrr")
    with site(socrata(vsrr())) as found:
        new = fetch(cache, found, waits)
    assert cache.vintages("cdc_vsrr") == [old, new]
    assert cache.newest("cdc_vsrr") == new
    assert new.folder.name.startswith(new.date)
    assert new.folder.name.endswith(new.digest[:12])
    assert all(one.is_intact() for one in (old, new))


def test_nothing_new_makes_no_vintage(cache, waits):
    old = cache.newest("cdc_vsrr")
    with site(socrata(vsrr(base=50))) as found:
        assert fetch(cache, found, waits) == old
    assert cache.vintages("cdc_vsrr") == [old]


def test_what_a_publisher_takes_back_is_the_newest_again(cache, waits):
    texts = [vsrr(base=100), vsrr(base=50), vsrr(base=100)]
    for text in texts:
        with site(socrata(text)) as found:
            fetch(cache, found, waits)
    assert cache.newest("cdc_vsrr").paths[0].read_text() == texts[-1]
    assert len(cache.vintages("cdc_vsrr")) == 4


def test_progress_is_told_with_rows_and_bytes(cache, waits):
    told = []
    with site(socrata(vsrr())) as found, waits.client() as client:
        url = f"{found.address}/vsrr.csv"
        cdc_vsrr.fetch(cache, client=client, url=url, page=60, progress=lambda *a: told.append(a))
    assert "rows 1 to 60 of 106" in told[0][0]
    assert all(0 < done <= total for _, done, total in told)


def test_a_token_is_sent_where_the_user_has_one(cache, waits, monkeypatch):
    monkeypatch.setenv("UPRIVER_SOCRATA_TOKEN", "mine")
    with site(socrata(vsrr())) as found:
        fetch(cache, found, waits)
    assert {one.headers.get("x-app-token") for one in found.asked} == {"mine"}


def test_a_token_is_not_sent_to_another_host(cache, waits, monkeypatch):
    monkeypatch.setenv("UPRIVER_SOCRATA_TOKEN", "mine")
    with site(socrata(vsrr())) as other:
        there = other.address.replace("127.0.0.1", "localhost")
        with site(lambda r: moved(f"{there}{r.path}?{query(r)}")) as found:
            fetch(cache, found, waits)
    assert {one.headers.get("x-app-token") for one in found.asked} == {"mine"}
    assert {one.headers.get("x-app-token") for one in other.asked} == {None}


def query(request):
    from urllib.parse import urlencode

    return urlencode(request.query)


def moved(where, status=302):
    return Answer(status=status, headers={"Location": where})


# Trouble that passes: tried again, and then all is well.

PASSING = {
    "500": ([Answer(b"no", 500)], [1.0]),
    "500 twice": ([Answer(b"no", 500), Answer(b"no", 503)], [1.0, 2.0]),
    "502, 503, 504": ([Answer(b"", 502), Answer(b"", 503), Answer(b"", 504)], [1.0, 2.0, 4.0]),
    "429 with seconds": ([Answer(b"", 429, {"Retry-After": "7"})], [7.0]),
    "429 with too many seconds": ([Answer(b"", 429, {"Retry-After": "86400"})], [60.0]),
    "429 with a date that is past": (
        [Answer(b"", 429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})],
        [0.0],
    ),
    "429 with nonsense": ([Answer(b"", 429, {"Retry-After": "soon"})], [1.0]),
    "429 with a negative number": ([Answer(b"", 429, {"Retry-After": "-5"})], [1.0]),
    "503 with seconds": ([Answer(b"", 503, {"Retry-After": "3"})], [3.0]),
    "408": ([Answer(b"", 408)], [1.0]),
    "stalls": ([Answer(b"x" * 50, stall=4.0)], [1.0]),
    "breaks off before a byte": ([Answer(b"x" * 50, cut=0)], [1.0]),
    "breaks off in mid-file": ([Answer(b"x" * 5000, cut=2000)], [1.0]),
    "a length too long": ([Answer(b"x" * 50, length=500)], [1.0]),
}


@pytest.mark.parametrize("name", PASSING)
def test_trouble_that_passes_is_waited_for(cache, waits, name):
    troubles, expected = PASSING[name]
    good = socrata(vsrr())

    def script(request):
        return (
            troubles[request.number - 1] if 0 < request.number <= len(troubles) else good(request)
        )

    with site(script) as found:
        fetch(cache, found, waits, rules=STALLED if name == "stalls" else QUICK)
    assert waits == expected
    assert cache.newest("cdc_vsrr").paths[0].read_text() == vsrr()


def test_a_date_to_come_back_at_is_waited_for(cache, waits):
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    good = socrata(vsrr())
    late = Answer(b"", 429, {"Retry-After": when})
    with site(lambda r: late if r.number == 0 else good(r)) as found:
        fetch(cache, found, waits)
    assert len(waits) == 1
    assert 20 < waits[0] <= 31


def test_waits_have_chance_in_them_and_an_end():
    waits = []
    client = Client(QUICK, sleep=waits.append, chance=lambda: 0.0)
    assert [client._wait(n, None) for n in (1, 2, 3, 9)] == [0.5, 1.0, 2.0, 30.0]


# Trouble that stays: one line, and the cache as it was.

LASTING = {
    "always 500": (Answer(b"", 500), "answers 500"),
    "always 429": (Answer(b"", 429, {"Retry-After": "1"}), "answers 429"),
    "always stalls": (Answer(b"x", stall=0.6), "sent nothing for 0.2 s"),
    "always breaks off": (Answer(b"x" * 100, cut=10), "broke off"),
    "400": (Answer(b"bad query", 400), "answers 400"),
    "403": (Answer(b"", 403), "answers 403"),
    "404": (Answer(b"", 404), "Has its address changed?"),
    "410": (Answer(b"", 410), "Has its address changed?"),
    "an empty answer": (Answer(b""), "sent nothing"),
    "a web page": (
        Answer(b"<html>log in</html>", kind="text/html; charset=utf-8"),
        "sends a web page",
    ),
    "a web page that says it is CSV": (Answer(b"<!DOCTYPE html><p>hello"), "is a web page or XML"),
    "too large, and says so": (Answer(b"x" * 300_000), "more than 200,000 bytes"),
    "too large, and does not say": (Answer(b"x" * 300_000, none=True), "more than 200,000 bytes"),
    "round in circles": (moved("/vsrr.csv"), "more than 5 redirects"),
    "to another scheme": (moved("ftp://127.0.0.1/vsrr.csv"), "is not an https address"),
    "to a machine without https": (moved("http://192.0.2.1/vsrr.csv"), "is not an https address"),
    "to a file": (moved("file:///etc/passwd"), "is not an https address"),
    "not gzip at all": (
        Answer(b"plain", headers={"Content-Encoding": "gzip"}),
        "cannot be unpacked",
    ),
    "no number of rows": (Answer(b"rows\nmany\n"), "does not say how many rows there are"),
    "no rows": (Answer(b"rows\n0\n"), "does not say how many rows there are"),
    "bytes that are no text": (Answer(b"rows\n\xff\xfe\xfa\n"), "is not text in UTF-8"),
}


@pytest.mark.parametrize("name", LASTING)
def test_trouble_that_stays_is_one_line_and_the_cache_is_untouched(cache, waits, name):
    answer, says = LASTING[name]
    assert says in refused(cache, [answer], waits, rules=HASTY if answer.stall else QUICK)


def test_a_publisher_that_is_not_there_is_one_line(cache, waits):
    before = contents(cache)
    with (
        waits.client() as client,
        pytest.raises(DownloadError, match=r"cannot be reached.*4 tries"),
    ):
        cdc_vsrr.fetch(cache, client=client, url="http://127.0.0.1:9/vsrr.csv")
    assert contents(cache) == before
    assert waits == [1.0, 2.0, 4.0]


def test_only_https_is_asked_but_in_tests(cache):
    with Client(Rules()) as client, pytest.raises(DownloadError, match="not an https address"):
        cdc_vsrr.fetch(cache, client=client, url="http://127.0.0.1:9/vsrr.csv")


def line_changed(old, new):
    return lambda _, page: page.replace(old, new)


ROW = vsrr_rows()[3]

WRONG = {
    "a column renamed": (line_changed("data_value", "deaths"), "column 'data_value' is missing"),
    "a column gone": (line_changed("state,year", "year"), "column 'state' is missing"),
    "a broken row": (
        line_changed(ROW, ROW.replace(",101,", ",1o1,")),
        "vsrr.csv, line 5: column 'data_value' should be a number, found '1o1'",
    ),
    "a negative count": (
        line_changed(ROW, ROW.replace(",101,", ",-101,")),
        "line 5: column 'data_value' is out of bounds",
    ),
    "a row too short": (line_changed(ROW, ROW[:-8]), "vsrr.csv, line 5: should have 12 cells"),
    "a row too long": (line_changed(ROW, ROW + ",1"), "vsrr.csv, line 5: should have 12 cells"),
    "a month label twice": (
        line_changed(ROW, ROW.replace("February", "January")),
        "line 5: 'AK, Number of Drug Overdose Deaths, 2024, January' is there twice, first in line",
    ),
    "a month that is none": (
        line_changed(ROW, ROW.replace("February", "Febuary")),
        "line 5: column 'month' is not known, found 'Febuary'",
    ),
    "an indicator that is new": (
        line_changed(ROW, ROW.replace(TOTAL, "Nitazenes (T40.7)")),
        "line 5: column 'indicator' is not known",
    ),
    "a state that is none": (
        line_changed(ROW, ROW.replace("AK,2024", "QQ,2024")),
        "line 5: column 'state' is not known, found 'QQ'",
    ),
    "a year that cannot be": (
        line_changed(ROW, ROW.replace("2024", "1024")),
        "line 5: column 'year' is out of bounds",
    ),
    "more complete than whole": (
        line_changed(ROW, ROW.replace(",100,0.1", ",140,0.1")),
        "line 5: column 'percent_complete' is not as it should be, found 140.0",
    ),
    "a quotation mark left open": (
        line_changed(ROW, ROW.replace("AK,2024", '"AK,2024')),
        "a quotation mark is not closed",
    ),
    "a NUL byte": (line_changed(ROW, ROW.replace("AK,2024", "A\x00K,2024")), "NUL byte"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_or_column_is_named_and_the_cache_untouched(cache, waits, name):
    change, says = WRONG[name]
    assert says in refused(cache, socrata(vsrr(), change), waits, page=200)


def test_a_column_that_changes_between_pages_is_named(cache, waits):
    def change(request, page):
        return page.replace("data_value", "value") if request.query["$offset"] != "0" else page

    says = "column 'data_value' became 'value' in a later page"
    assert says in refused(cache, socrata(vsrr(), change), waits)


def test_a_dropped_state_is_named(cache, waits):
    rows = [row for row in vsrr_rows() if not row.startswith("OH,")]
    text = "\n".join([vsrr().splitlines()[0], *rows]) + "\n"
    assert "column 'state': OH is missing" in refused(cache, socrata(text), waits)


def test_a_dropped_month_of_a_state_is_named(cache, waits):
    rows = [row for row in vsrr_rows() if not row.startswith("OH,2024,January")]
    text = "\n".join([vsrr().splitlines()[0], *rows]) + "\n"
    assert "OH has no row for 2024-01" in refused(cache, socrata(text), waits)


def test_rows_that_were_promised_and_did_not_come_are_missed(cache, waits):
    def change(request, page):
        return page.splitlines()[0] + "\n" if request.query["$offset"] != "0" else page

    assert "40 of 106 rows came, then none" in refused(cache, socrata(vsrr(), change), waits)


def test_more_rows_than_promised_are_refused(cache, waits):
    def change(request, page):
        return page + ROW + "\n" if request.query["$offset"] == "80" else page

    assert "107 rows came, not the 106" in refused(cache, socrata(vsrr(), change), waits)


def test_a_publisher_that_gives_smaller_pages_is_followed(cache, waits):
    def change(_, page):
        return "\n".join(page.splitlines()[:26]) + "\n"

    with site(socrata(vsrr(), change)) as found:
        vintage = fetch(cache, found, waits)
    assert vintage.paths[0].read_text() == vsrr()


def test_other_indicators_and_an_extra_column_do_no_harm(cache, waits):
    lines = vsrr().splitlines()
    lines += [row.replace(TOTAL, SYNTHETIC) for row in vsrr_rows() if not row.startswith("PA")]
    text = "\n".join([lines[0] + ",new", *(line + ",1" for line in lines[1:])]) + "\n"
    with site(socrata(text)) as found:
        vintage = fetch(cache, found, waits)
    assert len(cdc_vsrr.read(*vintage.paths).frame) == 2 * 106 - 2


# One large file: it goes on where it stopped.

BIG = phac(*(str(1000 + n) for n in range(9))) + "#" * 50_000 + "\n"


def get(cache, script, waits, name="file.csv", rules=QUICK):
    with site(script) as found, waits.client(rules) as client, cache.stage("phac") as stage:
        return client.get(stage, name, f"{found.address}/file.csv").read_bytes(), found


def test_a_file_that_broke_off_goes_on_where_it_stopped(cache, waits):
    body = os.urandom(60_000)
    answers = [Answer(body, ranges='"v1"', cut=20_000), Answer(body, ranges='"v1"')]
    got, found = get(cache, answers, waits)
    assert got == body
    assert found.asked[1].headers["if-range"] == '"v1"'
    assert 0 < int(found.asked[1].headers["range"].removeprefix("bytes=").rstrip("-")) <= 20_000


def test_a_file_that_changed_meanwhile_begins_again(cache, waits):
    old, new = os.urandom(60_000), os.urandom(50_000)
    got, _ = get(cache, [Answer(old, ranges='"v1"', cut=20_000), Answer(new, ranges='"v2"')], waits)
    assert got == new


def test_a_publisher_that_knows_no_ranges_begins_again(cache, waits):
    body = os.urandom(60_000)
    tag = {"ETag": '"v1"'}
    got, found = get(
        cache, [Answer(body, headers=tag, cut=20_000), Answer(body, headers=tag)], waits
    )
    assert got == body
    assert "range" in found.asked[1].headers


def test_without_a_strong_tag_nothing_is_put_together(cache, waits):
    body = os.urandom(60_000)
    weak = {"ETag": 'W/"v1"'}
    got, found = get(
        cache, [Answer(body, headers=weak, cut=20_000), Answer(body, headers=weak)], waits
    )
    assert got == body
    assert "range" not in found.asked[1].headers


def test_a_date_stands_in_for_a_tag(cache, waits):
    body = os.urandom(60_000)
    dated = {"Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"}
    _, found = get(
        cache, [Answer(body, headers=dated, cut=20_000), Answer(body, headers=dated)], waits
    )
    assert found.asked[1].headers["if-range"] == dated["Last-Modified"]


def test_a_piece_of_another_place_is_thrown_away(cache, waits):
    body = os.urandom(60_000)
    false = {"Content-Range": "bytes 5-59999/60000", "ETag": '"v1"'}
    answers = [
        Answer(body, ranges='"v1"', cut=20_000),
        Answer(body[5:], 206, false),
        Answer(body, ranges='"v1"'),
    ]
    assert get(cache, answers, waits)[0] == body


def test_a_range_that_cannot_be_begins_again(cache, waits):
    body = os.urandom(60_000)
    answers = [Answer(body, ranges='"v1"', cut=20_000), Answer(b"", 416), Answer(body)]
    assert get(cache, answers, waits)[0] == body


def test_a_later_fetch_goes_on_where_an_earlier_one_stopped(cache, waits):
    body = os.urandom(60_000)
    one = Rules(tries=1, read=10.0, local=True)
    script = [Answer(body, ranges='"v1"', cut=20_000), Answer(body, ranges='"v1"')]
    with site(script) as found:
        with (
            waits.client(one) as client,
            pytest.raises(DownloadError),
            cache.stage("phac") as stage,
        ):
            client.get(stage, "file.csv", f"{found.address}/file.csv")
        with waits.client(one) as client, cache.stage("phac") as stage:
            got = client.get(stage, "file.csv", f"{found.address}/file.csv").read_bytes()
    assert got == body
    assert "range" in found.asked[1].headers


def test_gzip_is_unpacked_and_its_bombs_are_not(cache, waits):
    packed = Answer(gzip.compress(BIG.encode()), headers={"Content-Encoding": "gzip"})
    assert get(cache, [packed], waits)[0] == BIG.encode()
    bomb = Answer(gzip.compress(b"x" * 3_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(DownloadError, match="more than 200,000 bytes"):
        get(cache, [bomb], waits)


def test_a_drip_has_an_end(cache, waits):
    clock = iter(range(0, 1_000_000, 1000))
    with site([Answer(b"x" * 190_000)]) as found, cache.stage("phac") as stage:
        client = Client(QUICK, clock=lambda: next(clock))
        with client, pytest.raises(DownloadError, match="not done after 1800 s"):
            client.get(stage, "f.csv", found.address)
    assert cache.newest("phac") is None


# Other sources.


def test_cbp_follows_the_links_of_its_page(cache, waits):
    page = (
        '<a href="/sites/default/files/2024-05/nationwide-drugs-fy19-fy22.csv">old</a>'
        '<a href="/sites/default/files/2024-05/nationwide-drugs-fy23-fy26-dec.csv">new</a>'
        '<a href="/sites/default/files/2024-05/nationwide-encounters-fy23-fy26-dec.csv">other</a>'
    )
    texts = {"fy22": cbp(cbp_row("2022")), "dec": cbp(cbp_row("2024"))}

    def script(request):
        if request.path == "/stats":
            return Answer(page.encode(), kind="text/html")
        return Answer(texts["fy22" if "fy22" in request.path else "dec"].encode())

    with site(script) as found, waits.client() as client:
        vintage = cbp_source.fetch(cache, client=client, url=f"{found.address}/stats")
    reading = cbp_source.read(*vintage.paths)
    assert sorted(reading.frame["label"]) == ["2021-10", "2023-10"]


def test_cbp_says_if_its_page_names_no_file(cache, waits):
    moved_away = Answer(b"<html>moved</html>", kind="text/html")
    with (
        site([moved_away]) as found,
        waits.client() as client,
        pytest.raises(DownloadError, match="names no file"),
    ):
        cbp_source.fetch(cache, client=client, url=f"{found.address}/stats")
    assert cache.newest("cbp") is None


def test_a_workbook_is_fetched_and_checked(cache, waits):
    good = Answer(
        xlsx({"2023": pit()}), kind="application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    )
    with site([good]) as found, waits.client() as client:
        vintage = hud_pit.fetch(cache, client=client, url=f"{found.address}/pit.xlsx")
    assert vintage.paths[0].name == "pit_counts.xlsx"
    with (
        site([Answer(xlsx({"2023": pit(OH="ten")}))]) as found,
        waits.client() as client,
        pytest.raises(DownloadError, match=r"sheet '2023', row 37.*Overall Homeless.*'ten'"),
    ):
        hud_pit.fetch(cache, client=client, url=f"{found.address}/pit.xlsx")
    assert cache.vintages("hud_pit") == [vintage]


def test_an_archive_is_fetched_and_checked(cache, waits):
    body = zipped(**{"a/SubstanceHarmsData.csv": phac("2832", "3928")})
    with site([Answer(body, kind="application/zip")]) as found, waits.client() as client:
        vintage = phac_source.fetch(cache, client=client, url=f"{found.address}/harms.zip")
    assert phac_source.read(*vintage.paths).parsed()["deaths_opioids", "Canada"].at("2017") == 3928


def test_trade_is_asked_for_by_year(cache, waits):
    def script(request):
        row = (
            f'{{"period":"{request.query["period"]}","reporterCode":156,"partnerCode":0,"flowCode":"X",'
            '"cmdCode":"293336","primaryValue":1250.5,"netWgt":null,"new":1}'
        )
        return Answer(f'{{"count":1,"data":[{row}],"error":""}}'.encode(), kind="application/json")

    with site(script) as found, waits.client() as client:
        vintage = comtrade.fetch(cache, client=client, url=found.address, years=(2022, 2023))
    reading = comtrade.read(*vintage.paths)
    assert reading.parsed()["trade_exports_293336", "156"].labels == ("2022", "2023")
    assert [one.query["reporterCode"] for one in found.asked] == ["156", "156"]


@pytest.mark.parametrize("name", [name for name, one in SOURCES.items() if not one.fetches])
def test_what_only_a_person_can_get_says_how_and_asks_nobody(cache, name):
    with pytest.raises(
        DownloadError, match=rf"{name} cannot be fetched.*upriver evidence read {name}"
    ):
        SOURCES[name].fetch(cache)
    assert cache.newest(name) is None


def test_two_fetches_of_a_source_do_not_meet(cache):
    with (
        cache.stage("phac"),
        pytest.raises(DownloadError, match="another fetch of phac"),
        cache.stage("phac"),
    ):
        pass


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(WriteError, match="cannot write to the cache"),
        Cache(tmp_path / "file").stage("phac"),
    ):
        pass


def test_an_interrupt_leaves_the_cache_whole(cache, waits):
    def stop(name, done, total):
        raise KeyboardInterrupt

    before = contents(cache)
    with site(socrata(vsrr())) as found, waits.client() as client, pytest.raises(KeyboardInterrupt):
        cdc_vsrr.fetch(cache, client=client, url=f"{found.address}/vsrr.csv", progress=stop)
    assert contents(cache) == before
    with site(socrata(vsrr())) as found:
        fetch(cache, found, waits)
    assert len(cache.vintages("cdc_vsrr")) == 2


def test_a_real_wait_is_slept():
    began = time.monotonic()
    Client(QUICK).sleep(0.01)
    assert time.monotonic() - began >= 0.01
