"""A newcomer adds a view by adding one folder and one word: CONTRIBUTING's own example."""

import re
import shutil
from pathlib import Path

from browser import browser as browser
from browser import open_page, until
from upriver.page import write

ROOT = Path(__file__).parents[2]


def test_the_view_of_contributing_works_as_it_stands_there(browser, tmp_path, monkeypatch):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = re.search(r"```js\n(.*?)```", text, re.DOTALL)
    assert example is not None
    room = tmp_path / "page"
    shutil.copytree(write.HERE, room, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (room / "views" / "remission").mkdir()
    (room / "views" / "remission" / "remission.js").write_text(example.group(1), encoding="utf-8")
    monkeypatch.setitem(write.ROOMS, "page", room)
    monkeypatch.setattr(write, "VIEWS", (*write.VIEWS, "remission"))
    file = tmp_path / "page.html"
    file.write_text(write.page(), encoding="utf-8")

    with open_page(browser, f"{file}#view=remission") as page:
        until(page, "document.querySelector('#fig-remission svg path')")
        assert page.get_by_role("heading", name="People in remission").is_visible()
        assert page.get_by_role("link", name="Remission").get_attribute("aria-current") == "page"
