"""Policy: what is changed, when, by how much, and the table that follows.

Others may use `scenario` (read and check a file), `handles` (what a policy can move) and `apply`
(scenarios, draws and settings to a table).
"""
