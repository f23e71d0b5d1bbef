"""Places: the world of each state, and its fit to what is recorded there.

A place's draw goes with the country's draw of the same number, and nothing that a place records
moves the country's draws (a cut posterior).
"""
