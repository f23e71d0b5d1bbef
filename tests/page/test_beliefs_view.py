"""Beliefs: draws that agree are kept, the page says how many; `upriver --believe` has the same."""

import csv
import json
import random
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hand import answer, flat, follow, here, opened, said, saved, settle
from scipy.stats import spearmanr

import upriver as up
from browser import address
from upriver.cli.main import main
from upriver.experiments.summary import figures
from upriver.policy.chosen import as_shipped, believe, fitted
from upriver.policy.levers import levers
from upriver.policy.scenario import read_scenario

DEATHS = "people.overdose.deaths"
CARRYING, ELASTICITY = "people.naloxone.carrying", "supply.market.elasticity"
LEVER = "l=naloxone_kits:0.5:2027:1"
TWO = f"b={CARRYING}:0.3:0.6~{ELASTICITY}:-0.9:"


@pytest.fixture(autouse=True)
def _all_again() -> Iterator[None]:
    yield
    as_shipped()


@pytest.fixture
def head(data) -> str:
    """The beginning of a link."""
    return f"v={data['version']}&d={data['digest']}&s=2&w=base"


def scenario_of(page: Any, folder: Path) -> Path:
    """The scenario's file, from the menu."""
    page.get_by_role("button", name="Menu", exact=True).click()
    found = saved(page, page.get_by_role("button", name="Scenario file"), folder)
    page.keyboard.press("Escape")
    return found


def end_of(page: Any, path: str, end: str) -> Any:
    """One end of a constant's slider."""
    return page.locator(f'[data-belief="{path}"]').get_by_role(
        "slider", name=re.compile(f": {end}$")
    )


def left(page: Any) -> int:
    """The effective sample, as it is shown."""
    return int(page.get_by_role("meter", name="Effective sample").get_attribute("aria-valuenow"))


def drawn(seed: int) -> tuple[str, str]:
    """Levers, and beliefs that leave enough draws, at random."""
    dice = random.Random(seed)
    pulled = []
    drawn_too = sorted(name for name, one in levers().items() if one.effect and one.effect.spread)
    for name in {dice.choice(drawn_too), *dice.sample(sorted(levers()), 2)}:
        low, high = levers()[name].range
        pulled.append(
            f"{name}:{max(low, round(high / 2, 2)) or high:g}:{dice.randint(2026, 2029)}:1"
        )
    values = {path: column[:200] for path, column in fitted().constants.items()}
    paths = [path for path in sorted(values) if np.ptp(values[path]) > 0 and "missed" not in path]
    believed, kept = [], np.ones(200, dtype=bool)
    for path in dice.sample(paths, 3):
        edge = float(f"{np.quantile(values[path], 0.25):.3g}")
        if (kept & (values[path] >= edge)).sum() >= 60:
            believed.append(f"{path}:{edge:g}:")
            kept &= values[path] >= edge
    return f"l={'~'.join(pulled)}", f"b={'~'.join(believed)}"


@pytest.mark.parametrize(
    ("moved", "believed"),
    [(LEVER, TWO), *(pytest.param(*drawn(seed), id=f"random-{seed}") for seed in range(3))],
)
def test_page_and_command_line_print_the_same(
    moved, believed, browser, file, head, tmp_path, capsys
):
    link = f"{head}&{moved}&{believed}"
    with opened(browser, file, f"{link}&view=overview") as page:
        csv_file = saved(
            page, page.locator("#fig-deaths").get_by_role("button", name="CSV"), tmp_path
        )
        short = answer(page)
        scenario = scenario_of(page, tmp_path)
        follow(page, f"{link}&view=beliefs")
        sentence, count = answer(page), left(page)
        command = shlex.split(page.locator(".belief-command code").inner_text())
    assert command[:4] == ["upriver", "compare", "base", "scenario.yaml"]
    lines = csv_file.read_text(encoding="utf-8").splitlines()
    assert f"# Command: {shlex_free(command)}" in lines
    command[3] = str(scenario)
    with pytest.raises(SystemExit) as ended:
        main([*command[1:], "--json", "--no-files"])
    assert not ended.value.code
    told = json.loads(capsys.readouterr().out)
    row = told["scenarios"][1]
    assert told["draws"] == count < 200
    assert f"Of the 200 draws {count} hold what you believe." in sentence
    for number in (row["averted"], row["averted_low"], row["averted_high"]):
        assert figures(abs(number)) in sentence.partition("With all draws")[0]
        assert figures(abs(number)) in short
    assert f"Only the {count} of 200 draws in which what you believe holds" in short
    bounds = [command[i + 1] for i, word in enumerate(command) if word == "--believe"]
    believe(bounds, among=200)
    comparison = up.compare("base", str(scenario), draws=fitted().draws)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    for name, run in zip((DEATHS, f"with your levers: {DEATHS}"), comparison.runs, strict=True):
        mine = [one for one in rows if one["series"] == name]
        assert {one["draws"] for one in mine} == {str(count)}
        for column, values in (
            ("value", run.deaths.median),
            ("low", run.deaths.low),
            ("high", run.deaths.high),
        ):
            found = [float(one[column]) for one in mine]
            assert found == values[len(values) - len(found) :].tolist()
    as_shipped()
    every = up.compare("base", read_scenario(str(scenario)))
    averted = every.averted(every.runs[1])
    assert figures(abs(averted.median)) in sentence.partition("With all draws")[2]


def shlex_free(command: list[str]) -> str:
    """A command as the page writes it."""
    return " ".join(f'"{word}"' if " " in word else word for word in command)


def test_a_link_carries_what_is_believed_there_and_back(browser, file, head):
    link = f"#{head}&{LEVER}&{TWO}&view=beliefs"
    with opened(browser, file, link[1:]) as page:
        assert here(page) == address(file) + link
        assert said(page) == ""
        page.get_by_role("button", name="Believe nothing").click()
        settle(page)
        assert "&b=" not in here(page)
        assert left(page) == 200
        page.get_by_role("button", name="Undo").click()
        settle(page)
        assert here(page) == address(file) + link
        page.get_by_role("button", name="Any value").first.click()
        settle(page)
        assert CARRYING not in here(page)
        assert ELASTICITY in here(page)


@pytest.mark.parametrize(
    ("believed", "words"),
    [
        ("people.naloxone.carying:0.3:", "believes something of 'people.naloxone.carying'"),
        ("constructor:1:2", "believes something of 'constructor'"),
        (f"{CARRYING}:0.6:0.3", "is not a lower and an upper bound"),
        (f"{CARRYING}:1e999:", "is not a lower and an upper bound"),
        (f"{CARRYING}::", "is not a lower and an upper bound"),
        (f"{CARRYING}:0.3", "is not a lower and an upper bound"),
        (f"{CARRYING}:<b>:", "is not a lower and an upper bound"),
        (f"{CARRYING}:0.9:", "too few to say anything (at least 50); all draws are shown"),
        (f"{CARRYING}::0.5~{CARRYING}:x:", "is not a lower and an upper bound"),
    ],
)
def test_what_a_link_may_not_believe_is_told_and_left_out(believed, words, browser, file, head):
    with opened(browser, file, f"{head}&b={believed}&view=beliefs") as page:
        assert words in said(page)
        assert page.locator("main b b, .notices b").count() == 0
        assert (left(page) == 200) == (f"{CARRYING}::0.5" not in believed)


def test_an_end_stops_where_fewer_than_fifty_draws_would_be_left(browser, file, head):
    with opened(browser, file, f"{head}&{LEVER}&view=beliefs") as page:
        low = end_of(page, CARRYING, "at least")
        low.focus()
        for _ in range(30):
            page.keyboard.press("PageUp")
        settle(page)
        assert 50 <= left(page) < 60
        assert "Stopped here: further, fewer than 50 of the 200 draws" in flat(
            page.locator(f'[data-belief="{CARRYING}"]').inner_text()
        )
        kept, stopped = answer(page), here(page)
        page.keyboard.press("End")
        settle(page)
        assert here(page) == stopped
        with opened(browser, file, stopped.partition("#")[2]) as other:
            assert answer(other) == kept, "rows that are told anew are those of a run"
        page.keyboard.press("Home")
        settle(page)
        assert left(page) == 200
        assert low.get_attribute("aria-valuetext") == "any"


def test_ends_never_cross_and_have_names(browser, file, head):
    with opened(browser, file, f"{head}&{LEVER}&b={CARRYING}::0.5&view=beliefs") as page:
        low, high = (end_of(page, CARRYING, end) for end in ("at least", "at most"))
        assert high.get_attribute("aria-valuetext") == "at most 0.500"
        low.evaluate(
            "one => { one.value = 200; one.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        settle(page)
        assert float(low.input_value()) <= float(high.input_value())
        assert left(page) >= 50
        box = low.bounding_box()
        assert box is not None
        assert box["height"] >= 28


def test_those_with_the_largest_hold_are_shown_and_others_are_found(browser, file, head, tmp_path):
    with opened(browser, file, f"{head}&{LEVER}&view=beliefs") as page:
        cards = page.locator("[data-belief]")
        texts = [
            (card.get_attribute("data-belief"), flat(card.inner_text())) for card in cards.all()
        ]
        scenario = scenario_of(page, tmp_path)
        page.get_by_role("searchbox").fill("elasticity demand")
        settle(page)
        assert ELASTICITY in cards.evaluate_all("all => all.map(one => one.dataset.belief)")
        page.get_by_role("searchbox").fill("zzz")
        assert "None speaks of ‘zzz’" in page.locator(".belief-list").inner_text()
    comparison = up.compare("base", str(scenario))
    span = np.array([comparison.since]), np.array([2032.0])
    first, second = (run.periods(DEATHS, *span)[:, 0] for run in comparison.runs)
    known = fitted()
    held = {
        path: float(spearmanr(column[:200], first - second).statistic)
        for path, column in known.constants.items()
        if np.ptp(column[:200]) > 0 and path != "surveys.missed"
    }
    most = sorted((abs(hold) for hold in held.values()), reverse=True)[:8]
    shown = [abs(held[path]) for path, _ in texts]
    assert shown == pytest.approx([hold for hold in most if hold > 0.2], abs=0.005)
    for path, text in texts:
        sign = "+" if held[path] > 0 else "−"
        assert f"(rank correlation {sign}{abs(held[path]):.2f})" in text
        one = known.told.get(path)
        assert ("An assumption still" in text) == (one is None or one.assumed)


def test_every_view_and_file_says_that_it_is_of_a_part_of_the_draws(browser, file, head, tmp_path):
    with opened(browser, file, f"{head}&{LEVER}&{TWO}&view=people") as page:
        count = 69
        foot = page.get_by_role("complementary", name="How sure, and how recent")
        assert f"the {count} of 200 draws that hold what you believe" in flat(foot.inner_text())
        button = page.locator("main").get_by_role("button", name=re.compile("CSV")).first
        text = saved(page, button, tmp_path).read_text(encoding="utf-8")
        assert f"the {count} of 200 draws in which {CARRYING} >= 0.3 and {CARRYING} <= 0.6" in text
        scenario = scenario_of(page, tmp_path).read_text(encoding="utf-8")
        assert "# What is believed is no part of this file. Command: upriver compare" in scenario
        foot.get_by_role("button", name="How sure").click()
        assert f"the {count} of 200 draws" in flat(page.get_by_role("dialog").inner_text())


def test_the_published_model_has_draws_of_its_own(browser, file, head):
    link = head.replace("w=base", "w=published")
    with opened(browser, file, f"{link}&{LEVER}&view=overview") as page:
        usual = answer(page)
        follow(page, f"{link}&{LEVER}&{TWO}&view=overview")
        assert answer(page) == usual
        follow(page, f"{link}&{TWO}&view=beliefs")
        page.get_by_role("button", name="Open the base projection").click()
        settle(page)
        assert left(page) == 69


def test_a_phone_says_it_at_the_foot_of_every_view(browser, file, head):
    with opened(browser, file, f"{head}&{LEVER}&{TWO}&view=people", width=390) as page:
        foot = page.get_by_role("complementary", name="How sure, and how recent")
        assert flat(foot.inner_text()).endswith("69 of 200 draws")
        assert foot.evaluate("one => [...one.children].every(p => p.scrollWidth <= p.clientWidth)")
