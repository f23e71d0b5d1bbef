"""The view of costs: what stands there is what is told, every option is named, nothing overlaps."""

import csv
import math
from typing import Any

import pytest
from hand import carried, flat, opened, saved, settle
from test_accessibility import CUT, WIDE

from upriver.experiments.summary import figures
from upriver.policy.levers import levers
from upriver.report.told.store import told

HEAD = "view=cost"
COST = told("cost")
OPTIONS = {one["name"]: one for one in COST["options"]}
WORDS = {
    "saves money": "saves money",
    "costs more and gains nothing": "costs more, gains nothing",
    "costs less and loses": "saves money, costs lives",
}
BOOKS = ["health", "society"]


def dollars(value: float) -> str:
    """`$280,000`, `$2.8 bn`."""
    size = float(f"{abs(value):.2g}")
    sign = "−" if value < 0 and size >= 0.5 else ""
    for scale, word in ((1e9, " bn"), (1e6, " m")):
        if size >= scale:
            return f"{sign}${f'{size / scale:.1f}'.removesuffix('.0')}{word}"
    return f"{sign}${size:,.0f}"


def price(found: dict[str, Any]) -> str:
    """A price or why there is none."""
    if found["kind"] != "price":
        return WORDS[found["kind"]]
    return dollars(found["value"]) if found["value"] >= 1 else "breaks even"


def priced(found: dict[str, Any]) -> str:
    """A price with its interval as a cell shows it."""
    middle, low, high = (price(found[name]) for name in ("mean", "low", "high"))
    if low == high:
        return middle if low == middle else f"{middle} {low}"
    return f"{middle} {low} to {high}"


def ended(found: dict[str, float], tell) -> str:
    """A mean with its interval as a cell shows it."""
    return f"{tell(found['mean'])} {tell(found['low'])} to {tell(found['high'])}"


def of_a_hundred(share: float) -> int:
    """So many of a hundred; never all or none unless it is."""
    whole = math.floor(100 * share + 0.5)
    return min(99, max(1, whole)) if 0 < share < 1 else whole


def choose(page, books):
    page.locator("input[name=cost-books]").nth(BOOKS.index(books)).check(force=True)
    settle(page)


@pytest.mark.parametrize("books", BOOKS)
def test_every_number_of_the_table_is_the_one_that_is_told(books, browser, file):
    with opened(browser, file, HEAD) as page:
        choose(page, books)
        rows = page.locator(".cost-table tbody tr")
        assert rows.count() == len(OPTIONS)
        for i in range(len(OPTIONS)):
            row = rows.nth(i)
            one = OPTIONS[row.get_attribute("data-option")]
            of = one["views"][books]
            shares = " and ".join(str(of_a_hundred(share)) for share in of["worth"])
            assert [flat(text) for text in row.locator("td").all_inner_texts()] == [
                ended(one["averted"], figures),
                ended(of["cost"], dollars),
                priced(of["per_death"]),
                priced(of["per_qaly"]),
                f"{shares} in 100",
            ], one["name"]


def test_the_first_sentence_is_of_the_cheapest_lever_whose_whole_cost_is_known(browser, file):
    whole = [
        one
        for one in OPTIONS.values()
        if one["budget"] is None and not one["in_part"] and not one["guessed"]
    ]
    best = min(whole, key=lambda one: one["views"]["health"]["per_death"]["mean"]["value"])
    found = best["views"]["health"]["per_death"]
    with opened(browser, file, HEAD) as page:
        said = flat(page.locator(".cost-first").inner_text())
        assert said.startswith(levers()[best["name"]].doing)
        assert f"about {price(found['mean'])} for each death averted" in said
        assert f"{price(found['low'])} to {price(found['high'])}" in said
        without = f"{len(COST['without_cost'])} of {len(levers())} levers have no known cost"
        assert without in flat(page.locator(".cost-view").inner_text())


def test_levers_without_a_cost_are_named(browser, file):
    with opened(browser, file, HEAD) as page:
        page.locator(".cost-without summary").click()
        said = flat(page.locator(".cost-without p").inner_text())
        for name in COST["without_cost"]:
            assert levers()[name].title in said


def test_the_mixes_are_what_the_portfolio_pulls(browser, file):
    mixes = [one for one in COST["options"] if one["budget"] is not None]
    titles = {one.title: name for name, one in levers().items()}
    with opened(browser, file, HEAD) as page:
        shown = {one["name"]: {} for one in mixes}
        for row in page.locator(".cost-mixes tbody tr").all():
            name = titles[flat(row.locator("th").inner_text())]
            for one, level in zip(mixes, row.locator("td").all_inner_texts(), strict=True):
                if level != "–":
                    shown[one["name"]][name] = level
    assert shown == {one["name"]: one["pulled"] for one in mixes}


OVERLAPS = """() => {
  const found = [];
  for (const drawing of document.querySelectorAll('.cost-plane')) {
    const frame = drawing.getBoundingClientRect();
    const texts = [...drawing.querySelectorAll('text.cost-name')];
    const boxes = texts.map(one => one.getBoundingClientRect());
    boxes.forEach((a, i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.push(texts[i].textContent);
      boxes.slice(i + 1).forEach((b, k) => {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 4 || b.bottom <= a.top + 4;
        if (!apart) found.push(`${texts[i].textContent} on ${texts[i + 1 + k].textContent}`);
      });
    });
  }
  return found;
}"""  # noqa: E501


@pytest.mark.parametrize("width", [1440, 1024, 768, 390])
def test_no_name_in_the_planes_covers_another(width, browser, file):
    with opened(browser, file, HEAD, width=width) as page:
        for books in BOOKS:
            choose(page, books)
            assert page.evaluate(OVERLAPS) == [], books


def test_every_option_is_a_point_and_numbers_are_those_of_the_table(browser, file):
    with opened(browser, file, HEAD) as page:
        drawn = page.locator(".cost-plane").first.locator("[data-option]")
        assert drawn.count() == len(OPTIONS)
        rows = page.locator(".cost-table tbody th").all_inner_texts()
        numbered = {flat(text).split(" ", 1)[0]: flat(text) for text in rows}
        for item in page.locator(".cost-numbers li").all_inner_texts():
            number, name = flat(item).split(" ", 1)
            assert numbered[number].startswith(f"{number} {name}")


def test_nothing_is_cut_on_a_phone(browser, file):
    with opened(browser, file, HEAD, width=390) as page:
        assert page.evaluate(WIDE) == []
        assert page.evaluate(CUT) == []


def test_the_table_can_be_taken_away(browser, file, tmp_path):
    with opened(browser, file, HEAD) as page:
        button = page.get_by_role("button", name="Save costs and prices as CSV")
        lines = saved(page, button, tmp_path).read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == len(BOOKS) * len(OPTIONS)
    for row in rows:
        of = OPTIONS[row["option"]]["views"][row["payer"]]
        assert float(row["cost_usd_2021"]) == of["cost"]["mean"]
        mean = of["per_death"]["mean"]
        if mean["kind"] == "price":
            assert float(row["usd_per_death"]) == mean["value"]
        else:
            assert row["usd_per_death"] == mean["kind"]


def test_the_page_carries_what_ships(file):
    assert carried(file)["told"]["cost"] == COST
