"""Places by the codes that we use: the country, its states and territories, New York City.

`place_code` knows codes and names, and nothing of what kind of place a text names: ask it only of a
text that names a state. Georgia is also a country, and Washington 31 counties.
"""

import re

COUNTRY = "US"

STATES = {
    "AK": "Alaska",
    "AL": "Alabama",
    "AR": "Arkansas",
    "AZ": "Arizona",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DC": "District of Columbia",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "IA": "Iowa",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "MA": "Massachusetts",
    "MD": "Maryland",
    "ME": "Maine",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MO": "Missouri",
    "MS": "Mississippi",
    "MT": "Montana",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "NE": "Nebraska",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NV": "Nevada",
    "NY": "New York",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VA": "Virginia",
    "VT": "Vermont",
    "WA": "Washington",
    "WI": "Wisconsin",
    "WV": "West Virginia",
    "WY": "Wyoming",
}
"""The states and the District of Columbia."""

TERRITORIES = {
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "Virgin Islands",
}

NEW_YORK_CITY = "YC"
"""As the CDC writes it; where it stands beside NY, NY is the rest of the state."""

CODES = frozenset((COUNTRY, NEW_YORK_CITY, *STATES, *TERRITORIES))
BY_NAME = {name.lower(): code for code, name in (STATES | TERRITORIES).items()} | {
    "united states": COUNTRY,
    "new york city": NEW_YORK_CITY,
}
_NUMBERED = """
AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 KY21
LA22 ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 NE31 NV32 NH33 NJ34 NM35 NY36 NC37 ND38 OH39
OK40 OR41 PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56 AS60 GU66 MP69
PR72 VI78
"""
FIPS = {code: int(number) for code, number in re.findall("([A-Z]{2})([0-9]{2})", _NUMBERED)}
"""Numbers that the Census Bureau gave the states and territories."""

_BY_NUMBER = {number: code for code, number in FIPS.items()} | {0: COUNTRY}
_ALSO = {
    "washington dc": "DC",
    "dist of columbia": "DC",
    "us virgin islands": "VI",
    "virgin islands us": "VI",
    "commonwealth of the northern mariana islands": "MP",
    "nyc": NEW_YORK_CITY,
}
_WHOLE = re.compile(
    r"(the )?(us|usa|united states|united states of america|america|nation|national|nationwide|"
    r"all states|all us states|entire us)( (total|totals|overall|all))?|"
    r"(total|overall) (us|usa|united states)",
)
_TOTAL = re.compile(r"(grand )?totals?|all|overall|sum")

PROVINCES = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador",
    "NS": "Nova Scotia",
    "NT": "Northwest Territories",
    "NU": "Nunavut",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
    "YT": "Yukon",
}
"""Provinces and territories of Canada; a record calls them `CA-BC` and so on."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def place_code(text: str) -> str | None:
    """The code of a place by its code or its name; None if it is neither."""
    found = text.strip()
    return found.upper() if found.upper() in CODES else BY_NAME.get(found.lower())


def is_total(text: str) -> bool:
    """Whether a cell says no more than that it is a total: `Total`, `All`."""
    return _TOTAL.fullmatch(_plain(text)) is not None


def state_code(text: str) -> str | None:
    """The code of a text that names a state, a territory or the country; None if it does not.

    By code, name or the Census Bureau's number (`39`, `01` and `1`), in any capitals: `ohio `.
    """
    plain = _plain(text)
    if re.fullmatch(r"\d{1,2}(\.0)?", plain):
        return _BY_NUMBER.get(int(float(plain)))
    if _WHOLE.fullmatch(plain.replace(".", "").strip("()")):
        return COUNTRY
    bare = re.sub(r"[.,()]", "", plain)
    return place_code(bare) or _ALSO.get(bare)


def province_code(text: str) -> str | None:
    """`CA-BC` of a text that names a province of Canada by name or letters; None if it does not."""
    plain = _plain(text).replace("\u00e9", "e").removeprefix("ca-").replace("&", "and")
    plain = plain.removesuffix(" territory")
    for code, name in PROVINCES.items():
        if plain in (code.lower(), name.lower()):
            return f"CA-{code}"
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def month_number(text: str) -> int | None:
    """1 to 12 from `January`, `Jan`, `JAN.`; None if it is no month."""
    found = text.strip().rstrip(".").lower()
    for number, name in enumerate(MONTHS, 1):
        if len(found) >= 3 and name.lower().startswith(found):
            return number
    return 9 if found == "sept" else None
