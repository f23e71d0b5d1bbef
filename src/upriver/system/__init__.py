"""System: one place, its parameters as columns, the parts coupled, one step, and observation.

`world`, `tabulate` and `observation` are numpy; `coupling` and `step` are JAX and are read by the
engine's builder and by fitting, never by a command.
"""
