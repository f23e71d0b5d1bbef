"""The page, the command line and Python agree on every number, to the last printed digit."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hand import answer, flat, follow, opened, saved, scenario_file, table, view

import upriver as up
from upriver.cli.main import main
from upriver.experiments.compare import Comparison, Interval
from upriver.experiments.simulate import Run, Summary
from upriver.policy.levers import levers
from upriver.policy.scenario import read_scenario
from upriver.report import wording
from upriver.report.headline import known_rows

FAST, SLOW = range(6), range(6, 112)
FLOW = "people.overdose.deaths"


def drawn(seed: int, data: dict[str, Any]) -> tuple[str, str]:
    """A random scenario: the world it is in, and its link."""
    dice = random.Random(seed)
    world = dice.choice(sorted(one["name"] for one in data["worlds"]))
    system = next(one["system"] for one in data["worlds"] if one["name"] == world)
    acting = sorted(one["name"] for one in data["levers"] if system in one["acts_in"])
    parts = []
    for name in dice.sample(acting, dice.choice((1, 2, 3, 5, 11))):
        low, high = levers()[name].range
        by = round(dice.uniform(low, high), dice.choice((1, 2, 4)))
        by = min(high, max(low, by)) or high
        start = dice.choice((dice.randint(1999, 2031), dice.randint(2026, 2031)))
        start += dice.choice((0, 0, 0, 0.5, 0.04))
        over = dice.choice((dice.randint(0, 10), dice.randint(0, 10), 2.5))
        parts.append(f"{name}:{by:g}:{start:g}:{over:g}")
    head = f"v={data['version']}&d={data['digest']}&s=2&w={world}"
    return world, f"{head}&l={'~'.join(parts)}&view=overview"


SAID = {
    "whole": "Whole system, fitted.",
    "reference": "Published model.",
}
"""What stands below the answer of a world."""


def expected_answer(comparison: Comparison, world: str) -> str:
    """The answer in the words of the page, from Python."""
    run = comparison.runs[1]
    averted, percent = comparison.averted(run), comparison.averted_percent(run)
    total = comparison.deaths(run)
    more = averted.median < 0
    ends = (-averted.high, -averted.low) if more else (averted.low, averted.high)
    places = wording.decimals_for(max(abs(averted.median), abs(averted.low), abs(averted.high)))
    return flat(
        f"{'More deaths' if more else 'Deaths averted'} {comparison.since:g} to 2031 "
        f"{wording.number(abs(averted.median), places)} "
        f"95 % interval {wording.interval(*ends, places)} "
        f"{wording.number(abs(percent.median), 1)} % {'more' if more else 'fewer'} than in "
        f"‘{read_scenario(world).title}’ with all levers as today. "
        f"Still expected: {wording.number(total.median)} deaths "
        f"({wording.interval(total.low, total.high)})."
        f" {SAID[run.world]}"
    )


def cells(summary: Summary, since: float = 1999) -> tuple[list[str], list[str]]:
    """Medians and intervals by year, as tables show them, from a year on."""
    dash = [wording.MISSING] * int(since - summary.times[0])
    shown = range(len(dash), len(summary.times))
    return (
        dash + [wording.number(summary.median[i], 0) for i in shown],
        dash + [wording.interval(summary.low[i], summary.high[i], 0) for i in shown],
    )


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--no-files"])
    assert not ended.value.code
    return capsys.readouterr().out


def agrees_with_run(shown: dict[str, list[str]], file: Path, capsys: Any) -> None:
    """`upriver run` prints what the chart's table shows, rounded; in JSON it says the same."""
    rows = json.loads(told(capsys, "run", str(file), "--json"))["headline"]
    printed = told(capsys, "run", str(file))
    deaths = [row for row in rows if row["quantity"] == "Opioid overdose deaths"]
    assert len(deaths) == 7
    rounded = known_rows(up.simulate(str(file)))
    for row, known in zip(deaths, rounded, strict=False):
        i = shown["Year"].index(f"{row['year']:g}")
        column = "with your levers"
        if shown[column][i] == wording.MISSING:
            column = "as today"
        assert shown[column][i] == wording.number(row["median"], 0)
        assert shown[f"{column}: interval"][i] == wording.interval(row["low"], row["high"], 0)
        told_ = f"{wording.number(known.median)} ({wording.interval(known.low, known.high)})"
        assert told_ in flat(printed)
        assert known.median == pytest.approx(row["median"], rel=0.02)


def agrees_with_compare(text: str, world: str, file: Path, capsys: Any) -> None:
    """`upriver compare` prints the numbers of the answer, and says the same in JSON."""
    row = json.loads(told(capsys, "compare", world, str(file), "--json"))["scenarios"][1]
    printed = flat(told(capsys, "compare", world, str(file)))
    total = wording.interval(row["deaths_low"], row["deaths_high"])
    deaths = f"{wording.number(row['deaths'])} ({total})"
    assert f"{wording.number(row['deaths'])} deaths ({total})" in text
    ends = (row["averted_low"], row["averted_high"])
    places = wording.decimals_for(max(abs(row["averted"]), abs(ends[0]), abs(ends[1])))
    averted = f"{wording.number(row['averted'], places)} ({wording.interval(*ends, places)})"
    assert deaths in printed
    assert averted in printed
    if row["averted"] < 0:
        ends = (-ends[1], -ends[0])
    size = wording.number(abs(row["averted"]), places)
    assert f"{size} 95 % interval {wording.interval(*ends, places)}" in text


def agrees_to_the_last_bit(file: Path, runs: tuple[Run, Run], since: float) -> None:
    """The CSV of the chart holds Python's numbers."""
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    flow = "people.overdose.deaths"
    for name, run, first in zip(
        (flow, f"with your levers: {flow}"), runs, (1999, since), strict=True
    ):
        found = [row for row in rows if row["series"] == name]
        deaths = run.deaths
        begin = int(first - 1999)
        assert [float(row["period"]) for row in found] == deaths.times[begin:].tolist()
        for cell, values in (("value", deaths.median), ("low", deaths.low), ("high", deaths.high)):
            assert [float(row[cell]) for row in found] == values[begin:].tolist()


def check(seed: int, browser: Any, page_file: Path, data: Any, folder: Path, capsys: Any) -> None:
    """One random scenario, as a person sees it on the page, against command line and Python."""
    world, link = drawn(seed, data)
    with opened(browser, page_file, link) as page:
        text, shown = answer(page), table(page, "deaths")
        csv_file = saved(
            page, page.locator("#fig-deaths").get_by_role("button", name="CSV"), folder
        )
        scenario = scenario_file(page, folder)
        people = flat(page.locator(".stage", has_text="opioid use disorder").inner_text())
    comparison = up.compare(world, str(scenario))
    assert text == expected_answer(comparison, world)
    today, now = comparison.runs
    moved = min(change.start for change in read_scenario(scenario).changes if change.lever)
    since = min(int(moved), 2026)
    assert (shown["as today"], shown["as today: interval"]) == cells(today.deaths)
    mine = (shown["with your levers"], shown["with your levers: interval"])
    assert mine == cells(now.deaths, since)
    agrees_to_the_last_bit(csv_file, (today, now), since)
    median, low, high = now.level("people.heads.oud").at(2032)
    assert f"{wording.short(median)} people" in people
    assert f"{wording.short(low)} to {wording.short(high)}" in people
    agrees_with_run(shown, scenario, capsys)
    agrees_with_compare(text, world, scenario, capsys)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that has room for every digit."""
    monkeypatch.setenv("COLUMNS", "160")


@pytest.mark.parametrize("seed", FAST)
def test_page_command_line_and_python_print_the_same(seed, browser, file, data, tmp_path, capsys):
    check(seed, browser, file, data, tmp_path, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_a_hundred_more_scenarios_print_the_same(seed, browser, file, data, tmp_path, capsys):
    check(seed, browser, file, data, tmp_path, capsys)


def test_every_projection_as_today_prints_the_same(browser, file, data):
    with opened(browser, file) as page:
        for world in sorted(one["name"] for one in data["worlds"]):
            follow(page, f"v={data['version']}&d={data['digest']}&s=2&w={world}")
            shown, text = table(page, "deaths"), answer(page)
            run = up.simulate(world)
            assert (shown["as today"], shown["as today: interval"]) == cells(run.deaths), world
            total: Interval = Comparison((run, run), 2026.0).deaths(run)
            assert f"2026 to 2031, nothing changed {wording.number(total.median)} " in text
            assert f"95 % interval {wording.interval(total.low, total.high)} " in text


MINE = """\
schema: 2
title: Held at a value, with a handle, a bend and a lever
based_on: fentanyl_low
from: 2024.25
over: 3
projections:
  people.market.fentanyl_share: {end_value: 0.9, end_year: 2030}
set:
  people.response.witnessed: 0.6
without_acts: [oxycontin_reformulation]
changes:
  - {handle: naloxone_kits, by: 0.4}
  - {acts_on: people.remission.relapse_rate, operation: scale, by: -0.2, from: 2027}
  - {lever: prescribe_to_fewer, level: more}
"""


def test_a_loaded_file_with_all_that_a_file_may_hold_prints_the_same(
    browser, made, tmp_path, capsys
):
    made_page = made(MINE)
    mine = tmp_path / "mine.yaml"
    with opened(browser, made_page, "") as page:
        page.get_by_role("button", name="Skip", exact=True).click()
        text, shown = answer(page), table(page, "deaths")
        written = scenario_file(page, tmp_path)
        view(page, "Levers")
        assert page.locator('[data-lever="prescribe_to_fewer"] output').inner_text() != "as today"
    comparison = up.compare("base", str(mine))
    run = comparison.runs[1]
    assert expected_answer(comparison, "published") == text
    assert shown["with your levers"][-1] == wording.number(run.deaths.median[-1], 0)
    agrees_with_compare(text, "base", mine, capsys)
    agrees_with_compare(text, "base", written, capsys)
    assert up.simulate(str(written)).provenance["table_digest"] == run.provenance["table_digest"]
