"""`upriver prior`: what plausible values say before any fit, against the record."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show

from . import in_chunks, shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.prior import Prior
    from upriver.report.tables.tidy import Tidy

FEWEST, MOST = 100, 10_000_000
MOST_AT_ONCE = 100_000
"""Draws beyond which a folder keeps what is done."""

SHOWN = (2015, 2018, 2021, 2022, 2023, 2024, 2031)
DRAWS = 20_000


def _draws(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not FEWEST <= number <= MOST:
        raise OutOfBounds(
            "the number of draws is out of bounds",
            file="--draws",
            found=show(text),
            allowed=f"{FEWEST} to {MOST_AT_ONCE:,}, with --folder to {MOST:,}",
        )
    return number


def command(
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            metavar="N",
            parser=_draws,
            help=f"How many draws to run, {FEWEST} to {MOST_AT_ONCE:,}, with --folder to {MOST:,}.",
        ),
    ] = DRAWS,
    as_run: Annotated[
        bool,
        typer.Option("--as-run", help="Leave off what runs of the world `prior` leave off."),
    ] = False,
    folder: in_chunks.Folder = None,
    chunk: in_chunks.Chunk = None,
    workers: in_chunks.Workers = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Hold plausible values against the record, before any fit.

    Draws every constant that no data have told yet from its plausible interval, runs the whole
    system with all parts on that wait for a fit, and says how many draws cross the record, what
    makes doses short, and which constants make nonsense. 20,000 draws take about half a minute on
    two cores.

    Example: upriver prior --draws 2000

    Example: upriver prior --draws 1600000 --folder prior.zarr --chunk 1/32
    """
    form = tables.asked(form, as_json, save)
    in_chunks.check(folder, chunk, workers)
    if folder is None:
        if draws > MOST_AT_ONCE:
            raise OutOfBounds(
                "are too many to run at once",
                file="--draws",
                found=f"{draws:,}",
                allowed=f"{FEWEST} to {MOST_AT_ONCE:,}",
                hint="With --folder prior.zarr what is done is kept.",
            )
        from upriver.experiments.prior import prior

        found = prior(draws, progress("draws"), as_run=as_run)
    else:
        from upriver.experiments.prior_chunks import collected, job

        store = in_chunks.done(job(draws, as_run=as_run), folder, chunk, workers)
        if store is None:
            return
        found = collected(store, progress("constants"))
    tables.tell(
        form,
        save,
        table=lambda: _table(found),
        own=lambda: _as_json(found),
        text=lambda: typer.echo(_text(found)),
    )


def _table(found: "Prior") -> "Tidy":
    from upriver.report.tables.fits import table_of_prior

    return table_of_prior(found)


def _text(found: "Prior") -> str:
    """What a reader wants to know."""
    from upriver.experiments.prior import ABSURD, FIRST_FENTANYL

    lines = [
        shared.prose(
            f"{found.draws:,} plausible draws of {found.constants} constants of the whole system, "
            f"beside the published posterior, against the record. {_what_is_on(found)} Nothing is "
            "fitted."
        ),
        "",
        "record             years      near in every year           typical  above  below  crosses",
    ]
    for one in found.crossings:
        years = f"{one.years[0]}–{one.years[1]}"
        lines.append(
            f"{one.what:<17}  {years}  {one.meets:>6.1%} {one.bar:<22}{one.typical:>6.0%}"
            f"  {one.above:>6.1%} {one.below:>6.1%}  {one.crosses:>6.1%}"
        )
    lines += [
        "",
        shared.prose(
            "Typical: the share of years in which the median draw is near. Above and "
            "below: share of draws that stay on one side of the record in all years; the others "
            f"cross it. {found.meets_all:.2%} of draws are near every record in every year."
        ),
        "",
        "Deaths a year       2.5 %    median    97.5 %",
    ]
    for year in SHOWN:
        low, median, high = found.deaths[:, found.years.index(year)]
        lines.append(f"  {year}       {low:>12,.0f}{median:>10,.0f}{high:>10,.0f}")
    from upriver.experiments.shortages import MOST_DRAWS

    causes = ", ".join(f"{cause} {part:.0%}" for cause, part in found.shortages.items())
    lines += [
        "",
        shared.prose(
            "Doses of some year are weaker by a tenth or more than they would be without a cause "
            f"in these shares of the first {min(found.draws, MOST_DRAWS):,} draws: {causes}."
        ),
        "",
        shared.prose(
            f"Nonsense: {found.absurd:.1%} of draws have more than {ABSURD:g} times the recorded "
            f"deaths, or less than a {_part(ABSURD)} of them, in some year since {FIRST_FENTANYL}; "
            f"{found.broken} broke. {_telling(found)}"
        ),
    ]
    if found.telling:
        head = "  constant                            difference   median there   of the others"
        lines += ["", head]
    lines += [
        f"  {one.path:<36}{one.distance:>8.2f}{one.nonsense:>15.3g}{one.others:>16.3g}  {one.unit}"
        for one in found.telling
    ]
    made = found.provenance
    lines += [
        "",
        shared.prose(
            f"Made by Upriver {made['upriver_version']}, world {made['world']}, table "
            f"{str(made['table_digest'])[:16]}."
        ),
    ]
    return "\n".join(lines)


def _what_is_on(found: "Prior") -> str:
    if found.as_run:
        return "All is as `upriver run --world prior` has it: what waits for a fit is off."
    waiting = ", ".join(sorted(path.removesuffix(".included") for path in found.waiting))
    return f"What waits for a fit is on ({waiting}); risk and supply wander, without a cause."


def _telling(found: "Prior") -> str:
    """What is said of the constants that make nonsense."""
    if found.telling:
        return (
            "Constants whose values differ most between these draws and the others, by the largest "
            "difference of the two distributions:"
        )
    return "No constant differs among them by more than so few draws would by chance."


def _part(times: float) -> str:
    return {4.0: "quarter"}.get(times, f"1/{times:g}")


def _as_json(found: "Prior") -> dict[str, Any]:
    return {
        "draws": found.draws,
        "provenance": dict(found.provenance),
        "constants": found.constants,
        "records": [{**vars(one), "crosses": one.crosses} for one in found.crossings],
        "near_all_records": found.meets_all,
        "broken": found.broken,
        "nonsense": found.absurd,
        "shortages": dict(found.shortages),
        "as_run": found.as_run,
        "telling": [vars(one) for one in found.telling],
        "deaths": {str(year): found.deaths[:, i].tolist() for i, year in enumerate(found.years)},
    }
