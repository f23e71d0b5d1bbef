"""Costs and quality-adjusted life years of runs, and what a death averted or a year of life costs.

`tariff` reads unit costs and weights (costs.yaml), `bill` multiplies them with what a run counts,
`measures` says what the levers themselves cost, `prices` holds costs against what they buy, and
`value` puts it together: `cost("base", "my.yaml")`, or `valued(comparison)`.
"""
