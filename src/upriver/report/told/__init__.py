"""What is reckoned once and told often: answers that take too long to be made with every page.

Each subject is a module with `make`, and ships as `data/told/NAME.json`, which
`python tools/told.py` makes anew. `store` reads them, and says what they are of.
"""
