"""`upriver verify`: is the published base run met? `--policies`: are the published policies?

`--natural` and `--nulls` hold the fit against what it was not fitted to; `--speed` measures claims.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import ReproductionError, SchemaProblem

from . import shared, tables
from .progress import progress

if TYPE_CHECKING:
    from upriver.experiments.published import Check
    from upriver.experiments.verify import Verification
    from upriver.report.tables.tidy import Tidy

WORST = 10

ABOUT = (
    "Central values, from figures that ship (source_x8). Published values carry six significant "
    "figures: 0.0005 % is their rounding; a change is counted against the total without a policy. "
    "Percentiles were published over 4,999 draws, of which 1,000 ship: an error is by how many "
    "more or fewer of ours lie below, against what a random subset would miss by."
)


def command(
    published: Annotated[
        Path | None,
        typer.Option(
            "--published",
            metavar="FILE",
            readable=False,
            help="The whole published table, if you have it: quantities by quarter, as CSV.",
        ),
    ] = None,
    policies: Annotated[
        bool,
        typer.Option(
            "--policies",
            help="Check the 44 published policies on four projections instead, the six "
            "projections, and the percentiles of the ensemble.",
        ),
    ] = False,
    natural: Annotated[
        bool,
        typer.Option(
            "--natural",
            help="Hold the fit against what it was not fitted to instead: the class control, "
            "Canada, and both models as they could be in 2020.",
        ),
    ] = False,
    nulls: Annotated[
        bool,
        typer.Option(
            "--nulls",
            help="Check the fit instead by what is known to do nothing, as the waiver's end, and "
            "by what is known to work or to harm, as treatment.",
        ),
    ] = False,
    speed: Annotated[
        bool,
        typer.Option(
            "--speed",
            help="Measure each claim of speed instead, as a ratio of two times on this machine; "
            "about a minute.",
        ),
    ] = False,
    form: tables.Format = "table",
    save: tables.Save = None,
    as_json: shared.Json = False,
) -> None:
    """Check the base run against the published one.

    Exits with 1 if it falls short, or if one of the checks of --nulls or --speed does. What
    --natural holds against the fit is printed, met or not.

    Example: upriver verify --policies
    """
    form = tables.asked(form, as_json, save)
    if speed:
        if published is not None or policies or nulls or natural:
            raise SchemaProblem("--speed goes with no other option than --format")
        from .speed import verify as verify_speed

        verify_speed(form, save)
        return
    if policies:
        if published is not None:
            raise SchemaProblem("--published does not go with --policies")
        _policies(form, save)
        return
    if nulls:
        from .nulls import verify as verify_nulls

        verify_nulls(form, save)
        return
    if natural:
        _natural(form, save)
        return

    from upriver.experiments.verify import (
        LARGEST_ALLOWED,
        MEDIAN_ALLOWED,
        QUANTITIES_NEEDED,
        verify,
    )

    results = [verify()]
    if published is not None:
        results += [verify(published), verify(published, own_inputs=True)]
    tables.tell(
        form,
        save,
        table=lambda: _table(results),
        own=lambda: [_summary(result) for result in results],
        text=lambda: _print(results),
    )
    if not all(r.passed for r in results[:2]):
        raise ReproductionError(
            f"the published base run is not met: {QUANTITIES_NEEDED} quantities, largest error "
            f"{LARGEST_ALLOWED:.0e} and median {MEDIAN_ALLOWED:.0e} are asked for."
        )
    if form == tables.TEXT:
        typer.echo("The published base run is met.")


def _print(results: "list[Verification]") -> None:
    """How far ours are from the published ones."""
    from upriver.experiments.verify import LARGEST_ALLOWED, MEDIAN_ALLOWED

    for result in results:
        typer.echo(
            f"Against {result.source}: {len(result.matches)} quantities, every quarter\n"
            f"  largest error {result.largest:.2e} of the quantity "
            f"(allowed {LARGEST_ALLOWED:.0e})\n"
            f"  median error  {result.median:.2e} (allowed {MEDIAN_ALLOWED:.0e})\n\n"
            + _worst(result)
        )
    typer.echo("Published values carry six significant figures: 5e-06 is their rounding.")


def _table(results: "list[Verification]") -> "Tidy":
    from upriver.report.tables.checks import table_of_verification

    return table_of_verification(results)


def _natural(form: str, save: Path | None) -> None:
    """Print what nothing was fitted to, beside what the fit says."""
    from upriver.inference.natural import canada, class_control
    from upriver.inference.reference import beside_reference

    from . import natural

    found = class_control(), canada(), beside_reference()
    tables.tell(
        form,
        save,
        table=lambda: natural.table(*found),
        own=lambda: natural.as_json(*found),
        text=lambda: typer.echo(natural.text(*found)),
    )


def _policies(form: str, save: Path | None) -> None:
    """Print what the published policies come to.

    Raises:
        ReproductionError: one of the numbers is not met.
    """
    from upriver.experiments.published import checks

    found = checks(progress("published runs"))
    failed = [check for check in found if not check.met]
    tables.tell(
        form,
        save,
        table=lambda: _policies_table(found),
        own=lambda: _policies_json(found),
        text=lambda: _print_policies(found),
    )
    if failed:
        raise ReproductionError(
            f"{len(failed)} of {len(found)} published numbers are not met, first {failed[0].name}."
        )
    if form == tables.TEXT:
        typer.echo("The published policies are met.")


def _by_kind(found: "list[Check]") -> "dict[str, list[Check]]":
    from upriver.experiments.published import TITLES

    return {kind: [check for check in found if check.kind == kind] for kind in TITLES}


def _policies_json(found: "list[Check]") -> dict[str, object]:
    from upriver.experiments.published import ALLOWED, TITLES

    kinds = _by_kind(found)
    worst = {kind: max(those, key=lambda c: c.error) for kind, those in kinds.items()}
    return {
        kind: {
            "what": TITLES[kind],
            "met": sum(c.met for c in those),
            "of": len(those),
            "largest": worst[kind].error,
            "allowed": ALLOWED[kind],
            "worst": vars(worst[kind]),
        }
        for kind, those in kinds.items()
    }


def _policies_table(found: "list[Check]") -> "Tidy":
    from upriver.report.tables.checks import table_of_policies

    return table_of_policies(found)


def _print_policies(found: "list[Check]") -> None:
    from upriver.experiments.published import ALLOWED, LEVELS, PERCENTILES, TITLES

    kinds = _by_kind(found)
    worst = {kind: max(those, key=lambda c: c.error) for kind, those in kinds.items()}
    of = {c.name.partition(" under ")[2]: True for c in kinds[LEVELS]}
    of.update({c.name.partition(" under ")[2]: False for c in kinds[LEVELS] if not c.met})
    typer.echo(f"{sum(of.values())} of {len(of)} runs of a policy on a projection")
    for kind, those in kinds.items():
        w = worst[kind]
        scale, unit = (1.0, " standard errors") if kind == PERCENTILES else (100.0, " %")
        typer.echo(f"{sum(c.met for c in those)} of {len(those)} {TITLES[kind]}")
        typer.echo(
            shared.prose(
                f"largest error {scale * w.error:.2g}{unit} "
                f"(allowed {scale * ALLOWED[kind]:g}{unit}): {w.name}, published "
                f"{w.published:,.9g}, ours {w.ours:,.9g}",
                "  ",
            )
        )
    typer.echo(shared.prose(ABOUT))


def _summary(result: "Verification") -> dict[str, object]:
    """For programs."""
    return {
        "source": result.source,
        "quantities": len(result.matches),
        "largest": result.largest,
        "median": result.median,
        "passed": result.passed,
        "worst": [{**vars(m), "explained": m.explained} for m in result.matches[:WORST]],
    }


def _worst(result: "Verification") -> str:
    """The worst matches as a table."""
    lines = [f"  error       year     published          ours  worst {WORST}"]
    for m in result.matches[:WORST]:
        lines.append(
            f"  {m.error:.1e}  {m.year:7.2f}  {m.published:12.6g}  {m.ours:12.6g}  {m.output}"
        )
        if m.explained:
            lines.append(shared.prose(f"explained: {m.explained}", " " * 11))
    return "\n".join(lines) + "\n"
