"""What a run of a place cannot tell; in every report of one."""

from upriver.places.place import Place

from .limits import HOW_MANY_FITTED

SMALL = 0.25
"""Share of the months since 2016 that are withheld from which on it is said first."""

SINCE = 2016.0


def cannot_tell(place: Place) -> tuple[str, ...]:
    """What a run of a place cannot tell, what is special to it first."""
    return (
        *_withheld(place),
        f"What {place.name} did that the country did not. Constants of biology and habit, and the "
        "market, are the country's; its own differences are thirteen factors, and a slowly varying "
        "one on risk that has no name and can follow any record.",
        f"What a measure of {place.name} alone would do to the market: in the model a place does "
        "not move it. What is done here is done in the whole country.",
        "Who moves in or out. People do not move between states in the model.",
        "How many naloxone kits are given out, and how many people are on methadone: no state "
        "publishes them; they are the country's by population, times what the fit found.",
        "What happens in a county, or to a group of people.",
        HOW_MANY_FITTED.replace("How many people", "How many people in the country", 1),
        "That a policy works. A lever's effect is drawn from what studies found, mostly elsewhere, "
        "or from an assumption that its card names.",
        "The sum of the states. Each is fitted by itself in the country's draws; their sum is not "
        "held to the country's record.",
    )


def _withheld(place: Place) -> tuple[str, ...]:
    """That much of the record is withheld, if it is."""
    since = place.deaths.starts >= SINCE
    share = float(place.deaths.censored[since].mean()) if since.any() else 1.0
    if share < SMALL:
        return ()
    return (
        f"How deaths went from month to month: {share:.0%} of the months since 2016 are withheld, "
        "each a count of 0 to 9. What is shown leans on states like it.",
    )
