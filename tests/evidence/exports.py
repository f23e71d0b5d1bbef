"""The exports that are mutated, one for each publisher's format, in two parts: text here.

What the whole is stands beside each; so do the ways in which a user may have cut it.
"""

from made import (
    HALVES,
    SUBSTANCES,
    cbp_offices,
    cbp_whole,
    nflis,
    nflis_row,
    nflis_rows,
    vsrr,
    wonder,
)
from mutants import Export, Harm, Table, footnotes, harmless_text, splits_and_filters

from upriver.evidence.places import MONTHS, STATES
from upriver.evidence.sources.cbp import AIR_DRUGS
from upriver.evidence.sources.cbp_offices import COMPONENTS, REGIONS, STEADY
from upriver.evidence.sources.wonder_query import INTENTS

OFO, USBP, AMO = COMPONENTS


def of_period(*periods: str) -> Harm:
    """Harms the whole of some periods alone."""
    return lambda key: key[2] in periods


def of_series(*words: str) -> Harm:
    """Harms series with one of these words in their names."""
    return lambda key: any(word in key[0] for word in words)


def cbp(air: bool = False) -> Export:
    """Every office of the border agency, 1 pound of each drug in each of three months."""
    months = {"OCT": "2023-10", "NOV": "2023-11", "DEC": "2023-12"}
    text = cbp_whole(tuple(months), AIR_DRUGS) if air else cbp_whole(tuple(months))
    text = cbp_whole(tuple(months), AIR_DRUGS, air=True) if air else text
    ending = "_air_and_marine" if air else ""
    offices = len(cbp_offices(air))
    whole = {(f"seized_fentanyl{ending}", "US", at): float(offices) for at in months.values()}
    whole |= {(f"seizures_heroin{ending}", "US", at): 2.0 * offices for at in months.values()}
    export, table = Export("cbp", "drugs.csv", text, whole), Table.of(text)
    for region in REGIONS:
        for component in (AMO,) if air else (OFO, USBP):
            cut = {"Region": region, "Component": component}
            export.harm(f"only {region}, {component}", table.only(**cut))
            export.harm(f"without {region}, {component}", table.without(**cut))
            for month, label in months.items():
                cut["Month_(abbv)"] = month
                export.harm(f"without {cut}", table.without(**cut), of_period(label))
    for month, label in months.items():
        cut = {"Month_(abbv)": month}
        export.harm(f"without {month}", table.without(**cut), of_period(label))
    if not air:
        for region in REGIONS:
            export.harm(f"without {region}", table.without(Region=region))
            export.harm(f"only {region}", table.only(Region=region))
        for component, ending in ((OFO, " FIELD OFFICE"), (USBP, " SECTOR")):
            export.harm(f"without {component}", table.without(Component=component))
            for names in STEADY[COMPONENTS[component]].values():
                for name in names:
                    cut = {"Area_of_Responsibility": name + ending}
                    export.harm(f"without {name}{ending}", table.without(**cut))
        export.harm("land ports alone", table.only(Land_Filter="Land Only"))
        export.harm("without land ports", table.without(Land_Filter="Land Only"))
        for drug in ("Fentanyl", "Heroin"):
            table_of_one = Table.of(table.only(Drug_Type=drug))
            cut = {"Region": "Northern Border", "Component": USBP}
            export.harm(f"{drug} without {cut}", table_of_one.without(**cut))
    for year in ("CY2024", "2023-24", "Calendar 2024", "2024 Q1", "FY2024"):
        export.harm(f"the year {year}", table.changed("FY", "2024", year))
    export.harm("calendar years", table.titled("FY", "Year"))
    quarters = table.text().replace(",OCT,", ",JAN,").replace(",NOV,", ",APR,")
    export.harm("quarters", quarters.replace(",DEC,", ",JUL,"))
    export.harm("kilograms", table.titled("Sum Qty (lbs)", "Sum Qty (kg)"))
    splits_and_filters(export, table)
    harmless_text(export, table)
    footnotes(export, table)
    export.spare("a new drug", table.text() + table.text().splitlines()[1].replace("Fentanyl", "X"))
    return export


def nflis_halves() -> Export:
    """One report of each of six substances in each state and Puerto Rico, by half-year."""
    text = nflis(*nflis_rows())
    whole = {
        (f"nflis_reports_{drug}{ending}", "US", at): 52.0 * substances * halves
        for drug, substances in (("fentanyl", 3), ("carfentanil", 1), ("fentanyl_related", 6))
        for ending, at, halves in (
            ("", "2022", 2),
            ("_half_year", "2022-H1", 1),
            ("_half_year", "2022-H2", 1),
        )
    }
    export, table = Export("nflis", "nflis.csv", text, whole), Table.of(text)
    for state in STATES:
        export.harm(f"without {state}", table.without(STATE=state))
    for state in ("OH", "HI", "WY", "CA", "DC"):
        export.harm(f"only {state}", table.only(STATE=state))
        for half, label in zip(HALVES, ("2022-H1", "2022-H2"), strict=True):
            cut = table.without(STATE=state, PERIOD=half)
            export.harm(f"without {state} in {label}", cut, of_period(label, "2022"))
    for half, label in zip(HALVES, ("2022-H1", "2022-H2"), strict=True):
        export.harm(f"without {label}", table.without(PERIOD=half), of_period(label, "2022"))
    laboratories(export, table)
    for substance, base in SUBSTANCES.items():
        if base != "Fentanyl":
            cut = table.without(SUBSTANCE_ID=substance)
            drugs = ("related", "carfentanil") if base == "Carfentanil" else ("related",)
            export.harm(f"without {base}", cut, of_series(*drugs))
        else:
            cut = table.without(SUBSTANCE_ID=substance)
            harmed = of_series("nflis_reports_fentanyl", "related")
            export.harm(f"without the fentanyl numbered {substance}", cut, harmed)
    export.harm(
        "fentanyl alone",
        table.only(BASE_DESCRIPTION="Fentanyl"),
        of_series("related", "carfentanil"),
    )
    export.harm("one form of fentanyl alone", table.only(SUBSTANCE_ID="1504"))
    export.harm("without small counts", table.text().replace(")," + "1,", "),12,"))
    for period in ("Q1", "Q1 (JAN - MAR)", "2021", "FY2022", "JAN"):
        export.harm(f"the period {period}", table.changed("PERIOD", HALVES[0], period))
    for ran, harms in (("2022-03-01", of_period("2022-H1", "2022")), ("2022-11-30", None)):
        early = table.changed("QUERY_RUN_DATE", "2025-08-10 18:30:22", ran)
        export.harm(f"asked for on {ran}", early, harms or of_period("2022-H2", "2022"))
    export.harm("cases, not reports", table.text().replace("DrugReport", "Case"))
    splits_and_filters(export, table)
    unneeded = ("DRUG_CATEGORY_CODE", "STATE_FIPS", "STATE_LONG_NAME", "BASE_ID")
    harmless_text(export, table, unneeded)
    footnotes(export, table)
    export.spare(
        "laboratories in another order",
        text.replace("Local/Municipal,State,Federal,Private", "State,Private,Federal,Local"),
    )
    return export


def laboratories(export: Export, table: Table) -> None:
    """Exports of some kinds of laboratories."""
    kinds = ("Local/Municipal", "State", "Federal", "Private")
    every = ",".join(kinds)
    for kind in kinds:
        rest = ",".join(one for one in kinds if one != kind)
        export.harm(f"laboratories {kind}", table.changed("LABTYPE", every, kind))
        export.harm(f"laboratories {rest}", table.changed("LABTYPE", every, rest))
    export.harm("laboratories unknown", table.changed("LABTYPE", every, ""))
    export.harm("without LABTYPE", table.less("LABTYPE"))


def nflis_years() -> Export:
    """The same by year."""
    text = nflis(*nflis_rows(yearly=True))
    whole = {
        ("nflis_reports_fentanyl", "US", "2022"): 156.0,
        ("nflis_reports_fentanyl_related", "US", "2022"): 312.0,
    }
    export, table = Export("nflis", "nflis.csv", text, whole), Table.of(text)
    for state in ("AK", "OH", "TX", "WY", "DC"):
        export.harm(f"without {state}", table.without(STATE=state))
        export.harm(f"only {state}", table.only(STATE=state))
        others = [nflis_row(state, "2021", "2021", one) for one in SUBSTANCES]
        cut = Table.of(table.without(STATE=state))
        more = [next(iter(Table.of(nflis(row)).rows)) for row in others]
        export.harm(f"{state} in another year", cut.with_rows([*cut.rows, *more]))
    laboratories(export, table)
    for ran in ("2022-06-30", "2022-12-31"):
        early = table.changed("QUERY_RUN_DATE", "2025-08-10 18:30:22", ran)
        export.harm(f"asked for on {ran}", early)
    for period in ("2021", "2022 Q1", "FY2022", "2022-2023", "2022 (JAN - MAR)"):
        export.harm(f"the period {period}", table.changed("PERIOD", "2022", period))
    harmless_text(export, table, ("SUBSTANCE_DESCRIPTION",))
    return export


WONDER_ROWS = '\t"2019"\t"2019"\t70630\t328239523\t21.5\n\t"2020"\t"2020"\t91799\t329484123\t27.9'
HEADER = '"Notes"\t"Year"\t"Year Code"\tDeaths\tPopulation\tCrude Rate'
UCD = "UCD - ICD-10 Codes: "


def cdc_wonder() -> Export:
    """All overdose deaths of the country, by year."""
    text = wonder(WONDER_ROWS)
    whole = {("deaths_all_drugs", "US", "2019"): 70630.0, ("deaths_all_drugs", "US", "2020"): 91799}
    export = Export("cdc_wonder", "wonder.txt", text, whole)
    table = Table.of(text.replace("\r\n", "\n"), "\t", '"---"')
    intents = {name: "; ".join(sorted(codes)) for name, codes in INTENTS.items()}
    for name, codes in intents.items():
        export.harm(f"only {name}", wonder(WONDER_ROWS, UCD + codes))
        rest = "; ".join(other for one, other in intents.items() if one != name)
        export.harm(f"without {name}", wonder(WONDER_ROWS, UCD + rest))
    for line in (
        "Gender: Female",
        "Gender: Male",
        "Sex: Female",
        "Race: White",
        "Hispanic Origin: Not Hispanic or Latino",
        "Ten-Year Age Groups: 25-34 years",
        "Single-Year Ages: 30 years",
        "Weekday: Monday",
        "Autopsy: Yes",
        "Place of Death: Decedent's home",
        "2013 Urbanization: Large Central Metro",
        "Month: Jan., Feb.",
        "MMWR Year/Week: 2019 Week 1",
        "States: Ohio (39)",
        "States: Ohio (39); Texas (48)",
        "Residence States: Ohio (39)",
        "States/Counties: Adams County, OH (39001)",
        "Census Regions: South",
        "HHS Regions: HHS Region 1",
        "UCD - Injury Intent: Suicide",
        "UCD - Injury Mechanism & All Other Leading Causes: Poisoning",
        "MCD - ICD-10 Codes: T40.4 (Other synthetic narcotics)",
        "Education: Bachelor's degree",
    ):
        export.harm(line, wonder(WONDER_ROWS, None, line))
    for at, month in enumerate(MONTHS):
        chosen = f"Year/Month: {month[:3]}., 2019; 2020"
        export.harm(chosen, wonder(WONDER_ROWS, None, chosen), of_period("2019"))
        if at:
            first = "; ".join(f"{one[:3]}., 2020" for one in MONTHS[:at])
            chosen = f"Year/Month: {first}; 2019"
            export.harm(chosen, wonder(WONDER_ROWS, None, chosen), of_period("2020"))
    for label in ("2020 (provisional and partial)", "2020 (partial)"):
        rows = WONDER_ROWS.replace('"2020"\t', f'"{label}"\t', 1)
        export.harm(label, wonder(rows), of_period("2020"))
        said = wonder(WONDER_ROWS, None, f"Year/Month: 2019; {label}")
        export.harm(f"{label} in the notes", said, of_period("2020"))
    early = text.replace("Jun 22, 2022", "Sep 24, 2020")
    export.harm("asked for before the end", early, of_period("2020"))
    for title, cell in (
        ("Gender", "Female"),
        ("County", "Adams County"),
        ("Ten-Year Age Groups", "25-34 years"),
        ("Race", "White"),
        ("Place of Death", "Home"),
        ("Occurrence State", "Ohio"),
        ("County Code", "39001"),
    ):
        export.harm(f"a column {title}", table.plus(title, cell, 1))
        export.harm(f"a column {title} at the end", table.plus(title, cell, len(table.header)))
    for groups in ("State; Year", "Year; Gender", "County; Year", "Residence State; Year", "Month"):
        export.harm(f"grouped by {groups}", text.replace("By: Year", f"By: {groups}"))
    export.harm("no filter", wonder(WONDER_ROWS, ""))
    export.harm("no notes", text.split('"---"')[0])
    for year, said in (("FY2020", "fiscal"), ("2019-2020", "two years"), ("2020/21", "half")):
        export.harm(said, wonder(WONDER_ROWS.replace('"2020"', f'"{year}"')), of_period("2020"))
    harmless_text(export, table, ("Population", "Crude Rate", "Year Code"))
    export.harmless[:] = [one for one in export.harmless if one[0] != "a column of remarks"]
    limits = "Crude Rate Lower 95% Confidence Interval"
    export.spare("limits of rates", table.plus(limits, "21.1", len(table.header)))
    for line in (
        "Year/Month: 2019; 2020",
        "Gender: All Genders",
        "States: All",
        "Standard Population: 2000 U.S. Std. Population",
        "Calculate Rates Per: 100,000",
    ):
        export.spare(line, wonder(WONDER_ROWS, None, line))
    every_month = "; ".join(f"{month[:3]}., 2020" for month in MONTHS)
    export.spare("twelve months", wonder(WONDER_ROWS, None, f"Year/Month: 2019; {every_month}"))
    return export


def cdc_vsrr() -> Export:
    """The country's own row in two months, and those of the states; the whole is never a sum."""
    text = vsrr()
    whole = {
        ("deaths_all_drugs_12m", "US", "2024-01"): 100.0,
        ("deaths_all_drugs_12m", "US", "2024-02"): 101.0,
    }
    export, table = Export("cdc_vsrr", "vsrr.csv", text, whole), Table.of(text)
    export.harm("without the country", table.without(state="US"))
    for state in ("OH", "NY", "YC"):
        export.harm(f"only {state}", table.only(state=state))
    for month, label in (("January", "2024-01"), ("February", "2024-02")):
        cut = table.without(state="US", month=month)
        export.harm(f"without the country in {month}", cut, of_period(label))
    for period in ("Monthly", "6 month-ending", "Quarterly", "Calendar year", "Fiscal year"):
        export.harm(period, table.changed("period", "12 month-ending", period))
    for month in ("Q1", "Jan-Mar", "FY"):
        export.harm(month, table.changed("month", "January", month), of_period("2024-01"))
    rows = [row if row[0] != "US" else [*row[:5], "", *row[6:]] for row in table.rows]
    export.harm("the country's cell is empty", table.with_rows(rows))
    export.harm("without the period", table.less("period"))
    splits_and_filters(export, table)
    unneeded = ("footnote", "footnote_symbol", "predicted_value", "percent_complete", "state_name")
    harmless_text(export, table, (*unneeded, "percent_pending_investigation"))
    footnotes(export, table)
    export.spare("without a state", table.without(state="OH"))
    odd = "XX,2024,January,12 month-ending,Number of Drug Overdose Deaths,1,100,0.1,X,,**,4"
    export.spare("a strange state", text + odd + "\n")
    export.spare("a broken number", text + odd.replace("XX", "GU").replace(",1,", ",x,") + "\n")
    export.spare("a short row", text + "OH,2024,March\n")
    return export
