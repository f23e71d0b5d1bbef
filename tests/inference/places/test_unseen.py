"""What states had not seen: what is hidden stays hidden, and scores are those of what came."""

import numpy as np
import pytest

from upriver.core.time import step_of
from upriver.inference.forecasts.levels import LEVELS, MONTHS
from upriver.inference.places.record import seen_of
from upriver.inference.places.unseen import masked, origins, scored
from upriver.inference.places.unseen.folds import LeftOut, agreement, as_rows, of_row
from upriver.inference.places.unseen.peaks import Turn

CUT = 2021 + 2 / 12
TWO = ("OH", "WV")


def spread(middle: np.ndarray, wide: float) -> np.ndarray:
    """Quantiles of a lognormal about a middle."""
    from scipy.special import ndtri

    return np.asarray(middle[..., None] * np.exp(wide * ndtri(LEVELS)))


def test_at_an_origin_nothing_later_is_known():
    seen = origins.known_at("OH", CUT)
    assert max(one.ends.max() for one in seen.series) <= CUT + 1e-9
    last = int(np.floor(step_of(CUT) + 1e-9))
    for path, column in seen.relative.items():
        assert (column[:, last:] == column[:, last : last + 1]).all(), path
        whole = seen_of("OH").relative[path]
        assert (column[:, :last] == whole[:, :last]).all()
        if "homeless" in path:
            assert (whole[:, last:] != whole[:, last : last + 1]).any()


def test_hidden_months_are_of_0_to_their_median_and_no_more_is_known():
    seen, truth = masked.hidden(seen_of("OH"))
    (months,) = (one for one in seen.counts if one.name == masked.MONTHS)
    assert months.withheld.sum() == truth.ends.size
    assert 0.45 < months.withheld.mean() < 0.55
    assert (months.values[months.withheld] == 0).all()
    assert truth.values.max() <= months.most


def test_counts_that_are_hidden_are_drawn_below_what_they_can_be():
    generator = np.random.default_rng(1)
    drawn = masked._at_most(np.full((200, 3), 30.0), np.full(200, 0.05), 30, generator)
    assert drawn.max() == 30
    assert 22 < drawn.mean() < 28


def test_what_came_is_the_record_and_what_did_not_is_none():
    came = scored.truths(TWO, origins.ORIGINS)
    record = scored.target_of("OH")
    assert came[0, 0, 0] == record.sum_to(origins.ORIGINS[0] + 12)
    assert np.isfinite(came[:, :, 0]).all()
    assert np.isfinite(came[:, 0, 1]).tolist() == [True] * 4 + [False] * 2


def test_the_damped_trend_goes_on_from_a_states_own_sums():
    trend = scored.trends(TWO, origins.ORIGINS)
    record = scored.target_of("OH")
    month = origins.ORIGINS[0] - origins.LAG
    logs = np.log(record.sums[: month - record.first + 1])
    change = (logs[-1] - logs[-7]) / 6
    ahead = logs[-1] + change * (6 + 6 / 2 + 4 / 4)
    assert np.log(trend[0, 0, 0, len(LEVELS) // 2]) == pytest.approx(ahead)


def test_a_forecaster_that_knows_scores_better_and_ties_with_itself():
    came = scored.truths(TWO, origins.ORIGINS)
    known = np.where(np.isfinite(came), came, 1000.0)
    good, bad = spread(known, 0.05), spread(known * 1.5, 0.05)
    found = scored.scores({"good": good, "damped_trend": bad}, came)
    by_name = {(one.name, one.horizon): one for one in found}
    assert by_name["good", 12].ratio < 0.2
    assert by_name["good", 12].coverage == 1
    assert by_name["damped_trend", 24].ratio == 1
    assert by_name["damped_trend", 24].coverage == 0
    assert by_name["good", 24].forecasts == 8


def test_intervals_are_widened_by_errors_that_were_known_alone():
    came = scored.truths(TWO * 4, origins.ORIGINS)
    known = np.where(np.isfinite(came), came, 1000.0)
    said = spread(known * np.exp(0.2), 0.1)
    wide = scored.widened(said, came, origins.ORIGINS)
    width = np.log(wide[:, 0, 0, -1] / wide[:, 0, 0, 0]) / np.log(
        said[:, 0, 0, -1] / said[:, 0, 0, 0]
    )
    # A sum that ends 12 months after an origin is on record four months later.
    assert width.tolist() == pytest.approx([1, 1, 1, 2, 2, 2], rel=1e-6)
    assert MONTHS + origins.LAG > 12


def test_an_ensemble_leans_to_who_scored_better_before():
    came = scored.truths(TWO * 4, origins.ORIGINS)
    known = np.where(np.isfinite(came), came, 1000.0)
    good, bad = spread(known, 0.05), spread(known * 1.5, 0.05)
    both = scored.together((good, bad), came, origins.ORIGINS)
    middle = np.log(both[:, 0, 0, len(LEVELS) // 2] / known[:, 0, 0]) / np.log(1.5)
    assert middle[0] == pytest.approx(0.5)
    assert middle[-1] < 0.2


def test_agreement_leaves_out_peaks_that_are_not_over():
    found = [
        LeftOut("OH", (50, 60, 70), (-1, -0.7, -0.2), Turn(62, -0.8), (True, True)),
        LeftOut("WV", (55, 65, 75), (-1, -0.5, -0.2), Turn(66, -0.7), (True, True)),
        LeftOut("FL", (60, 70, 80), (-1, -0.3, -0.2), Turn(90, -0.1), (False, False)),
        LeftOut("AZ", (60, 99, 99), (-1, 0, 0), Turn(107, 0, unfinished=True), (False, False)),
    ]
    said = agreement(found)
    assert (said.states, said.finished) == (4, 3)
    assert said.order == 1
    assert said.month == pytest.approx(2 / 3)
    rows = [{key: str(x) for key, x in row.items()} for row in as_rows(found, "none")]
    assert [of_row(row) for row in rows] == found
