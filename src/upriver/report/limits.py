"""What a run cannot tell; in every report."""

from collections.abc import Sequence

CANNOT_TELL = (
    "What the illicit supply will do. In this version fentanyl's share and heroin's price follow a "
    "projection that was made in 2022; the supply is not modelled yet.",
    "Why deaths fell after 2022. The projection missed both the height of the peak and the fall, "
    "and nothing in this version explains either.",
    "What happens in a state, a county or a group of people. The model is national, for people of "
    "12 years and over.",
    "How many people have a disorder. Published estimates span 3.8 to 7.6 million in 2019; this "
    "world holds about 3.9 million, and every number of people scales with that.",
    "The full uncertainty. Intervals hold the uncertainty of fitted parameters only: not that of "
    "the equations, of fixed parameters, of the drivers, or of the record.",
    "That a policy works. A handle moves a rate by what you say; whether a real measure moves it "
    "by that much is a question of evidence that this model does not answer.",
    "Deaths without an opioid, or overdoses outside the groups that the reference model has: "
    "people who use stimulants and meet fentanyl are not in it.",
)

CANNOT_TELL_WHOLE = (
    "What the illicit supply will do. Supply and diplomacy run with provisional values that are "
    "not fitted; a shock to supply and relations after the newest act are not foreseen.",
    "How much fentanyl there is. Only seizures are recorded, and they are a chance times a flow: "
    "kilograms are right to a factor of several at best.",
    "Why deaths fell after 2022. Here supply and care both play a part, and their shares are not "
    "fitted.",
    CANNOT_TELL[2],
    "How many people have a disorder. Published estimates span 3.8 to 7.6 million in 2019; this "
    "world lies near the lower end, and every number of people scales with that.",
    "The full uncertainty. Intervals hold the uncertainty of parameters that are drawn only: not "
    "that of the equations, of fixed parameters, of the drivers, or of the record.",
    CANNOT_TELL[5],
    "What single persons, firms or groups do. Supply is countries, a few corridors and one market.",
)
"""The same of the whole system."""


def cannot_tell(world: str) -> Sequence[str]:
    """What a run of a world cannot tell."""
    return CANNOT_TELL if world == "reference" else CANNOT_TELL_WHOLE
