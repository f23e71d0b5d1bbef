"""The libraries that a page carries: the ones of the lock, licensed, quiet, and small."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "src" / "upriver" / "data" / "vendor"
TOOLS = ROOT / "tools" / "vendor"
OUTPUTS = ("page.js", "LICENSES.txt")
LARGEST = 40_000

LICENCES = {
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy",
    "ISC": "Permission to use, copy, modify, and/or distribute this software for any purpose",
    "BSD-3-Clause": "Redistribution and use in source and binary forms, with or without",
    "Apache-2.0": "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
}
"""The licences that a package may have, and words that its text must hold."""

REACHES_OUT = ("eval(", "new Function", "fetch(", "XMLHttpRequest", "import(", "</script", "<!--")
"""What would run text as code, ask the network, or end the script in which the page holds it."""

text = (VENDOR / "page.js").read_text(encoding="ascii")
manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
lock = json.loads((TOOLS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
asked = json.loads((TOOLS / "package.json").read_text(encoding="utf-8"))
every_package = pytest.mark.parametrize("package", manifest["packages"], ids=lambda p: p["name"])


def section(package: dict[str, str]) -> str:
    """What LICENSES.txt says below the title of a package."""
    rule = "=" * 80
    title = f"{package['name']} {package['version']} ({package['licence']})"
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    return licences.partition(f"{rule}\n{title}\n{rule}\n")[2].partition(rule)[0]


def test_the_manifest_speaks_of_every_output():
    held = {file.name for file in VENDOR.iterdir()}
    assert held == {*manifest["files"], "manifest.json"}
    assert set(manifest["files"]) == set(OUTPUTS)


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_the_one_that_was_made(name):
    data = (VENDOR / name).read_bytes()
    assert manifest["files"][name]["bytes"] == len(data)
    assert manifest["files"][name]["sha256"] == hashlib.sha256(data).hexdigest()


@every_package
def test_a_package_is_the_one_in_the_lock(package):
    locked = lock[f"node_modules/{package['name']}"]
    assert package["version"] == locked["version"]
    assert package["integrity"] == locked["integrity"]
    assert package["licence"] == locked["license"]


@every_package
def test_a_package_may_be_passed_on_and_brings_its_licence(package):
    assert package["licence"] in LICENCES
    assert LICENCES[package["licence"]] in " ".join(section(package).split())
    assert "Copyright" in section(package)


def test_every_library_that_the_page_asks_for_is_in_the_manifest():
    assert set(asked["dependencies"]) <= {package["name"] for package in manifest["packages"]}


def test_every_version_is_exact_and_every_library_is_there_once():
    versions = {**asked["dependencies"], **asked["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    assert versions.items() <= {**lock[""]["dependencies"], **lock[""]["devDependencies"]}.items()
    assert all(path.count("node_modules/") == 1 for path in lock if path)


def test_the_bundle_says_what_it_holds_in_its_first_line():
    first = text.splitlines()[0]
    held = manifest["packages"]
    assert all(f"{package['name']} {package['version']}" in first for package in held)
    assert first.endswith("see LICENSES.txt */")


def test_the_bundle_offers_every_name_that_the_entry_lists():
    entry = re.sub(r"//.*", "", (TOOLS / "entry.js").read_text(encoding="utf-8"))
    names = set(re.findall(r"\w+", " ".join(re.findall(r"export \{([^}]*)\}", entry))))
    names |= set(re.findall(r"export const (\w+)", entry))
    table = re.search(r"\{((?:\w+:\(\)=>[\w$]+,?)+)\}", text)
    assert table is not None
    offered = set(re.findall(r"(\w+):\(\)=>", table[1]))
    assert offered == names


@pytest.mark.parametrize("words", REACHES_OUT)
def test_the_bundle_runs_no_text_and_asks_no_network(words):
    assert words.lower() not in text.lower()


def test_the_only_addresses_in_the_bundle_are_names_of_xml():
    hosts = set(re.findall(r"https?:/+([\w.-]*)", text))
    assert hosts == {"www.w3.org"}


def test_the_bundle_is_small():
    assert len(text) < LARGEST


def test_the_lock_names_no_host_to_fetch_from():
    assert all("resolved" not in package for package in lock.values())
    for package in lock.values():
        assert "://" not in json.dumps({k: v for k, v in package.items() if k != "funding"})


def test_nothing_made_or_locked_names_a_folder_of_the_maker():
    files = [*VENDOR.iterdir(), *(file for file in TOOLS.iterdir() if file.is_file())]
    place = re.compile(r"(?:^|[\"'\s=(])(?:/(?:home|root|tmp|work|Users|private|mnt)/|[A-Z]:\\\\)")
    assert [file.name for file in files if place.search(file.read_text(encoding="utf-8"))] == []
