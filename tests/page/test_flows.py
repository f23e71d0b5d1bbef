"""The diagram of the people view: what flows in less what flows out is the change of each stock."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import upriver.page
from upriver.core.time import STEPS, STEPS_PER_YEAR
from upriver.engine.run import load
from upriver.policy.apply import table
from upriver.policy.scenario import read_scenario

FOLDER = Path(upriver.page.__file__).parent
DRAWN = json.loads((FOLDER / "flows.json").read_bytes())
TEXT = (FOLDER / "views" / "people" / "data.js").read_text(encoding="utf-8")


STOCKS, FLOWS = DRAWN["stocks"], DRAWN["flows"]
PARTS = {one["key"]: [part["output"] for part in one["parts"]] for one in STOCKS}


def test_every_stock_and_flow_is_an_output_of_the_engine():
    known = {*load().outputs, *load().state}
    named = [name for parts in PARTS.values() for name in parts]
    named += [name for flow in FLOWS for name in flow["outputs"]]
    named += re.findall(r'= "(people\.[^"]*)";', TEXT)
    assert set(named) <= known
    assert len(named) == len(set(named)), "a stock or flow is drawn twice"


def test_every_person_of_the_model_is_in_one_box():
    stocks = {name for name in load().state if name.startswith("people.stocks.")}
    drawn = {name for parts in PARTS.values() for name in parts}
    on_medication = {name for name in stocks if ".treated[" in name}
    by_medication = {name for name in drawn if "heads.in_treatment" in name}
    assert drawn - by_medication == stocks - on_medication
    assert {re.search(r"\[(.*)\]", name)[1] for name in by_medication} == {
        re.search(r",(.*)\]", name)[1] for name in on_medication
    }


@pytest.mark.parametrize("stock", sorted(PARTS))
def test_what_flows_in_less_what_flows_out_is_the_change_of_the_stock(stock, courses):
    held = sum(courses[name] for name in PARTS[stock])
    net = np.zeros(len(held))
    for flow in FLOWS:
        gain = (flow["to"] == stock) - (flow["from"] == stock)
        net += gain * sum(courses[name] for name in flow["outputs"])
    change = np.diff(held) * STEPS_PER_YEAR
    largest = max(np.abs(change).max(), 1.0)
    np.testing.assert_allclose(net[:-1], change, atol=1e-6 * largest)


@pytest.fixture(scope="module")
def courses() -> dict[str, np.ndarray]:
    """Stocks and flows of one run at every step."""
    names = [name for parts in PARTS.values() for name in parts]
    names += [name for flow in FLOWS for name in flow["outputs"]]
    columns = table(read_scenario("optimistic"), 0).columns
    values = load().run(columns, outputs=names, instants=np.arange(STEPS + 1))[0]
    return dict(zip(names, values, strict=True))
