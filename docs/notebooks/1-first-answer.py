# %% [markdown]
# # A first answer
#
# How many deaths would twice as much naloxone avert? This notebook goes from nothing to an answer, and to how sure one can
# be of it. You need Python and an installed Upriver, and no knowledge of either.
#
# Naloxone is a medicine that ends an overdose if somebody is there to give it. Kits of it are handed out by programmes and
# pharmacies. Upriver is a model of the opioid epidemic in the United States: it holds what was recorded, and says what would
# have happened, or would happen, if something were otherwise.

# %%
import upriver as up

# %% [markdown]
# ## What happened, and what lies ahead
#
# A *run* is one scenario, run many times: each time, a *draw*, with other values of what is not known. The scenario `base`
# changes nothing. What you ask for at the end of a cell is shown; of a run that is a card.

# %%
run = up.simulate("base")
run

# %% [markdown]
# Read it from the top. The first sentence says how much of what happened *nothing in the model explains*: a lot. Then come
# years: what was recorded, and what the model gives. `53,900 (52,400 to 55,000)` is a median with a 95 % interval: half of
# the draws lie below the first number, and 95 of 100 between the other two. For years that are recorded the interval is
# narrow, since only draws that agree with the record were kept. For 2031 it is wide: that is what the record leaves open.
#
# The same as a picture; points are the record:

# %%
run.plot()

# %% [markdown]
# Any year can be asked for. A result is a `median`, a `low` and a `high`:

# %%
median, low, high = run.deaths[2031]
f"{median:,.0f} deaths in 2031, or {low:,.0f}, or {high:,.0f}"

# %% [markdown]
# ## If something were otherwise
#
# A scenario is a small text. This one doubles the kits that are handed out (`by: 1.0` is 100 % more), from 2026 on, growing
# over three years:

# %%
twice = up.parse_scenario(
    """
schema: 2
title: Twice the naloxone
from: 2026
over: 3
changes:
  - {handle: naloxone_kits, by: 1.0}
"""
)
both = up.compare("base", twice)
both

# %% [markdown]
# The last column is the answer: deaths averted from 2026 to 2031. It is *not* the difference of the two columns beside it.
# Both scenarios are run with the same draws, and the difference is taken draw by draw; what the draws disagree about most,
# how the epidemic goes on, is in both and falls out.

# %%
both.plot()

# %% [markdown]
# In how many of the draws do fewer people die with more naloxone?

# %%
f"{both.beats[1, 0]:.0%} of {both.runs[0].draws} draws"

# %% [markdown]
# ## What the answer stands on
#
# A *lever* is a change with a card of its own: how far evidence lets it go, what studies found, what the model leaves out,
# and who could be harmed. Read it before you use the number.

# %%
up.levers()["naloxone_kits"]

# %% [markdown]
# And the record that the run was held against, each value with its source:

# %%
up.evidence("deaths_any_opioid")

# %% [markdown]
# ## What it cannot tell you
#
# - The interval is what the record leaves open *if one of six explanations of the epidemic is right*. Where none is, it is
#   too narrow. [Doubting it](5-doubting-it.md) shows how to look.
# - The country is one place here. For a state, see [My state](4-my-state.md); for a county the model has no answer.
# - A lever changes what the model calls kits handed out. Whether a programme can hand out twice as many is another question.
#
# Next: [a policy memo](2-policy-memo.md). The same in a shell is `upriver compare base naloxone_doubled`.
