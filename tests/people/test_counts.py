"""Deaths as they are published add up, and certificates name a drug for part of them."""

import numpy as np

import worlds
from upriver.core.parameters import parameters
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario

COUNTS = [f"people.counts.{name}" for name in ("synthetic", "without_synthetic", "with_unnamed")]


def test_with_and_without_synthetic_opioids_are_all_deaths_and_some_name_no_drug():
    for world in ("reference", "whole"):
        columns = table(Scenario(title="base", world=world), 20).columns
        names = [*COUNTS, "people.overdose.deaths"]
        found = load().run(columns, outputs=names, instants=range(0, STEPS + 1, 16))
        with_, without, unnamed, deaths = found.swapaxes(0, 1)
        np.testing.assert_allclose(with_ + without, deaths, rtol=1e-9)
        assert np.all(unnamed > deaths)
        named = worlds.reference_table().wide("people.counts.named")[0, ::16]
        np.testing.assert_allclose(unnamed * named, deaths, rtol=1e-12)


def test_ever_more_certificates_name_a_drug_and_the_last_year_is_a_guess():
    named = parameters()["people.counts.named"]
    years = {knot.year: knot.value for knot in named.knots}
    assert years[1999] < 0.77 < 0.93 < years[2020] < years[max(years)] < 1
    assert 2017 not in years
    assert "guess" in named.note
