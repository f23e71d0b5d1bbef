"""Every number says its world, its draws and what was run, in Python as in files."""

import pytest

import upriver as up
from upriver.experiments.claims import examine
from upriver.experiments.prior import prior


@pytest.fixture(scope="module", params=["reference", "whole"])
def run(request):
    return up.simulate("base", draws=4, world=request.param)


def test_a_summary_names_world_scenario_table_and_draws(run):
    for found in (run.deaths, run.deaths[2020:2022], run.level("people.heads.oud")):
        attributes = found.to_pandas().attrs
        for key in ("world", "scenario", "table_digest", "draws"):
            assert attributes[key] == run.provenance[key]
        assert attributes["source"] == f"upriver {up.__version__}"
        assert f"world {run.world}" in repr(found)
        assert run.title in repr(found)


def test_a_comparison_and_a_sweep_name_theirs():
    compared = up.compare("constant", "fentanyl_low", draws=4)
    swept = up.sweep("people.response.witnessed", [0.7, 0.8], "constant", draws=4)
    for found in (compared, swept):
        assert "4 draws" in repr(found)
        assert "world reference" in repr(found)
        attributes = found.to_pandas().attrs
        assert (attributes["world"], attributes["draws"]) == ("reference", 4)
        digests = [run.provenance["table_digest"] for run in found.runs]
        assert attributes["table_digests"] == digests
        assert len(set(digests)) == 2


def test_a_claim_on_an_effect_names_both_runs():
    found = [
        one.modelled for one in examine() if one.modelled and "against" in one.modelled.scenario
    ]
    assert found
    assert all(one.table.count(", ") == 1 for one in found)


def test_what_holds_before_any_fit_names_version_world_and_table():
    made = [prior(100).provenance, prior(200).provenance]
    assert made[0]["world"] == "prior"
    assert made[0]["upriver_version"] == up.__version__
    assert made[0]["table_digest"] != made[1]["table_digest"]
