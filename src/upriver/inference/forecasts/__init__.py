"""Forecasts of deaths: ours, statistical ones and what they give together, scored on past origins.

`target` is what is forecast; `origin` what could be thought at a date; `hindcast` goes through past
origins; `levels` is the form of all forecasts, `ours` and `baselines` make them, `ensemble` weighs
them, `score` holds them against what came; `hub` writes them down before the fact.
"""
