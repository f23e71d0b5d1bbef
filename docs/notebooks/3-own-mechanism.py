# %% [markdown]
# # A mechanism of your own
#
# You have an idea that the model leaves out. This notebook writes it as an equation, compiles it into the engine, runs it and
# fits it to the record, in a *copy* of the package, so that your installation stays as it is. All of it takes twenty minutes, of
# which the machine needs two.
#
# You need to read Python. You need to know nothing of this model, and you need the tools of a maintainer:
# `pip install 'upriver[dev]'`, or in a checkout `pip install -e '.[dev]'`.
#
# The idea, as an example: somebody who sees an overdose may not call for help for fear of arrest. *Good Samaritan laws* protect
# those who call. States passed them between 2007 and 2021. The model has a chance that a witness calls, the same in all years.
# Did the laws raise it?

# %%
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

if importlib.util.find_spec("jax") is None:
    raise SystemExit("This needs the tools of a maintainer: pip install 'upriver[dev]'")

# %% [markdown]
# ## 1. A copy
#
# A folder `upriver-mine` with the package in it, made anew each time that this cell runs. What follows changes files there and
# nowhere else, and this notebook imports `upriver` from there.

# %%
installed = Path(importlib.util.find_spec("upriver").origin).parent
mine = Path("upriver-mine").resolve()
package = mine / "src" / "upriver"
if package.is_dir():
    shutil.rmtree(package)  # of an earlier run of this notebook
shutil.copytree(installed, package, ignore=shutil.ignore_patterns("__pycache__"))
for name in ("pyproject.toml", "uv.lock"):  # a checkout has them: the engine then knows its source
    if (installed.parents[1] / name).is_file():
        shutil.copy(installed.parents[1] / name, mine)
sys.path.insert(0, str(package.parent))


def python(*arguments):
    """Run Python on the copy, and give what it prints."""
    paths = os.pathsep.join([str(package.parent), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return done.stdout.strip()


# %% [markdown]
# ## 2. The equation
#
# A mechanism is a *stem*: `people/samaritan.py` has its equations, `people/samaritan.yaml` its numbers. An equation is a pure
# function of JAX numbers. It knows one place, one draw, one instant; that there are years, draws and intervals is not its
# business, and neither is whether a number is constant, dated, fitted or moved by a lever.
#
# A law closes a part (`closing`) of the gap between the chance that a witness calls and certainty, for the share of people who
# live under one (`covered`). `included` switches the mechanism on: 0 leaves the model as it was.

# %%
equations = '''\
"""Good Samaritan laws: where those who call for help are protected, more of them call.

What it leaves out: whether people know of the law and trust it, and laws that pull the other way.
"""

import equinox as eqx

from upriver.core.maths import Scalar

from .response import ResponseParameters


class SamaritanParameters(eqx.Module):
    """Laws and what they do; see samaritan.yaml."""

    included: Scalar
    covered: Scalar
    closing: Scalar


def protected(p: ResponseParameters, law: SamaritanParameters) -> ResponseParameters:
    """What happens after an overdose, where a law closes a part of the gap to certain calling.

    Args:
        p: without the law; its chance of calling is `p.calling` [1].
    """
    closed = law.included * law.covered * law.closing
    calling = p.calling + closed * (1 - p.calling)
    changed: ResponseParameters = eqx.tree_at(lambda q: q.calling, p, calling)
    return changed
'''
written = (package / "people" / "samaritan.py").write_text(equations, encoding="utf-8")

# %% [markdown]
# ## 3. The numbers
#
# Each number says its symbol, unit, bounds (`within`), the 90 % interval that you believe before looking (`plausible`, and
# where that is from), its meaning and its source. A thing that changed over the years has a `path`.
#
# The path here is a record: when each state's law began is among the data that ship. Weighed with residents it is the share of
# people who live under a law on 1 January of each year.

# %%
import upriver as up

states = [up.place(code) for code in up.places()]
covered = {}
for year in range(1999, 2022):
    people = {state.code: state.population.at(str(year)) for state in states}
    under = [
        people[state.code]
        for state in states
        if state.good_samaritan_law.at is not None and state.good_samaritan_law.at <= year
    ]
    covered[year] = round(sum(under) / sum(people.values()), 3)
print({year: share for year, share in covered.items() if share})

# %% [markdown]
# How much of the gap a law closes is hardly known. The lever `call_for_help` ([its card](../reference/levers.md#call_for_help)) has
# what there is: in one cohort those who knew the law called more often; states before and after their laws show a little, or
# nothing. So: something between nothing and half, most likely a fifth.

# %%
numbers = f"""\
# Good Samaritan laws, as of 2021.

included:
  symbol: i_g
  value: 0
  unit: "1"
  within: [0, 1]
  plausible: [0, 1]
  plausible_from: definition
  meaning: whether laws are counted, 0 in the published model
  source: assumption

covered:
  symbol: l
  path: {covered}
  unit: "1"
  within: [0, 1]
  meaning: share of residents who live under a law that protects those who call for help
  source: optic_samaritan_2021
  note: computed from dates of laws and residents by state

closing:
  symbol: g
  value: 0.2
  unit: "1"
  within: [0, 1]
  plausible: [0, 0.5]
  plausible_from: assumption
  meaning: part of the gap between the chance of calling and certainty that a law closes
  source: jakubowski2018
"""
written = (package / "people" / "samaritan.yaml").write_text(numbers, encoding="utf-8")

# %% [markdown]
# The equation can be tried by itself, as its test would: no law leaves the chance as it is, and a law never lowers it nor lifts
# it above 1.

# %%
import jax.numpy as jnp

from upriver.people import response, samaritan

values = (0.764, 0.424, 1e6, 0.9, 3e-4, 1.0)  # witnessed, calling, kits, ..., as in response.yaml
before = response.ResponseParameters(*map(jnp.array, values))
for share in (0.0, 0.5, 1.0):
    law = samaritan.SamaritanParameters(
        included=jnp.array(1.0), covered=jnp.array(share), closing=jnp.array(0.2)
    )
    calling = samaritan.protected(before, law).calling
    print(f"{share:.0%} under a law: a witness calls with a chance of {calling:.3f}")
    assert before.calling <= calling <= 1

# %% [markdown]
# ## 4. The wiring
#
# Three files have to know of it, in six places.
#
# - `people/part.py` puts the part together. The stem is imported, its class becomes a field of the part's parameters, and its
#   function is called where the quantity that it changes is used: `_help` works out the response to an overdose.
# - `system/step.py` lists the values at which extensions of the published model fall away.
# - `system/worlds.yaml` says in which worlds it is on, and that its constants are drawn.


# %%
def after(name, line, new):
    """Put a line into a file of the copy, after every line that is this one."""
    file = package / name
    lines = file.read_text(encoding="utf-8").splitlines()
    assert line in lines, f"{name} has no line {line!r}"
    if new not in lines:  # else the cell was run before
        lines = [one for old in lines for one in ([old, new] if old == line else [old])]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


after("people/part.py", "    retention,", "    samaritan,")
after(
    "people/part.py",
    "    retention: retention.RetentionParameters",
    "    samaritan: samaritan.SamaritanParameters",
)
after(
    "system/step.py",
    '        "people.ways.included": 0.0,',
    '        "people.samaritan.included": 0.0,',
)
after("system/worlds.yaml", "    people.offer.included: 1", "    people.samaritan.included: 1")
after("system/worlds.yaml", "    - people.ways.", "    - people.samaritan.")

# %% [markdown]
# The last of the six is the call. `_help` in `people/part.py` takes what follows an overdose from `p.response`, three times; it now
# takes it from what a law has made of `p.response`. The rest of the file stays.


# %%
def replace(name, before, now):
    """Replace a text in a file of the copy; it has to be there, once."""
    file = package / name
    text = file.read_text(encoding="utf-8")
    if now not in text:  # else the cell was run before
        assert text.count(before) == 1, f"{name} has this {text.count(before)} times: {before}"
        file.write_text(text.replace(before, now), encoding="utf-8")


replace(
    "people/part.py",
    """
    found = naloxone.naloxone(kits, stocks, p.response, p.naloxone)
    usual = response.response(p.population.people, p.response)
    return found, naloxone.answered(usual, found, p.response, p.naloxone)
""",
    """
    calling = samaritan.protected(p.response, p.samaritan)
    found = naloxone.naloxone(kits, stocks, calling, p.naloxone)
    usual = response.response(p.population.people, calling)
    return found, naloxone.answered(usual, found, calling, p.naloxone)
""",
)

# %% [markdown]
# ## 5. Compile and check
#
# Equations are written once, in JAX, and compiled to WebAssembly; whoever runs the model needs no JAX. With the mechanism off
# the published model has to come out as before, to the last of its printed figures. `upriver verify` looks.

# %%
print(python("-m", "upriver.engine.build"))
print(python("-m", "upriver", "verify").partition("\n\n")[0])

# %% [markdown]
# ## 6. Run
#
# In the published model, with its own draws, and the mechanism held on and off:

# %%
off = up.simulate("published", draws=100)
on = up.simulate("published", draws=100, settings={"people.samaritan.included": 1})
for year in (2005, 2012, 2016, 2020):
    print(
        f"{year}: deaths {off.deaths[year].median:,.0f}, with laws that work {on.deaths[year].median:,.0f}"
    )

# %% [markdown]
# Fewer deaths with laws, in a model that was fitted without them: that is no finding. The constants around them took their
# values from the record *as if there were no laws*. So the whole has to be fitted anew, with the mechanism in it.
#
# ## 7. Fit
#
# The draws that ship are of other equations, and the copy refuses to run them. `upriver calibrate` makes new ones from the
# record, with your constant among 300 unknowns. `--quick` is a look and takes under a minute; a fit to keep takes some
# minutes (leave out `--quick`), and all six explanations together three quarters of an hour (`--rival all`).

# %% tags=["fit"]
said = python(
    "-m", "upriver", "calibrate", "--rival", "production", "--quick", "--output", "mine.npz"
)
print(said.partition("\n\n")[2].partition("Those that moved")[0])

# %% [markdown]
# ## 8. What did the record say?

# %% tags=["fit"]
up.use_fit("mine.npz")
from upriver.policy.chosen import fitted

told = fitted().told["people.samaritan.closing"]
print("closing, 5 %, 50 %, 95 %")
print("  before the record:", ", ".join(f"{end:.2f}" for end in told.before))
print("  after:            ", ", ".join(f"{end:.2f}" for end in told.after))
print("  an assumption still:", told.assumed)

# %% [markdown]
# Deaths that the laws averted, had they worked as each draw says: the same draws with nobody under a law.

# %% tags=["fit"]
import numpy as np

start, end = np.array([2007.0]), np.array([2026.0])
as_it_was = up.simulate("base", draws=100)
no_law = up.simulate("base", draws=100, settings={"people.samaritan.covered": 0})
averted = no_law.periods("people.overdose.deaths", start, end) - as_it_was.periods(
    "people.overdose.deaths", start, end
)
low, middle, high = np.percentile(averted, (5, 50, 95))
print(f"averted 2007 to 2025, in this quick look: {middle:,.0f} (90 %: {low:,.0f} to {high:,.0f})")

# %% tags=["fit"]
as_it_was.plot()

# %% [markdown]
# Read this with doubt. The fit itself says it above: particles are still on their way, *so that intervals are too narrow*. They began
# close to one best guess, and fifty rounds later they are not far from it. A quick look shows that all of it runs, and no more: of a
# constant that moves nothing at all it gives an interval that looks as if the record had spoken. So hold yours against such a one (set
# `included` to 0 in `system/worlds.yaml` and fit again), and let a long fit, without `--quick`, say what the record told. Run once for an earlier version of this page, by
# the random walk that fits went by then, with 1,000 draws, it said 0.00, 0.09, 0.23 (5, 50 and 95 %): the record pulls the effect down,
# does not exclude that there is none, and leaves more room than the quick look does.
#
# Even then: many constants move deaths the same way, a somewhat safer supply or a little more naloxone among them. A number of
# deaths averted by laws is worth as much as the interval that was believed before, and has to be quoted with it. What could tell is
# a record that only this mechanism moves, such as calls to ambulances before and after a law, state by state.
#
# ## Yours
#
# For another idea, change these and leave the rest of this notebook as it is:
#
# | What | Where |
# | --- | --- |
# | the equation, and a class of its numbers | step 2: `people/NAME.py` |
# | each number with unit, bounds, interval, source | step 3: `people/NAME.yaml` (units: `core/units.py`; sources: `data/references.bib`, or `assumption`) |
# | the class as a field, and the call where it acts | step 4: find what you change in `people/*.yaml`, its equation in the `.py` beside it, and the call of that in `people/part.py` |
# | the switch | step 4: `NEUTRAL` in `system/step.py`; in `system/worlds.yaml` `set` of the world `whole`, `waiting` and `drawn` of the world `prior` |
# | a stock of its own, if it has one | a field of `Memory` in `people/stocks.py`, its start in `initial` and its rate in `flows` of `people/part.py`; helpers that need it are passed `memory`, which `initial` has not yet |
#
# A `path` is joined by straight lines between its years and held before the first and after the last, unless it says `between: step`.
#
# After a change of an equation or a number, restart the kernel and run all cells: what was imported stays as it was imported.
# The build names, at the end of what it prints, an equation that the compiler cannot take; `verify` a field without a number, a number
# without a field, a unit that is not in the list. Three slips are silent, or nearly: a switch that is missing from `set` (the
# mechanism is off, and two runs with and without it do not differ), a class that is missing from `NEUTRAL` (the published model has it
# too), and a name that is missing from `drawn` (nothing is told of it, a `KeyError` in step 8).
#
# To offer it to others, make the same edits in a checkout, with a test `tests/people/test_NAME.py`:
# [add a mechanism](../how-to/change-equation.md#a-new-mechanism). Next: [my state](4-my-state.md).
