"""`upriver verify`: is the published base run met?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from upriver.core.errors import ReproductionError

from . import shared

if TYPE_CHECKING:
    from upriver.experiments.verify import Verification

WORST = 10


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
    as_json: shared.Json = False,
) -> None:
    """Check the base run against the published one.

    Exits with 1 if it falls short.

    Example: upriver verify
    """
    from upriver.experiments.verify import (
        LARGEST_ALLOWED,
        MEDIAN_ALLOWED,
        QUANTITIES_NEEDED,
        verify,
    )

    results = [verify()]
    if published is not None:
        results += [verify(published), verify(published, own_inputs=True)]
    if as_json:
        shared.print_json([_summary(result) for result in results])
    else:
        for result in results:
            typer.echo(
                f"Against {result.source}: {len(result.matches)} quantities, every quarter\n"
                f"  largest error {result.largest:.2e} of the quantity "
                f"(allowed {LARGEST_ALLOWED:.0e})\n"
                f"  median error  {result.median:.2e} (allowed {MEDIAN_ALLOWED:.0e})\n\n"
                + _worst(result)
            )
        typer.echo("Published values carry six significant figures: 5e-06 is their rounding.")
    if not all(r.passed for r in results[:2]):
        raise ReproductionError(
            f"the published base run is not met: {QUANTITIES_NEEDED} quantities, largest error "
            f"{LARGEST_ALLOWED:.0e} and median {MEDIAN_ALLOWED:.0e} are asked for."
        )
    if not as_json:
        typer.echo("The published base run is met.")


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
