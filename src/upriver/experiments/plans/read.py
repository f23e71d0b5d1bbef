"""A plan of a sweep: a short YAML file that says what is run, where, over what, and what is kept.

    schema: 1
    title: Naloxone by response
    scenarios: [base, naloxone_doubled]     # names or files; all: every one of the whole system
    places: [country, OH, WV]               # or all: the 50 states and DC
    parameters:
      people.response.witnessed: [0.4, 0.5, 0.6]
      naloxone_kits: {low: 0, high: 1}      # a handle: moved by so much
    design: grid                            # or latin-hypercube, sobol
    points: 5
    draws: 200
    keep: [deaths, disorder]

A parameter is held at its values in all years; a handle moves by them from 2026 over three years,
or as `from` and `over` say. Every scenario is run at every point in every place.
"""

import os
from itertools import product
from pathlib import Path

from upriver.core.errors import InputError, OutOfBounds
from upriver.core.fields import (
    Document,
    FieldPath,
    as_choice,
    as_integer,
    as_list,
    as_mapping,
    as_text,
    check_fields,
)
from upriver.core.files import load_yaml
from upriver.core.time import FIRST_YEAR, LAST_YEAR
from upriver.evidence.places import STATES
from upriver.experiments.placed import WORLD
from upriver.experiments.states.quantities import QUANTITIES
from upriver.experiments.summary import INTERVAL
from upriver.places.asked import place as place_of
from upriver.policy.checks import duration, year_of_run
from upriver.policy.draws import DEFAULT_DRAWS, MOST_DRAWS
from upriver.policy.scenario import ENDINGS, Scenario, read_scenario, shipped

from .plan import US, Plan, at_point
from .varied import design_points, varied_of

COUNTRY, ALL = "country", "all"
DRAWS, QUANTILES = "draws", "quantiles"
FORMS = (DRAWS, QUANTILES)
FIELDS = (
    "about", "scenarios", "places", "parameters", "design", "points", "seed", "from", "over",
    "draws", "years", "keep", "as",
)  # fmt: skip
FROM, OVER = 2026.0, 3.0


def read_plan(file: str | os.PathLike[str]) -> Plan:
    """A plan from its file.

    Raises:
        InputError: it does not exist or is not right; the message says where and what is allowed.
    """
    document = load_yaml(file)
    if "schema" not in as_mapping(document, ()):
        raise document.problem(("schema",), "is missing", hint="Write `schema: 1` on top.")
    check_fields(document, required=("schema", "title"), optional=FIELDS)
    if (version := as_integer(document, ("schema",))) != 1:
        raise document.problem(("schema",), "is not known", found=str(version), allowed="1")
    varied = varied_of(document)
    draws = _whole(document, "draws", DEFAULT_DRAWS, MOST_DRAWS)
    plan = Plan(
        title=as_text(document, ("title",)),
        about=as_text(document, ("about",), longest=2000, many_lines=True)
        if "about" in document.data
        else "",
        scenarios=_scenarios(document),
        places=_places(document),
        varied=tuple(varied),
        points=design_points(document, varied),
        start=year_of_run(document, ("from",)) if "from" in document.data else FROM,
        over=duration(document, ("over",)) if "over" in document.data else OVER,
        draws=draws,
        years=_years(document),
        keep=_words(document, "keep", tuple(QUANTITIES), "quantity", ("deaths",)),
        quantiles=_quantiles(document),
        text=Path(file).read_text(encoding="utf-8-sig"),
    )
    _check_ends(document, plan)
    return plan


def _scenarios(document: Document) -> dict[str, Scenario]:
    """Scenarios by name; a file's name is that without its ending."""
    here: FieldPath = ("scenarios",)
    if "scenarios" not in document.data:
        return {"base": read_scenario("base")}
    if document.at(here) == ALL:
        return {
            name: one for name in shipped() if (one := read_scenario(name)).world in (None, WORLD)
        }
    found: dict[str, Scenario] = {}
    given = as_list(document, here)
    if not given:
        raise document.problem(here, "should not be empty")
    for i in range(len(given)):
        name = as_text(document, (*here, i), longest=4000)
        beside = os.path.join(os.path.dirname(document.name), name)
        of_file = name.endswith(ENDINGS)
        try:
            one = read_scenario(beside if of_file else name)
        except InputError as error:
            if error.file is None:
                error.file, error.line = document.where((*here, i))
            raise
        known = Path(name).stem if of_file else name
        if known in found:
            raise document.problem((*here, i), "is there twice", found=name)
        if one.world not in (None, WORLD):
            raise document.problem(
                (*here, i), "is written for another world", found=str(one.world), allowed=WORLD
            )
        found[known] = one
    return found


def _places(document: Document) -> tuple[str, ...]:
    here: FieldPath = ("places",)
    given = document.data.get("places", COUNTRY)
    if given in (COUNTRY, ALL):
        return (US,) if given == COUNTRY else tuple(STATES)
    names = as_list(document, here)
    if not names:
        raise document.problem(here, "should not be empty")
    codes = []
    for i in range(len(names)):
        name = as_text(document, (*here, i))
        try:
            codes.append(US if name in (COUNTRY, US) else place_of(name).code)
        except InputError as error:
            error.file, error.line = document.where((*here, i))
            raise
    return tuple(dict.fromkeys(codes))


def _years(document: Document) -> tuple[int, int]:
    if "years" not in document.data:
        return FIRST_YEAR, LAST_YEAR - 1
    as_list(document, ("years",), length=2)
    bounds = (FIRST_YEAR, LAST_YEAR - 1)
    first, last = (as_integer(document, ("years", i), within=bounds) for i in (0, 1))
    if last < first:
        raise document.problem(("years",), "should be the first and the last", OutOfBounds)
    return first, last


def _quantiles(document: Document) -> tuple[float, ...]:
    form = as_choice(document, ("as",), FORMS, "form") if "as" in document.data else DRAWS
    return INTERVAL if form == QUANTILES else ()


def _whole(document: Document, name: str, usual: int, most: int) -> int:
    if name not in document.data:
        return usual
    return as_integer(document, (name,), within=(1, most))


def _words(
    document: Document, name: str, known: tuple[str, ...], kind: str, usual: tuple[str, ...]
) -> tuple[str, ...]:
    if name not in document.data:
        return usual
    given = as_list(document, (name,))
    if not given:
        raise document.problem((name,), "should not be empty")
    found = [as_choice(document, (name, i), known, kind) for i in range(len(given))]
    return tuple(dict.fromkeys(found))


def _check_ends(document: Document, plan: Plan) -> None:
    """Refuse now what a chunk would refuse later: handles that go too far at their ends."""
    from upriver.policy.apply import table
    from upriver.system.world import World

    ends = [plan.points.argmin(axis=0), plan.points.argmax(axis=0)] if plan.varied else []
    rows = {int(i) for those in ends for i in those}
    for row, one in product(sorted(rows), plan.scenarios.values()):
        values = dict(zip(plan.varied, plan.points[row].tolist(), strict=True))
        try:
            table(at_point(plan.start, plan.over, one, values), 0, World.named(WORLD))
        except InputError as error:
            error.file, error.line = document.where(("parameters",))
            raise
