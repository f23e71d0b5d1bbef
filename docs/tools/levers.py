"""The page of the levers: each with its card, as the command prints it, in Markdown."""

from collections.abc import Iterator

from upriver.cli.levers import DRAWN, amount, courses, does, snippet
from upriver.core.parameters import parameters
from upriver.evidence.references import citation, references
from upriver.policy.levers import GRADES, LEVELS, Lever, shipped_levers
from upriver.report.wording import short

from .markdown import block, cell, code, table

INTRODUCTION = """# Levers

What a policy can do: what it acts on, how far evidence lets it go, what it costs, what was found,
what the model leaves out and who could be harmed. `upriver levers` lists and searches them,
`upriver levers NAME` shows a card. A [scenario](../how-to/scenario.md) pulls one with
`{lever: NAME, level: most}`, or `by:` with any amount within its range. An amount grows in the
direction of the lever's verb: `prevent_relapse` by 0.2 is a fifth fewer returns. A folder of
[levers of your own](../how-to/add.md#a-lever-of-your-own) stands beside these.

A lever of a low grade is no worse as a lever: the model moves as far as you say. Less is known
about whether the real measure does. Those with a line 'In SOURCE' are the published policies of
SOURCE, whose cuts of 10, 20 and 50 % were the same for all; here each goes as far as is supported.
"""


def page() -> str:
    """The page, in Markdown."""
    known = shipped_levers().values()
    rows = (
        [
            f"[{code(v.name)}](#{v.name})",
            cell(v.title),
            v.stage,
            v.evidence.grade,
            amount(v, v.most),
        ]
        for v in known
    )
    grades = table(("Grade", "Rests on"), ([g, cell(said)] for g, said in GRADES.items()))
    return "\n".join(
        [
            INTRODUCTION,
            table(("Lever", "What it does", "Stage", "Evidence", "At most"), rows),
            "The grade says how sure one can be that the real measure moves what the lever moves, "
            "or deaths.\n",
            grades,
            *(part for v in known for part in _card(v)),
        ]
    )


def _card(v: Lever) -> Iterator[str]:
    yield f"## {v.title} {{#{v.name}}}\n"
    yield f"{code(v.name)}. {v.summary}\n"
    yield table(("Level", "Amount", "What it is", *map(_column, v.acts_on)), _levels(v))
    low, high = (amount(v, end) for end in v.range)
    grows = "at once" if v.years == 0 else f"over {v.years:g} years"
    because = f" {v.years_because}" if v.years_because else ""
    yield f"- **No further:** {v.most_because}"
    yield f"- **Any amount** from {low} to {high}, from {v.start:g}, {grows}.{because}"
    yield f"- **Cost:** {_cost(v)}"
    e = v.evidence
    yield f"- **Evidence:** grade {e.grade}, {GRADES[e.grade]}. {e.design}"
    yield f"- **Found:** {e.effect}"
    if v.effect:
        drawn = v.effect.source
        source = f" {_source(drawn)}" if drawn in references() else ""
        yield f"- **Effect:** {v.effect.told}{source}"
    if e.interval:
        yield f"- **Interval:** {e.interval}"
    if e.note:
        yield f"- **Note:** {e.note}"
    yield "- **Sources:**" + "".join(f"\n    - {_source(key)}" for key in e.sources)
    yield "- **Leaves out:**" + "".join(f"\n    - {text}" for text in v.cannot_capture)
    yield "- **May harm:**" + "".join(f"\n    - {text}" for text in v.harms)
    paths = ", ".join(map(code, v.acts_on))
    yield f"- **In the model** it {does(v)} ({v.operation}) {paths}."
    if v.reference:
        yield f"- **In SOURCE:** {v.reference}"
    if v.formerly:
        former = ", ".join(map(code, v.formerly))
        yield f"- **Formerly**, in schema 1, with the other sign: {former}"
    yield ""
    yield block(snippet(v), "yaml")


def _column(path: str) -> str:
    """A parameter with its unit, as the head of a column."""
    unit = parameters()[path].unit
    part, stem, _ = path.split(".", 2)
    name = f"[{code(path)}](../model/{part}/{stem}.md) in {DRAWN[1]}"
    return name if unit == "1" else f"{name} [{cell(unit)}]"


def _levels(v: Lever) -> Iterator[list[str]]:
    """A row for each level: how much, in words, and where it takes the parameters."""
    found = courses(v)
    for level in LEVELS:
        ends = (short(found[path][level][-1], above=1e6) for path in v.acts_on)
        text = cell(v.level_text.get(level, "as the base projection has it"))
        yield [level.replace("_", " "), amount(v, v.levels[level]), text, *ends]


def _cost(v: Lever) -> str:
    if v.cost is None:
        return "no published figure that could be checked."
    c = v.cost
    said = f"{c.value:,.10g} {c.unit}, in dollars of {c.year}. {c.note or ''}".rstrip()
    return f"{said} {_source(c.source)}"


def _source(key: str) -> str:
    """A citation that links to the page of sources."""
    return f"{citation(key)} [{key}](sources.md#{key})"
