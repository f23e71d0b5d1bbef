"""One's own records beside those that ship: what counts, and what is refused in one line."""

import numpy as np
import pytest

from upriver.core.errors import InputError
from upriver.evidence.figures import series
from upriver.inference.likelihood import recorded
from upriver.inference.own import with_own

HEAD = "series,place,calendar,period,value,unit,source,vintage,status\n"
ROW = "{series},US,{calendar},{period},{value},{unit},mine,2026,reported\n"


def file_of(folder, **row):
    defaults = {
        "series": "deaths_any_opioid",
        "calendar": "year",
        "period": "2010",
        "value": "21089",
        "unit": "people/year",
    }
    file = folder / "mine.csv"
    file.write_text(HEAD + ROW.format(**{**defaults, **row}), encoding="utf-8")
    return file


def last(folder, **row):
    return with_own(recorded(), file_of(folder, **row)).blocks[-1]


def test_a_flow_is_counted_over_its_period(tmp_path):
    block = last(tmp_path)
    assert block.output == ("cumulative.people.overdose.deaths",)
    steady = 21_089 * (np.arange(block.weights.shape[1]) / 16)
    assert block.weights @ steady == pytest.approx([21_089])
    assert block.linked == pytest.approx([np.log(21_089)])


def test_a_sum_of_twelve_months_and_a_level_in_another_unit(tmp_path):
    rolling = last(
        tmp_path,
        series="deaths_synthetic_12m",
        calendar="12 months ending",
        period="2020-06",
        unit="people",
    )
    assert rolling.ends == pytest.approx([2020.5])
    steady = np.arange(rolling.weights.shape[1]) / 16
    assert rolling.weights @ steady == pytest.approx([1])
    level = last(tmp_path, series="methadone_patients", unit="people", period="2012")
    assert level.output == ("people.heads.in_treatment[methadone]",)
    assert level.weights.sum(axis=1) == pytest.approx([1])


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"series": "deaths_any_opiod"}, "deaths_any_opioid"),
        ({"series": "deaths_heroin"}, "nothing beside it that a run gives"),
        ({"series": "heroin_price", "unit": "1"}, "nothing beside it that a run gives"),
        ({"period": "1990"}, "no value above 0 in a period from 1999 to 2026"),
        ({"period": "2010-01"}, "period"),
        ({"unit": "person"}, "unit"),
        ({"unit": "USD"}, "a unit that measures something else"),
        ({"calendar": "instant", "unit": "people"}, "counted over a period"),
        ({"period": "2028"}, "after the end of the record"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, row, says):
    with pytest.raises(InputError, match=says) as refused:
        last(tmp_path, **row)
    assert "mine.csv" in str(refused.value)


def test_sums_of_twelve_months_share_what_they_share(tmp_path):
    file = tmp_path / "mine.csv"
    rows = [
        ROW.format(
            series="deaths_synthetic_12m",
            calendar="12 months ending",
            period=f"2024-{month:02d}",
            value=60_000 - 1000 * month,
            unit="people",
        )
        for month in range(1, 13)
    ]
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    found = with_own(recorded(), file).blocks[-1].correlation
    assert found[0, 1] == pytest.approx(11 / 12)
    assert found[0, 11] == pytest.approx(1 / 12)
    assert np.linalg.eigvalsh(found).min() > 0


def test_a_file_that_is_not_there_or_empty(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        with_own(recorded(), tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputError, match="no values"):
        with_own(recorded(), tmp_path / "empty.csv")


def test_what_ships_can_be_given_as_ones_own(tmp_path):
    """The same numbers twice have the same weights as the block that ships."""
    record = series("misuse")
    file = tmp_path / "again.csv"
    rows = [
        ROW.format(series="misuse", calendar="year", period=p, value=v, unit="people")
        for p, v in zip(record.labels, record.values, strict=True)
    ]
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    ours = next(block for block in recorded().blocks if block.name == "misuse")
    again = with_own(recorded(), file).blocks[-1]
    assert again.weights == pytest.approx(ours.weights)
    assert again.values == pytest.approx(ours.values)
    assert again.surveyed
    assert (again.ends == ours.ends).all()
