"""A publisher's file that says whom it counts, in a note or a column, is not the whole's."""

import pytest
from made import vsrr

from upriver.core.errors import SourceProblem
from upriver.evidence.sources import cdc_vsrr

WHOLE = vsrr(months=3)


@pytest.fixture
def read(tmp_path):
    def of(text: str):
        path = tmp_path / "vsrr.csv"
        path.write_text(text)
        return cdc_vsrr.read(path).records

    return of


@pytest.mark.parametrize("words", ["Women", "Note: adults aged 25 and over", "Rural areas"])
@pytest.mark.parametrize("above", [True, False])
def test_a_note_that_names_a_part_of_the_people_is_refused(read, words, above):
    text = f"{words}\n{WHOLE}" if above else f"{WHOLE}{words}\n"
    with pytest.raises(SourceProblem, match="a note says that the table is of a part"):
        read(text)


@pytest.mark.parametrize(
    "column", ["AgeGroup", "Demographic", "Subgroup", "Veteran Status", "Marital status"]
)
def test_a_column_of_some_people_is_refused_and_one_of_all_is_not(read, column):
    header, *rows = WHOLE.splitlines()
    with pytest.raises(SourceProblem, match=f"'{column}' splits its rows"):
        read("\n".join([f"{header},{column}", *(f"{row},part" for row in rows)]))
    assert len(read("\n".join([f"{header},{column}", *(f"{row},All" for row in rows)])))


def test_a_note_that_names_nobody_is_passed_over(read):
    assert len(read(f"{WHOLE}Data as of 2024-05-01\n")) == len(read(WHOLE))
