"""Explanations weighed and mixed; what is told of them."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.parameters import parameters
from upriver.inference import mixture as module
from upriver.inference.calibrate import Plan, is_done, prior_of
from upriver.inference.likelihood import END, recorded
from upriver.inference.mixture import completed, floored, mixture, part_of, remove_parts
from upriver.inference.mixture import fitted as fitted_rival
from upriver.inference.model import Model
from upriver.inference.odds import Evidence, Way
from upriver.inference.quantities import quantities
from upriver.inference.rivals import rivals
from upriver.inference.told import told
from upriver.inference.unexplained import unexplained
from upriver.inference.unknowns import Unknowns
from upriver.policy.chosen import fitted

CUT = 2004.0
SHORT = Plan(
    starts=1, particles=6, warm=2, keep=6, learning=2, learned=2, looks=1, draws=30, snapshots=6
)
WAY = Way(strengths=1, particles=3, settle=1, keep=1, looks=1)


def test_no_explanation_falls_below_the_least_and_the_others_keep_their_odds():
    found = floored({"a": 0.9, "b": 0.06, "c": 0.03, "d": 0.01})
    assert sum(found.values()) == pytest.approx(1)
    assert found["c"] == found["d"] == 0.05
    assert min(found.values()) >= 0.05
    assert found["a"] / found["b"] == pytest.approx(15)
    even = dict.fromkeys("abcdef", 1 / 6)
    assert floored(even) == pytest.approx(even)
    assert floored({"a": 1.0, "b": 0.0}) == pytest.approx({"a": 0.95, "b": 0.05})


def test_rivals_fitted_in_shares_give_the_bytes_of_one_after_the_other(tmp_path):
    likelihood = recorded().until(CUT)
    whole, parted = tmp_path / "whole.npz", tmp_path / "parted.npz"
    for name in reversed(rivals()):
        assert not is_done(part_of(parted, name), SHORT)
        fitted_rival(name, likelihood, CUT, 1, parted, SHORT)
        assert is_done(part_of(parted, name), SHORT)
    for file in (whole, parted):
        mixture(likelihood, CUT, 1, file, SHORT).draws.save(file)
    assert whole.read_bytes() == parted.read_bytes()


def test_a_mixture_holds_all_in_their_shares_and_was_made_from_what_was_kept(tmp_path, monkeypatch):
    logs = {name: float(i) for i, name in enumerate(rivals())}
    asked = []

    def evidence(model, draws, without, seed, way, progress):
        asked.append(model.unknowns.rival.name)
        assert draws.shape == without.shape
        return Evidence(logs[asked[-1]], 0.1, 0.0, 0.0, (), ((), ()))

    monkeypatch.setattr(module, "evidence", evidence)
    file = tmp_path / "fit.npz"
    likelihood = recorded().until(CUT)
    found = mixture(likelihood, CUT, 1, file, SHORT, WAY)
    assert len(asked) == len(rivals()) - 1
    again = mixture(likelihood, CUT, 1, file, SHORT, WAY)
    assert len(asked) == len(rivals()) - 1
    assert again.draws.rival == found.draws.rival
    for name, weight in found.weights.items():
        assert found.draws.rival.count(name) == pytest.approx(30 * weight, abs=1)
        assert found.apart.rival.count(name) == 30
    assert 0 <= found.draws.said["central"] < 30
    for odds in found.doubted.values():
        assert sum(odds.values()) == pytest.approx(1)
        assert odds != pytest.approx(found.odds)
    remove_parts(file)
    assert not list(tmp_path.iterdir())


def test_the_draw_that_stands_for_all_has_no_constant_at_an_end_of_what_is_allowed(monkeypatch):
    few = fitted().first(60)
    middle = completed(few).said["central"]
    linkage = "diplomacy.effort.linkage[india]"  # which moves next to nothing
    low, high = parameters()[linkage].within
    assert low < few.constants[linkage][middle] < high
    values = few.constants[linkage].copy()
    values[middle] = high
    there = completed(replace(few, constants={**few.constants, linkage: values}))
    assert there.said["central"] != middle
    ends = np.where(np.arange(few.draws) % 2, low, high)
    none_is_free = replace(few, constants={**few.constants, linkage: ends})
    chosen = completed(none_is_free).said["central"]
    monkeypatch.setattr(module, "_at_an_end", lambda draws: np.zeros(draws.draws, dtype=bool))
    assert chosen == completed(none_is_free).said["central"]


def test_the_draw_that_stands_for_all_lies_in_the_intervals_of_recorded_years():
    draws, years = fitted(), range(2019, 2026)
    middle, found = int(draws.said["central"]), quantities(draws, years)
    for year in years:
        deaths = found[f"deaths {year}"]
        low, high = np.percentile(deaths, [5, 95])
        assert low <= deaths[middle] <= high, year


def test_draws_that_ship_are_of_the_record_and_of_what_was_plausible_that_ship():
    """Where this fails, the draws are to be fitted anew: see `policy/fitted.py`."""
    said = fitted().said
    assert set(said["recorded"]) == {recorded().digest()}
    for name, digest in said["priors"].items():
        assert digest == prior_of(Model(Unknowns(rivals()[name], END), recorded())), name


def test_what_moved_least_is_told_as_an_assumption():
    found = told(fitted(), END)
    for path, one in fitted().told.items():
        assert found[path].by == pytest.approx(one.by, rel=0.01, abs=1e-3)
        rounded = 1e-4 * (one.after[2] - one.after[0])
        assert found[path].after == pytest.approx(one.after, rel=1e-4, abs=rounded)
    some = [one.by for one in found.values()]
    assert np.all(np.isfinite(some))
    assert min(some) < 0.1 < max(some)
    for one in found.values():
        assert one.before[0] <= one.before[1] <= one.before[2]
        assert one.after[0] <= one.after[1] <= one.after[2]


def test_without_disturbances_nothing_is_unexplained():
    draws = fitted().first(3)
    ones = {path: np.ones_like(knots) for path, knots in draws.courses.items()}
    still = type(draws)(draws.constants, ones, draws.rival, draws.weights, draws.said)
    assert unexplained(still).share == pytest.approx(0)
    assert unexplained(draws).share.min() > 0


def test_quantities_are_of_the_runs_that_people_see():
    from upriver.experiments.simulate import simulate

    found = quantities(fitted().first(4))
    run = simulate("base", draws=4)
    deaths = run.periods("people.overdose.deaths", [2021.0], [2022.0])[:, 0]
    assert found["deaths 2021"] == pytest.approx(deaths)
    assert (found["averted by naloxone"] > 0).all()
