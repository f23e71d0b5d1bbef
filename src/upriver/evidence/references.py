"""References: the BibTeX file that ships, and how a source is named in a text."""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "references.bib"


@cache
def references() -> dict[str, dict[str, str]]:
    """References by key: fields of the BibTeX entry, braces taken off."""
    text = FILE.read_text(encoding="utf-8")
    found = {}
    for entry in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        key = entry.split("{", 1)[1].split(",", 1)[0].strip()
        pairs = re.findall(r"(\w+)\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}", entry)
        found[key] = {name: _plain(name, value) for name, value in pairs}
    return found


def _plain(name: str, value: str) -> str:
    """A field without braces; the name of an institution holds together, whatever words it has."""
    if name == "author":
        value = re.sub(r"\{([^{}]*)\}", lambda inner: inner[1].replace(" ", "\xa0"), value)
    return re.sub(r"[{}]", "", value)


def citation(key: str) -> str:
    """A reference on one line: authors, year, title, where."""
    fields = references()[key]
    authors = fields["author"].split(" and ")
    who = authors[0] if len(authors) == 1 else _surnames(authors)
    where = fields.get("journal") or fields.get("howpublished") or fields.get("note", "")
    return (
        f"{who} ({fields['year']}). {fields['title']}. {where}".replace("\xa0", " ").strip(" .")
        + "."
    )


def short_citation(key: str) -> str:
    """Who and when; for what an institution publishes, what it is called."""
    fields = references()[key]
    authors = fields["author"].split(" and ")
    if "," not in authors[0]:
        name = re.split(r"[,:]", fields["title"])[0].strip()
        return f"{name} ({fields['year']})"
    return f"{_surnames(authors)} ({fields['year']})".replace("\xa0", " ")


def link(key: str) -> str:
    """The address of a source; empty if it has none."""
    fields = references()[key]
    doi = fields.get("doi")
    return f"https://doi.org/{doi}" if doi else fields.get("url", "")


def _surnames(authors: list[str]) -> str:
    first, *others = (author.split(",")[0] for author in authors)
    if len(others) == 1 and others[0] != "others":
        return f"{first} and {others[0]}"
    return f"{first} et al." if others else first
