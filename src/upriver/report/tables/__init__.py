"""A command's numbers as one tidy table, in the same columns for all commands, and as a file.

`tidy` is the table: its columns, what each means, what stands on top. `write` makes CSV, JSON or
Parquet of it. `made` says what a modelled number is of. Each other file builds the tables of a few
commands from what those commands found.
"""
