"""Writes codemeta.json, what catalogues of software read, from pyproject.toml and CITATION.cff.

    python tools/codemeta.py            write it
    python tools/codemeta.py --check    exit 1 if it is not as they say

Nothing is typed twice; the address of the repository is in it once pyproject.toml has one.
"""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "codemeta.json"
STATUS = {"3 - Alpha": "wip", "4 - Beta": "active", "5 - Production/Stable": "active"}
"""Of a classifier: the word of repostatus.org."""


def made(root: Path = ROOT) -> str:
    """The file's text."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    said: dict[str, Any] = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": cited["title"],
        "identifier": project["name"],
        "description": project["description"],
        "version": project["version"],
        "license": f"https://spdx.org/licenses/{project['license']}",
        "author": [{"@type": "Organization", "name": one["name"]} for one in project["authors"]],
        "keywords": project["keywords"],
        "developmentStatus": _status(project["classifiers"]),
        "programmingLanguage": ["Python", "JavaScript", "WebAssembly"],
        "runtimePlatform": [f"Python {version}" for version in _versions(project["classifiers"])],
        "softwareRequirements": project["dependencies"],
        "readme": project["readme"],
        "buildInstructions": "CONTRIBUTING.md",
        "releaseNotes": "CHANGELOG.md",
        "isBasedOn": [_article(one) for one in cited["references"]],
    }
    if address := project.get("urls", {}).get("Repository"):
        said["codeRepository"] = address
    if doi := cited.get("doi"):
        said["@id"] = f"https://doi.org/{doi}"
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _status(classifiers: list[str]) -> str:
    (found,) = (c.split(" :: ")[1] for c in classifiers if c.startswith("Development Status"))
    return f"https://www.repostatus.org/#{STATUS[found]}"


def _versions(classifiers: list[str]) -> list[str]:
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c) for c in classifiers)
    return [one[1] for one in found if one]


def _article(cited: dict[str, Any]) -> dict[str, Any]:
    """A publication that is cited, as schema.org says it."""
    people = [
        {"@type": "Person", "familyName": one["family-names"], "givenName": one["given-names"]}
        for one in cited["authors"]
    ]
    return {
        "@type": "ScholarlyArticle",
        "@id": f"https://doi.org/{cited['doi']}",
        "name": cited["title"],
        "author": people,
        "isPartOf": {"@type": "Periodical", "name": cited["journal"]},
        "datePublished": str(cited["year"]),
    }


def main(arguments: list[str]) -> int:
    """Write the file, or check it; gives the exit code."""
    if arguments == ["--check"]:
        if FILE.is_file() and FILE.read_text(encoding="utf-8") == made():
            return 0
        print("codemeta.json is stale. Run `python tools/codemeta.py`.")
        return 1
    if arguments:
        print("usage: python tools/codemeta.py [--check]")
        return 2
    FILE.write_text(made(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
