"""Places by the codes that we use: the country, its states and territories, New York City."""

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


def month_number(text: str) -> int | None:
    """1 to 12 from `January`, `Jan`, `JAN.`; None if it is no month."""
    found = text.strip().rstrip(".").lower()
    for number, name in enumerate(MONTHS, 1):
        if len(found) >= 3 and name.lower().startswith(found):
            return number
    return 9 if found == "sept" else None
