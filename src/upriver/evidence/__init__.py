"""Evidence: what was recorded, each value with publisher, period, unit and vintage.

Others may use `figures`: the records that ship; `references`: their sources; `series`: what they
count, in words; `record` and `calendars`: what a record is.
"""
