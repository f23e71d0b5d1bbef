"""A world as the page carries it: what differs from the base, of how many draws, and changes."""

from typing import Any

from upriver.core.table import Table
from upriver.policy.apply import table
from upriver.policy.changes import Change
from upriver.policy.draws import DEFAULT_DRAWS
from upriver.policy.scenario import Scenario
from upriver.system.world import DEFAULT

from .payload_codes import Codes
from .payload_columns import awake, column_of, same
from .payload_levers import factors_of


def world_of(name: str, scenario: Scenario, base: Table, codes: Codes) -> dict[str, Any]:
    """A world of the page: columns that differ from the base before any change, and the changes.

    It has all draws, or the first alone where it differs in draws that are no codes: those of the
    published model, and histories that differ by draw, would make the page several times as large.
    """
    changed = {path for change in scenario.changes for path in change.acts_on}
    system = scenario.world or DEFAULT
    for draws in (codes.draws, DEFAULT_DRAWS) if system == DEFAULT else (DEFAULT_DRAWS,):
        taken = len(codes.rows)
        before = awake(table(_without_changes(scenario), draws), changed)
        there = base.first(draws).columns
        differing = {
            path: column_of(path, column, codes)
            for path, column in before.columns.items()
            if not same(column, there[path])
        }
        if all(one[1] == 1 or isinstance(one[2], int) for one in differing.values()):
            break
        if draws > DEFAULT_DRAWS:
            del codes.rows[taken:]
    return {
        "name": name,
        "draws": draws,
        "title": scenario.title,
        "about": scenario.about,
        "source": scenario.source,
        "system": system,
        "rewrites": bool(scenario.settings or scenario.without_acts),
        "columns": differing,
        "changes": [change_of(change) for change in scenario.changes],
    }


def change_of(change: Change) -> dict[str, Any]:
    """A change as the engine of the page takes it."""
    return {
        "paths": change.acts_on,
        "operation": change.operation,
        "amount": change.amount,
        "factors": factors_of(change),
        "start": change.start,
        "years": change.years,
        "label": change.label,
    }


def _without_changes(scenario: Scenario) -> Scenario:
    return Scenario(
        title=scenario.title,
        file=scenario.file,
        world=scenario.world,
        projections=scenario.projections,
        conditions=scenario.conditions,
        regimes=scenario.regimes,
        settings=scenario.settings,
        without_acts=scenario.without_acts,
    )
