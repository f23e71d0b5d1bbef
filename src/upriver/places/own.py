"""A place of one's own, a county or a province: one YAML file, and a CSV of its deaths by month.

    schema: 1
    title: River County, Ohio
    state: OH                     # or division: East North Central; neither: the country
    population: {2015: 541000, 2020: 540000}
    deaths: river.csv            # columns month,deaths; 2021-04,23
    withheld_below: 10            # a month without a count holds 0 to 9; 1: it holds none
    source: County medical examiner, read in May 2026

They stand in the folder that UPRIVER_PLACES names; the file's name is the place's. What is not said
is borrowed: rates of its state (or the country's), counts shared out by population.
"""

import os
import re
from pathlib import Path

import numpy as np

from upriver.core.catalogue import Entry
from upriver.core.catalogue import entry as checked
from upriver.core.errors import FileProblem, SchemaProblem, show
from upriver.core.fields import as_mapping, as_number
from upriver.core.files import load_yaml
from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.places import CODES, STATES
from upriver.evidence.record import Record

from .counts import read_months
from .dates import Since
from .divisions import REGION_OF
from .fentanyl import first_year
from .place import Place
from .shares import share_of
from .states import state as state_of

VARIABLE = "UPRIVER_PLACES"
"""Names a folder of places of one's own."""

SCHEMA = 1
NAME = re.compile("[A-Za-z][A-Za-z0-9_-]{0,59}")
REQUIRED = ("schema", "title", "population", "deaths", "source")
OPTIONAL = ("state", "division", "withheld_below")
YEARS = (1990, 2035)
WITHHELD_BELOW = 10
MOST_PEOPLE = 400e6


def own_files() -> dict[str, Path]:
    """Files of the user's places, by the name of the place; empty where no folder is named.

    Raises:
        FileProblem: UPRIVER_PLACES names no folder that can be read, or one without places.
        SchemaProblem: a file is called as a place cannot be.
    """
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return {}
    folder = Path(named).expanduser()
    try:
        files = sorted(folder.glob("*.yaml")) if folder.is_dir() else None
    except (OSError, ValueError):
        files = None
    if not files:
        says = (
            "no folder that can be read" if files is None else "a folder without places, NAME.yaml"
        )
        raise FileProblem(f"{VARIABLE} names {show(named)}, {says}")
    for file in files:
        _check_name(file)
    return {file.stem: file for file in files}


def own_title(file: Path) -> str:
    """The title of a place; raises InputError where its file is not right."""
    return _entry(file).text("title", longest=80)


def own_place(file: Path) -> Place:
    """A place from its file, and the CSV beside it.

    Raises:
        InputError: something in a file is not right; the message says file, line, field, what was
            found and what is allowed.
    """
    entry = _entry(file)
    code, source = file.stem, entry.text("source")
    state, division = _where(entry)
    population = _population(entry, code, source)
    below = entry.maybe(entry.integer, "withheld_below", within=(1, 1000)) or WITHHELD_BELOW
    name = entry.text("deaths")
    months = read_months(
        file.parent / name, code, source, below=below, where=entry.document.where(("deaths",))
    )
    larger = None if state is None else state_of(state)

    def rate(field: str, name: str) -> Record:
        return series(name, COUNTRY) if larger is None else getattr(larger, field)

    def count(name: str) -> Record:
        among = state or COUNTRY
        return share_of(series(name, among), population, series("residents", among))

    shares = rate("fentanyl_share", "nflis_share_opioid")
    return Place(
        code=code,
        name=entry.text("title", longest=80),
        own=True,
        state=state,
        division=division,
        region=REGION_OF.get(division, ""),
        population=population,
        deaths=months,
        deaths_by_year={},
        deaths_to_december={},
        prescribing=rate("prescribing", "opioid_dispensing_rate"),
        buprenorphine=rate("buprenorphine", "buprenorphine_dispensing_rate"),
        naloxone=rate("naloxone", "naloxone_dispensing_rate"),
        disorder=rate("disorder", "oud_share_nsduh"),
        methadone=None,
        jail=count("jail_population"),
        homeless=count("homeless"),
        fentanyl_share=shares,
        fentanyl=first_year(shares, series("nflis_samples_fentanyl", shares.place)),
        medicaid_expansion=_law(larger, "medicaid_expansion"),
        naloxone_law=_law(larger, "naloxone_law"),
        good_samaritan_law=_law(larger, "good_samaritan_law"),
    )


def _law(state: Place | None, what: str) -> Since | None:
    """Since when the state that a place lies in has a law; None outside the states."""
    return None if state is None else getattr(state, what)


def _check_name(file: Path) -> None:
    if NAME.fullmatch(file.stem) is None:
        raise SchemaProblem(
            "a place is called as its file",
            file=os.fspath(file),
            found=show(file.stem),
            allowed="letters, digits, - and _, a letter first, at most 60",
        )
    if file.stem.upper() in CODES:
        raise SchemaProblem(
            f"{show(file.stem)} is a place that ships. Give it another name", file=os.fspath(file)
        )


def _entry(file: Path) -> Entry:
    document = load_yaml(file)
    if "schema" in document.data:
        version = Entry(document, ()).integer("schema")
        if version != SCHEMA:
            found = show(version)
            raise document.problem(("schema",), "is not known", found=found, allowed=str(SCHEMA))
    return checked(document, (), required=REQUIRED, optional=OPTIONAL)


def _where(entry: Entry) -> tuple[str | None, str]:
    """State and division that a place lies in."""
    if not entry.given("state"):
        return None, entry.maybe(entry.choice, "division", REGION_OF, "division") or ""
    state = entry.choice("state", STATES, "state")
    division = state_of(state).division
    if entry.given("division"):
        said = entry.choice("division", REGION_OF, "division")
        if said != division:
            raise entry.problem(
                "division", f"is not that of {state}", found=show(said), allowed=division
            )
    return state, division


def _population(entry: Entry, code: str, source: str) -> Record:
    """Residents by year."""
    path = entry.field("population")
    found = as_mapping(entry.document, path)
    if not found:
        raise entry.problem("population", "should have a year or more, as {2020: 540000}")
    numbers: dict[int, float] = {}
    for year in found:
        here = (*path, year)
        if isinstance(year, bool) or not isinstance(year, int) or not YEARS[0] <= year <= YEARS[1]:
            allowed = f"a year, {YEARS[0]} to {YEARS[1]}"
            raise entry.document.problem(
                here, "should be of a year", found=show(year), allowed=allowed
            )
        numbers[year] = as_number(entry.document, here, within=(1, MOST_PEOPLE))
    years = sorted(numbers)
    nothing = np.full(len(years), np.nan)
    return Record(
        name="residents",
        place=code,
        calendar="year",
        unit="people",
        labels=tuple(map(str, years)),
        starts=np.array(years, dtype=float),
        ends=np.array(years, dtype=float) + 1,
        values=np.array([numbers[year] for year in years]),
        low=nothing,
        high=nothing,
        sources=(source,) * len(years),
        vintages=("as given",) * len(years),
        statuses=("reported",) * len(years),
        notes=("",) * len(years),
    )
