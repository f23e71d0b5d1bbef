"""Levers and scenarios to ask for in Python, by name.

levers()                     # printed: a line each
levers()["naloxone_kits"]    # one lever, with its evidence
"""

from upriver.core.listing import Listing
from upriver.policy import levers as of_policy
from upriver.policy.lever import Lever
from upriver.policy.scenario import Scenario, read_scenario, shipped


def levers() -> Listing[Lever]:
    """The levers, by name: what each does, how far it goes, its evidence, its harms."""
    known = of_policy.levers()
    return Listing("lever", {name: one.title for name, one in known.items()}, known.__getitem__)


def scenarios() -> Listing[Scenario]:
    """The scenarios that ship, by name."""
    titles = {name: read_scenario(name).title for name in shipped()}
    return Listing("scenario", titles, read_scenario)
