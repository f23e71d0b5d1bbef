"""A run against the record: each on the record's calendar, sums with sums, levels at instants."""

import numpy as np
import pytest

from upriver.evidence.figures import series
from upriver.evidence.series import all_words
from upriver.experiments.against import Against, against
from upriver.experiments.simulate import simulate
from upriver.system.world import MADE

DRAWS = 8


@pytest.fixture(scope="module")
def found() -> dict[str, Against]:
    return {one.record.name: one for one in against(draws=DRAWS)}


def test_every_record_of_the_country_with_a_counterpart_is_compared(
    found: dict[str, Against],
) -> None:
    pairs = {name: words.beside for name, words in all_words().items() if words.beside}
    wanted = [name for name in pairs if series(name, "US").data_to >= 1999]
    assert list(found) == wanted
    for name, one in found.items():
        assert one.name == MADE.get(pairs[name].name, pairs[name].name)
        assert one.labels[-1] == one.record.newest


def test_what_supply_makes_is_compared_and_given_only_in_the_published_model() -> None:
    name = "nflis_share_opioid"
    (whole,), (published,) = (
        against([name], draws=DRAWS, world=world) for world in ("whole", "reference")
    )
    assert (whole.kind, whole.name) == ("level", "supply.fentanyl_share")
    assert whole.inside is not None
    assert (published.kind, published.inside) == ("driver", None)


def test_a_year_is_a_sum_over_the_year(found: dict[str, Against]) -> None:
    run = simulate(draws=DRAWS)
    for name, flow in (
        ("deaths_any_opioid", "people.overdose.deaths"),
        ("misuse_initiation", "people.initiation.misuse"),
        ("prescriptions", "people.prescribing.prescribed"),
    ):
        one, sums = found[name], run.sums(flow)
        assert one.kind == "sums"
        for i, label in enumerate(one.labels):
            wanted = sums.at(float(label))
            got = (one.median[i], one.low[i], one.high[i])
            np.testing.assert_allclose(got, wanted, rtol=1e-12)


def test_twelve_months_to_december_are_the_year(found: dict[str, Against]) -> None:
    rolling, year = found["deaths_synthetic_12m"], found["deaths_synthetic"]
    shared = [label for label in year.labels if f"{label}-12" in rolling.labels]
    assert len(shared) >= 9
    for label in shared:
        here, there = rolling.labels.index(f"{label}-12"), year.labels.index(label)
        assert rolling.median[here] == pytest.approx(year.median[there], rel=1e-12)


def test_a_level_is_taken_at_the_start_of_its_period(found: dict[str, Against]) -> None:
    one = found["methadone_patients"]
    level = simulate(draws=DRAWS).level("people.heads.in_treatment[methadone]")
    assert one.kind == "level"
    for i, label in enumerate(one.labels):
        wanted = level.at(float(label))
        np.testing.assert_allclose((one.median[i], one.low[i], one.high[i]), wanted, rtol=1e-12)


def test_what_the_model_is_given_is_met_and_not_scored(found: dict[str, Against]) -> None:
    one = found["opioid_patients"]
    assert (one.kind, one.inside) == ("driver", None)
    assert np.nanmax(np.abs(one.differences)) < 1e-6
    np.testing.assert_array_equal(one.low, one.high)


def test_inside_differences_and_typical_are_what_they_say() -> None:
    (one,) = against(["deaths_any_opioid"], draws=DRAWS)
    inside = [
        low <= value <= high
        for low, value, high in zip(one.low, one.recorded, one.high, strict=True)
    ]
    assert one.inside == sum(inside)
    assert one.last == pytest.approx(one.median[-1] / one.recorded[-1] - 1)
    assert one.typical == pytest.approx(float(np.median(np.abs(one.differences))))


def test_a_projection_or_a_part_is_no_record(found: dict[str, Against]) -> None:
    assert found["population"].labels[-1] == "2020"
    for one in found.values():
        kept = [one.record.statuses[one.record.labels.index(label)] for label in one.labels]
        assert not {"projected", "partial", "missing", "suppressed"} & set(kept)


def test_a_series_without_a_counterpart_is_left_out() -> None:
    assert against(["deaths_heroin", "homeless"], draws=DRAWS) == []
