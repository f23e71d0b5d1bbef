"""The page, the command line and Python agree on every number, to the last printed digit."""

import csv
import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from hand import answer, flat, follow, opened, saved, scenario_file, table, view

import upriver as up
from upriver.cli.main import main
from upriver.experiments.compare import Comparison, Interval
from upriver.experiments.simulate import Run, Summary
from upriver.experiments.summary import figures
from upriver.experiments.verdict import Verdict, verdict
from upriver.policy.changes import Change
from upriver.policy.levers import GRADES, Lever, levers
from upriver.policy.scenario import Scenario, read_scenario
from upriver.report import wording
from upriver.report.headline import known_rows

FAST, SLOW = range(6), range(6, 112)
FLOW = "people.overdose.deaths"
Files = tuple[str, str]


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
    "whole": "Whole system, fitted",
    "reference": "Published model",
}
"""What stands below the answer of a world."""


def expected_answer(comparison: Comparison, scenario: Scenario, world: str) -> str:
    """The answer in the words of the page, from Python; as in a sentence of `upriver compare`."""
    run = comparison.runs[1]
    found = verdict(comparison.runs[0], run, comparison.since)
    percent, total = comparison.averted_percent(run), comparison.deaths(run)
    since = f"{comparison.since:g}"
    if found.helps + found.harms == 0:
        first = f"would move no deaths {when(comparison)} in any run."
    else:
        first = (
            f"would {amount(found)} {when(comparison)}; it could be {could_be(found)}; "
            f"{in_runs(found)}."
        )
    size = abs(percent.median)
    base = read_scenario(world)
    here = SAID[run.world] + (f", ‘{base.title}’" if BASES[run.world] != world else "")
    rest = (
        f"Source: a model of deaths that CDC recorded. It cannot prove that a measure works. "
        f"{wording.number(size, 1 if size < 9.95 else 0)} % "
        f"{'more' if percent.median < 0 else 'fewer'} than in ‘{base.title}’ with all "
        f"levers as today. "
        f"Still expected from {since} to the end of 2031: about {figures(total.median)} "
        f"({figures(total.low)} to {figures(total.high)}). {here}.{evidence(scenario)}"
    )
    return flat(f"{doing(scenario)} {first} {rest}")


def when(comparison: Comparison) -> str:
    """The years that are counted."""
    since = comparison.since
    return "by the end of 2031" if since >= 2026 else f"from {since:g} to the end of 2031"


BASES = {"whole": "base", "reference": "published"}


def moved(scenario: Scenario) -> list[Change]:
    """The levers that a scenario pulls."""
    return [change for change in scenario.changes if change.lever]


def doing(scenario: Scenario) -> str:
    """What is done."""
    pulled = moved(scenario)
    if len(pulled) < len(scenario.changes) or not pulled:
        return f"‘{scenario.title}’"
    if len(pulled) > 1:
        return f"These {len(pulled)} levers together"
    lever = levers()[pulled[0].lever or ""]
    by = lever.from_parameters(pulled[0].amount)
    return f"{lever.doing} ({said_of(lever, by)}) from {pulled[0].start:g}"


def said_of(lever: Lever, by: float) -> str:
    """A strength in words."""
    if lever.operation == "replace":
        unit = "" if lever.unit == "1" else f" {lever.unit}"
        return f"to {wording.number(by)}{unit}"
    sign = "+" if by > 0 else ""
    if lever.unit != "percent":
        return sign + wording.number(by) + ("" if lever.unit == "1" else f" {lever.unit}")
    share = 100 * by
    whole = abs(share - round(share)) < 1e-9
    return f"{sign}{wording.number(share, 0 if whole or abs(share) >= 10 else 1)} %"


def evidence(scenario: Scenario) -> str:
    """What studies found for the one lever that is pulled."""
    pulled = moved(scenario)
    if len(pulled) != 1 or len(scenario.changes) > 1:
        return ""
    grade = levers()[pulled[0].lever or ""].evidence.grade
    name = "none" if grade == "none" else f"grade {grade}"
    return f" Evidence for this lever: {name}, {GRADES[grade]}."


def amount(found: Verdict) -> str:
    """How many, as the sentence has it."""
    if figures(found.averted.median) in ("0", "−0"):
        return "hardly move deaths"
    if found.helps < found.harms:
        return f"cost about {figures(-found.averted.median)} more lives"
    return f"avert about {figures(found.averted.median)} opioid overdose deaths"


def could_be(found: Verdict) -> str:
    """Both ends."""
    more = found.helps < found.harms
    low, high = found.averted.low, found.averted.high
    ends = [figures(end) for end in ((-high, -low) if more else (low, high))]
    if not ends[0].startswith("−"):
        return f"anything from {ends[0]} to {ends[1]}"
    ways = ("fewer deaths", "more") if more else ("more deaths", "fewer")
    return f"anything from {ends[0][1:]} {ways[0]} to {ends[1]} {ways[1]}"


def in_runs(found: Verdict) -> str:
    """In how many of a hundred runs it helps."""
    if found.helps == found.draws:
        return "in every run of the model it helps"
    if not found.helps:
        return "in no run of the model it helps"
    return (
        f"in {math.floor(100 * found.helps / found.draws + 0.5)} of 100 runs of the model it helps"
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


def agrees_with_compare(text: str, comparison: Comparison, files: Files, capsys: Any) -> None:
    """`upriver compare` says the numbers of the answer in its sentence, and in JSON all digits."""
    found = verdict(*comparison.runs, comparison.since)
    row = json.loads(told(capsys, "compare", *files, "--json"))["scenarios"][1]
    assert (row["averted"], row["averted_low"], row["averted_high"]) == found.averted
    printed = flat(told(capsys, "compare", *files))
    if found.helps + found.harms == 0:
        assert "moves no deaths" in printed
        return
    more = found.helps < found.harms
    size, *ends = (figures(-one if more else one) for one in found.averted)
    assert f"about {size} " in text or size == "0"
    assert f"best guess {size} {'more' if more else 'averted'}" in printed
    for end in ends:
        assert end in printed
        assert end.removeprefix("−") in text


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
    assert text == expected_answer(comparison, read_scenario(scenario), world)
    today, now = comparison.runs
    moved = min(change.start for change in read_scenario(scenario).changes if change.lever)
    since = min(int(moved), 2026)
    assert (shown["as today"], shown["as today: interval"]) == cells(today.deaths)
    mine = (shown["with your levers"], shown["with your levers: interval"])
    assert mine == cells(now.deaths, since)
    agrees_to_the_last_bit(csv_file, (today, now), since)
    told = wording.known(*now.level("people.heads.oud").at(2032), now.draws, 0)
    middle, *ends = (wording.bare(float(text.replace(",", "")), 1e4) for text in told)
    assert f"{middle} people" in people
    assert " to ".join(ends) in people
    agrees_with_run(shown, scenario, capsys)
    agrees_with_compare(text, comparison, (world, str(scenario)), capsys)


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
            assert f"With nothing changed, about {figures(total.median)} people would die" in text
            assert (
                f"it could be anything from {figures(total.low)} to {figures(total.high)}" in text
            )


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
        text, shown = answer(page), table(page, "deaths")
        written = scenario_file(page, tmp_path)
        view(page, "Levers")
        assert page.locator('[data-lever="prescribe_to_fewer"] output').inner_text() != "as today"
    comparison = up.compare("base", str(mine))
    run = comparison.runs[1]
    found = verdict(comparison.runs[0], run, comparison.since)
    assert text.startswith(
        f"‘{read_scenario(mine).title}’ would {amount(found)} {when(comparison)}; "
    )
    assert shown["with your levers"][-1] == wording.number(run.deaths.median[-1], 0)
    for one in (mine, written):
        agrees_with_compare(text, comparison, ("base", str(one)), capsys)
    assert up.simulate(str(written)).provenance["table_digest"] == run.provenance["table_digest"]
