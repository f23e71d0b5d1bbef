"""A fit goes through: the mode is one, a fit that was stopped ends as if it had not been."""

from dataclasses import replace

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.inference.calibrate import Plan, calibrate, name_of
from upriver.inference.likelihood import Likelihood, recorded
from upriver.inference.mode import mode
from upriver.inference.model import Model
from upriver.inference.posterior import posterior_of
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns
from upriver.policy.disturbances import RISK
from upriver.policy.fitted import read

SHORT = Plan(
    starts=2, particles=6, warm=6, keep=4, learning=2, learned=4, looks=1, exchange=3, draws=8,
    snapshots=2,
)  # fmt: skip
CUT = 2004.0


@pytest.fixture(scope="module")
def model():
    return Model(Unknowns(rival("controls"), CUT), recorded().until(CUT))


@pytest.fixture(scope="module")
def whole(model):
    return calibrate(model, 1, SHORT)


LEAPS = replace(SHORT, warm=8, keep=2, learned=8, leaps=True)
"""Two rounds in three leap, one exchanges; they learn after those at which a fit is stopped too."""


def test_the_mode_is_higher_than_what_is_near_it(model):
    found = mode(model)
    generator = np.random.default_rng(2)
    near = found.z + 0.1 * generator.standard_normal((20, model.unknowns.size))
    density = model.log_posterior(near, model.predict(near))[0]
    at_zero = np.zeros((1, model.unknowns.size))
    start = model.log_posterior(at_zero, model.predict(at_zero))[0][0]
    assert found.log_density > start + 10
    assert found.log_density > density.max()
    again = model.log_posterior(found.z[None], model.predict(found.z[None]))[0][0]
    assert again == pytest.approx(found.log_density)


def test_slopes_are_those_of_runs(model):
    z = np.full(model.unknowns.size, 0.1)
    slopes, predicted = model.slopes(z)
    way = np.random.default_rng(3).standard_normal(model.unknowns.size) * 1e-4
    moved = model.predict((z + way)[None])[0]
    assert moved - predicted == pytest.approx(way @ slopes, abs=1e-5)


@pytest.mark.parametrize("plan", [SHORT, LEAPS], ids=["steps", "leaps"])
def test_a_fit_that_was_stopped_goes_on_to_the_same_draws(model, plan, tmp_path):
    whole = calibrate(model, 1, plan)

    class StoppedError(Exception):
        pass

    def stop(what, done, total):
        if what == "rounds" and done == 7:
            raise StoppedError

    part = tmp_path / "fit.part.npz"
    with pytest.raises(StoppedError):
        calibrate(model, 1, plan, stop, part)
    again = calibrate(model, 1, plan, None, part)
    assert (again.z == whole.z).all()
    assert again.density == pytest.approx(whole.density, rel=1e-12)
    with pytest.raises(InputError, match="not the state of this fit"):
        calibrate(model, 2, plan, None, part)
    for broken in (part.read_bytes()[:5000], b"", b"\x93NUMPY"):
        part.write_bytes(broken)
        with pytest.raises(InputError, match="not the state of this fit"):
            calibrate(model, 1, plan, None, part)


def test_another_record_prior_or_plan_is_another_fit(model):
    block = model.likelihood.blocks[0]
    others = [
        replace(block, scale=0.07),
        replace(block, ends=block.ends + 1),
        replace(block, output=("cumulative.people.overdose.deaths",)),
    ]
    rest = model.likelihood.blocks[1:]
    records = [Likelihood((one, *rest), model.likelihood.ranges) for one in others]
    models = [model, *(replace(model, likelihood=one) for one in records)]
    models.append(replace(model, unknowns=replace(model.unknowns, strength=0.5)))
    names = [name_of(one, 1, SHORT) for one in models]
    names += [name_of(model, 2, SHORT), name_of(model, 1, Plan()), name_of(model, 1, LEAPS)]
    assert len(set(names)) == len(names)


def test_draws_are_kept_and_read_back(model, whole, tmp_path):
    kept = posterior_of([whole, whole], [3.0, 1.0])
    kept.save(tmp_path / "draws.npz")
    back = read(tmp_path / "draws.npz")
    assert back.draws == 16
    assert back.weights.sum() == pytest.approx(1)
    assert sorted(back.weights)[-1] == pytest.approx(3 / 4 / 8)
    assert back.rival == kept.rival
    for path, values in kept.constants.items():
        assert back.constants[path] == pytest.approx(values, rel=1e-6)
    assert back.courses[RISK].shape == (16, 67)
    assert back.courses[RISK][:, -1].std() > 0
    assert dict(back.said)["equations"]


def test_columns_of_draws_give_what_the_fit_ran(model, whole):
    """But for single precision and what is new after the record."""
    kept = posterior_of([whole], [1.0])
    columns, fitted = kept.columns(), model.unknowns.columns(whole.z)
    free = [path for path in kept.constants if path in fitted]
    ran, put = (np.stack([of[path].ravel() for path in free]) for of in (fitted, kept.constants))
    order = np.abs(put[:, :, None] - ran[:, None, :]).sum(axis=0).argmin(axis=1)
    seen = slice(0, 16 * int(CUT - 1999) + 1)
    for path, column in fitted.items():
        assert columns[path][:, seen] == pytest.approx(column[order][:, seen], rel=1e-9)
    assert columns["people.offer.included"].min() == 1
