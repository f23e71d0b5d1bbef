"""Claims about running the compiled equations."""

import json
import subprocess
import sys

import numpy as np
import pytest

from upriver.core.errors import EngineError
from upriver.engine.run import Engine

from .conftest import STEPS

EVERY = range(STEPS + 1)


def _all(engine):
    return (*engine.outputs, *engine.state)


def _run(engine, columns, **more):
    more = {"outputs": _all(engine), "instants": EVERY, "last_step": STEPS} | more
    return engine.run(columns, **more)


def test_both_engines_agree_to_a_part_in_a_million_million(engine, sir, varied, by_jax):
    ours = _run(engine, varied)
    for draw in (0, 63, 64, 149):
        theirs = by_jax(sir, varied, draw)
        largest = np.abs(theirs).max(axis=1)
        assert (np.abs(ours[draw] - theirs).max(axis=1) <= 1e-12 * largest).all()


@pytest.mark.parametrize("at", [0, 1, 17, STEPS - 1, STEPS])
def test_a_restarted_run_equals_the_uninterrupted_one_to_the_bit(engine, varied, at):
    whole, end = _run(engine, varied, return_state=True)
    first, middle = _run(engine, varied, instants=range(at + 1), last_step=at, return_state=True)
    rest, last = _run(
        engine,
        varied,
        instants=range(at, STEPS + 1),
        first_step=at,
        state=middle,
        return_state=True,
    )
    np.testing.assert_array_equal(first, whole[:, :, : at + 1])
    np.testing.assert_array_equal(rest, whole[:, :, at:])
    np.testing.assert_array_equal(last, end)
    np.testing.assert_array_equal(end, whole[:, len(engine.outputs) :, -1])


def test_one_state_serves_all_draws(engine, varied, columns):
    _, middle = _run(engine, columns, instants=[5], last_step=5, return_state=True)
    once = _run(engine, varied, first_step=5, instants=[STEPS], state=middle[0])
    many = np.repeat(middle, 150, axis=0)
    np.testing.assert_array_equal(
        once, _run(engine, varied, first_step=5, instants=[STEPS], state=many)
    )


def test_a_state_by_draw_makes_draws_of_constant_inputs(engine, columns):
    states = np.arange(1.0, 25.0).reshape(3, 8)
    assert _run(engine, columns, state=states).shape == (3, len(_all(engine)), STEPS + 1)


def test_a_constant_may_be_given_as_a_path_or_by_draw(engine, columns):
    alone = _run(engine, columns)
    for shape in [(1, STEPS + 1), (1, STEPS + 30), (4, 1), (4, STEPS + 1)]:
        wide = {name: np.broadcast_to(c, shape) for name, c in columns.items()}
        result = _run(engine, wide)
        assert result.shape[0] == shape[0]
        np.testing.assert_array_equal(result, np.broadcast_to(alone, result.shape))


def test_draws_do_not_touch_each_other(engine, varied):
    together = _run(engine, varied)
    alone = {n: c[77:78] if len(c) > 1 else c for n, c in varied.items()}
    np.testing.assert_array_equal(_run(engine, alone)[0], together[77])


def test_threads_and_batches_do_not_change_numbers(engine, varied, monkeypatch):
    single = _run(engine, varied, threads=1)
    monkeypatch.setattr("upriver.engine.run.STEPS_A_BATCH", 7 * STEPS)
    for threads in (1, 2, 4, None):
        np.testing.assert_array_equal(_run(engine, varied, threads=threads), single)


def test_progress_counts_every_draw(engine, varied, monkeypatch):
    monkeypatch.setattr("upriver.engine.run.STEPS_A_BATCH", 60 * STEPS)
    seen = []
    _run(engine, varied, threads=1, progress=lambda done, n: seen.append((done, n)))
    assert len(seen) > 1
    assert seen[-1] == (150, 150)
    assert seen == sorted(seen)


def test_an_interrupt_ends_a_run(engine, varied, monkeypatch):
    monkeypatch.setattr("upriver.engine.run.STEPS_A_BATCH", 10 * STEPS)

    def stop(done, n):
        raise KeyboardInterrupt

    for threads in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            _run(engine, varied, threads=threads, progress=stop)
    assert _run(engine, varied).shape[0] == 150


def test_outputs_come_in_the_order_asked_for(engine, columns):
    everything = _run(engine, columns)
    some = ["deaths_counter", "deaths", "deaths"]
    chosen = _run(engine, columns, outputs=some, instants=[3, 4, STEPS])
    places = [_all(engine).index(name) for name in some]
    np.testing.assert_array_equal(chosen[0], everything[0][places][:, [3, 4, STEPS]])


def _without(columns, name):
    return {n: c for n, c in columns.items() if n != name}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: _without(c, "hazard"), "'hazard' has no column"),
        (lambda c: c | {"hazzard": c["hazard"]}, "Did you mean 'hazard'"),
        (lambda c: c | {"hazard": np.float64(1)}, "'hazard' has shape ()"),
        (lambda c: c | {"hazard": np.ones((1, 7))}, "at least 41 steps"),
        (lambda c: c | {"hazard": np.ones((0, 1))}, "shape (0, 1)"),
        (lambda c: c | {"hazard": np.ones((3, 1)), "contact": np.ones((2, 1))}, "'contact' has 2"),
        (lambda c: c | {"hazard": np.full((2, 1), np.nan)}, "'hazard' is nan in draw 0"),
        (lambda c: c | {"contact": np.r_[np.ones(STEPS), np.inf][None]}, "draw 0, step 40"),
    ],
)
def test_wrong_columns_are_refused(engine, columns, change, says):
    with pytest.raises(EngineError) as error:
        _run(engine, change(columns))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"outputs": ["death"]}, "Did you mean 'deaths'"),
        ({"outputs": "deaths"}, "a list of names"),
        ({"outputs": []}, "at least one"),
        ({"instants": [3, 3]}, "ascend"),
        ({"instants": [STEPS + 1]}, "steps 0 to 40"),
        ({"instants": [0], "first_step": 1}, "steps 1 to 40"),
        ({"instants": [0.5]}, "whole steps"),
        ({"instants": []}, "at least one"),
        ({"first_step": -1}, "found -1"),
        ({"first_step": STEPS + 1}, "found 41 to 40"),
        ({"state": np.ones(3)}, "wanted (draws, 8)"),
    ],
)
def test_wrong_questions_are_refused(engine, columns, more, says):
    with pytest.raises(EngineError) as error:
        _run(engine, columns, **more)
    assert says in str(error.value)


def test_states_and_columns_of_different_draws_are_refused(engine, varied):
    with pytest.raises(EngineError, match="draws"):
        _run(engine, varied, state=np.ones((7, 8)))


def test_a_number_outside_the_run_may_be_anything(engine, columns):
    path = np.full((1, STEPS + 1), 2.0)
    late = columns | {"contact": np.where(np.arange(STEPS + 1) < 9, np.nan, path)}
    assert _run(engine, late, first_step=9, instants=[9]).shape == (1, 13, 1)


def test_a_damaged_engine_is_refused(engine):
    with pytest.raises(EngineError, match="damaged"):
        Engine.of(b"\0asm\1\0\0\0", engine.manifest)


def test_what_users_start_does_not_import_jax():
    code = "import sys, upriver.engine.tools; print(sorted(m for m in sys.modules if 'jax' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
