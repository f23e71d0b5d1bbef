"""Evidence: what was recorded, as figures with publisher, period, unit and vintage.

Others may use `figures`: the series that ship and their references.
"""
