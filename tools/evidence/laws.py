"""RAND OPTIC: when state laws came into force, to 2017 (Good Samaritan laws to 2018).

Naloxone access laws, Good Samaritan laws, and prescription drug monitoring programmes. A state
without a row had no such law by then. Dates before 1998 of monitoring programmes are often the
start of a year.

Left out: shares of years; the second dating of any monitoring programme, by Horowitz et al.
"""

from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook
from table import columns, require, table

FILES = {
    ("WEB_NAL.xlsx", "WEB_NAL", "optic_naloxone"): {
        "date_anynal": ("naloxone", "any law that widens access to naloxone"),
        "date_nal_protocol_standing": ("naloxone", "naloxone by standing or protocol order"),
        "date_nal_Rx_prescriptive_auth": ("naloxone", "pharmacists may prescribe naloxone"),
    },
    ("WEB_GSL.xlsx", "WEB_GSL", "optic_samaritan"): {
        "date_anygsl": ("Good Samaritan", "any Good Samaritan law"),
        "date_gsl_arrest": ("Good Samaritan", "no arrest of those who call for help"),
    },
    ("WEB_OPTIC_PDMP.xlsx", "WEB_PDMP", "optic_pdmp"): {
        "date_AnyPDMP": ("monitoring programme", "any law on a monitoring programme"),
        "date_electronic": ("monitoring programme", "an electronic programme"),
        "date_Op_PDMP": ("monitoring programme", "users can see its data"),
        "date_mustaccess": ("monitoring programme", "prescribers must look before they prescribe"),
    },
}
_NAMES = """
Alabama AL, Alaska AK, Arizona AZ, Arkansas AR, California CA, Colorado CO, Connecticut CT,
Delaware DE, District of Columbia DC, Florida FL, Georgia GA, Hawaii HI, Idaho ID, Illinois IL,
Indiana IN, Iowa IA, Kansas KS, Kentucky KY, Louisiana LA, Maine ME, Maryland MD, Massachusetts MA,
Michigan MI, Minnesota MN, Mississippi MS, Missouri MO, Montana MT, Nebraska NE, Nevada NV,
New Hampshire NH, New Jersey NJ, New Mexico NM, New York NY, North Carolina NC, North Dakota ND,
Ohio OH, Oklahoma OK, Oregon OR, Pennsylvania PA, Rhode Island RI, South Carolina SC,
South Dakota SD, Tennessee TN, Texas TX, Utah UT, Vermont VT, Virginia VA, Washington WA,
West Virginia WV, Wisconsin WI, Wyoming WY
"""
STATES = {" ".join(one.split()[:-1]): one.split()[-1] for one in _NAMES.split(",")}


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    rows = []
    for (name, sheet, source), dates in FILES.items():
        book = CalamineWorkbook.from_path(str(raw / "policy_dates" / name))
        require(sheet in book.sheet_names, name, f"sheet '{sheet}' is missing")
        header, *lines = book.get_sheet_by_name(sheet).to_python()
        columns(header, ("state", "year", *dates), name)
        by_state: dict[str, set[tuple[object, ...]]] = {}
        for line in lines:
            cells = tuple(line[header.index(column)] for column in dates)
            state = str(line[0])
            by_state.setdefault(STATES.get(state, state), set()).add(cells)
        require(set(by_state) == set(STATES.values()), name, "not the states and DC")
        for state, found in by_state.items():
            require(len(found) == 1, name, f"{state} has several dates of a law")
            for when, (kind, what) in zip(next(iter(found)), dates.values(), strict=True):
                if when != "":
                    require(isinstance(when, date), name, f"{state}: '{when}' is no date")
                    rows.append((str(when)[:10], state, kind, what, source))
    rows.sort(key=lambda row: (row[2], row[1], row[0], row[3]))
    return {
        "laws.csv": table(
            "When state laws came into force, to 2017 (Good Samaritan laws to 2018). Dates of "
            "naloxone laws are the start of a month; of monitoring programmes before 1998, often "
            "of a year.",
            ("date", "place", "kind", "what", "source"),
            rows,
        )
    }
