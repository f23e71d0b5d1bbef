"""What catalogues and journals read of Upriver says what the package and its pages say."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "paper.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SECTIONS = (
    "Summary",
    "Statement of need",
    "State of the field",
    "What is new",
    "Validation",
    "Limits",
    "Acknowledgements",
    "References",
)
OTHERS = {"88": "cerda2022", "61 %": "cerda2022", "31 %": "cerda2022"}
"""Figures that are not ours, and whose they are."""

WORDS = (750, 1750)
"""What the journal asks for, without the head."""


def body() -> str:
    return PAPER.split("---\n", 2)[2]


def head() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(PAPER.split("---\n", 2)[1])
    return found


def entries() -> dict[str, str]:
    text = (ROOT / "paper.bib").read_text(encoding="utf-8")
    return dict(re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL))


def ours() -> str:
    """Text of all pages, without line breaks and marks."""
    pages = [ROOT / "README.md", ROOT / "MODEL_CARD.md", *sorted((ROOT / "docs").rglob("*.md"))]
    text = " ".join(page.read_text(encoding="utf-8") for page in pages)
    return re.sub(r"\s+", " ", text.replace("*", ""))


def figures(text: str) -> list[str]:
    """Numbers as they are printed: with a percent sign, a decimal point, or of two digits."""
    text = re.sub(r"`[^`]*`|\[@[^\]]*\]", " ", text)
    found = re.findall(r"(?<![\w.-])\d[\d,]*(?:\.\d+)?(?: %)?", text)
    year = re.compile(r"(19|20)\d\d")
    found = [one.rstrip(",") for one in found]
    return [one for one in found if len(one) > 1 and not year.fullmatch(one)]


def test_the_paper_has_what_the_journal_asks_for() -> None:
    assert {"title", "tags", "authors", "affiliations", "date", "bibliography"} <= set(head())
    found = re.findall(r"^# (.+)$", body(), re.MULTILINE)
    assert tuple(found) == SECTIONS
    assert WORDS[0] <= len(body().split()) <= WORDS[1]
    assert head()["authors"] == [{"name": PROJECT["authors"][0]["name"], "affiliation": 1}]


def test_the_paper_cites_what_its_list_holds_and_nothing_else() -> None:
    cited = set(re.findall(r"@(\w+)", body()))
    assert cited == set(entries())
    assert all("doi = {10." in text or "url = {https://" in text for text in entries().values())


def test_every_figure_of_the_paper_stands_on_a_page_of_ours() -> None:
    text, said = ours(), figures(body())
    assert len(said) > 15
    gone = [
        one for one in said if one not in OTHERS and not re.search(rf"(?<!\d){one}(?!\d)", text)
    ]
    assert gone == []
    assert set(OTHERS.values()) <= set(entries())


def test_a_figure_that_no_page_holds_is_found() -> None:
    assert figures("9 of 12 checks, 60 % of `77 %` in 2015, and 0.93 [@a2020]") == [
        "12",
        "60 %",
        "0.93",
    ]
    assert not re.search(r"(?<!\d)0.91373(?!\d)", ours())


def test_codemeta_says_what_the_package_says() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "codemeta.py", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert found["version"] == PROJECT["version"]
    assert found["softwareRequirements"] == PROJECT["dependencies"]
    assert found["runtimePlatform"] == ["Python 3.11", "Python 3.12", "Python 3.13"]


def test_codemeta_and_the_citation_name_the_same_authors_and_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    found = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert found["author"] == [
        {"@type": "Organization", "name": one["name"]} for one in cited["authors"]
    ]
    assert str(cited["version"]) == PROJECT["version"]
    assert found["isBasedOn"][0]["@id"].endswith(cited["references"][0]["doi"])


def test_a_changed_version_makes_codemeta_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import codemeta  # type: ignore[import-not-found]

    for name in ("pyproject.toml", "CITATION.cff"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(
            text.replace(f'version = "{PROJECT["version"]}"', 'version = "9.9.9"'), encoding="utf-8"
        )
    assert '"version": "9.9.9"' in codemeta.made(tmp_path)


def test_what_is_packed_brings_the_paper_and_its_list() -> None:
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    kept = packed["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"/*.md", "/paper.bib", "/codemeta.json"} <= set(kept)
