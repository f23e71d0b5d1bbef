"""What the likelihood sees: each death once, sums with the months they share, halves and levels."""

import numpy as np
import pytest

from upriver.core.time import FIRST_YEAR, STEPS, years
from upriver.evidence.figures import series
from upriver.inference.likelihood import recorded
from upriver.inference.records import deaths, market, seizures
from upriver.inference.records.ranges import ranges
from upriver.system.observation import matrix, means


def named(name):
    return next(block for block in recorded().blocks if block.name == name)


def test_each_death_with_synthetic_opioids_enters_once():
    """Weights of final counts, taken together, cover every instant to the end of 2023 once."""
    final = np.zeros(STEPS + 1)
    for name, rows in (("T40.4, years", slice(None)), ("T40.4, months", slice(72))):
        final += named(name).weights[rows].sum(axis=0)
    whole = matrix(np.array([1999.0]), np.array([2024.0]))[0]
    assert final == pytest.approx(whole, abs=1e-9)


def test_months_add_up_to_final_years():
    by_year = deaths.months().reshape(-1, 12).sum(axis=1)
    final = [series("deaths_synthetic").at(float(year)) for year in range(2018, 2024)]
    assert by_year == pytest.approx(final)


def test_a_sum_has_its_old_months_from_the_record_and_its_new_ones_from_the_run():
    block = named("T40.4, months")
    months = deaths.months()
    march = 72 + 2
    assert block.ends[march] == pytest.approx(2024.25)
    assert block.known[march] == pytest.approx(months[-9:].sum())
    assert block.weights[march] == pytest.approx(matrix(np.array([2024.0]), np.array([2024.25]))[0])
    later = 72 + 20
    assert block.known[later] == 0
    assert block.weights[later] @ years() == pytest.approx(1.0)


def test_errors_of_sums_are_those_of_their_new_months():
    """Against months drawn one by one; a sum's own error and level are put in beside them."""
    block = named("T40.4, months")
    n = block.size - 72
    ends = block.ends[72:]
    last = np.round(ends * 12).astype(int)
    first = np.maximum(last - 12, 2024 * 12)
    rng = np.random.default_rng(3)
    errors = rng.standard_normal((200_000, int(last.max()) - 2024 * 12))
    drawn = np.array(
        [
            errors[:, a - 2024 * 12 : b - 2024 * 12].sum(axis=1) / 12
            for a, b in zip(first, last, strict=True)
        ]
    )
    provisional = np.arange(n) < n - 1
    own = np.diag(np.where(provisional, deaths.REPORTING**2, 1e-4))
    level = deaths.LEVEL**2 * np.outer(provisional, provisional)
    found = block.correlation[72:, 72:] - own - level
    assert found == pytest.approx(np.cov(drawn), abs=0.002)
    assert np.linalg.eigvalsh(block.correlation).min() > 0


def test_other_opioids_are_what_is_left_of_any():
    block = named("other opioids, years")
    assert block.values[0] == series("deaths_any_opioid").at(1999.0) - series(
        "deaths_synthetic"
    ).at(1999.0)
    assert block.ends.max() == 2024


def test_a_mean_of_a_level_that_rises_is_its_middle():
    weights = means(np.array([2001.03, 2003.0]), np.array([2002.5, 2003.5]))
    assert weights @ years() == pytest.approx([(2001.03 + 2002.5) / 2, 2003.25], abs=1e-3)
    assert weights.sum(axis=1) == pytest.approx([1, 1])


def test_half_years_are_means_of_their_months():
    block = named("purity, half years")
    assert block.size == 12
    record = series("fentanyl_powder_purity")
    assert block.values[0] == pytest.approx(record.values[:6].mean())
    assert block.ends[-1] == pytest.approx(2024 + 10 / 12)
    assert block.correlation[0, 1] == pytest.approx(market.LEVEL**2)


def test_corridors_are_parts_of_what_the_country_seized():
    parts = sum(block.values for block in seizures.blocks())
    total = [series("seized_fentanyl_fiscal").at(f"FY{year}") for year in range(2019, 2026)]
    assert (parts / np.array(total)) == pytest.approx(np.ones(7), abs=0.03)
    assert (parts <= np.array(total) * 1.001).all()


def test_a_range_is_flat_inside_and_falls_beyond():
    people, sold = ranges()
    inside = people.log_density(np.log([3.9e6, 5e6, 7.5e6]))[0]
    assert inside.tolist() == [0, 0, 0]
    assert people.log_density(np.log([3.0e6]))[0][0] < -2
    assert sold.log_density(np.log([9000.0, 20_000.0]))[0] == pytest.approx([0, -2.67], abs=0.01)
    assert (people.low, sold.high) == (3.8e6, 10_000)


def test_nothing_recorded_is_beyond_its_date_when_cut():
    cut = recorded().until(2015.0)
    assert max(block.ends.max() for block in cut.blocks) <= 2015
    assert cut.last_step == 16 * (2015 - FIRST_YEAR)
    assert not any(block.name.startswith("seized") for block in cut.blocks)


def test_without_a_series_its_numbers_are_gone_and_no_others():
    whole = recorded()
    assert len(whole.without("nflis_share_opioid").blocks) == len(whole.blocks) - 1
    sums = whole.without("deaths_synthetic_12m_predicted")
    months = next(block for block in sums.blocks if block.name == "T40.4, months")
    assert months.size == 73
    assert months.values[-1] == 47_735
    assert len(whole.without("oud_krawczyk").ranges) == 1


def test_a_survey_of_the_year_after_a_cut_is_not_seen():
    cut = recorded().until(2020.0)
    assert max(block.size for block in cut.blocks if block.surveyed) == 21


def test_provisional_sums_are_above_final_counts_by_what_is_said():
    final, sums = series("deaths_synthetic"), series("deaths_synthetic_12m_predicted")
    above = [sums.at(f"{year}-12") / final.at(float(year)) for year in range(2015, 2025)]
    assert (round(min(above), 3), round(max(above), 3)) == (1.011, 1.028)
    assert np.mean(above) == pytest.approx(deaths.ABOVE, abs=0.004)
