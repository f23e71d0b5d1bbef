"""The page computes what is looked at, once, and keeps no more than it needs."""

import os
import sys
from pathlib import Path

import pytest
from hand import answer, opened, push, rest, settle, slider, strengths, view

from upriver.page.write import VIEWS
from upriver.policy.draws import MOST_DRAWS

BURST = """lever => {
  const one = document.querySelector(`[data-lever="${lever}"] input[type=range]`);
  one.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  for (let i = 1; i <= 50; i++) {
    one.value = -0.5 + 0.03 * i;
    one.dispatchEvent(new Event('input', { bubbles: true }));
  }
  one.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
}"""


def test_moves_that_a_hand_has_passed_over_are_never_computed(browser, file):
    with opened(browser, file) as page:
        slider(page, "naloxone_kits").focus()
        before = page.evaluate("window.engine.asked")
        page.evaluate(BURST, "naloxone_kits")
        settle(page)
        assert page.evaluate("window.engine.asked") - before <= 3
        assert strengths(page)["naloxone_kits"] == "+100 %"
        burst = answer(page)
        page.get_by_role("button", name="Undo", exact=True).click()
        assert strengths(page)["naloxone_kits"] == "as today"
    with opened(browser, file) as page:
        push(page, "naloxone_kits", 1.0)
        settle(page)
        assert answer(page) == burst


def test_only_what_the_open_view_shows_is_asked_of_the_engine(browser, file):
    outputs = (
        "() => [...new Set(window.engine.questions.flatMap(({ wants }) =>"
        " wants.flatMap(({ output, outputs, flow, flows, path }) =>"
        " output ?? outputs ?? flow ?? flows ?? path)))].sort()"
    )
    with opened(browser, file, "view=levers") as page:
        assert page.evaluate(outputs) == ["people.overdose.deaths"]
        view(page, "Overview")
        page.evaluate("window.engine.questions.length = 0")
        push(page, "naloxone_kits", 0.5)
        settle(page)
        assert "people.heads.oud" in page.evaluate(outputs)
        view(page, "Levers")
        page.evaluate("window.engine.questions.length = 0")
        push(page, "naloxone_kits", 0.7)
        settle(page)
        assert page.evaluate(outputs) == ["people.overdose.deaths"]


def test_what_was_known_is_not_asked_again(browser, file):
    with opened(browser, file) as page:
        push(page, "naloxone_kits", 0.5)
        settle(page)
        before = page.evaluate("window.engine.asked")
        for _ in range(3):
            page.get_by_role("button", name="Undo", exact=True).click()
            page.get_by_role("button", name="Redo", exact=True).click()
            settle(page)
        assert page.evaluate("window.engine.asked") == before


FRAMES = """async lever => {
  const one = document.querySelector(`[data-lever="${lever}"] input[type=range]`);
  const own = window.requestAnimationFrame;
  let frames = 0;
  window.requestAnimationFrame = (...given) => { frames += 1; return own(...given); };
  one.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  for (const value of [0.6, 0.7, 0.8]) {
    one.value = value;
    one.dispatchEvent(new Event('input', { bubbles: true }));
    for (let turn = 0; turn < 50; turn++) await null;
  }
  window.requestAnimationFrame = own;
  one.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  return frames;
}"""


@pytest.mark.parametrize("name", ["overview", "levers"])
def test_a_move_asks_for_no_frame_for_which_its_answer_would_wait(browser, file, name):
    with opened(browser, file, f"w=base&s=2&l=naloxone_kits:0.5:2027:3&view={name}") as page:
        assert page.evaluate(FRAMES, "naloxone_kits") == 0


def test_links_say_the_scenario_once_the_hand_lets_go(browser, file):
    with opened(browser, file) as page:
        slider(page, "naloxone_kits").focus()
        page.evaluate(BURST, "naloxone_kits")
        settle(page)
        links = page.locator(".views a, .stage h2 a").evaluate_all("all => all.map(a => a.hash)")
        assert all("l=naloxone_kits:1:" in link for link in links), links
        assert "naloxone_kits:1:" in page.evaluate("location.hash")
        assert "(+100 %)" in answer(page)


MOVE = """async ([lever, count, first]) => {
  const one = document.querySelector(`[data-lever="${lever}"] input[type=range]`);
  const calm = () => new Promise(done => {
    const look = () => window.engine.asked === window.engine.answered
      ? setTimeout(done) : setTimeout(look);
    setTimeout(look);
  });
  for (let i = 0; i < count; i++) {
    one.value = -0.5 + 0.0075 * ((first + i) % 200);
    one.dispatchEvent(new Event('input', { bubbles: true }));
    one.dispatchEvent(new Event('change', { bubbles: true }));
    await calm();
  }
}"""


def heap(page) -> float:
    """Megabytes that the page holds once what is not needed was collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    session.detach()
    return float(used["usedSize"] + used.get("backingStorageSize", 0)) / 1e6


def steady(browser, file: Path, warm: int, moves: int) -> float:
    """Megabytes by which the page has grown over moves of a lever, once it is warm."""
    with opened(browser, file, "view=levers") as page:
        page.evaluate(MOVE, ["naloxone_kits", warm, 0])
        before = heap(page)
        page.evaluate(MOVE, ["naloxone_kits", moves, warm])
        return heap(page) - before


def test_a_hundred_moves_need_no_more_memory(browser, file):
    assert steady(browser, file, 150, 100) < 2


@pytest.mark.slow
def test_five_thousand_moves_need_no_more_memory(browser, file):
    assert steady(browser, file, 500, 5000) < 2


def resident(browser) -> float:
    """Megabytes of the machine's memory that the largest process which draws a page holds."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [one["id"] for one in processes if one["type"] == "renderer"]
    sizes = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in pages]
    return max(sizes) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_rests_with_all_draws_in_four_hundred_megabytes(browser, file, name):
    link = f"w=base&s=2&l=naloxone_kits:0.5:2027:3&view={name}"
    with opened(browser, file, link, draws=None) as page:
        rest(page, MOST_DRAWS)
        page.wait_for_timeout(3000)
        assert resident(browser) < 400
