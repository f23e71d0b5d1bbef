"""Beyond the published model: nothing where all of it is off, little where little is on."""

import numpy as np

from upriver.engine.run import load
from upriver.system.step import NEUTRAL
from upriver.system.tabulate import tabulate
from upriver.system.world import World

DEATHS = "people.overdose.deaths"
STEPS = np.arange(0, 529, 16)


def deaths(**changed: float) -> np.ndarray:
    # Columns, since a setting of a switch is 0 or 1.
    columns = tabulate(World.reference()).replace(
        {path: np.array([[value]]) for path, value in changed.items()}
    )
    return load().run(columns.columns, outputs=[DEATHS], instants=STEPS)[0, 0]


def test_the_published_model_is_the_limit_of_ours():
    at_limit = deaths()
    nearly = {path: value + 1e-9 for path, value in NEUTRAL.items()}
    # Another market, or care of another kind, is no small step, however little it is on.
    for path in ("market.from_supply", "market.local", "naloxone.included", "offer.included"):
        del nearly[f"people.{path}"]
    near = deaths(**nearly)
    assert np.max(np.abs(near / at_limit - 1)) < 1e-6


def test_the_whole_system_is_another_world():
    whole = tabulate(World.whole()).columns
    found = load().run(whole, outputs=[DEATHS], instants=STEPS)[0, 0]
    assert np.max(np.abs(found / deaths() - 1)) > 0.05
