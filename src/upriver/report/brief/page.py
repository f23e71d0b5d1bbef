"""The report as one HTML file of two A4 pages, without a script."""

import re
from collections.abc import Sequence

from upriver.evidence.figures import series
from upriver.evidence.references import short_citation
from upriver.experiments.summary import figures
from upriver.places.dates import Since
from upriver.report import style
from upriver.report.html import HELP
from upriver.report.placed_record import range_text
from upriver.report.wording import escape, number

from . import charts
from .facts import Facts, Rate, per
from .sheet import SHEET

LAWS = (
    ("medicaid_expansion", "Medicaid expansion"),
    ("naloxone_law", "First naloxone law"),
    ("good_samaritan_law", "Good Samaritan law"),
)


def page(found: Facts) -> str:
    """The whole file."""
    title = f"{found.place.name}: deaths with synthetic opioids"
    policy = (
        f"default-src 'none'; style-src '{style.digest(SHEET)}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{escape(title)}</title>
<style>{SHEET}</style>
</head>
<body>
<main>
<section class="sheet" aria-label="First page">{"".join(_first(found))}</section>
<section class="sheet" aria-label="Second page">{"".join(_second(found))}</section>
</main>
</body>
</html>
"""


def _first(found: Facts) -> Sequence[str]:
    """Where the state stands: recorded, with nothing modelled but the answer."""
    return (
        '<p class="kind">Upriver, report of a state, 1 of 2: where it stands</p>',
        f"<h1>{escape(found.place.name)}</h1>",
        f'<p class="answer">{escape(answer(found))}</p>',
        "<h2>Deaths with synthetic opioids per 100,000 people</h2>",
        charts.rates(found),
        f'<p class="note soft">{escape(_rates_note(found))}</p>',
        "<h2>Recorded deaths with synthetic opioids</h2>",
        _deaths(found),
        f'<p class="note"><b>When fentanyl came.</b> {escape(_fentanyl(found))}</p>',
        "<h2>Care and people, as recorded</h2>",
        _care(found),
        f'<p class="foot">{_text(_sources(found))}</p>',
    )


def _second(found: Facts) -> Sequence[str]:
    """What is modelled, what a few levers would do, and what cannot be told."""
    sure = " ".join(
        (
            f"Median and 95 % interval of the number expected, {found.run.draws} draws of six "
            "rival explanations of what happened in the country, each with the state's own draw.",
            found.unexplained,
            _met(found),
            found.unseen,
        )
    )
    return (
        f'<p class="kind">{escape(found.place.name)}, 2 of 2: what is modelled</p>',
        "<h2>Deaths with synthetic opioids by year, if care and policy go on as projected</h2>",
        charts.fan(found),
        '<p class="note soft">Points: residents, as recorded; bars: what withheld months allow; '
        "hollow: counted provisionally, where people died. Line and band: modelled.</p>",
        f'<div class="sure"><p><b>How sure.</b> {escape(sure)}</p></div>',
        f"<h2>{escape(_levers_title(found))}</h2>",
        charts.bars(found),
        f'<p class="note soft">{_text(_levers_note(found))}</p>',
        "<h2>What this cannot tell</h2>",
        f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in _limits(found))}</ul>",
        f'<p class="foot">{_text(_made(found))}<br>{escape(HELP)}</p>',
    )


def answer(found: Facts) -> str:
    """Where the state stands and where it goes, in three sentences."""
    name, year = found.name, found.newest
    rate, country = found.rates[year], found.of_country.get(year)
    beside = "" if country is None else f" (the country: {country:.1f})"
    middle, low, high = found.ahead
    if found.is_wide and year in found.where_died:
        here = found.where_died[year]
        said = (
            f"In {year}, {here:,.0f} people died in {name} of an overdose with a synthetic opioid, "
            f"by a provisional count, {per(here, found.place.population, year):.1f} per "
            f"100,000{beside}; of residents most months are withheld."
        )
    else:
        said = (
            f"In {year}, {range_text(found.deaths[year])} residents of {name} died of an overdose "
            f"with a synthetic opioid, {_rate_text(rate)} per 100,000{beside}."
        )
    if found.later is not None:
        said += (
            f" For {found.later[0]}, {found.later[1]:,.0f} were counted provisionally, by where "
            "people died."
        )
    said += (
        f" If care and policy go on as projected, about {figures(middle)} ({figures(low)} to "
        f"{figures(high)}) would die so from 2026 to 2031."
    )
    if found.levers:
        one = found.levers[0]
        said += (
            f" Of the measures of care whose effect is drawn from studies, ‘{one.lever.title}’ "
            f"would avert most if {name} alone did it: "
            f"{charts.interval_of(found.ranking.alone[one.lever.name])} opioid deaths."
        )
    return said


def _rates_note(found: Facts) -> str:
    hidden = any(low < high for low, high in found.rates.values())
    ranges = (
        " A bar is what withheld months allow, each a count of 0 to 9; hollow: counted "
        "provisionally, where people died."
        if hidden
        else ""
    )
    name = found.name
    return f"Points: residents of {name}; dashed: the country. Not adjusted for age.{ranges}"


def _deaths(found: Facts) -> str:
    """The peak and the last years, one column a year."""
    peak = [] if found.peak is None else [found.peak]
    years = sorted({*peak, *range(found.newest - 4, found.newest + 1)})
    if found.later is not None and found.later[0] not in years:
        years.append(found.later[0])
    head = "".join(
        f'<th scope="col" class="num">{year}{" (peak)" if year == found.peak else ""}</th>'
        for year in years
    )
    rows = {
        "Deaths of residents": [range_text(found.deaths.get(year)) for year in years],
        "Per 100,000": [_rate_text(found.rates.get(year)) for year in years],
        "The country, per 100,000": [number(found.of_country.get(year), 1) for year in years],
    }
    where = [found.where_died.get(year) for year in years]
    if found.where_died:
        rows["By where people died, provisional"] = [number(one, 0) for one in where]
    body = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(f'<td class="num">{cell}</td>' for cell in cells)
        + "</tr>"
        for name, cells in rows.items()
    )
    return (
        f'<table><thead><tr><th scope="col"></th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _fentanyl(found: Facts) -> str:
    first = found.place.fentanyl
    said = "5 % or more of the samples with heroin or fentanyl"
    if first.year is None:
        return f"Laboratories did not find it in {said} in any year to 2019."
    before = " or before" if first.or_before else ""
    thin = f" ({first.samples:,} samples held it)" if first.samples is not None else ""
    again = "" if first.lasting else " The share fell below 5 % again later."
    return (
        f"Laboratories first found it in {said} in {first.year}{before}{thin}. Of the other 50 "
        f"(states and DC) {found.earlier_there} were earlier and {found.later_there} later.{again}"
    )


def _care(found: Facts) -> str:
    """Rates beside the country's, then dates."""
    rows = [_rate_row(rate) for rate in found.care]
    for key, said in LAWS:
        since: Since | None = getattr(found.place, key)
        told = "not known" if since is None else str(since)
        rows.append(f'<tr><th scope="row">{said}</th><td colspan="3">{escape(told)}</td></tr>')
    here = escape(found.place.name)
    return (
        f'<table><thead><tr><th scope="col"></th><th scope="col" class="num">{here}</th>'
        '<th scope="col" class="num">The country</th><th scope="col">Year</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _rate_row(rate: Rate) -> str:
    if rate.here is None:
        value, there = "not recorded", "–"
    else:
        ends = "" if rate.ends is None else f" ({_short(rate.ends[0])} to {_short(rate.ends[1])})"
        value, there = f"{_short(rate.here)}{ends}", _short(rate.there)
    return (
        f'<tr><th scope="row">{escape(rate.what)}</th><td class="num">{value}</td>'
        f'<td class="num">{there}</td><td>{escape(rate.year)}</td></tr>'
    )


def _levers_title(found: Facts) -> str:
    return f"What {len(found.levers)} measures would avert in {found.name}, 2026 to 2031"


def _levers_note(found: Facts) -> str:
    total = sum(one.drawn and one.lever.evidence.grade != "none" for one in found.ranking.rows)
    middle, low, high = found.ranking.deaths
    return (
        f"Opioid overdose deaths averted, each measure alone, as far as evidence supports it, of "
        f"{figures(middle)} ({figures(low)} to {figures(high)}) without. Shown are the first "
        f"{len(found.levers)} of {total} measures of care whose effect is drawn from what studies "
        f"found; evidence of grade A is best. `upriver rank --place {found.place.code}` has all "
        "levers, with those at the border and abroad."
    )


def _met(found: Facts) -> str:
    known, held, hidden = found.met
    may = " or, where months are withheld, may lie" if hidden else ""
    return (
        f"With the chance of counts, recorded deaths lie{may} inside 95 % intervals in {held} of "
        f"{known} years; a factor on risk of the state's own follows them, so that this says "
        "nothing of what the fit did not see."
    )


def _limits(found: Facts) -> Sequence[str]:
    name = found.name
    return (
        f"What a measure does in {name} that studies elsewhere did not see; biology, habit and the "
        "market are the country's.",
        "What a measure of one state does to the market, to people who move, or to its neighbours: "
        "the model has none of it.",
        "Why deaths changed, where nothing in the model explains it. As of 2021 to 2023 forecasts "
        "of states by this model were little better than a trend.",
        "How many kits and methadone patients there are: no state publishes them; they are the "
        "country's by population, times what the fit found.",
        "What it would cost here, for unit costs are the country's; and what happens in counties "
        "or groups of people.",
    )


def _sources(found: Facts) -> str:
    place = found.place
    keys = [place.deaths.source, place.population.sources[-1], place.fentanyl.source]
    keys += [record.sources[-1] for record in [*place.deaths_by_year.values()][-1:]]
    keys += series("deaths_synthetic").sources[-1:]
    if found.later is not None:
        keys.append(place.deaths_to_december["synthetic"].sources[-1])
    keys += [rate.source for rate in found.care]
    keys += [since.source for key, _ in LAWS if (since := getattr(place, key)) is not None]
    named = "; ".join(short_citation(key) for key in dict.fromkeys(keys))
    return f"Sources: {named}. `upriver evidence` has each in full."


def _made(found: Facts) -> str:
    made = found.run.provenance
    return (
        f"Made by Upriver {made['upriver_version']}: `upriver report --place {found.place.code}`, "
        f"{found.run.draws} draws, equations {str(made['equations_digest'])[:12]}, fit of the "
        f"state {str(made['place_fit'])[:12]}. A cut posterior: the state's record moved none of "
        "the country's draws."
    )


def _rate_text(ends: tuple[float, float] | None) -> str:
    if ends is None:
        return number(None)
    low, high = ends
    return f"{low:.1f}" if low == high else f"{low:.1f} to {high:.1f}"


def _short(value: float | None) -> str:
    """One decimal below a hundred, none above."""
    return number(value, 1 if value is not None and abs(value) < 100 else 0)


def _text(said: str) -> str:
    """Text as HTML, with commands in the type of commands."""
    return re.sub("`([^`]*)`", r"<code>\1</code>", escape(said))
