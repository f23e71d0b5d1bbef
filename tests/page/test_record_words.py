"""What stands beside a record exists in the model, and is of the record's unit and calendar."""

import pytest

from upriver.core.parameters import parameters
from upriver.engine.run import load
from upriver.evidence.figures import all_series
from upriver.evidence.series import all_words
from upriver.system.counters import COUNTED, counter
from upriver.system.outputs import unit_of

BESIDE = {name: words.beside for name, words in all_words().items() if words.beside}


@pytest.mark.parametrize("name", sorted(BESIDE))
def test_what_stands_beside_a_record_exists_and_has_its_unit(name):
    beside, unit = BESIDE[name], all_series()[name].unit
    if beside.kind == "driver":
        assert beside.name in load().inputs
        assert parameters()[beside.name].unit == unit
    elif beside.kind == "level":
        assert beside.name in {*load().outputs, *load().state}
        assert unit_of(beside.name) == unit
    else:
        assert beside.name in COUNTED
        assert unit in (unit_of(beside.name), unit_of(counter(beside.name)))


def test_sums_stand_beside_sums_of_twelve_months_and_nothing_else():
    for name, beside in BESIDE.items():
        if beside.kind == "sums":
            assert all_series()[name].calendar in ("year", "12 months ending")
