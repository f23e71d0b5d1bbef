"""The diplomacy view: what happened, and two runs that are those of Python."""

from pathlib import Path

import numpy as np
import pytest
from hand import flat, opened, settle

import upriver as up
from upriver.core.parameters import parameters
from upriver.experiments.simulate import Run
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.report import wording

COUNTRIES = ("china", "india", "mexico")
DEATHS = "cumulative.people.overdose.deaths"
EFFORT = tuple(f"diplomacy.effort[{country}]" for country in COUNTRIES)
LEVELS = {"collapse (0.05)": 0.05, "as the model has them": None, "full (0.9)": 0.9}


def ran(folder: Path, level: float | None, decoupled: bool) -> Run:
    """The base from 2026 on with relations with China at a level, linked or decoupled."""
    changes = []
    if level is not None:
        changes.append(
            f"acts_on: 'diplomacy.relations.level[china]', operation: replace, to: {level}"
        )
    if decoupled:
        changes += [
            f"acts_on: 'diplomacy.effort.linkage[{country}]', operation: scale, by: -1"
            for country in COUNTRIES
        ]
    lines = [f"  - {{{one}, from: 2026, over: 0}}" for one in changes]
    scenario = "base"
    if lines:
        mine = folder / f"{level}-{decoupled}.yaml"
        mine.write_text("\n".join(["schema: 2", "title: mine", "changes:", *lines, ""]))
        scenario = str(mine)
    return up.simulate(scenario, world="whole", draws=DEFAULT_DRAWS, outputs=(DEATHS, *EFFORT))


@pytest.mark.parametrize("choice", LEVELS)
def test_linked_against_decoupled_is_as_python_has_it(choice, browser, file, tmp_path):
    with opened(browser, file, "view=diplomacy") as page:
        page.get_by_label(choice, exact=True).check()
        settle(page)
        said = flat(page.locator(".diplomacy-answer").inner_text())
        rows = page.locator(".diplomacy-efforts tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
    linked, decoupled = (ran(tmp_path, LEVELS[choice], one) for one in (False, True))
    first, last = np.array([2026.0]), np.array([2032.0])
    deaths = [run.periods("people.overdose.deaths", first, last) for run in (linked, decoupled)]
    low, median, high = np.quantile(deaths[0] - deaths[1], (0.025, 0.5, 0.975))
    more = median < 0
    ends = (-high, -low) if more else (low, high)
    size, *known = wording.known(abs(median), *ends, len(deaths[0]), 0)
    if low < 0 < high:
        assert "the model cannot tell" in said
        assert "people die" not in said
        bare = [end.removeprefix(wording.MINUS) for end in (known[::-1] if more else known)]
        assert f"from {bare[0]} more to {bare[1]} fewer" in said
    else:
        words = f"{size} {'more' if more else 'fewer'} people die"
        assert words in said
        assert f"(95 % interval {' to '.join(known)})" in said
    for row, output in zip(rows, EFFORT, strict=True):
        found = [run.level(output).at(2032)[0] for run in (linked, decoupled)]
        assert row[1:] == [wording.number(value, 2) for value in found]


def test_effort_follows_relations_where_it_is_linked_and_not_where_it_is_decoupled(browser, file):
    found = {}
    with opened(browser, file, "view=diplomacy") as page:
        for choice in LEVELS:
            page.get_by_label(choice, exact=True).check()
            settle(page)
            cells = page.locator(".diplomacy-efforts tbody tr").first.locator("td").all()
            found[choice] = [float(cell.inner_text()) for cell in cells]
    linked, decoupled = zip(*found.values(), strict=True)
    assert linked[0] < linked[1] < linked[2]
    assert len(set(decoupled)) == 1


def test_the_timeline_is_walked_with_arrow_keys_and_says_what_the_model_makes_of_it(browser, file):
    with opened(browser, file, "view=diplomacy") as page:
        assert "nobody records it" in page.locator("main").inner_text()
        page.locator(".timeline [data-event][tabindex='0']").focus()
        detail = page.locator(".diplomacy-timeline .flows-detail")
        assert "cooperation resumed" in detail.inner_text()
        assert "deaths had turned before" in detail.inner_text()
        page.keyboard.press("Home")
        assert "1 March 2017, China" in detail.inner_text()
        page.keyboard.press("ArrowRight")
        assert "1 March 2017" not in detail.inner_text()
        assert page.locator(".timeline [tabindex='0']").count() == 1


def test_every_level_of_the_model_stands_with_an_act_or_in_the_list_of_others(browser, file, data):
    paths = ("diplomacy.relations.level", "diplomacy.effort.commitment")
    known = sum(
        knot.act is not None
        for path in paths
        for country in COUNTRIES
        for knot in parameters()[f"{path}[{country}]"].knots
    )
    assert len(data["diplomacy"]["knots"]) == known
    with opened(browser, file, "view=diplomacy") as page:
        said = page.locator(".timeline [data-event]").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        page.get_by_text("Every act as a list").click()
        others = page.locator(".diplomacy-timeline details > p").all_inner_texts()
    text = " ".join([*said, *(one for one in others if "Moved in the model" in one)])
    levels = text.count("relations with ") + text.count(" makes by itself at ")
    assert levels == known
    assert "Indiana" not in text
