"""Synthetic records are what the likelihood would have drawn, and ranks tell a wrong inference."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.inference.calibrate import Plan, calibrate
from upriver.inference.likelihood import END, Likelihood, recorded
from upriver.inference.model import Model
from upriver.inference.ranks import holm, ranked
from upriver.inference.rivals import rival
from upriver.inference.synthetic import synthetic
from upriver.inference.unknowns import Unknowns
from upriver.inference.worlds import Effort, World, file_of, infer, job, read, save, world
from upriver.work import Store, run_here

DATE = 2016.0


@pytest.fixture(scope="module")
def model():
    return Model(Unknowns(rival("together"), END), recorded())


@pytest.fixture(scope="module")
def z(model):
    return 0.1 * np.random.default_rng(5).standard_normal(model.unknowns.size)


def test_the_record_before_the_date_stays(model, z):
    made = synthetic(model, z, DATE, np.random.default_rng(1))
    changed, later = 0, 0
    for old, new in zip(model.likelihood.blocks, made.blocks, strict=True):
        before = old.ends <= DATE
        np.testing.assert_array_equal(new.values[before], old.values[before])
        assert np.all(np.isfinite(new.values))
        changed += int(np.sum(new.values[~before] != old.values[~before]))
        later += int((~before).sum())
    assert changed == later > 200


def test_sums_hold_the_months_of_their_own_record(model, z):
    made = synthetic(model, z, DATE, np.random.default_rng(1))
    (old,) = [block for block in model.likelihood.blocks if block.known is not None]
    (new,) = [block for block in made.blocks if block.known is not None]
    months = new.values[:72]
    assert not np.allclose(months, old.values[:72])
    at = 72 + int(np.argmin(np.abs(new.ends[72:] - 2024.5)))
    assert new.known[at] == pytest.approx(months[-6:].sum(), rel=1e-9)
    predicted = model.predict(z[None])[0]
    place = model.likelihood.places[model.likelihood.blocks.index(old)]
    ran = old.unlinked(predicted[place])[at] - old.known[at]
    assert new.values[at] == pytest.approx(ran + new.known[at], rel=0.2)


def test_errors_are_those_of_the_likelihood(model, z):
    """At the size that a block's own first numbers say: its variance is scaled by them."""
    generator = np.random.default_rng(2)
    place = [block.name for block in model.likelihood.blocks].index("on methadone")
    block = model.likelihood.blocks[place]
    predicted = model.predict(z[None])[0][model.likelihood.places[place]]
    alone = Likelihood((block,), ())
    fixed = replace(model, likelihood=alone)
    after = block.ends > DATE
    drawn = np.array(
        [synthetic(fixed, z, DATE, generator).blocks[0].linked[after] for _ in range(800)]
    )
    away = drawn - predicted[after]
    early = np.linalg.cholesky(block.correlation[np.ix_(~after, ~after)])
    white = np.linalg.solve(early, (block.linked - predicted)[~after])
    freedom = block.freedom + white.size
    size = (block.freedom * block.scale**2 + np.sum(white**2)) / (freedom - 2)
    mixed = block.correlation[np.ix_(after, ~after)]
    among = block.correlation[np.ix_(~after, ~after)]
    expected = mixed @ np.linalg.solve(among, (block.linked - predicted)[~after])
    spread = size * (
        block.correlation[np.ix_(after, after)] - mixed @ np.linalg.solve(among, mixed.T)
    )
    error = np.sqrt(np.diag(spread))
    assert away.mean(axis=0) == pytest.approx(expected, abs=0.2 * error.max())
    assert away.std(axis=0) == pytest.approx(error, rel=0.15)


def test_a_world_is_inferred_and_kept(tmp_path):
    early = recorded().until(2004.0)
    plan = Plan(
        starts=1, particles=12, warm=2, keep=2, learning=2, learned=2, looks=1, draws=24,
        snapshots=2,
    )  # fmt: skip
    prior = calibrate(Model(Unknowns(rival("together"), END), early), 1, plan)
    one = world(1, prior, Effort(particles=8, learned=(0,), leaps=3, looks=1))
    save(one, tmp_path / "one.npz")
    kept = read(tmp_path / "one.npz")
    np.testing.assert_array_equal(kept.truth, prior.z[10])
    assert kept.z.shape == (8, len(kept.truth))
    assert {len(values) for values in kept.quantities.values()} == {9}
    np.testing.assert_array_equal(kept.quantities["deaths 2023"], one.quantities["deaths 2023"])


@pytest.mark.slow
def test_worlds_in_chunks_are_the_bytes_of_one_after_the_other(tmp_path):
    plan = Plan(
        starts=1, particles=12, warm=2, keep=2, learning=2, learned=2, looks=1, draws=24,
        snapshots=2,
    )  # fmt: skip
    effort = Effort(particles=6, learned=(0,), leaps=2, looks=1)
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    for number in range(2):
        assert infer(number, one, effort, plan)[1]
    assert not infer(1, one, effort, plan)[1]
    store = Store.make(tmp_path / "done.zarr", job(2, other, effort, plan))
    assert run_here(store, (2, 2)) == run_here(store) == 1
    for number in range(2):
        assert file_of(one, number).read_bytes() == file_of(other, number).read_bytes()


def made_up(wrong: float, count: int = 60) -> list[World]:
    """Worlds whose draws are too narrow by a factor."""
    generator = np.random.default_rng(11)
    found = []
    for _ in range(count):
        truth, draws = generator.standard_normal(2), wrong * generator.standard_normal((200, 2))
        values = {"right": np.concatenate([[truth[0]], draws[:, 0] / wrong])}
        found.append(World(truth, draws, values, 1.0))
    return found


def test_ranks_tell_a_wrong_inference_from_a_right_one():
    right, *narrow = ranked(made_up(0.4), ("a", "b"))
    assert right.name == "right"
    assert right.uneven > 0.05
    assert right.off > 0.05
    assert all(one.uneven < 0.01 for one in narrow)
    assert all(one.off < 0.01 for one in narrow)
    assert all(one.inside < 0.7 for one in narrow)


def test_chances_are_corrected_for_how_many_there_are():
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert found == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
