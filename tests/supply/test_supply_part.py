"""Laws of the supply part that hold for every parameter within its bounds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import worlds
from upriver.core.axes import rows
from upriver.core.time import STEPS
from upriver.engine.run import load

ALL = np.arange(STEPS + 1)
ROUTES, ORIGINS, SITES = rows(" route"), rows(" origin"), rows(" site")
seeds = st.integers(0, 2**32 - 1)


def run(seed: int, *names: str) -> dict[str, np.ndarray]:
    """Outputs at every instant of ten whole worlds with any parameters, shape (draws, instants)."""
    columns = dict(worlds.any_table(seed, 10))
    columns["people.market.from_supply"] = np.array([[1.0]])
    values = load().run(columns, outputs=list(names), instants=ALL)
    assert np.all(np.isfinite(values))
    return dict(zip(names, np.moveaxis(values, 1, 0), strict=True))


def total(found: dict[str, np.ndarray], name: str, labels: list[str]) -> np.ndarray:
    return np.sum([found[name + label] for label in labels], axis=0)


@given(seeds)
@settings(deadline=None)
def test_what_is_produced_is_delivered_seized_or_held(seed):
    names = [
        *(f"supply.production.produced{site}" for site in SITES),
        *(f"supply.seizures.delivered{route}" for route in ROUTES),
        "supply.seizures.total",
        "supply.market.sold",
        "supply.inventory",
        "supply.precursors.arriving",
        "supply.precursor_stock",
        "supply.asia.inventory",
        "supply.asia.produced",
        "supply.asia.seized_river",
        "supply.asia.seized_overland",
        "supply.asia.sold",
    ]
    found = run(seed, *names)
    produced = total(found, "supply.production.produced", SITES)
    delivered = total(found, "supply.seizures.delivered", ROUTES)
    gone = produced - delivered - found["supply.seizures.total"]
    assert np.all(np.abs(gone) <= 1e-9 * (produced + 1e-300))
    _held(found["supply.inventory"], delivered, found["supply.market.sold"])
    _held(
        found["supply.precursor_stock"],
        found["supply.precursors.arriving"],
        found["supply.production.produced[mexico]"],
    )
    asia = found["supply.asia.produced"]
    seized = found["supply.asia.seized_river"] + found["supply.asia.seized_overland"]
    _held(found["supply.asia.inventory"], asia - seized, found["supply.asia.sold"])


def _held(stock: np.ndarray, coming: np.ndarray, going: np.ndarray) -> None:
    change = np.diff(stock, axis=1) - (coming - going)[:, :-1] / 16
    scale = (stock + coming + going)[:, :-1]
    assert np.all(np.abs(change) <= 1e-9 * scale)


@given(seeds)
@settings(deadline=None)
def test_shares_sum_to_one_and_nothing_is_negative(seed):
    shares = [f"supply.sourcing{o}" for o in ORIGINS] + [f"supply.routing{r}" for r in ROUTES]
    stocks = ["supply.inventory", "supply.precursor_stock", "supply.asia.inventory"]
    more = ["supply.expected", "supply.wholesale", "supply.price", "supply.fentanyl_share"]
    capacity = [f"supply.capacity{site}" for site in SITES]
    found = run(seed, *shares, *stocks, *more, *capacity, "diplomacy.effort[china]")
    assert np.allclose(total(found, "supply.sourcing", ORIGINS), 1, atol=1e-9)
    assert np.allclose(total(found, "supply.routing", ROUTES), 1, atol=1e-9)
    assert all(np.all(values >= 0) for values in found.values())
    assert np.all(found["supply.fentanyl_share"] <= 1)
    assert np.all(found["diplomacy.effort[china]"] <= 1)
