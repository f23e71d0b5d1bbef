"""Draws of a fit: kept, read back, run; of the equations and the record that ship."""

import numpy as np
import pytest

import upriver as up
from upriver.core.errors import EngineError, InputError
from upriver.core.parameters import parameters
from upriver.core.table import Table
from upriver.core.time import STEPS
from upriver.policy import chosen as module
from upriver.policy.apply import drawn, table
from upriver.policy.chosen import fitted
from upriver.policy.disturbances import RISK, SUPPLY, course
from upriver.policy.draws import MOST_DRAWS
from upriver.policy.fitted import MISSED, SHIPPED, Draws, Told, read
from upriver.policy.scenario import read_scenario
from upriver.system.world import World


@pytest.fixture(scope="module")
def draws():
    return fitted()


def test_draws_that_ship_are_as_many_as_can_be_asked_for_and_small(draws):
    assert draws.draws == MOST_DRAWS
    assert SHIPPED.stat().st_size <= 3e6
    assert draws.weights.sum() == pytest.approx(1)


def test_each_value_is_within_the_bounds_of_its_parameter(draws):
    for path, column in draws.columns().items():
        low, high = parameters()[path].within
        assert column.min() >= low
        assert column.max() <= high
        assert np.isfinite(column).all()


def test_the_first_two_hundred_hold_every_explanation_in_its_share(draws):
    names, counts = np.unique(draws.rival, return_counts=True)
    for name, count in zip(names, counts, strict=True):
        first = draws.rival[:200].count(name)
        assert first == pytest.approx(count / 5, abs=1.01)
        assert count >= 0.05 * draws.draws - 1


def test_columns_of_chosen_rows_are_those_rows(draws):
    some = draws.columns(np.array([3, 7]))
    every = draws.columns()
    for path in (RISK, SUPPLY, "people.disorder.hud_rate"):
        assert (some[path] == every[path][[3, 7]]).all()
    assert every[RISK].shape == (MOST_DRAWS, STEPS + 1)
    assert MISSED not in every


def test_the_central_draw_is_one_of_them(draws):
    row = draws.said["central"]
    for path, column in draws.central.items():
        assert (column == draws.columns(slice(row, row + 1))[path]).all()


def test_a_run_of_the_whole_system_takes_them_and_the_published_model_does_not(draws):
    path = "people.naloxone.reach"
    taken = table(read_scenario("base"), 5).columns[path][:, 0]
    assert taken == pytest.approx(draws.constants[path][:5])
    assert path not in drawn(5, World.reference())


def test_one_explanation_alone(draws):
    name = draws.rival[0]
    alone = draws.only(name)
    assert set(alone.rival) == {name}
    assert alone.weights.sum() == pytest.approx(1)
    assert alone.constants[MISSED][0] == draws.constants[MISSED][0]


def test_kept_and_read_back(draws, tmp_path):
    few = draws.first(3)
    few.save(tmp_path / "few.npz")
    back = read(tmp_path / "few.npz")
    assert back.rival == few.rival
    assert back.told == few.told
    for path, values in few.constants.items():
        assert (back.constants[path] == values).all()


def test_all_of_them_come_back_to_the_bit_when_they_are_kept_again(draws, tmp_path):
    draws.save(tmp_path / "again.npz")
    back = read(tmp_path / "again.npz")
    assert [*back.constants] == [*draws.constants]
    for path, values in draws.constants.items():
        assert (back.constants[path] == values).all()
    for path, knots in draws.courses.items():
        assert (back.courses[path] == knots).all()
        assert back.courses[path].shape == knots.shape


def test_draws_as_an_earlier_version_kept_them_are_an_error_that_says_what_to_do(tmp_path):
    file = tmp_path / "old.npz"
    np.savez(file, names=np.array(["people.naloxone.reach"]), values=np.zeros((1, 3)))
    with pytest.raises(InputError, match=r"earlier version.*`upriver calibrate`"):
        read(file)


def test_the_layout_is_that_of_arviz(draws, tmp_path):
    tree = up.posterior()
    one = tree["posterior"]["people.dose.spread"]
    assert one.dims == ("chain", "draw")
    assert one.sizes == {"chain": 1, "draw": MOST_DRAWS}
    risk = tree["posterior"][RISK].sel(knot=2020.5)
    assert (risk.values[0] == draws.courses[RISK][:, 43]).all()
    draws.first(5).save(tmp_path / "own.npz")
    assert up.posterior(tmp_path / "own.npz")["posterior"].sizes["draw"] == 5


def test_what_is_no_file_of_draws_is_refused(tmp_path):
    for content in (b"", b"no draws", SHIPPED.read_bytes()[:5000]):
        (tmp_path / "x.npz").write_bytes(content)
        with pytest.raises(InputError, match="holds no draws of a fit"):
            read(tmp_path / "x.npz")


def test_draws_of_other_equations_are_an_error_that_names_the_command(draws, monkeypatch):
    other = Draws(
        draws.constants, draws.courses, draws.rival, draws.weights, {"equations": "others"}
    )
    monkeypatch.setattr(module, "read", lambda file: other)
    with pytest.raises(EngineError, match="upriver calibrate --rival all"):
        fitted.__wrapped__()


def test_a_constant_that_hardly_moved_is_an_assumption():
    assert Told((0.0, 1.0, 2.0), (0.1, 1.0, 2.0), 0.05).assumed
    assert not Told((0.0, 1.0, 2.0), (0.5, 1.0, 2.0), 0.25).assumed


def test_a_course_goes_through_its_knots_in_straight_lines():
    knots = np.random.default_rng(1).uniform(0.5, 2, (3, 67))
    found = course(knots)
    assert found[:, ::8] == pytest.approx(knots)
    assert found[:, 4::8] == pytest.approx((knots[:, 1:] + knots[:, :-1]) / 2)


def test_they_are_of_a_table_that_runs(draws):
    assert isinstance(table(read_scenario("base"), 2), Table)
