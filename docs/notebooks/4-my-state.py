# %% [markdown]
# # My state
#
# What happened in Ohio, what would a measure avert *there*, and what of a county? Put the two letters of your state in place of
# `OH`.

# %%
import os
import subprocess
import sys
from pathlib import Path

import upriver as up

STATE = "OH"

# %% [markdown]
# ## What is recorded
#
# Everything that is known of a state is one object, each figure with its source. Where no state publishes something it is
# borrowed from the country, and says so.

# %%
state = up.place(STATE)
state

# %%
state.borrowed

# %% [markdown]
# ## What the model makes of it
#
# A state lives in the country's market: each draw of Ohio runs in the country's draw of the same number, with differences of
# Ohio's own that were fitted to what it recorded. So what is done is done in the whole country, and told of the state.

# %%
run = up.simulate("base", place=STATE)
run

# %% [markdown]
# What was recorded of Ohio are deaths with *synthetic* opioids. Held against the run, with what months that are withheld
# leave open:

# %%
from upriver.experiments.placed import recorded

modelled = run.sums("people.overdose.by_synthetic")
print("year  recorded  modelled (95 % interval)")
for year in range(2015, 2025):
    known = recorded(state, year)
    told = "–" if known is None else "–".join(dict.fromkeys(f"{end:,.0f}" for end in known))
    median, low, high = modelled[year]
    print(f"{year}  {told:>8}  {median:,.0f} ({low:,.0f} to {high:,.0f})")

# %% [markdown]
# That it meets the past says little: a slowly varying factor on risk, which is the state's own and has no name, follows what
# was recorded. The card above says how much of the changes is such a factor.
#
# ## What a measure would avert there

# %%
both = up.compare("base", "naloxone_doubled", "treatment_doubled", place=STATE)
both

# %%
both.plot()

# %% [markdown]
# ## A county of my own
#
# A county is two files in a folder: what it is, and its deaths by month. There is no River County, and **these deaths are
# made up**: they show the form.

# %%
folder = Path("places")
folder.mkdir(exist_ok=True)
(folder / "river.yaml").write_text(
    """schema: 1
title: River County, Ohio (made up)
state: OH
population: {2015: 541000, 2020: 540000}
deaths: river.csv
withheld_below: 10
source: Made up, for an example
"""
)
seen = [
    16,
    18,
    15,
    21,
    24,
    19,
    22,
    26,
    23,
    20,
    25,
    27,
    24,
    28,
    26,
    22,
    25,
    None,
    21,
    19,
    23,
    20,
    17,
    18,
]
rows = [
    f"{2021 + i // 12}-{i % 12 + 1:02},{'' if deaths is None else deaths}"
    for i, deaths in enumerate(seen)
]
(folder / "river.csv").write_text("\n".join(["month,deaths", *rows]) + "\n")
os.environ["UPRIVER_PLACES"] = str(folder.resolve())
up.place("river").deaths

# %% [markdown]
# Its world is fitted in the draws of the country, with what all states taught of places. `--quick` is to look at and not to
# keep; without it the fit takes about a minute.


# %% tags=["fit"]
def upriver(*arguments):
    """Run a command of Upriver, as in a shell, and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "upriver", *arguments], capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


upriver("calibrate", "--place", "river", "--quick", "--output", "river.npz")
river = up.simulate("base", place="river", place_fit="river.npz")
months = up.place("river").deaths
for year in (2021, 2022):
    least, most = months.between(f"{year}-01", f"{year}-12")
    median, low, high = river.sums("people.overdose.by_synthetic")[year]
    print(
        f"{year}: recorded {least:.0f} to {most:.0f}, expected {median:.0f} ({low:.0f} to {high:.0f})"
    )

# %% [markdown]
# ## What it cannot tell you
#
# - Beyond its trend the model knows little of a state that it has not seen: [what states had not seen](../unseen.md).
# - People do not move in or out, and a state does not move the country's market.
# - A county fitted to two years of deaths is mostly its state, its division and the country.
#
# All states beside each other: `up.states("base")`, or [States](../states.md). Next:
# [doubting it](5-doubting-it.md).
