"""What is reckoned once is of the model as it is."""

import pytest

from upriver.report.answers.page import stamp
from upriver.report.told.store import NAMES, told


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_is_of_this_model(name):
    made_by = f"python tools/told.py {name}"
    assert told(name)["stamp"] == stamp(), f"stale: {made_by}"
