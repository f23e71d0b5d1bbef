"""The report in a browser: it opens from the disk, draws, reads and prints, and in silence."""

from pathlib import Path

import pytest
from demonstration import HEADLINE, SOURCES, fan, figure

from browser import open_page, until
from upriver.report import html, style
from upriver.report.section import Section

NASTY = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> & "more" \''
DRAWN = "document.querySelectorAll('svg.drawing').length"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three figures, with a title that would be markup."""
    many = figure(
        "many", figure().series[0], *(fan(f"S{i}", "scenario", 1 - i / 9) for i in range(5))
    )
    parts = [Section(NASTY, "One.", [figure("one"), figure(NASTY)]), Section("Two", "", [many])]
    text = html.render(
        NASTY, "By 2032", parts, HEADLINE, {"a": 1}, [NASTY], "As it is.", SOURCES, projection=2026
    )
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("width", [1440, 768, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_opens_in_silence_and_draws_every_figure(browser, report, width, dark):
    with open_page(browser, report, width=width, dark=dark) as page:
        until(page, f"{DRAWN} === 3")
        assert page.title() == NASTY
        assert page.locator("script[src], img, iframe").count() == 0
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
        ground = style.DARK["page"] if dark else style.LIGHT["page"]
        parts = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
        colour = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert colour == f"rgb({parts[0]}, {parts[1]}, {parts[2]})"


def test_a_chosen_theme_wins(browser, report):
    with open_page(browser, report, dark=True) as page:
        look = "() => getComputedStyle(document.documentElement).getPropertyValue('--page')"
        for theme, palette in (("light", style.LIGHT), ("dark", style.DARK)):
            page.evaluate(f"() => document.documentElement.setAttribute('data-theme', '{theme}')")
            assert page.evaluate(look) == palette["page"]


def test_without_scripts_every_number_can_be_read(browser, report):
    with open_page(browser, report, java_script_enabled=False) as page:
        assert page.locator(".without").is_visible()
        twin = page.locator("figure#fig-one details")
        twin.locator("summary").click()
        assert twin.get_by_text("73,838").is_visible()
        assert page.locator("figure#fig-one a.get").is_visible()


def test_a_narrow_screen_has_things_large_enough_to_touch(browser, report):
    with open_page(browser, report, width=390, has_touch=True, is_mobile=True) as page:
        until(page, f"{DRAWN} === 3")
        for one in page.locator(".actions a, .actions button, summary").all():
            box = one.bounding_box()
            assert box["height"] >= 43.5
            assert box["width"] >= 43.5


def test_a_touch_reads_the_numbers(browser, report):
    with open_page(browser, report, width=390, has_touch=True, is_mobile=True) as page:
        until(page, f"{DRAWN} === 3")
        reader = page.locator("figure#fig-many .reader")
        reader.scroll_into_view_if_needed()
        reader.tap()
        tip = page.locator("figure#fig-many .tip")
        assert tip.is_visible()
        assert tip.locator("tr").count() == 6


def test_on_paper_charts_stay_and_buttons_go(browser, report):
    with open_page(browser, report, dark=True) as page:
        until(page, f"{DRAWN} === 3")
        page.emulate_media(media="print")
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == (
            "rgb(253, 253, 251)"
        )
        assert page.locator("svg.drawing").first.is_visible()
        assert not page.locator(".actions").first.is_visible()
        assert not page.locator("details").first.is_visible()
        assert page.pdf()[:4] == b"%PDF"


def test_each_figure_can_be_taken_away(browser, report):
    with open_page(browser, report) as page:
        until(page, f"{DRAWN} === 3")
        holder = page.locator("figure#fig-many")
        for button, start in (("CSV", b"# Deaths"), ("SVG", b"<svg "), ("PNG", b"\x89PNG")):
            with page.expect_download() as given:
                holder.get_by_text(button, exact=True).click()
            assert given.value.suggested_filename == f"upriver-many.{button.lower()}"
            assert given.value.path().read_bytes().startswith(start)
