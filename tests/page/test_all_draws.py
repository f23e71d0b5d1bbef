"""At rest the page runs all draws, the same as Python's to the bit; a move runs the first."""

import base64
import json
import shlex

import numpy as np
import pytest
from hand import answer, drag, follow, menu, opened, push, rest, scenario_file, slider, table
from test_numbers import cells, expected_answer

import upriver as up
from upriver.cli.main import main
from upriver.engine.run import load
from upriver.experiments.summary import figures
from upriver.page.payload_columns import awake
from upriver.policy.apply import table as table_of
from upriver.policy.chosen import as_shipped, believe, fitted
from upriver.policy.draws import DEFAULT_DRAWS, MOST_DRAWS
from upriver.policy.levers import levers
from upriver.policy.scenario import read_scenario

BEFORE = """
window.sent = {};
const give = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  if (message.type === 'start' || message.type === 'part') {
    window.sent[message.part ?? 0] = message.columns;
    window.factors ??= message.factors;
  }
  return give.call(this, message, ...rest);
};
"""
"""Keeps what the page gives its engine."""

SENT = """paths => Object.fromEntries(paths.map(path => {
  const parts = Object.keys(window.sent).map(Number).sort((a, b) => a - b);
  return [path, parts.map(part => {
    const bytes = new Uint8Array(window.sent[part][path].values.slice().buffer);
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    }
    return btoa(text);
  })];
}))"""

LINK = "s=2&w=base&l=naloxone_kits:0.5:2027:1~{drawn}&view=overview"


@pytest.fixture(scope="module")
def drawn() -> str:
    """A lever whose effect is drawn, in a link."""
    name = next(name for name, one in levers().items() if one.effect and one.effect.spread)
    return LINK.format(drawn=f"{name}:{levers()[name].range[1] / 2:g}:2027:2")


@pytest.fixture
def head(data) -> str:
    """What a link of this page begins with."""
    return f"v={data['version']}&d={data['digest']}"


def test_the_engine_is_given_the_numbers_of_python_to_the_bit(browser, file):
    columns = awake(table_of(read_scenario("base"), MOST_DRAWS)).columns
    paths = [name for name in load().inputs if np.ptp(columns[name], axis=0).any()]
    assert len(paths) > 200
    with opened(browser, file, before=BEFORE, draws=None) as page:
        rest(page, MOST_DRAWS)
        found = page.evaluate(SENT, paths)
        factors = page.evaluate("window.factors")
    for path in paths:
        numbers = np.concatenate([np.frombuffer(base64.b64decode(one)) for one in found[path]])
        assert np.array_equal(numbers, columns[path].ravel()), path
    drawn = [one for one in levers().values() if one.effect and one.effect.spread]
    assert drawn
    for one in drawn:
        assert len(factors[one.name]) == MOST_DRAWS


def test_at_rest_page_command_line_and_python_print_the_same_of_all_draws(
    browser, file, head, drawn, tmp_path, capsys
):
    with opened(browser, file, f"{head}&{drawn}", draws=None) as page:
        rest(page, MOST_DRAWS)
        text, shown = answer(page), table(page, "deaths")
        scenario = scenario_file(page, tmp_path)
        assert "1,000 draws" in page.locator(".sure-strip").inner_text()
        said = page.locator(".menu").inner_text()
    assert f"upriver run scenario.yaml --draws {MOST_DRAWS}" in said
    comparison = up.compare("base", str(scenario), draws=MOST_DRAWS)
    today, now = comparison.runs
    assert text == expected_answer(comparison, read_scenario(scenario), "base")
    assert (shown["as today"], shown["as today: interval"]) == cells(today.deaths)
    mine = (shown["with your levers"], shown["with your levers: interval"])
    assert mine == cells(now.deaths, 2026)
    with pytest.raises(SystemExit):
        main(["compare", "base", str(scenario), "--draws", "1000", "--json", "--no-files"])
    row = json.loads(capsys.readouterr().out)["scenarios"][1]
    averted = comparison.averted(now)
    assert (row["averted"], row["averted_low"], row["averted_high"]) == averted


def test_a_move_runs_the_first_draws_and_letting_go_runs_all(browser, file, tmp_path):
    with opened(browser, file, "view=overview", draws=None) as page:
        rest(page, MOST_DRAWS)
        drag(page, "naloxone_kits", 0.9, let_go=False)
        rest(page, MOST_DRAWS)  # it was still for a moment
        still = answer(page)
        page.mouse.up()
        rest(page, MOST_DRAWS)
        assert answer(page) == still
        runs = page.evaluate("window.engine.questions.map(one => [one.part, one.parts])")
        scenario = scenario_file(page, tmp_path)
    assert [0, 1] in runs
    assert [4, 5] in runs
    assert runs.index([0, 1]) < runs.index([4, 5])
    comparison = up.compare("base", str(scenario), draws=MOST_DRAWS)
    assert still == expected_answer(comparison, read_scenario(scenario), "base")


def test_a_new_move_gives_up_what_runs_and_the_last_one_is_shown(browser, file, tmp_path):
    with opened(browser, file, "view=overview", draws=None) as page:
        rest(page, MOST_DRAWS)
        slider(page, "naloxone_kits").focus()
        page.evaluate("window.engine.questions.length = 0")
        for by in range(1, 9):
            push(page, "naloxone_kits", by / 10)
            page.wait_for_timeout(20)
        rest(page, MOST_DRAWS)
        text, scenario = answer(page), scenario_file(page, tmp_path)
        runs = page.evaluate("window.engine.questions.map(one => [one.part, one.parts])")
    assert "(+80 %)" in text
    assert sum(part == 4 for part, _ in runs) < 8
    comparison = up.compare("base", str(scenario), draws=MOST_DRAWS)
    assert text == expected_answer(comparison, read_scenario(scenario), "base")


def test_the_published_model_has_the_first_draws_and_says_so(browser, file, head):
    with opened(browser, file, f"{head}&s=2&w=published&view=overview", draws=None) as page:
        rest(page, DEFAULT_DRAWS)
        assert "200 draws" in page.locator(".sure-strip").inner_text()
        menu(page, "Scenario file").click()
        assert "--draws" not in page.locator(".menu").inner_text()


@pytest.fixture
def shipped_again():
    """What a test chooses to run is forgotten after it."""
    yield
    as_shipped()


@pytest.mark.usefixtures("shipped_again")
def test_beliefs_choose_among_all_draws_as_the_command_line_does(
    browser, file, head, drawn, tmp_path
):
    path = "people.naloxone.reach"
    edge = float(f"{np.quantile(fitted().constants[path], 0.4):.3g}")
    count = int((fitted().constants[path] >= edge).sum())
    link = f"{head}&{drawn.replace('overview', 'beliefs')}&b={path}:{edge:g}:"
    with opened(browser, file, link, draws=None) as page:
        rest(page, count)
        sentence, command = answer(page), page.locator(".belief-command code").inner_text()
        follow(page, link.replace("view=beliefs", "view=overview"))
        rest(page, count)
        scenario = scenario_file(page, tmp_path)
    assert f"Of the 1,000 draws {count} hold what you believe." in sentence
    words = shlex.split(command)
    assert words[4:] == [
        "--draws", str(count), "--believe", f"{path} >= {edge:g}", "--among", "1000"
    ]  # fmt: skip
    believe([f"{path} >= {edge:g}"], among=MOST_DRAWS)
    comparison = up.compare("base", str(scenario), draws=count)
    for number in comparison.averted(comparison.runs[1]):
        assert figures(abs(number)) in sentence.partition("With all draws")[0]
