"""Nobody is lost: what stocks gain is what came less what went."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.core.time import STEPS
from upriver.engine.run import load

ALL = np.arange(STEPS + 1)
STOCKS = [name for name in load().state if name.startswith("people.stocks.")]
COMING = ["people.initiation.misuse", "people.initiation.heroin_without_rx"]
GOING = [
    "people.quitting.misuse",
    "people.quitting.heroin",
    "people.overdose.deaths_misuse",
    "people.overdose.deaths_heroin_use",
    *(
        name
        for name in load().outputs
        if name.startswith(
            (
                "people.overdose.deaths_untreated[",
                "people.overdose.deaths_treated[",
                "people.mortality.",
            )
        )
    ),
]
"""The ways into the system and out of it, named here and not taken from the balance."""


def largest_loss(columns: dict[str, np.ndarray]) -> float:
    """Change of all stocks less what came and went, relative to the stocks."""
    values = load().run(columns, outputs=[*STOCKS, *COMING, *GOING], instants=ALL)
    people = values[:, : len(STOCKS)].sum(axis=1)
    coming = values[:, len(STOCKS) :][:, : len(COMING)].sum(axis=1)
    going = values[:, len(STOCKS) + len(COMING) :].sum(axis=1)
    change = np.diff(people) - (coming - going)[:, :-1] / 16
    return float(np.max(np.abs(change) / (people[:, 1:] + (coming + going)[:, :-1])))


@given(st.integers(0, 2**32 - 1))
def test_nobody_is_lost_when_time_passes(seed):
    assert largest_loss(worlds.any_table(seed, 20)) < 1e-13
