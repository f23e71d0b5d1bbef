"""What words beside a user's numbers say: a part of the people, another span, another measure.

`Female deaths`, a title `Ages 15-64`, `12-month sum` and `Deaths (thousands)` change what a number
is. Their words are read wherever they stand: in the name of a column, above, or below the table.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from upriver.core.errors import SourceProblem, show
from upriver.evidence.countries import COUNTRY_NAMES
from upriver.evidence.places import BY_NAME, STATES
from upriver.evidence.tables import plain_name

from .user_cells import is_count
from .user_options import Options
from .user_text import Grid

_PEOPLE = re.compile(
    r"\b(women|womens|female|females|men|mens|male|males|girls|boys|youth|adolescents|children|"
    r"teens|infants|adults|seniors|elderly|veterans|rural|urban|suburban|non.?hispanics?|hispanics?|"
    r"latinos?|latinas?|latinx|blacks?|whites?|asians?|african american|american indian|"
    r"alaska native|aian|pregnant|homeless|incarcerated|inpatients?|"
    r"unintentional|intentional|accidental|suicides?|undetermined intent|(?<=deaths )[mf]|"
    r"(ages?|aged) (group )?\d[\w+-]*( (to|and|plus|over|years|under|older|\d+)\b)*|"
    r"(under|over) \d\d)\b"
)
_PLACES = re.compile(
    r"\b(county|counties|parish|borough|city|district|province|region|state of|"
    r"department of health|\d+ (states|jurisdictions|counties|cities))\b"
)
_LEFT_OUT = re.compile(
    r"\b(exclud(e|es|ed|ing)|limited to|restricted to|filter(s|ed)?( by)?|subset|selected|only)\b"
)
_ALL = re.compile(
    r"\b((fifty|50|all) (us )?states|all ages|all sexes|both sexes|age (adjusted|standardi[sz]ed)|"
    r"district of columbia|women and men|men and women|males? and females?|females? and males?)\b"
)
_NAMES = re.compile(
    r"\b("
    + "|".join(
        sorted(
            {
                *(name for name in BY_NAME if name != "united states"),
                *("england", "scotland", "wales", "northern ireland"),
                *(
                    name.lower()
                    for name in COUNTRY_NAMES
                    if name not in ("United States", "Jersey", "Guinea", "Chad", "Turkey", "China")
                ),
            },
            key=len,
            reverse=True,
        )
    )
    + r")\b"
)
_TWELVE = re.compile(
    r"\b(12|twelve) months?( (period|sum|total|count)s?)?\b|\bmonths? ending\b.*\b12\b"
)
_RUNNING = re.compile(
    r"\b(rolling|moving|cumulative|cumulated|running (sum|total|count)|ytd|year to date|"
    r"(\d+|two|three|four|five|six) (year|month|quarter|week|day)s? (average|mean|moving|rolling|"
    r"sum|total|count|period)s?|since (the )?(start|beginning|january))\b"
)
_SCALED = re.compile(
    r"\b(in )?(hundreds|thousands?|millions?|1 ?000s|000s|mil)\b|\bper (\d|capita|hundred|thousand|"
    r"million)|\b(rates?|percent|percentages?|pct|shares?|ratio|changes?|index|difference)\b|%"
)

_NO_COUNT = re.compile(
    r"\b(expected|projected|projections?|predicted|forecasts?|modell?ed|model)\b"
)
"""Words of a number that nobody counted."""

_CODES = re.compile(
    r"(?<![A-Za-z])(" + "|".join(sorted({*STATES} - {"IN", "OR", "OK", "ME"})) + r")(?![A-Za-z])"
)
"""Letters of a state that stand alone in a name; some are words, too."""


def plain_words(text: str) -> str:
    """Small letters and digits with single blanks between them."""
    return " ".join(re.sub(r"[^a-z0-9%+]", " ", text.lower()).split())


def people_in(text: str) -> str:
    """The words that name a part of the people, or ''."""
    words = _ALL.sub(" ", plain_words(text))
    return " ".join(found[0] for found in _PEOPLE.finditer(words))


def places_in(text: str) -> str:
    """The first name of a state, a country or a kind of part, or ''."""
    words = _ALL.sub(" ", plain_words(text))
    found = _NAMES.search(words) or _PLACES.search(words)
    return found[0] if found else ""


def names_part(text: str) -> bool:
    """Whether a line beside the table says that its rows are of a part, or were chosen."""
    words = _ALL.sub(" ", plain_words(text))
    if words.startswith("source"):
        return _NAMES.search(words) is not None
    return bool(people_in(text) or places_in(text) or _LEFT_OUT.search(words))


def ask_titles(grid: Grid, name: str) -> None:
    """Refuse to take for the country what a line beside the table calls a part of it.

    Raises:
        SourceProblem: it quotes the line.
    """
    beside = (("above the header", grid.comments + grid.above), ("below the table", grid.below))
    for where, texts in beside:
        for text in texts:
            if names_part(text):
                raise SourceProblem(
                    f"a line {where} names a part, and no column says where",
                    file=name,
                    line=1 if where.startswith("above") else None,
                    found=show(text),
                    hint="Say what the rows are of: --with place=OH, place=US, "
                    "place=US:Female, ....",
                )


def part_of_value(grid: Grid, at: int, name: str, options: Options, placed: bool) -> str:
    """The part of the people that the name of the column of values says, or ''.

    placed: a column says the place of each row.

    Raises:
        SourceProblem: it names a state or a country, and no option says that it is the place.
    """
    title = grid.header[at].strip()
    if plain_name(title) in options.ignored:
        return ""
    if (places_in(title) or _CODES.search(title)) and (placed or options.place is None):
        hint = f"Say what the rows are of, --with place=…, or, if it is no part, ignore={title}."
        raise _problem(grid, name, title, "names a place, and is taken for the value", hint)
    told = options.place is not None and ":" in options.place
    return "" if told else people_in(title)


def parts_said(
    grid: Grid, at: int, name: str, options: Options, placed: bool, parted: bool
) -> dict[str, str]:
    """Parts of the people that words say, with where: the name of the values, or a title.

    placed: a column says the place of each row; without one, a title is asked about before.
    parted: a column says of which people a row is, so that a title says it again.

    Raises:
        SourceProblem: see `part_of_value`.
    """
    own = part_of_value(grid, at, name, options, placed)
    said = {own: grid.header[at].strip()} if own else {}
    if placed and not (parted or own or options.total or options.where):
        for text in (*grid.comments, *grid.above):
            if part := people_in(text):
                said[part] = text
    return said


def with_span(grid: Grid, names: Sequence[str], name: str, options: Options) -> Options:
    """Options with the calendar that names of the columns of values and dates say.

    Raises:
        SourceProblem: words say that a row covers more than its date.
    """
    if options.calendar is not None:
        return options
    wanted = {plain_name(text) for text in (options.value, options.date) if text}
    chosen = [at for at, column in enumerate(names) if column in wanted or is_rolling(column)]
    for at in chosen:
        title = grid.header[at].strip()
        words = plain_words(title)
        if _TWELVE.search(words) and not re.search(r"average|mean|change", words):
            return replace(options, calendar="12 months ending")
        if _RUNNING.search(words):
            hint = "Give what each period counts alone, or, if it does, say --with calendar=month."
            said = "adds up or averages more than the period of its row"
            raise _problem(grid, name, title, said, hint)
    for text in grid.said:
        words = plain_words(text)
        of_a_year = text in grid.below or re.search(r"(19|20)\d\d", words)
        if _TWELVE.search(words) or (not of_a_year and _RUNNING.search(words)):
            raise SourceProblem(
                "a line beside the table says that a row covers more than its date",
                file=name,
                found=show(text),
                hint="Say --with calendar='12 months ending', or calendar=month (year, quarter).",
            )
    return options


def is_rolling(column: str) -> bool:
    """Whether a column's plain name says that its dates end twelve months."""
    return re.fullmatch(r"(12|twelve)_months?_ending(_date|_period|_month)?", column) is not None


def only_part(part: str, title: str) -> str:
    """The remark on a column that counts a part of the people."""
    return f"Only {part} ({title.strip()}): the records are of that part of the people."


def check_measure(grid: Grid, at: int, name: str, unit: str, status: str) -> None:
    """Refuse a rate, a share or thousands as a count of people, and a forecast as a record.

    Raises:
        SourceProblem: the unit counts things, or the status says that they were reported, and the
            name of the column says otherwise.
    """
    title = grid.header[at].strip()
    found = _SCALED.search(plain_words(title.replace(",", "")))
    if found and is_count(unit):
        hint = "Give the unit that it has, or whole counts under a name that says no more."
        raise _problem(grid, name, title, f"is no count, and its unit is said to be {unit}", hint)
    if status == "reported" and _NO_COUNT.search(plain_words(title)):
        hint = "Say what the values are: --with status=projected, predicted or estimated."
        raise _problem(grid, name, title, "was counted by nobody, by its name", hint)


def _problem(grid: Grid, name: str, title: str, says: str, hint: str) -> SourceProblem:
    return SourceProblem(
        f"column '{title}' {says}", file=name, line=grid.line, field=title, hint=hint
    )
