"""A spoiled file is refused in words, or means what it says: it reads back, and stays in bounds.

Sixty files in every run of the tests, a thousand where slow ones are asked for, the same each time.
What a search found stands below as an example.
"""

import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mutations import spoiled

from upriver.core.errors import LONGEST, InputError
from upriver.core.files import parse_yaml
from upriver.core.parameters import parameters
from upriver.policy.apply import prepare
from upriver.policy.changes import pull
from upriver.policy.levers import FOLDER, Lever, read_lever
from upriver.policy.scenario import Scenario, _scenario, library, parse_scenario, shipped
from upriver.policy.written import to_yaml

OWN = """schema: 2
title: All that a file may hold
about: |
  Two lines
  of words.
source: assumption
world: whole
from: 2026.5
over: 2
regimes: drawn
projections:
  all: hold
  people.response.kits: {end_value: 4250000, end_year: 2030}
set:
  people.response.witnessed: 0.7
without_acts: [suspension_2022]
changes:
  - {lever: naloxone_kits, level: most}
  - {lever: prevent_relapse, by: 0.1, from: 2027, over: 0}
  - {handle: calling_for_help, by: 0.25}
  - {acts_on: people.overdose.fentanyl_multiplier, operation: scale,
     by: -0.2, between: [-0.4, -0.05]}
  - {acts_on: [supply.precursors.logistics], operation: pulse, by: -0.5, from: 2026, over: 1}
"""
FORMER = "schema: 1\ntitle: Former\nchanges:\n  - {lever: relapse, by: -0.15, from: 2027}\n"
YEAR = "schema: 2\ntitle: A year\nconditions: 2019\nset: {people.response.calling: 0.4}\n"
TEXTS = (OWN, FORMER, YEAR) * 15 + tuple(
    file.read_text(encoding="utf-8") for file in (*shipped().values(), *library().values())
)
LEVERS = tuple(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.yaml")))
FEW, MANY = range(60), range(60, 1060)


def said(error: InputError) -> None:
    """An error is one line that a person can read."""
    text = str(error)
    assert len(text) <= LONGEST
    assert text.isprintable()
    for never in ("Traceback", "object at", ".py", "Error("):
        assert never not in text, text


def means_what_it_says(scenario: Scenario) -> None:
    """It reads back as the same, and where it can be run its columns are finite and in bounds."""
    again = parse_scenario(to_yaml(scenario))
    assert again == scenario, to_yaml(scenario)
    try:
        made = prepare(scenario, 4)
    except InputError as error:
        said(error)
        return
    for path, column in made.table.columns.items():
        low, high = parameters()[path].within
        assert np.isfinite(column).all(), path
        assert low <= column.min() <= column.max() <= high, path
    assert prepare(again, 4).table.digest() == made.table.digest()


def holds_for_scenario(raw: bytes) -> bool:
    """Read a file's bytes as a scenario; gives whether it was taken."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            scenario = read(raw)
        except InputError as error:
            said(error)
            return False
        means_what_it_says(scenario)
    return True


def read(raw: bytes) -> Scenario:
    return _scenario(parse_yaml(raw, "spoiled.yaml"), seen=())


def holds_for_lever(raw: bytes, file: Path) -> bool:
    """The same for a lever, pulled to the ends of its range and to its levels."""
    file.write_bytes(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            lever = read_lever(file, own=True)
        except InputError as error:
            said(error)
            return False
        for amount in {*lever.range, *(size for size in lever.levels.values() if size is not None)}:
            means_what_it_says(pulled(lever, amount))
    return True


def pulled(lever: Lever, amount: float) -> Scenario:
    change = replace(pull(lever, amount), lever=None, label=lever.acts_on[0])
    return Scenario(title="pulled", changes=(change,))


@pytest.mark.parametrize(
    "seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_spoiled_scenario_is_refused_in_words_or_means_what_it_says(seeds):
    taken = [holds_for_scenario(spoiled(TEXTS[k % len(TEXTS)], k)) for k in seeds]
    assert 0 < sum(taken) < len(taken)


@pytest.mark.parametrize(
    "seeds", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_spoiled_lever_is_refused_in_words_or_means_what_it_says(seeds, tmp_path):
    taken = [
        holds_for_lever(spoiled(LEVERS[k % len(LEVERS)], k), tmp_path / "mine.yaml") for k in seeds
    ]
    assert 0 < sum(taken) < len(taken)


HEAD = "schema: 2\ntitle: Found\n"
CALLING = "acts_on: people.response.calling, operation: close, by: 0.1"
FOUND = {
    "a base whose name holds what no name may": HEAD + 'based_on: "\\0.yaml"\n',
    "an interval that is none once it is rounded": (
        HEAD + f"changes:\n  - {{{CALLING}, between: [0.0999999999999, 0.1000000000001]}}\n"
    ),
    "an interval far from its amount": (
        HEAD + f"changes:\n  - {{{CALLING.replace('0.1', '1e-300')}, between: [-1e300, 1e300]}}\n"
    ),
}
"""Files that once ended otherwise than in words."""


@pytest.mark.parametrize("text", FOUND.values(), ids=list(FOUND))
def test_what_was_found_is_refused_in_words(text):
    assert not holds_for_scenario(text.encode())


KEPT = {
    "white space in a title": 'schema: 2\ntitle: "Base \tprojection\u00a0 of mine"\n',
    "an interval that ends near 0": (
        HEAD + f"changes:\n  - {{{CALLING.replace('0.1', '-0.2')}, between: [-0.4, -1e-11]}}\n"
    ),
}
"""Files that once read back as others."""


@pytest.mark.parametrize("text", KEPT.values(), ids=list(KEPT))
def test_what_was_lost_reads_back(text):
    assert holds_for_scenario(text.encode())


def test_a_switch_is_not_taken_by_halves():
    change = "changes:\n  - {{acts_on: people.housing.included, to: 0, over: {}}}\n"
    prepare(parse_scenario(HEAD + change.format(0)), 4)
    with pytest.raises(InputError, match=r"line 4: .* by halves"):
        prepare(parse_scenario(HEAD + change.format(3)), 4)


def test_the_0_below_zero_is_0():
    texts = [HEAD + f"set: {{people.response.calling: {zero}}}\n" for zero in ("-0.0", "0")]
    one, other = (prepare(parse_scenario(text)).table.digest() for text in texts)
    assert one == other
    assert holds_for_scenario(texts[0].encode())
