# %% [markdown]
# # Doubting it
#
# A number with an interval invites trust. This notebook takes it apart: what was believed before any record was seen, what the
# record changed, what rival explanations say, and what the fit makes of a series that it was not shown.
#
# It fits the model twice, in a short way that takes under a minute each: these fits show *how*, and are no result.

# %%
import upriver as up

# %% [markdown]
# ## Before and after the record
#
# Every constant that is not known has a *plausible* interval, from studies or from judgement. The fit keeps what agrees with
# the record. Constants that moved were told something; the rest are assumptions still, however good the picture looks.
# %%
from upriver.policy.chosen import fitted

draws = fitted()
told = draws.told
print(
    f"{len(told)} constants; {draws.assumed} are where they were before the record: assumptions still"
)
print("\nmoved most                                         before (5, 50, 95 %) after")
for path in sorted(told, key=lambda name: -told[name].by)[:8]:
    before, after = (
        ", ".join(f"{end:.3g}" for end in ends) for ends in (told[path].before, told[path].after)
    )
    print(f"{path:50} {before:20} {after}")

# %% [markdown]
# What the answer of [the first notebook](1-first-answer.md) hangs on is naloxone: how many kits reach someone, how often they
# are carried and used. What did the record say of that?

# %%
for path in sorted(name for name in told if name.startswith("people.naloxone.")):
    one = told[path]
    ends = (
        f"{one.before[0]:.2g} to {one.before[-1]:.2g}",
        f"{one.after[0]:.2g} to {one.after[-1]:.2g}",
    )
    print(
        f"{path:38} before {ends[0]:14} after {ends[1]:14} {'an assumption still' if one.assumed else ''}"
    )

# %% [markdown]
# The same question before the fit: `world="prior"` runs the whole system with what was plausible before any record was seen.

# %%
for world in ("prior", "whole"):
    both = up.compare("base", "naloxone_doubled", world=world)
    deaths, averted = both.runs[0].deaths[2024], both.averted(both.runs[1])
    print(f"{world}: deaths in 2024 {deaths.median:,.0f} ({deaths.low:,.0f} to {deaths.high:,.0f})")
    print(
        f"       averted to 2031 {averted.median:,.0f} ({averted.low:,.0f} to {averted.high:,.0f})"
    )

# %% [markdown]
# Deaths in 2024 were recorded: 54,000. The fit has drawn the prior's wide interval together there. What is averted is
# something that nobody recorded, and the record has much less to say of it. In `prior` some mechanisms are off, naloxone as it
# is kept and carried among them, so that the two answers differ in more than what was seen.
#
# ## Rivals
#
# Six explanations of the fall of deaths since 2023 count the same. `believe` runs only the draws of one:

# %%
names = list(dict.fromkeys(draws.rival))
try:
    for name in sorted(names):
        up.believe([f"explanation = {name}"])
        both = up.compare("base", "naloxone_doubled", "border_doubled", draws=100)
        said = [both.averted(run) for run in both.runs[1:]]
        deaths = both.deaths(both.runs[0])
        kits, border = (f"{one.median:>6,.0f} ({one.low:,.0f} to {one.high:,.0f})" for one in said)
        print(
            f"{name:11} deaths 2026–31 {deaths.median:>7,.0f}   naloxone {kits:24} border {border}"
        )
finally:
    up.believe([])

# %% [markdown]
# Where the explanations agree, the answer does not hang on which is right. Where they do not, quote the range and not the
# middle. `upriver believe border_doubled naloxone_doubled` asks the other way round: what would one have to hold true for the
# second to be ahead of the first?
#
# ## Leaving out a series
#
# A fit that met everything it was shown may have learnt nothing. Hide a series from it, fit the rest, and see what it says of
# the hidden one. Here it is the share of drug samples with opioids that hold fentanyl (`nflis_share_opioid`), which speaks of the market.

# %%
from upriver.inference.calibrate import Plan, calibrate
from upriver.inference.check import beside
from upriver.inference.likelihood import END, Likelihood, recorded
from upriver.inference.model import Model
from upriver.inference.rivals import rival
from upriver.inference.unknowns import Unknowns

SERIES, SEED = "nflis_share_opioid", 1
SHORT = Plan(
    starts=1, particles=100, warm=100, keep=50, learned=100, looks=4, draws=100, snapshots=10
)

record = recorded()
hidden = Likelihood(tuple(b for b in record.blocks if b.series == (SERIES,)), ())
unknowns = Unknowns(rival("together"), END)
seen = calibrate(Model(unknowns, record), SEED, SHORT)
unseen = calibrate(Model(unknowns, record.without(SERIES)), SEED, SHORT)

# %% tags=["fit"]
(whole,) = beside(hidden, Model(unknowns, hidden).predict(seen.z), SEED)
(left_out,) = beside(hidden, Model(unknowns, hidden).predict(unseen.z), SEED, unseen=True)
print("      recorded   seen by the fit (median, 90 %)   hidden from it")
for i, value in enumerate(whole.block.values):
    year = whole.block.ends[i] - 1
    cells = [f"{s.middle[i]:.2f} ({s.low[i]:.2f} to {s.high[i]:.2f})" for s in (whole, left_out)]
    print(f"{year:.0f}  {value:.2f}       {cells[0]:29}    {cells[1]}")
for word, found in (("seen", whole), ("hidden", left_out)):
    print(f"{word}: {found.inside:.0%} of {found.block.size} numbers lie inside 90 % intervals")

# %% [markdown]
# Hidden, the series is met less closely: nothing else that is recorded says as well how fast fentanyl took the market over. Where more
# than one in ten of the hidden numbers lie outside 90 % intervals, either the fit is too sure or the model is wrong about
# something that seeing the series covers up. Part of it is that these fits are short: their intervals are too narrow.
#
# `python tools/left_out.py SERIES` does this with a long fit, and [what states had not seen](../unseen.md) for 51 states.
#
# ## What to do with the doubt
#
# - Say how much is unexplained before saying what works.
# - Quote the interval, and where rivals differ, the range over rivals.
# - Look at what is an assumption still (above) among the constants that the answer follows:
#   `upriver believe` and the page's view Beliefs name them.
# - [Where it fails](../nulls.md) lists checks that fail, and [forecasts](../forecasts.md) are scored without hindsight.
