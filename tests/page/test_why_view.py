"""The view Why: every number that stands there is one that was told, for each pair of years."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from hand import flat, opened, saved, settle
from playwright.sync_api import Page

from browser import WIDTHS
from upriver.experiments.caveats import caveat_of, unexplained
from upriver.experiments.summary import figures
from upriver.report.told.store import told

HEAD = "view=why"
WHY = told("why")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text: str) -> set[str]:
    """Numbers as they are printed."""
    return {found.rstrip(",") for found in NUMBER.findall(text)}


def signed(value: float) -> str:
    text = figures(value)
    return text if text == "0" or text.startswith("−") else f"+{text}"


def ends(found: dict[str, float]) -> str:
    return f"{signed(found['low'])} to {signed(found['high'])}"


def choose(page: Page, span: dict[str, Any]) -> None:
    page.get_by_role("radio", name=f"{span['from']} to {span['to']}").check(force=True)
    settle(page)


def unfold(page: Page) -> None:
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()


@pytest.mark.parametrize("span", WHY["spans"], ids=lambda span: f"{span['from']} to {span['to']}")
def test_parts_intervals_and_sentences_are_those_that_were_told(span, browser, file):
    with opened(browser, file, HEAD) as page:
        choose(page, span)
        unfold(page)
        said = flat(page.locator(".why-said").inner_text())
        assert said == " ".join(span["said"])
        rows = {
            row.get_attribute("data-part"): flat(row.text_content() or "")
            for row in page.locator("svg.waterfall [data-part]").all()
        }
        table = flat(page.locator("table:has(#why-parts)").inner_text())
        for part in span["parts"]:
            shown = f"{signed(part['median'])} ({ends(part)})"
            assert rows[part["name"]] == f"{part['title']}{shown}"
            assert f"{signed(part['median'])} {ends(part)} {part['lowers_in']} of 100" in table
            if part["prior"]:
                assert f"{signed(part['prior']['median'])} ({ends(part['prior'])})" in table
        for year, deaths in ((span["from"], span["before"]), (span["to"], span["after"])):
            interval = f"{figures(deaths['low'])} to {figures(deaths['high'])}"
            assert rows[f"deaths in {year}"].endswith(f"{figures(deaths['median'])} ({interval})")
        for name, title in WHY["rivals"].items():
            (row,) = page.locator("table:has(#why-rivals) tbody tr").filter(has_text=title).all()
            told_of = [p["by_rival"][name] for p in span["parts"] if p["name"] in span["disputed"]]
            assert flat(row.inner_text()) == f"{title} {' '.join(map(signed, told_of))}"


@pytest.mark.parametrize("span", WHY["spans"], ids=lambda span: f"{span['from']} to {span['to']}")
def test_no_number_stands_there_that_was_not_told(span, browser, file, data):
    with opened(browser, file, HEAD) as page:
        choose(page, span)
        unfold(page)
        page.locator("svg.waterfall .axes").evaluate("one => one.remove()")
        shown = numbers(page.locator("main").inner_text())
    texts = [
        *span["said"],
        *(text for one in told("answers")["answers"] for text in (*one["sure"], *one["cannot"])),
        *(f"{one['from']} {one['to']}" for one in WHY["spans"]),
        *(data["references"][key]["short"] for one in span["recorded"] for key in one["sources"]),
        unexplained("whole"), caveat_of("whole"), data["version"], WHY["stamp"], "95", "100",
    ]  # fmt: skip
    known = set().union(*(numbers(text) for text in texts))
    for value in flatly(span):
        known |= numbers(figures(value))
    for one in span["recorded"]:
        first, last = one["values"]
        known |= {f"{value:,.0f}" for value in (first, last) if value is not None}
        if first is not None and last is not None:
            known.add(f"{abs(last - first):,.0f}")
    counts = {str(part["lowers_in"]) for part in span["parts"]}
    assert shown <= known | counts


def flatly(found: Any) -> list[float]:
    """All numbers within."""
    if isinstance(found, dict):
        return [value for one in found.values() for value in flatly(one)]
    if isinstance(found, list):
        return [value for one in found for value in flatly(one)]
    return [float(found)] if isinstance(found, int | float) else []


CROSSED = """() => {
  const svg = document.querySelector('svg.waterfall');
  const whole = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text:not(.halo)')].map(one =>
    [one.textContent, one.getBoundingClientRect()]);
  const out = texts.filter(([, box]) => box.left < whole.left - 1 || box.right > whole.right + 1);
  const over = texts.flatMap(([a, one], i) => texts.slice(i + 1)
    .filter(([, other]) => one.left < other.right && other.left < one.right
      && one.top + 3 < other.bottom && other.top + 3 < one.bottom)
    .map(([b]) => `${a} / ${b}`));
  return [...out.map(([text]) => text), ...over];
}"""


@pytest.mark.parametrize("width", [*WIDTHS, 1024])
def test_no_name_or_number_of_the_waterfall_covers_another_or_is_cut(width, browser, file):
    with opened(browser, file, HEAD, width=width) as page:
        for span in WHY["spans"]:
            choose(page, span)
            assert page.evaluate(CROSSED) == [], span["from"]


def test_bars_begin_where_the_one_above_ended_and_end_at_the_last_year(browser, file):
    with opened(browser, file, HEAD) as page:
        bars = page.locator("svg.waterfall .bar").evaluate_all(
            "all => all.map(one => [one.x.baseVal.value, one.width.baseVal.value])"
        )
        for i, part in enumerate(WHY["spans"][0]["parts"], start=1):
            lowers = part["mean"] < 0
            begin = bars[i][0] + (bars[i][1] if lowers else 0)
            above = WHY["spans"][0]["parts"][i - 2] if i > 1 else None
            came = bars[i - 1][0] + (0 if above and above["mean"] < 0 else bars[i - 1][1])
            assert begin == pytest.approx(came, abs=2)
        assert page.locator('[data-part="unexplained"] [fill^="url(#"]').count() == 1


def test_arrow_keys_go_from_one_pair_of_years_to_the_next(browser, file):
    with opened(browser, file, HEAD) as page:
        page.get_by_role("radio", name="2022 to 2025").focus()
        page.keyboard.press("ArrowRight")
        settle(page)
        assert "from 2019 to 2022" in page.get_by_role("heading", level=2).first.inner_text()
        assert flat(page.locator(".why-first").inner_text()) == WHY["spans"][1]["said"][0]


def test_levers_do_not_move_what_is_told_and_the_engine_is_not_needed(browser, file):
    forbid = "delete window.WebAssembly;"
    with opened(browser, file, HEAD, before=forbid, calm=False) as page:
        assert page.locator("svg.waterfall [data-part]").count() == len(
            WHY["spans"][0]["parts"]
        ) + len(("first", "last"))


def test_the_csv_has_every_part_and_says_what_made_it(browser, file, tmp_path: Path):
    span = WHY["spans"][0]
    with opened(browser, file, HEAD) as page:
        button = page.get_by_role("button", name=re.compile("Save the numbers as CSV"))
        text = saved(page, button, tmp_path).read_text()
    assert "upriver explain --from 2022 --to 2025" in text
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    by_name = {row["part"]: row for row in rows}
    for part in span["parts"]:
        row = by_name[part["name"]]
        for key in ("mean", "median", "low", "high", "lowers_in"):
            assert float(row[key]) == pytest.approx(part[key])


def test_overview_says_where_deaths_go_and_opens_why_on_it(browser, file):
    (span,) = (one for one in WHY["spans"] if one["to"] > 2026)
    with opened(browser, file, "view=overview") as page:
        said = flat(page.locator(".ahead").inner_text())
        from_, to = (figures(span[end]["median"]) for end in ("before", "after"))
        between = f"({figures(span['after']['low'])} to {figures(span['after']['high'])})"
        assert (
            f"from about {from_} in {span['from']} to about {to} in {span['to']} {between}" in said
        )
        page.locator(".ahead button").click()
        settle(page)
        name = f"{span['from']} to {span['to']}"
        assert page.get_by_role("radio", name=name).is_checked()
        assert span["said"][0] in flat(page.locator("main").inner_text())
    with opened(browser, file, "view=overview&w=optimistic") as page:
        assert page.locator(".ahead").count() == 0
