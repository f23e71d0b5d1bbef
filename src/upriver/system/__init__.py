"""System: a world of one place, its parameters made columns, the parts coupled, one step, and the
way from a run to a record's calendar.

`world`, `tabulate` and `observation` are numpy; `coupling` and `step` are JAX and are read by the
engine's builder and by fitting, never by a command.
"""
