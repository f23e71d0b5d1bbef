"""The labelled axes of the system: what the rows of an array stand for.

An axis is named in a parameter's YAML (`axis: medication`), in the type of a field
(`Float[Array, " medication"]`) and in brackets in a path
(`people.treatment.duration[methadone]`), always by the same words.
"""

AXES: dict[str, tuple[str, ...]] = {
    "group": ("rx", "rx_heroin", "heroin"),
    "medication": ("buprenorphine", "methadone", "naltrexone"),
    "stage": ("first", "second"),
}
"""group: opioid use disorder from prescription opioids without past-year heroin use, the same with
past-year heroin use, and heroin use disorder. stage: of a second-order delay."""


def rows(dimensions: str) -> list[str]:
    """Suffixes of the scalars of an array with these dimensions, in C order.

    `""` gives `[""]`, `" medication"` gives `["[buprenorphine]", ...]`, and two axes give
    `"[rx,buprenorphine]"`, ...
    """
    labels: list[tuple[str, ...]] = [()]
    for axis in dimensions.split():
        labels = [(*before, label) for before in labels for label in AXES[axis]]
    return [f"[{','.join(row)}]" if row else "" for row in labels]
