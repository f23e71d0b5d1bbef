"""Quitting: rates at the start, and their limits."""

from hypothesis import given
from hypothesis import strategies as st

import worlds
from upriver.people.availability import Availability
from upriver.people.perceived_risk import PerceivedRisk
from upriver.people.quitting import QuittingParameters, quitting

P = worlds.module_of(QuittingParameters, "people.quitting")


def quits(risk: float = 1.0, available: float = 1.0):
    return quitting(
        worlds.people().stocks,
        worlds.filled(PerceivedRisk, risk),
        worlds.filled(Availability, available),
        P,
    )


@given(st.floats(0, 100), st.floats(1.01, 5))
def test_what_multiplies_quitting_never_lowers_it(risk, more):
    few, many = quits(risk), quits(risk * more)
    assert many.misuse >= few.misuse
    assert many.heroin >= few.heroin
    assert many.heroin_to_misuse >= few.heroin_to_misuse


@given(st.floats(0, 1e30))
def test_no_fear_empties_a_stock_within_a_step(risk):
    found, stocks = quits(risk), worlds.people().stocks
    assert found.misuse / stocks.misuse <= 4 * (1 + 1e-12)
    leaving_heroin = (found.heroin + found.heroin_to_misuse) / stocks.heroin_use
    assert leaving_heroin <= 8 * (1 + 1e-12)
    assert found.heroin_to_oud <= 2 * stocks.untreated[1] * (1 + 1e-12)


def test_the_conditions_of_the_start_give_the_rates_of_the_file():
    found, stocks = quits(), worlds.people().stocks
    assert found.misuse == stocks.misuse * P.rate_misuse
    assert found.heroin == stocks.heroin_use * P.rate_heroin
