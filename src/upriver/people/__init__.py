"""People: opioid use, disorder, treatment, recovery and overdose in one place.

Our own implementation of the published national model SOURCE (lim2022), one file a mechanism. Each
`NAME.py` reads the constants of `NAME.yaml`. Others may use `part`: its parameters, `initial`,
`signals`, `flows` and `balance`. Importing this room runs none of it, so that constants can be
read without JAX.
"""
