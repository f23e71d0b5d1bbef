"""Policy: what is changed, when, by how much, and the table that follows.

Others may use `levers` (what a policy can do, how far, with what evidence), `scenario` (read and
check a file), `handles` (what a policy can move) and `apply` (scenarios, draws and settings to a
table).
"""
