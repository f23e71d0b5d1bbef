"""The view of the forecast: its numbers are the command's, its digests those of files."""

import csv
import hashlib
import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hand import flat, opened, saved, settle, table
from test_accessibility import CUT, WIDE

from upriver.cli.main import main
from upriver.evidence.places import MONTHS
from upriver.experiments.summary import figures
from upriver.report.told.store import told

HEAD = "view=forecast"
NAMES = {
    "ensemble": "all together",
    "upriver_widened": "the model alone",
    "upriver": "the model, intervals as they are",
    "damped_trend": "damped trend",
    "smoothing": "smoothing",
    "last_value": "last value",
}
AHEAD = ("ensemble", "upriver_widened")
ENDS = (0.05, 0.5, 0.95)
REGISTER = Path(__file__).parents[2] / "forecasts"


def command(*options):
    """What the command prints as JSON."""
    printed = io.StringIO()
    with redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        main(["forecast", "--json", *options])
    assert not ended.value.code
    return json.loads(printed.getvalue())


@pytest.fixture(scope="module")
def given():
    return command("--months", "24")


@pytest.fixture(scope="module")
def scored():
    return command("--score")


def month(day: str) -> str:
    """`January 2027`."""
    year, number, *_ = day.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def said(given, name, months):
    """Low, middle and high of a forecaster to two figures."""
    row = given["forecasts"][name]["sums"][months - 1]
    places = [min(range(len(row)), key=lambda i: abs(given["levels"][i] - end)) for end in ENDS]
    return [figures(row[i]) for i in places]


def test_the_first_sentence_says_what_the_command_says(given, browser, file):
    low, middle, high = said(given, "ensemble", 12)
    with opened(browser, file, HEAD) as page:
        text = flat(page.locator(".forecast-first").inner_text())
    assert f"In the twelve months to {month(given['ends'][11])}" in text
    assert f"about {middle} deaths" in text
    assert f"anything from {low} to {high} (90 % interval)" in text
    assert f"there were {figures(given['record']['sums'][-1])}." in text


def test_the_months_ahead_are_those_of_the_command(given, browser, file):
    with opened(browser, file, HEAD) as page:
        rows = page.locator(".forecast-ahead .forecast-table tbody tr").all()
        assert len(rows) == 4
        for row, months in zip(rows, (6, 12, 18, 24), strict=True):
            assert flat(row.locator("th").inner_text()) == month(given["ends"][months - 1])
            for cell, name in zip(row.locator("td").all_inner_texts(), AHEAD, strict=True):
                low, middle, high = said(given, name, months)
                assert flat(cell) == f"{middle} {low} to {high}"


def test_the_fan_shows_the_record_and_both_forecasters(given, browser, file):
    with opened(browser, file, HEAD) as page:
        columns = table(page, "forecast-ahead")
        names = " ".join(columns)
        for name in (*(NAMES[one] for one in AHEAD), "recorded"):
            assert name in names
        other = page.locator("input[name=forecast-by]").nth(1)
        first = page.locator("#fig-forecast-ahead path.band").first.get_attribute("d")
        other.check(force=True)
        settle(page)
        assert page.locator("#fig-forecast-ahead path.band").first.get_attribute("d") != first


def test_what_is_drawn_can_be_taken_away(given, browser, file, tmp_path):
    with opened(browser, file, HEAD) as page:
        button = page.get_by_role("button", name="Save the numbers as CSV: Deaths with synthetic")
        lines = saved(page, button, tmp_path).read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    by = {(row["series"], row["period"]): row for row in rows}
    for i, end in enumerate(given["ends"]):
        row = by["forecast: all together", end[:7]]
        low, middle, high = told("forecast")["ahead"]["ensemble"][i][0:5:2]
        assert [float(row[name]) for name in ("low", "value", "high")] == [low, middle, high]
    recorded = [row for row in rows if row["series"] == "deaths_synthetic_12m_predicted, lowered"]
    assert len(recorded) == len(given["record"]["sums"])
    assert all(row["source"] for row in recorded)


@pytest.mark.parametrize("lag", [0, 4])
def test_scores_are_those_of_the_command(lag, scored, browser, file):
    held, turn = (
        {
            (one["name"], one["horizon"]): one
            for one in scored[where]
            if one["kind"] == "sums" and one["lag"] == lag
        }
        for where in ("all_origins", "turn")
    )
    with opened(browser, file, HEAD) as page:
        page.locator("input[name=forecast-lag]").nth((0, 4).index(lag)).check(force=True)
        settle(page)
        for row in page.locator("[data-score]").all():
            name, horizon = row.get_attribute("data-score").rsplit(" ", 1)
            one = held[name, int(horizon)]
            ratio, inside, then = (flat(text) for text in row.locator("td").all_inner_texts())
            assert float(ratio.split()[0]) == pytest.approx(one["ratio"], abs=0.00501)
            if name != "damped_trend":
                ends = [float(text) for text in ratio.split()[1:] if text != "to"]
                assert ends == pytest.approx([one["low"], one["high"]], abs=0.00501)
            assert float(inside.split()[0]) == pytest.approx(100 * one["coverage"], abs=0.501)
            assert float(then) == pytest.approx(turn[name, int(horizon)]["ratio"], abs=0.00501)
        assert page.locator("[data-score]").count() == 3 * len(NAMES)


def test_nobody_is_said_to_have_seen_the_turn(browser, file):
    with opened(browser, file, HEAD) as page:
        text = flat(page.locator(".forecast-said").inner_text())
    assert "Nobody saw the turn before it came: from June 2022 to January 2024" in text


def test_what_is_registered_is_the_file_with_that_digest(browser, file):
    with opened(browser, file, HEAD) as page:
        shown = [
            flat(text) for text in page.locator(".forecast-view .facts code").all_inner_texts()
        ]
        days = page.locator(".forecast-view .facts dt").all_inner_texts()
    files, digests = shown[::2], shown[1::2]
    assert len(files) == 6
    assert all("2026" in day for day in days)
    for name, digest in zip(files, digests, strict=True):
        data = (REGISTER.parent / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest


def test_nothing_is_cut_on_a_phone(browser, file):
    with opened(browser, file, HEAD, width=390) as page:
        assert page.evaluate(WIDE) == []
        assert page.evaluate(CUT) == []
