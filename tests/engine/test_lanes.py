"""The engine computes two draws at once; a draw's numbers do not depend on its neighbour."""

import numpy as np
import pytest

from upriver.core.table import Table
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.scenario import Scenario

OUTPUTS = ("people.overdose.deaths", "people.heads.oud", "cumulative.people.overdose.deaths")
INSTANTS = np.arange(0, 529, 7)


def _run(columns: Table) -> np.ndarray:
    return load().run(columns.columns, outputs=OUTPUTS, instants=INSTANTS, threads=1)


@pytest.mark.parametrize("draws", [1, 2, 3, 7])
def test_a_draw_is_the_same_alone_and_beside_any_other(draws: int) -> None:
    columns = table(Scenario(title="lanes"), draws)
    together = _run(columns)
    alone = np.concatenate([_run(columns.draw(i)) for i in range(draws)])
    assert together.tobytes() == alone.tobytes()


def test_asking_for_other_instants_changes_no_number() -> None:
    columns = table(Scenario(title="lanes"), 2).columns
    every = load().run(columns, outputs=OUTPUTS, instants=range(529))
    few = load().run(columns, outputs=OUTPUTS, instants=[0, 100, 528])
    assert every[:, :, [0, 100, 528]].tobytes() == few.tobytes()
