"""The page of the founding article's claims, each with what stands beside it."""

from collections.abc import Iterator

from upriver.cli import claims as told
from upriver.evidence.claims import STATUSES
from upriver.experiments.claims import AGREE, Examined, examine

from .markdown import block, cell, code, table
from .reference import help_of

YES, NO = f"{100 * AGREE:.0f} %", f"{100 * (1 - AGREE):.0f} %"

INTRODUCTION = f"""# Claims

Upriver set out from an article on the opioid crisis and on China. These are its claims, in our
words, each beside the record and the model: median and 95 % interval of 200 draws. A claim that no
record can decide is put to a test where the model holds what it is about: the claim lets one expect
a figure above or below a bound, and a run could have said no. The model says yes where {YES} of
draws or more are as expected, no where {NO} or fewer are, and leaves it open between. A yes of the
model is no evidence: what is put into it, the remarks say. A no means that the claim does not
follow from what the model holds. Bounds are a judgement: what a claim would have to mean at least.
"""


def pages() -> dict[str, str]:
    """The page, by path."""
    return {"claims.md": "\n".join(_parts())}


def _parts() -> Iterator[str]:
    found = examine()
    yield INTRODUCTION
    yield table(
        ("Status", "Claims", "What it means"),
        (
            [status, str(sum(one.claim.status == status for one in found)), cell(said)]
            for status, said in STATUSES.items()
        ),
    )
    yield "## What was tested\n"
    yield table(
        ("Claim", "What would be seen if it held", "Expected", "Found", "In draws", "Model says"),
        (
            [
                f"[{one.claim.name}](#{one.claim.name.lower()})",
                cell(one.claim.test.because),
                told.bound(one),
                cell(told.modelled(one).partition(") ")[0] + ")"),
                f"{one.verdict.held} of {one.verdict.draws}",
                f"**{one.verdict.says}**",
            ]
            for one in found
            if one.verdict is not None and one.claim.test is not None
        ),
    )
    for one in found:
        yield from _claim(one)
    yield "## The command\n"
    yield block(help_of("claims"), "text")


def _claim(one: Examined) -> Iterator[str]:
    """A claim with everything that is said of it."""
    c = one.claim
    yield f"## {c.name} {{#{c.name.lower()}}}\n\n> {cell(c.claim)}\n"
    sources = one.recorded.sources if one.recorded is not None else ()
    cited = ", ".join(f"[{key}](reference/sources.md#{key})" for key in sources)
    rows = {
        "Status": f"**{c.status}**",
        "Its number": told.stated(c),
        "Quantity": cell(c.quantity or ""),
        "Recorded": cell(told.recorded(one) or f"None. {c.no_record}"),
        "Sources": cited,
        "Modelled": cell(told.modelled(one)),
        "Test": cell(told.verdict(one)),
        "Remark": cell(c.remark or ""),
        "Command": code(f"upriver claims {c.name}"),
    }
    yield table(("", ""), ([name, text] for name, text in rows.items() if text))
