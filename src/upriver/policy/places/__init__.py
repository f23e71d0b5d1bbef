"""Places that run: a state's people in the country's market of the same draw, and what is local.

`world` makes a place's table from the country's; `local` says in what a place differs; `draws` is
the form in which a fit's differences are kept. How they are found is `inference/places`.
"""
