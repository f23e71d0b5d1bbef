"""Experiments: what a scenario does, what several do, and whether the published run is met.

Others may use `simulate` (one scenario over draws), `compare` (several with common draws) and
`verify` (against the published base run).
"""
