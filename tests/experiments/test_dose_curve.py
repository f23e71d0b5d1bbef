"""The curve of a dose is that of the model's equation, and rises."""

import equinox as eqx
import jax
import numpy as np
import pytest

from upriver.core.errors import OutOfBounds
from upriver.experiments.dose import curve, fine, overdose_ratio
from upriver.people import dose as equations


@pytest.mark.parametrize("usual", [1.0, 0.25, 0.05])
def test_it_is_the_models_equation(usual: float) -> None:
    with jax.enable_x64(True):
        given = equations.DoseParameters(0.4, 0.85, 0.5, 1.2, 2.0, 2.3)
        p = jax.tree.map(jax.numpy.asarray, given)
        assert isinstance(p, eqx.Module)
        doses = np.array([0.25, 1.0, 4.0])
        theirs = [
            float(equations.overdose_ratio(jax.numpy.asarray(x), jax.numpy.asarray(usual), p))
            for x in doses
        ]
    ours = overdose_ratio(
        doses, usual, margin=np.array(2.3), spread=np.array(1.2), follows=np.array(0.85)
    )
    assert ours == pytest.approx(theirs, rel=1e-6)


def test_more_is_never_safer_and_who_is_not_used_to_it_is_never_safer() -> None:
    found = curve(doses=fine())
    assert np.all(np.diff(found.daily, axis=1) >= 0)
    assert np.all(np.diff(found.other, axis=1) >= 0)
    assert np.all(found.other >= found.daily)
    assert np.all(np.diff(found.daily, axis=0) >= 0)


def test_the_usual_dose_of_daily_use_is_what_others_are_held_against() -> None:
    found = curve(doses=[1.0])
    assert found.daily[:, 0] == pytest.approx([1, 1, 1])
    same = curve(usual=1.0)
    assert np.array_equal(same.daily, same.other)


def test_less_tolerance_is_more_hazard() -> None:
    medians = [curve(usual=usual).other[1] for usual in (0.5, 0.25, 0.1)]
    assert np.all(np.diff(medians, axis=0) > 0)


def test_what_it_hangs_on_is_said_with_a_source_and_whether_the_record_moved_it() -> None:
    for one in curve().assumed:
        assert one.parameter.source
        assert "moved" in one.judged
        assert one.after[0] < one.after[1] < one.after[2]


@pytest.mark.parametrize("usual", [0.0, 1.5, -1.0, float("nan")])
def test_a_usual_dose_that_cannot_be_is_refused(usual: float) -> None:
    with pytest.raises(OutOfBounds, match=r"0\.01 to 1"):
        curve(usual)
