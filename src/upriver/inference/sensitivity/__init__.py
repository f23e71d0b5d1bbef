"""Which unknown decides a quantity: variance that goes away if one of them were known.

Others may use `before.sobol` of the prior, whose unknowns are independent, `after.given_data` of
the fit, whose unknowns hang together, and `quantities`, what may be asked for.
"""
