"""`upriver posterior`: what the fit says, in short and as a report."""

import json
from pathlib import Path

from command_line import Command


def test_it_prints_explanations_and_writes_a_report(command: Command, tmp_path: Path) -> None:
    ended = command("posterior")
    assert ended.code == 0, ended.err
    assert "nexplained" in ended.out.splitlines()[0]
    assert "a shock to precursors" in ended.out
    assert "assumptions still" in ended.out
    assert (tmp_path / "fit.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_as_json_it_has_every_constant(command: Command, tmp_path: Path) -> None:
    found = json.loads(command("posterior", "--no-files", "--json").out)
    assert len(found["explanations"]) == 6
    assert abs(sum(one["share"] for one in found["explanations"]) - 1) < 1e-9
    assert abs(sum(one["foretold"]["weight"] for one in found["explanations"]) - 1) < 1e-9
    assert max(one["foretold"]["log"] for one in found["explanations"]) == 0
    assert found["told"]["supply.shock.precursors"]["assumed"] is False
    assert not list(tmp_path.glob("*.html"))


def test_a_report_that_is_no_html_is_refused(command: Command) -> None:
    ended = command("posterior", "-o", "fit.pdf")
    assert ended.code == 2
    assert "should end in .html" in ended.err
