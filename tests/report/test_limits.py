"""What a run cannot tell: what is said of a fit is what its draws say."""

import re

import numpy as np
import pytest

from upriver.core.time import STEPS_PER_YEAR, step_of
from upriver.engine.run import load
from upriver.inference.quantities import table_of
from upriver.policy.chosen import fitted
from upriver.report.limits import HOW_MANY_FITTED, cannot_tell


def test_how_many_people_have_a_disorder_is_what_the_draws_say():
    first = int(step_of(2019))
    heads = load().run(
        table_of(fitted()).columns,
        outputs=["people.heads.oud"],
        instants=np.arange(first, first + STEPS_PER_YEAR),
    )
    low, high = np.percentile(heads[:, 0].mean(axis=1), [5, 95]) / 1e6
    said = re.search(r"between ([\d.]+) and ([\d.]+) million", HOW_MANY_FITTED)
    assert said is not None
    assert [float(said[1]), float(said[2])] == pytest.approx([low, high], abs=0.05)


def test_assumptions_are_counted_in_the_fitted_world_alone():
    (line,) = [text for text in cannot_tell("whole") if "assumptions still" in text]
    told = fitted().told.values()
    assert line.startswith(f"What {sum(one.assumed for one in told)} of {len(told)} constants are.")
    for world in ("prior", "reference"):
        assert not any("assumptions still" in text for text in cannot_tell(world))
