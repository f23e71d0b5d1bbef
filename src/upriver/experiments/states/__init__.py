"""All states in one scenario: runs, order, sums beside the country, what a policy averts, a map.

`ask` has `states`, which runs them; `result` what it gives; `quantities` what is kept of each run.
`order`, `sums`, `averted` and `tiles` say what the draws of all states come to.
"""
