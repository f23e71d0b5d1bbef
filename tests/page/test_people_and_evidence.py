"""The people and evidence views: they can be walked by keys, and tell every series."""

import re
from pathlib import Path

from hand import flat, opened, saved, settle

from upriver.page import write

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
