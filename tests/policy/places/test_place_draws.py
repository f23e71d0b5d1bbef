"""Draws of places as they are kept: small, exact where it counts, and told from other files."""

import json

import numpy as np
import pytest

from upriver.core.errors import InputError, UnknownName
from upriver.policy.fitted import KNOTS
from upriver.policy.places.draws import PlaceDraws, of_place, read, save
from upriver.policy.places.local import NAMES


def some(place: str, draws: int = 200) -> PlaceDraws:
    generator = np.random.default_rng(len(place))
    differences = {name: 0.3 * generator.standard_normal(draws) for name in NAMES}
    return PlaceDraws(place, differences, np.exp(0.3 * generator.standard_normal((draws, KNOTS))))


def test_draws_come_back_to_half_a_step_and_the_second_time_to_the_bit(tmp_path):
    first = {place: some(place) for place in ("OH", "the state of Utah")}
    save(tmp_path / "a.npz", first, {"equations": "e"})
    back = read(tmp_path / "a.npz")
    assert back["OH"].said["equations"] == "e"
    both = np.stack([one.numbers for one in first.values()])
    reach = np.ptp(both, axis=(0, 2))[:, None]
    for place, one in first.items():
        assert np.all(np.abs(back[place].numbers - one.numbers) <= reach / 2**16)
    save(tmp_path / "b.npz", back, {"equations": "e"})
    with np.load(tmp_path / "b.npz") as held:
        assert json.loads(str(held["each"])) == [{}, {}]  # said of all once, and not of each
    again = read(tmp_path / "b.npz")
    assert np.array_equal(again["OH"].numbers, back["OH"].numbers)


def test_two_hundred_draws_of_all_states_are_less_than_three_megabytes(tmp_path):
    save(tmp_path / "all.npz", {f"S{i}": some("S" * i) for i in range(51)}, {})
    assert (tmp_path / "all.npz").stat().st_size < 3_000_000


def test_a_difference_that_no_draw_has_is_exactly_nothing(tmp_path):
    one = some("OH")
    still = PlaceDraws("OH", {**one.differences, "care.naloxone": np.zeros(200)}, one.knots)
    save(tmp_path / "a.npz", {"OH": still}, {})
    assert not read(tmp_path / "a.npz")["OH"].differences["care.naloxone"].any()


def test_a_place_that_has_no_draws_is_said_with_the_nearest_that_has(tmp_path):
    save(tmp_path / "a.npz", {"OH": some("OH")}, {})
    with pytest.raises(UnknownName, match="OH"):
        of_place(tmp_path / "a.npz", "OG")


def test_another_file_is_no_draws_of_places(tmp_path):
    (tmp_path / "a.npz").write_text("nothing")
    with pytest.raises(InputError, match="holds no draws of places"):
        read(tmp_path / "a.npz")
