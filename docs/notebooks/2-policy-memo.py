# %% [markdown]
# # A policy memo
#
# Someone asks: *of three measures, which would avert most deaths by the end of 2031, and how sure is that?* This notebook
# answers with a memo of one page, an HTML file with figures that opens anywhere. Every number in it is put there by code, so
# that the memo can be made again when the model changes, and none is typed.

# %%
from base64 import b64encode
from html import escape
from io import BytesIO
from pathlib import Path

import upriver as up
from upriver.experiments.caveats import caveat_of, unexplained
from upriver.experiments.summary import figures

# %% [markdown]
# ## Three measures with the same draws
#
# All three are scenarios that ship with Upriver. Each doubles something, which makes them alike in form and not in effort:
# to double places in treatment is not as hard as to double what is seized. A memo has to say so.

# %%
measures = ["naloxone_doubled", "treatment_doubled", "border_doubled"]
found = up.compare("base", *measures)
found

# %%
for name in measures:
    print(f"{name}: {up.scenarios()[name].about}")

# %% [markdown]
# ## Which is first?
#
# `beats` has the share of draws in which fewer people die under one scenario (row) than under another (column).

# %%
titles = [run.scenario.title for run in found.runs]
for row, first in enumerate(titles[1:], 1):
    for column, second in enumerate(titles):
        if row != column:
            print(f"{first} before {second}: {found.beats[row, column]:.0%}")

# %% [markdown]
# ## What it would cost
#
# `up.cost` puts dollars of 2021 and years of life (QALYs) beside deaths; each unit cost has a source in `costs.yaml`. Here are
# means over draws. Where the cost of a measure itself is not known, the line says so: what is left is what *follows* from it.

# %%
worth = up.cost("base", *measures)
print(worth)
for run in worth.runs[1:]:
    mean, low, high = worth.per_death(run)
    print(f"{run.scenario.title}, USD of health care per death averted: {mean} ({low} to {high})")

# %% [markdown]
# ## The figure

# %%
figure = found.plot()
figure

# %% [markdown]
# ## The memo
#
# A number of a memo has two figures, `figures(6972)` is `7,000`: no more is known of it. The lead sentence names the measure
# with the most deaths averted *and* in how many draws it is ahead; what is unexplained and how to read the interval come from
# the model, word for word.


# %%
def averted(run):
    """Deaths averted in words, with their interval, to two figures."""
    median, low, high = (figures(number) for number in found.averted(run))
    return f"{median} (95 % interval {low} to {high})"


best = max(range(1, len(found.runs)), key=lambda i: found.averted(found.runs[i]).median)
others = [i for i in range(1, len(found.runs)) if i != best]
ahead = min(found.beats[best, other] for other in others)
lead = (
    f"Of the three, “{titles[best]}” averts most: {averted(found.runs[best])} opioid overdose "
    f"deaths from {found.since:.0f} to 2031. It is ahead of each other measure in {ahead:.0%} of "
    f"draws or more."
)
others_said = [f"{titles[i]}: {averted(found.runs[i])}." for i in others]
sure = [unexplained("whole"), caveat_of("whole"), *found.warnings]
beyond = [
    "Each measure doubles something; to double one is not as hard as to double another.",
    "Whether an agency can reach that size, and by when, the model does not say.",
]
print(lead)
for line in [*others_said, "", *sure, "", *beyond]:
    print(line)

# %% [markdown]
# As a file: plain HTML, the figure inside it, and at the end what made it, so that someone else gets the same numbers.


# %%
def picture(drawn):
    """A figure as text that a page can hold."""
    stream = BytesIO()
    drawn.savefig(stream, format="png", dpi=90, metadata={"Software": None})
    return b64encode(stream.getvalue()).decode()


def listed(lines):
    """Lines as a list in HTML."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines if line) + "</ul>"


made = found.runs[0].provenance
origin = (
    f"Upriver {made['upriver_version']}, world {made['world']}, {made['draws']} draws; equations "
    f"{made['equations_digest'][:12]}; scenarios: base, {', '.join(measures)}."
)
caption = "Deaths a year, and deaths averted with 95 % intervals. " + caveat_of("whole")
memo = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Three measures against overdose deaths</title>
<body style="font: 16px/1.5 sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em">
<h1>Three measures against overdose deaths</h1>
<p><strong>{escape(lead)}</strong></p>{listed(others_said)}
<figure style="margin: 0"><img style="max-width: 100%" alt="{escape(caption)}"
src="data:image/png;base64,{picture(figure)}"><figcaption>{escape(caption)}</figcaption></figure>
<h2>How sure</h2>{listed(sure)}
<h2>What this cannot tell</h2>{listed(beyond)}
{found._repr_html_()}
<p><small>{escape(origin)}</small></p></body></html>
"""
Path("memo.html").write_text(memo, encoding="utf-8")
print("memo.html:", "one file, no script" if "<script" not in memo else "has a script")

# %% [markdown]
# Open `memo.html` in a browser, or send it. For a report with every figure, controls and sources there is
# `upriver compare base naloxone_doubled treatment_doubled border_doubled`, which needs no code.
#
# Next: [a mechanism of your own](3-own-mechanism.md).
