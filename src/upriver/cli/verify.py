"""`upriver verify`: is the published base run met?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from upriver.core.errors import ReproductionError

from . import shared


def command(
    published: Annotated[
        Path | None,
        typer.Option(
            "--published",
            help="The whole published table, if you have it: quantities by quarter, as CSV.",
        ),
    ] = None,
    as_json: shared.Json = False,
) -> None:
    """Compare the base run with the published one, every quarter from 1999 to 2032.

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
        typer.echo(
            json.dumps(
                [
                    {
                        "source": r.source,
                        "quantities": len(r.matches),
                        "largest": r.largest,
                        "median": r.median,
                        "passed": r.passed,
                        "worst": [vars(m) for m in r.matches[:10]],
                    }
                    for r in results
                ],
                indent=1,
            )
        )
    else:
        for result in results:
            typer.echo(
                f"Against {result.source}: {len(result.matches)} quantities, every quarter\n"
                f"  largest error {result.largest:.2e} of the quantity "
                f"(allowed {LARGEST_ALLOWED:.0e}), median {result.median:.2e} "
                f"(allowed {MEDIAN_ALLOWED:.0e})\n"
            )
            typer.echo("  error       year     published          ours  worst ten")
            for m in result.matches[:10]:
                typer.echo(
                    f"  {m.error:.1e}  {m.year:7.2f}  {m.published:12.6g}  {m.ours:12.6g}  "
                    f"{m.output}"
                )
                if m.explained:
                    typer.echo(f"           explained: {m.explained}")
            typer.echo("")
        typer.echo("Published values carry six significant figures: 5e-06 is their rounding.")
    if not all(r.passed for r in results[:2]):
        raise ReproductionError(
            f"the published base run is not met: {QUANTITIES_NEEDED} quantities, largest error "
            f"{LARGEST_ALLOWED:.0e} and median {MEDIAN_ALLOWED:.0e} are asked for"
        )
    if not as_json:
        typer.echo("The published base run is met.")
