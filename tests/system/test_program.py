"""What the program reads and tells: names, units, and that nothing is read in vain."""

import numpy as np
import pytest

import worlds
from upriver.core.errors import UnknownName
from upriver.core.parameters import parameters
from upriver.core.time import STEPS
from upriver.core.units import UNITS
from upriver.engine.run import load
from upriver.engine.tools import bend, pulse, ramp
from upriver.policy.handles import handles
from upriver.system.outputs import unit_of
from upriver.system.step import program

INSTANTS = np.arange(0, STEPS + 1, 8)
PROGRAM = program()


def test_the_program_reads_exactly_the_parameters_of_the_files():
    assert sorted(PROGRAM.inputs) == sorted(parameters())


def test_the_compiled_program_has_the_same_names_in_the_same_order():
    engine = load()
    assert (engine.inputs, engine.state, engine.outputs) == (
        PROGRAM.inputs,
        PROGRAM.state,
        PROGRAM.outputs,
    )


def test_no_name_stands_twice():
    for names in (PROGRAM.inputs, (*PROGRAM.state, *PROGRAM.outputs)):
        assert len(names) == len(set(names))


def test_everything_told_or_held_has_a_unit_of_the_list():
    for name in (*PROGRAM.outputs, *PROGRAM.state):
        assert unit_of(name) in UNITS, name


def test_an_output_that_does_not_exist_has_no_unit():
    with pytest.raises(UnknownName):
        unit_of("supply.nothing")


def everything(columns: dict[str, np.ndarray]) -> np.ndarray:
    names = [*PROGRAM.outputs, *PROGRAM.state]
    return load().run(columns, outputs=names, instants=INSTANTS)


def largest_move(values: np.ndarray) -> np.ndarray:
    """Largest change of any output against the first draw, relative to the output, by draw."""
    scale = np.abs(values[0]).max(axis=1, keepdims=True)
    return (np.abs(values - values[0]) / np.where(scale > 0, scale, 1)).max(axis=(1, 2))[1:]


def inside(seed: int) -> dict[str, np.ndarray]:
    """One world well inside its bounds, near the plausible: there everything is switched on."""
    rng = np.random.default_rng(seed)
    columns = {}
    for path, p in parameters().items():
        usual = worlds.reference_table().columns[path]
        low, high = p.within
        if p.is_path:
            # A little of everything from the start, where the record begins with nothing.
            columns[path] = np.clip(usual * 0.9 + 0.02 * (usual.max() or 1), low, high)
        else:
            near = usual + 0.02 * (min(high, usual[0, 0] + 1) - usual)
            columns[path] = near * rng.uniform(0.98, 1.0)
    clock = "supply.shock.clock"
    columns[clock] = worlds.reference_table().columns[clock]
    columns["supply.shock.start"] = np.array([[2010.3]])
    columns["supply.production.required_margin"] = np.array([[40_000.0]])
    return columns


SUPPLY = "people.market.from_supply"
OFF = {
    path: np.zeros((1, 1))
    for path in ("people.naloxone.included", "people.offer.included", "supply.controls.included")
}
"""Care and controls as they are until a fit has spoken."""
SWITCHES = {f"people.market.{name}" for name in ("from_supply", "given", "local")}
STILL = {
    *SWITCHES,
    "people.offer.included",
    "supply.controls.included",
    "supply.precursors.effectiveness[other]",
    *(f"supply.controls.{name}[other]" for name in ("named", "certainty", "severity")),
}
"""Switches, and controls of countries that no government here speaks for."""


def still(base: dict[str, np.ndarray]) -> set[str]:
    """Parameters that move nothing when they are one percent less."""
    draws = len(base) + 1
    columns = {path: np.repeat(column, draws, axis=0) for path, column in base.items()}
    for i, path in enumerate(base, start=1):
        columns[path][i] *= 0.99
    moved = largest_move(everything(columns))
    return {path for path, change in zip(base, moved, strict=True) if change < 1e-9}


def test_every_parameter_and_driver_moves_something():
    made = {**inside(1), SUPPLY: np.ones((1, 1))}
    given = {**made, SUPPLY: np.zeros((1, 1)), **OFF}
    as_they_are = {**made, **OFF}
    assert still(made) & still(given) & still(as_they_are) <= STILL


def test_every_handle_moves_something():
    base = {**inside(2), **OFF}
    draws = len(handles()) + 1
    columns = {
        path: np.repeat(np.broadcast_to(c, (1, STEPS + 1)), draws, 0) for path, c in base.items()
    }
    for i, handle in enumerate(handles().values(), start=1):
        long = handle.operation != "pulse"
        along = ramp(STEPS + 1, 100, 48) if long else pulse(STEPS + 1, 100, 48)
        operation = handle.operation if long else "add"
        for path in handle.acts_on:
            columns[path][i] = bend(columns[path][i], operation, 0.1, along)
    moved = largest_move(everything(columns))
    still = [name for name, change in zip(handles(), moved, strict=True) if change < 1e-9]
    assert still == []


def test_a_handle_acts_only_on_parameters_that_are_there():
    for handle in handles().values():
        assert set(handle.acts_on) <= set(parameters())
