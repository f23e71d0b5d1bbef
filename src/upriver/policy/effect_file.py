"""Of a lever's file: what it moves first, and what the evidence says that it does.

moves: {"people.heads.in_treatment[methadone]": more}
effect:
  value: 0.25              # of the parameters, for each unit of amount
  interval: [0.05, 0.45]   # 95 %
  source: bolivar2021
  because: ...

An effect that is not drawn names the constants that carry it instead, `carried_by`.
"""

from upriver.core.catalogue import Entry
from upriver.core.errors import unknown_name
from upriver.core.fields import as_choice, as_list, as_mapping, as_number
from upriver.core.parameters import parameters
from upriver.engine.run import load
from upriver.evidence.references import references

from .checks import limits
from .effect import FURTHEST_TOLD, Effect, Spread
from .handles import Operation
from .lever import DIRECTIONS

ASSUMPTION = "assumption"


def read_moves(lever: Entry) -> dict[str, int]:
    """Outputs that it moves first, each with the way it does.

    Raises:
        InputError: an output is unknown, or a way is neither more nor less.
    """
    here, document, known = lever.field("moves"), lever.document, load().outputs
    found = {}
    for name in as_mapping(document, here):
        if name not in known:
            raise unknown_name("output", str(name), known, where=document.where((*here, name)))
        found[str(name)] = DIRECTIONS[as_choice(document, (*here, name), DIRECTIONS, "way")]
    return found


def read_effect(lever: Entry, operation: Operation) -> Effect:
    """What the measure does to the parameters, or what carries what it does.

    Raises:
        InputError: something in it is not right; the message says where and what is allowed.
    """
    if "carried_by" in as_mapping(lever.document, lever.field("effect")):
        entry = lever.entry("effect", required=("carried_by", "because"))
        carried = entry.choices("carried_by", parameters(), "parameter")
        return Effect(1.0, None, None, carried, entry.text("because", longest=600))
    if operation == "replace":
        raise lever.problem("effect", "is drawn for what scales, closes or adds, not for replace")
    entry = lever.entry("effect", required=("value", "interval", "source", "because"))
    value = entry.number("value", within=limits(operation))
    if value <= 0:
        raise entry.problem("value", "should be above 0", found=f"{value:g}")
    here = entry.field("interval")
    as_list(entry.document, here, length=2)
    low, high = (as_number(entry.document, (*here, i)) for i in (0, 1))
    if not low < value < high:
        raise entry.problem("interval", "should hold the value", found=f"{low:g}, {high:g}")
    if not Spread.around(value, (low, high)).can_be_drawn:
        found = f"{low:g}, {high:g}"
        raise entry.problem("interval", "cannot be drawn from", found=found, allowed=FURTHEST_TOLD)
    source = entry.choice("source", {**dict.fromkeys(references()), ASSUMPTION: None}, "source")
    return Effect(value, (low, high), source, (), entry.text("because", longest=600))
