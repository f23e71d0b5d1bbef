"""Census divisions and regions: which states lie together.

Source: US Census Bureau, census regions and divisions (census_divisions).
"""

REGIONS = {
    "Northeast": {
        "New England": "CT MA ME NH RI VT",
        "Middle Atlantic": "NJ NY PA",
    },
    "Midwest": {
        "East North Central": "IL IN MI OH WI",
        "West North Central": "IA KS MN MO ND NE SD",
    },
    "South": {
        "South Atlantic": "DC DE FL GA MD NC SC VA WV",
        "East South Central": "AL KY MS TN",
        "West South Central": "AR LA OK TX",
    },
    "West": {
        "Mountain": "AZ CO ID MT NM NV UT WY",
        "Pacific": "AK CA HI OR WA",
    },
}
"""States by division, divisions by region."""

SOURCE = "census_divisions"
REGION_OF = {division: region for region, parts in REGIONS.items() for division in parts}
"""The region of each division."""

DIVISION_OF = {
    state: division
    for parts in REGIONS.values()
    for division, states in parts.items()
    for state in states.split()
}
"""The division of each state and DC."""
