"""What a run cannot tell; in every report."""

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
