"""`upriver forecast`: deaths of the months ahead, and how such forecasts did before."""

from pathlib import Path
from typing import Annotated, Any

import typer

from upriver.core.errors import OutOfBounds, show

from . import forecast_place, hindcasted, in_chunks, in_place, pictures, shared, tables
from .progress import goes_on

MOST, USUAL = 28, 24

MODELS = {"upriver": "model_as_is", "upriver_widened": "model"}
"""Names in a hub, where they are not those of the forecasters."""


def _months(given: str | int) -> int:
    text = str(given).strip()
    number = int(text) if text.isdecimal() and len(text) < 4 else 0
    if not 1 <= number <= MOST:
        raise OutOfBounds(
            "should be a number of months",
            file="--months",
            found=show(text),
            allowed=f"1 to {MOST}",
        )
    return number


def command(
    context: typer.Context,
    months: Annotated[
        int,
        typer.Option(
            "--months", metavar="N", parser=_months, help=f"How far ahead, 1 to {MOST} months."
        ),
    ] = USUAL,
    score: Annotated[
        bool, typer.Option("--score", help="How such forecasts did at past origins, and no other.")
    ] = False,
    hub: Annotated[
        Path | None,
        typer.Option(
            "--hub",
            metavar="FOLDER",
            readable=False,
            help="Write all forecasters' quantiles there, in hubverse's form.",
        ),
    ] = None,
    picture: pictures.Picture = None,
    hindcasts: Annotated[
        Path | None,
        typer.Option(
            "--hindcasts",
            metavar="FILE",
            readable=False,
            help="Make the model's forecasts of all past origins anew, NAME.npz: half an hour, "
            "and what was stopped goes on.",
        ),
    ] = None,
    by_year: Annotated[
        bool,
        typer.Option(
            "--by-year",
            help="With --hindcasts: each year's origins from a fit of their own. Twice the work, "
            "and it can be parted.",
        ),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", help="With --hindcasts: of the random numbers."),
    ] = None,
    past: Annotated[
        Path | None,
        typer.Option(
            "--past",
            metavar="FILE",
            help="What --hindcasts wrote, in place of the past forecasts that ship.",
        ),
    ] = None,
    chunk: in_chunks.Chunk = None,
    place: in_place.Place = None,
    place_fit: in_place.PlaceFit = None,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Forecast deaths with synthetic opioids in the United States, for the months ahead.

    Sums of twelve months from the end of the record, by the model, by statistical forecasts, and by
    all together with weights from past origins. What is said ahead was scored before: --score.

    With --place, what the model alone projects for a state.

    Example: upriver forecast --months 12

    Example: upriver forecast --place OH

    Example: upriver forecast --hindcasts anew.npz --by-year --chunk 1/9

    Example: upriver forecast --hindcasts two.npz --seed 2, then forecast --score --past two.npz
    """
    form = tables.asked(form, as_json, save)
    in_place.without(place, place_fit)
    hindcasted.check(hindcasts, by_year, chunk, seed)
    hindcasted.check_past(past, hindcasts, place)
    if place is not None:
        forecast_place.tell(context, place, place_fit, months, picture, form, save)
        return
    if hindcasts is not None:
        with goes_on(hindcasts):
            hindcasted.anew(hindcasts, by_year, chunk, seed or 1)
        return
    from upriver.inference.forecasts.answer import forecast
    from upriver.inference.forecasts.answer import past as scored

    from . import forecasted

    pictures.check(picture)
    found = forecast(past)
    if hub is not None:
        _write_hub(hub, found, months)
    pictures.draw(picture, lambda: forecasted.figure(found, months))
    if score:
        all_origins, turn = (scored(found.said, found.record, turn=one) for one in (False, True))
        tables.tell(
            form,
            save,
            table=lambda: forecasted.scores_table(all_origins, turn),
            own=lambda: forecasted.scores_as_json(all_origins, turn),
            text=lambda: typer.echo(forecasted.scores_text(all_origins, turn)),
        )
        return
    tables.tell(
        form,
        save,
        table=lambda: forecasted.table(found, months),
        own=lambda: forecasted.as_json(found, months),
        text=lambda: typer.echo(forecasted.text(found, months)),
    )


def _write_hub(folder: Path, found: Any, months: int) -> None:
    """One file a forecaster, in a folder of its own."""
    from upriver.core.files import write_atomic
    from upriver.inference.forecasts.hub import last_day, text

    from .files import check_folder

    check_folder(folder.parent)
    for name, said in found.said.items():
        model = f"upriver-{MODELS.get(name, name)}"
        file = folder / model / f"{last_day(found.month)}-{model}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text(said, found.month, months))
        shared.say(f"Wrote {file}.")
