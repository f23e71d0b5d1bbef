"""Two engines, one answer; a run that starts again goes on to the bit; the gradient is right."""

import re
from functools import cache

import jax
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import worlds
from upriver.core.parameters import parameters
from upriver.core.time import STEPS
from upriver.engine.run import load
from upriver.engine.tools import bend, ramp
from upriver.policy.apply import table
from upriver.policy.changes import Change
from upriver.policy.handles import Handle, handles
from upriver.policy.scenario import Scenario, read_scenario, shipped
from upriver.system.counters import counter
from upriver.system.step import program
from upriver.system.world import worlds as named_worlds

DEATHS = counter("people.overdose.deaths")
ALL = np.arange(STEPS + 1)
PROGRAM = program()
CHANGES = re.compile(r"^(supply|diplomacy)\..*(substitution|shift|change|learning)")
KINKS = {"supply.shock.start", "supply.shock.years", "supply.shock.clock"}
"""A shock begins between two steps: deaths follow its dates smoothly only from one to the next."""

EVERYTHING = (*PROGRAM.state, *PROGRAM.outputs)


@cache
def two_hundred_worlds() -> dict[str, np.ndarray]:
    """Plausible parameters, and in each draw one handle moved from some date on."""
    columns = worlds.plausible_table(1, worlds.DRAWS)
    rng = np.random.default_rng(2)
    names = sorted(handles())
    for draw in range(worlds.DRAWS):
        handle = handles()[names[draw % len(names)]]
        along = ramp(STEPS + 1, int(rng.integers(0, STEPS)), int(rng.integers(0, 100)))
        operation = "add" if handle.operation == "pulse" else handle.operation
        for path in handle.acts_on:
            wide = np.array(np.broadcast_to(columns[path], (worlds.DRAWS, STEPS + 1)))
            wide[draw] = bend(wide[draw], operation, rng.uniform(-0.5, 0.5), along)
            columns[path] = np.clip(wide, *parameters()[path].within)
    return columns


def test_both_engines_agree_on_two_hundred_worlds_to_1e_12_of_each_output():
    columns = two_hundred_worlds()
    compiled = load().run(columns, outputs=EVERYTHING, instants=ALL[::4])
    traced = np.concatenate(worlds.by_jax(columns, every=4), axis=1)
    largest = np.abs(traced).max(axis=2)
    apart = np.abs(compiled - traced).max(axis=2) / np.where(largest > 0, largest, 1)
    by_output = dict(zip(EVERYTHING, apart.max(axis=0), strict=True))
    # A change is a small difference of two large numbers, which keeps fewer digits.
    allowed = {name: 1e-9 if CHANGES.search(name) else 1e-12 for name in EVERYTHING}
    assert {name: gap for name, gap in by_output.items() if not gap <= allowed[name]} == {}


@given(st.integers(0, STEPS), st.sampled_from(sorted(shipped())), st.integers(1, 3))
def test_a_run_that_starts_again_at_any_step_goes_on_to_the_bit(step, scenario, draws):
    engine, columns = load(), table(read_scenario(scenario), draws).columns
    whole = engine.run(columns, outputs=EVERYTHING, instants=ALL)
    first, state = engine.run(
        columns, outputs=EVERYTHING, instants=ALL[: step + 1], last_step=step, return_state=True
    )
    second = engine.run(
        columns, outputs=EVERYTHING, instants=ALL[step:], first_step=step, state=state
    )
    assert np.array_equal(whole, np.concatenate([first[:, :, :-1], second], axis=2))


def room(handle: Handle, world: str) -> tuple[float, float]:
    """Least and largest amount of a handle that keep all that it acts on within its bounds."""
    least, largest = -1.0, 1.0
    for path in handle.acts_on:
        low, high = parameters()[path].within
        column = worlds.base_table(world).columns[path]
        if handle.operation == "replace":
            least, largest = max(least, low), min(largest, high)
        elif handle.operation == "scale":
            least = max(least, low / column.min() - 1) if column.min() > 0 else least
            largest = min(largest, high / column.max() - 1) if column.max() > 0 else largest
        elif handle.operation in ("add", "pulse"):
            least, largest = max(least, low - column.min()), min(largest, high - column.max())
    return least, largest


@given(
    st.sampled_from(sorted(handles())),
    st.floats(1999.5, 2031.9),
    st.floats(0, 5),
    st.floats(-0.1, 0.5).filter(lambda amount: abs(amount) > 1e-3),
)
# Transport carries all of normal trade in most years: a share that can fall and not rise.
@example("precursor_trade", 2015.0, 3.0, 0.5)
@example("precursor_trade", 2031.9, 0.0, -0.1)
def test_nothing_before_the_date_of_a_lever_changes_to_the_bit(name, start, years, amount):
    handle = handles()[name]
    world = "whole" if any(map(beyond, handle.acts_on)) else "reference"
    least, largest = room(handle, world)
    amount = amount if least <= amount <= largest else -amount
    amount = float(np.clip(amount, least, largest))
    change = Change(handle.acts_on, handle.operation, amount, start, years, name)
    columns = table(Scenario(title="changed", world=world, changes=(change,))).columns
    usual, changed = (
        load().run(c, outputs=EVERYTHING, instants=ALL)
        for c in (worlds.base_table(world).columns, columns)
    )
    before = start > 1999 + ALL / 16
    assert np.array_equal(usual[:, :, before], changed[:, :, before])


def beyond(path: str) -> bool:
    """Whether only the whole system has a parameter."""
    return path.startswith(("supply.", "diplomacy."))


def finer(column: np.ndarray) -> np.ndarray:
    """A column at twice as many instants."""
    if column.shape[1] == 1:
        return column
    return np.stack([np.interp(np.arange(2 * STEPS + 1) / 2, ALL, row) for row in column])


def test_half_the_step_moves_all_deaths_of_the_published_run_by_less_than_one_in_a_thousand():
    drawn = table(Scenario(title="base", world="reference"), worlds.DRAWS - 1).columns
    columns = {  # the first draw is the published calibration
        path: np.concatenate([worlds.reference_table().columns[path], column])
        if len(column) > 1
        else column
        for path, column in drawn.items()
    }
    usual = worlds.by_jax(columns, every=16)[0]
    fine = worlds.by_jax(
        {path: finer(column) for path, column in columns.items()}, 1 / 32, every=32
    )[0]
    place = PROGRAM.state.index(DEATHS)
    moved = np.abs(fine[:, place, -1] / usual[:, place, -1] - 1)
    assert moved[0] < 1e-3
    assert moved.max() < 1.5e-3  # the posterior sample: two draws in a hundred just pass 1e-3
    by_year = np.diff(fine[:, place]) / np.diff(usual[:, place]) - 1
    assert np.abs(by_year).max() < 5e-3


@pytest.mark.parametrize(("world", "most"), [("prior", 1e-3), ("whole", 2e-3)])
def test_half_the_step_moves_all_deaths_of_the_whole_system_by_little(world, most):
    columns = worlds.base_table(world).columns
    fine = {path: finer(column) for path, column in columns.items()}
    place = PROGRAM.state.index(DEATHS)
    usual = worlds.by_jax(columns, every=16)[0][0, place]
    halved = worlds.by_jax(fine, 1 / 32, every=32)[0][0, place]
    assert abs(halved[-1] / usual[-1] - 1) < most
    assert np.abs(np.diff(halved) / np.diff(usual) - 1).max() < 2e-2


PARTS = (
    {},
    {"people.housing.included": 1.0},
    {"people.naloxone.included": 1.0},
    {"people.offer.included": 1.0},
    {"people.ways.included": 1.0},
    {"people.market.local": 1.0},
    {"people.tiers.relative_risk": 3.0},
    {"supply.adulterants.included": 1.0, "supply.adulterants.response": 0.5},
    {"supply.controls.included": 1.0, "supply.controls.slack[china]": 1.2},
    dict(named_worlds()["prior"]["waiting"]),
)
"""What can be switched on, each alone, and all together that waits for a fit."""


def test_half_the_step_moves_all_deaths_by_less_than_one_in_a_thousand_with_each_part_on():
    base = worlds.base_table("prior").columns
    place = PROGRAM.state.index(DEATHS)
    columns = dict(base)
    for path in {path for part in PARTS for path in part}:
        usual = float(base[path][0, 0])
        rest = [usual] * (worlds.DRAWS - len(PARTS))
        columns[path] = np.array([*(part.get(path, usual) for part in PARTS), *rest])[:, None]
    fine = {path: finer(column) for path, column in columns.items()}
    every, twice = (
        worlds.by_jax(*given)[0][: len(PARTS), place, -1]
        for given in ((columns, 1 / 16, STEPS), (fine, 1 / 32, 2 * STEPS))
    )
    moved = np.abs(twice / every - 1)
    assert moved.max() < 1e-3, dict(zip(map(str, PARTS), moved, strict=True))


def by_differences(columns: dict[str, np.ndarray], step: float) -> np.ndarray:
    """Elasticity of all deaths in each parameter, a history as a whole, by central differences."""
    draws = 2 * len(columns)
    moved = {path: np.repeat(column, draws, axis=0) for path, column in columns.items()}
    for i, path in enumerate(columns):
        moved[path][2 * i] *= 1 + step
        moved[path][2 * i + 1] *= 1 - step
    total = load().run(moved, outputs=[DEATHS], instants=[STEPS])[:, 0, 0].reshape(-1, 2)
    return (total[:, 0] - total[:, 1]) / (2 * step) / total.mean(axis=1)


@cache
def interior_world() -> dict[str, np.ndarray]:
    """One world inside its plausible intervals, where no effect is nothing: the shock ends too."""
    columns = worlds.plausible_table(3, 1)
    columns["supply.shock.start"] = np.array([[2022.6]])
    columns["supply.shock.years"] = np.array([[2.3]])
    return {
        path: column if np.any(column) else np.full_like(column, 0.01)
        for path, column in columns.items()
    }


def by_gradient(columns: dict[str, np.ndarray]) -> np.ndarray:
    """The same from JAX, in reverse: the pullback of each step, from the last to the first."""
    # Compiled once and run 528 times: without fusion it compiles in a sixth of the time.
    quick = {"xla_backend_optimization_level": 0, "xla_disable_hlo_passes": "fusion"}
    wide = np.stack([np.broadcast_to(columns[n], (1, STEPS + 1))[0] for n in PROGRAM.inputs], 1)
    state = load().run(columns, outputs=PROGRAM.state, instants=ALL)[0].T

    def pull(x, u, bar):
        return jax.vjp(lambda x, u: PROGRAM.step(x, u)[0], x, u)[1](bar)

    pull = jax.jit(pull, compiler_options=quick)
    bar = np.zeros(len(PROGRAM.state))
    bar[PROGRAM.state.index(DEATHS)] = 1
    total = np.zeros(len(PROGRAM.inputs))
    for k in reversed(range(STEPS)):
        bar, of_inputs = pull(state[k], wide[k], bar)
        total += np.asarray(of_inputs) * wide[k]
    at_start = jax.jit(lambda u, bar: jax.vjp(PROGRAM.initial, u)[1](bar)[0])(wide[0], bar)
    total += np.asarray(at_start) * wide[0]
    ordered = dict(zip(PROGRAM.inputs, total, strict=True))
    return np.array([ordered[path] for path in columns]) / state[-1, PROGRAM.state.index(DEATHS)]


def test_the_gradient_in_all_parameters_equals_central_differences():
    columns = interior_world()
    gradient, differences = by_gradient(columns), by_differences(columns, 1e-5)
    assert np.isfinite(gradient).all()
    # A difference of two sums of 1e6 keeps 1e-16 / 1e-5 of them: 1e-9 is all it can tell.
    smooth = np.array([path not in KINKS for path in columns])
    np.testing.assert_allclose(gradient[smooth], differences[smooth], rtol=1e-5, atol=1e-9)
    assert np.count_nonzero(np.abs(gradient) > 1e-6) > 100
    # 1e-5 of a date is a week: dates take a step that passes no instant, and no kink of the market.
    close = by_differences(columns, 1e-8)
    np.testing.assert_allclose(gradient[~smooth], close[~smooth], rtol=1e-5, atol=1e-7)
    assert np.abs(gradient[~smooth]).min() > 0.001


@pytest.mark.slow
def test_both_engines_agree_at_the_very_bounds():
    columns = worlds.any_table(5, worlds.DRAWS)
    compiled = load().run(columns, outputs=EVERYTHING, instants=ALL[::4])
    traced = np.concatenate(worlds.by_jax(columns, every=4), axis=1)
    largest = np.abs(traced).max(axis=2)
    apart = np.abs(compiled - traced).max(axis=2) / np.where(largest > 0, largest, 1)
    assert np.median(apart.max(axis=1)) < 1e-12
