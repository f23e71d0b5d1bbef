"""What is reckoned once and told often: answers that take too long to be made with every page.

Each subject is a module with `make`, and ships as `data/told/NAME.json`; `python tools/told.py` makes
them anew. `store` reads them, and says what they are of.
"""
