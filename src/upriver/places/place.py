"""A place: what is recorded of it, each figure with its source and what it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from upriver.evidence.figures import COUNTRY, series
from upriver.evidence.record import WITHOUT_VALUE, Record

from .dates import Since
from .fentanyl import FirstYear
from .months import Months
from .shares import share_of

NOT_BY_STATE = ("naloxone_kits", "methadone_patients", "naltrexone_patients")
"""Counts of the country that no state publishes, and that a world of a place asks for."""

RECORDS = {
    "population": "residents",
    "prescribing": "opioid prescriptions a person",
    "buprenorphine": "buprenorphine prescriptions a person",
    "naloxone": "naloxone prescriptions a person",
    "disorder": "share of people of 12 and over with a disorder",
    "methadone": "share of the country's methadone programmes",
    "jail": "people in local jails",
    "homeless": "people who are homeless",
    "fentanyl_share": "share of opioid samples with fentanyl",
}
"""Records of a place that its text prints, in words."""


@dataclass(frozen=True, eq=False)
class Place:
    """A state, or a place of one's own, with what is recorded of it.

    code: `OH`, or the name of its file. own: it is the user's. state: the state that it is or lies
        in; None for a place outside the states. division, region: of the Census Bureau; '' outside.
    population: residents in July [people], by year.
    deaths: with synthetic opioids (T40.4) by month [people], with the months that are withheld.
    deaths_by_year: of residents [people/year], 1999 to 2016, by `all_drugs`, `any_opioid`,
        `synthetic`, `heroin`, `natural`; deaths_to_december: in the 12 months to December [people],
        from 2015 on, provisional, by the first four. Empty for a place of one's own.
    prescribing, buprenorphine, naloxone: prescriptions dispensed [Rx/person], by year.
    disorder: share of people of 12 and over with opioid use disorder, 2022 and 2023 [1].
    methadone: share of the country's methadone programmes [1]; low trust.
    jail: people in local jails [people]. homeless: people who are homeless, in January [people].
    fentanyl_share: of samples with heroin or fentanyl [1]; fentanyl: its first year.
    medicaid_expansion, naloxone_law, good_samaritan_law: since when; None outside the states.

    A record whose `place` is not this one is borrowed from there: a rate of its state or of the
    country. One of status `shared` is a larger place's count by population.
    """

    code: str
    name: str
    own: bool
    state: str | None
    division: str
    region: str
    population: Record
    deaths: Months
    deaths_by_year: Mapping[str, Record]
    deaths_to_december: Mapping[str, Record]
    prescribing: Record
    buprenorphine: Record
    naloxone: Record
    disorder: Record
    methadone: Record | None
    jail: Record
    homeless: Record
    fentanyl_share: Record
    fentanyl: FirstYear
    medicaid_expansion: Since | None
    naloxone_law: Since | None
    good_samaritan_law: Since | None

    def shared(self, name: str) -> Record:
        """A count of the country as this place's by population, for no state publishes it.

        Args:
            name: of a series of the country, such as those of `NOT_BY_STATE`.

        Raises:
            UnknownName: there is no such series.
            OutOfBounds: it is a rate, a share or a price.
        """
        return share_of(series(name, COUNTRY), self.population, series("residents", COUNTRY))

    @property
    def borrowed(self) -> tuple[str, ...]:
        """Names of the records that are a larger place's: its rates, or its counts shared out."""
        found = []
        for name in RECORDS:
            record = getattr(self, name)
            if record is not None and (record.place != self.code or "shared" in record.statuses):
                found.append(name)
        return tuple(found)

    def __repr__(self) -> str:
        """A line for each figure: its newest value, what it is, its source."""
        where = ", ".join(part for part in (self.division, self.region) if part)
        lines = [f"{self.code}  {self.name}" + (f" ({where})" if where else ""), f"  {self.deaths}"]
        for name, said in RECORDS.items():
            record = getattr(self, name)
            lines.append(f"  {said}: {_newest(record, self.code)}")
        for what in ("medicaid_expansion", "naloxone_law", "good_samaritan_law"):
            found = getattr(self, what)
            if found is not None:
                lines.append(f"  {what.replace('_', ' ')}: {found}  ({found.source})")
        lines.append(f"  first year of fentanyl: {self.fentanyl}  ({self.fentanyl.source})")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """The same as a card, for a notebook: deaths by month, and the newest of each record."""
        from upriver.core.card import card, curve, table

        where = ", ".join(part for part in (self.division, self.region) if part)
        rows = [
            [said, *_newest(getattr(self, name), self.code).split("  ", 1)]
            for name, said in RECORDS.items()
        ]
        for what in ("medicaid_expansion", "naloxone_law", "good_samaritan_law"):
            found = getattr(self, what)
            if found is not None:
                rows.append([what.replace("_", " "), f"{found}", f"({found.source})"])
        rows.append(["first year of fentanyl", f"{self.fentanyl}", f"({self.fentanyl.source})"])
        months = self.deaths
        return card(
            f"{self.name} ({self.code})" + (f", {where}" if where else ""),
            says=[f"{months}".replace("  ", " ")],
            body=[
                curve(
                    months.starts,
                    months.values,
                    label=f"Deaths with synthetic opioids by month in {self.name} [people]",
                    marks=True,
                ),
                table(["recorded", "newest", "what it is, source"], rows, numbers=False),
            ],
            foot=["Months that are withheld have no point; they are no zero."]
            if months.censored.any()
            else [],
        )


def _newest(record: Record | None, code: str) -> str:
    """The newest value of a record, with what it is and whose."""
    if record is None:
        return "none"
    known = [i for i, status in enumerate(record.statuses) if status not in WITHOUT_VALUE]
    if not known:
        return "none published"
    at = known[-1]
    whose = "" if record.place == code else f" of {record.place}"
    said = f"{record.statuses[at]}; {record.sources[at]}"
    value = record.values[at]
    written = f"{value:,.0f}" if value >= 1e6 else f"{value:,.6g}"
    return f"{written} in {record.labels[at]}{whose}  ({said})"
