"""What a run cannot tell; in every report."""

from upriver.policy.chosen import fitted
from upriver.system.world import PUBLISHED, World

HOW_MANY = (
    "How many people have a disorder. Published estimates span 3.8 to 7.6 million in 2019; this "
    "world lies near the lower end, and many figures hang on that."
)
HOW_MANY_FITTED = (
    "How many people have a disorder. Published estimates span 3.8 to 7.6 million in 2019. The fit "
    "leaves that open: 90 % of its draws lie between 3.9 and 5.9 million, and many figures hang on "
    "it."
)
"""A test holds it against the draws."""

OF_PEOPLE = (
    "What happens in a state, a county or a group of people. The model is national, for people of "
    "12 years and over.",
    "That a policy works. A handle moves a rate by what you say. A lever's effect is drawn from "
    "what studies found, or from an assumption that its card names; where its evidence is graded "
    "none, nothing but that assumption says that the measure does anything.",
)
"""In every world."""

CANNOT_TELL = (
    "What the illicit supply will do. In the published model fentanyl's share and heroin's price "
    "follow a projection that was made in 2022.",
    "Why deaths fell after 2022. The projection missed both the height of the peak and the fall, "
    "and nothing in the published model explains either.",
    *OF_PEOPLE,
    "The full uncertainty. Intervals hold the uncertainty of fitted parameters only: not that of "
    "the equations, of fixed parameters, of the drivers, or of the record.",
    "Deaths without an opioid, or overdoses outside the groups that the reference model has: "
    "people who use stimulants and meet fentanyl are not in it.",
)
"""In the published model."""

CANNOT_TELL_WHOLE = (
    "Why deaths fell after 2022. Rival explanations are fitted and weighed: a shock to precursors "
    "or to production, controls and efforts as dated, fewer people at high risk, less injecting. "
    "The record does not tell all of them apart, and one that nobody thought of is not among them.",
    "What moves slowly and has no name. Risk and supply are disturbed by what no part of the model "
    "explains; the fit learns that course, and after the record it wanders on.",
    "How much fentanyl there is. Only seizures are weighed, and seizures are not flow: the chance "
    "of seizure is known within a factor of four at best.",
    "What a government does. Effort and relations are judgements on dated events, not a record.",
    *OF_PEOPLE,
    "The full uncertainty. Intervals hold what the record left open of constants, disturbances and "
    "explanations: not that of the equations, of most histories, or of what the record missed.",
    "What single persons, firms or groups do. Supply is countries, a few corridors and one market.",
    "Deaths without an opioid.",
)
"""In the whole system."""


def cannot_tell(world: str) -> tuple[str, ...]:
    """What a run of a world cannot tell."""
    if world == PUBLISHED:
        return (HOW_MANY, *CANNOT_TELL)
    if not World.named(world).is_fitted:
        return (HOW_MANY, *CANNOT_TELL_WHOLE)
    return (*CANNOT_TELL_WHOLE[:1], HOW_MANY_FITTED, _assumed(), *CANNOT_TELL_WHOLE[1:])


def _assumed() -> str:
    """How many constants the record left where they were."""
    found = fitted()
    return (
        f"What {found.assumed} of {len(found.told)} constants are. The record left them where they "
        "were thought to be: they are assumptions still, within their plausible intervals. "
        "`upriver parameters` says of each which it is."
    )
