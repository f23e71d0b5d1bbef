"""The people and evidence views: they can be walked by keys, and tell every series."""

import re
from pathlib import Path

import numpy as np
from hand import flat, opened, saved, settle

import upriver as up
from upriver.experiments.simulate import INTERVAL
from upriver.page import write
from upriver.policy.apply import DEFAULT_DRAWS
from upriver.report import wording

NAMED = re.compile(r'sources: \[("[^\]]*")\]')


def test_the_diagram_is_walked_with_arrow_keys(browser, file, tmp_path: Path):
    with opened(browser, file, "view=people") as page:
        page.locator(".flows-drawing .flow[tabindex='0']").focus()
        before = flat(page.locator(".flows-detail").inner_text())
        page.keyboard.press("ArrowRight")
        after = flat(page.locator(".flows-detail").inner_text())
        assert after != before
        assert "95 % interval" in after
        page.keyboard.press("Home")
        assert "Misuse of prescription opioids" in page.locator(".flows-detail").inner_text()
        text = saved(page, page.locator(".flows-actions button").first, tmp_path).read_text()
        assert "people.stocks" not in text
        assert text.count("\n") > 60


def test_people_are_counted_to_what_draws_can_say_and_as_in_python(browser, file):
    output = "people.heads.in_treatment[buprenorphine]"
    run = up.simulate("base", world="whole", draws=DEFAULT_DRAWS, outputs=(output,))
    low, median, high = map(float, np.quantile(run.level(output).draws[:, -1], INTERVAL))
    middle, *ends = wording.known(median, low, high, run.draws, 0)
    assert middle.endswith("000")
    with opened(browser, file, "view=people") as page:
        page.get_by_text("Every stock and flow as a table").click()
        rows = page.locator(".flows-table tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
        drawn = page.locator(
            ".flows-drawing [data-key='buprenorphine.0'] .flow-people"
        ).text_content()
    assert ["On buprenorphine", "people", middle, " to ".join(ends), ""] in rows
    assert drawn == wording.bare(float(middle.replace(",", "")), 1e4)
    with opened(browser, file, "view=people", width=390) as page:
        assert f"{middle}" in flat(page.locator(".flows-list").inner_text())
        assert " to ".join(ends) in flat(page.locator(".flows-list").inner_text())


def test_every_series_is_told_and_found(browser, file, data):
    with opened(browser, file, "view=evidence") as page:
        assert page.locator("details.series").count() == len(data["records"])
        page.get_by_label("Search").last.fill("fentanyl_share")
        assert page.locator("details.series").count() == 1
        page.locator("details.series > summary").click()
        settle(page)
        opened_series = page.locator(".series-open")
        assert "Data to" in opened_series.inner_text()
        assert opened_series.locator("svg.drawing").count() == 1


def test_what_the_package_alone_has_is_folded(browser, file, data):
    titles = [title for one in data["inPackage"] for title in one]
    assert titles
    with opened(browser, file, "view=evidence") as page:
        folded = page.locator(".evidence-head details")
        assert folded.get_attribute("open") is None
        folded.locator("summary").click()
        assert folded.locator("li").all_inner_texts() == titles


def test_every_source_that_a_figure_names_is_cited_in_words(data):
    scripts = write.HERE.rglob("*.js")
    named = {
        key.strip('" ')
        for script in scripts
        for keys in NAMED.findall(script.read_text(encoding="utf-8"))
        for key in keys.split(",")
    }
    assert named
    assert named <= set(data["references"])
