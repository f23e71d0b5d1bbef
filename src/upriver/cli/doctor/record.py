"""The recorded figures and how old they are, and the catalogues: can each be read?"""

import os
from collections.abc import Callable
from datetime import date, timedelta

from .finding import Fact, Finding, Found, sentence
from .installed import again

OLD_DAYS = 400
"""Age of the newest recorded month from which a reader is told; counts are out four months late."""

OWN = {"levers": "UPRIVER_LEVERS", "places": "UPRIVER_PLACES"}
"""Catalogues to which a folder of the user's is added, and the variable that names it."""


def figures() -> Found:
    """Whether all recorded figures can be read, the newest period of each group, and its age."""
    from upriver.evidence.figures import all_records
    from upriver.evidence.series import all_words

    try:
        records, words = all_records(), all_words()
    except Exception as error:
        yield Finding("figures", sentence(error), again("data/figures"))
        return
    yield Fact("data", "record", f"{len(words)} series, {len(records):,} with those of places")
    newest: dict[str, tuple[float, str, str]] = {}
    for (name, _), one in records.items():
        # What an author projected, or a text only states, is no news of the record.
        counted = [i for i, status in enumerate(one.statuses) if status != "projected"]
        if name in words and counted:
            last = counted[-1]
            end = (float(one.ends[last]), one.labels[last], one.sources[last])
            group = words[name].group
            newest[group] = max(newest.get(group, end), end)
    today = date.today()
    for group in dict.fromkeys(one.group for one in words.values()):
        moment, label, source = newest[group]
        age = (today - day(moment)).days
        yield Fact("data", f"record: {group}", f"to {label}, {age:,} days ago ({source})")
    last_day = day(max(newest.values())[0])
    if (age := (today - last_day).days) > OLD_DAYS:
        yield Finding(
            "figures",
            f"The newest recorded period ended {age:,} days ago; a newer version may know more.",
            "`upriver evidence fetch` lists what publishers have; a newer version fits it",
            wrong=False,
        )
    elif age < 0:
        yield Finding(
            "figures",
            f"This machine's clock says {today}, before the record ends ({last_day}).",
            "set the clock",
            wrong=False,
        )


def catalogues() -> Found:
    """Whether every catalogue can be read, with what is added from folders of the user's."""
    counts = []
    for name, read in _catalogues().items():
        try:
            counts.append(f"{read()} {name}")
        except Exception as error:
            own = OWN.get(name, "")
            named = os.environ.get(own, "") if own else ""
            cure = f"correct that file, or unset {own}" if named else again()
            yield Finding("numbers and words", f"{name}: {sentence(error)}", cure)
    yield Fact("data", "catalogues", ", ".join(counts))


def day(moment: float) -> date:
    """The last day before a moment in calendar years: 2026-01-31 of 2026.0833."""
    year = int(moment + 1e-6)
    whole = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return date(year, 1, 1) + timedelta(days=round((moment - year) * whole) - 1)


def _catalogues() -> "dict[str, Callable[[], int]]":
    """What counts the entries of each catalogue, by its name."""

    def parameters() -> int:
        from upriver.core.parameters import parameters

        return len(parameters())

    def handles() -> int:
        from upriver.policy.handles import handles

        return len(handles())

    def levers() -> int:
        from upriver.policy.levers import levers

        return len(levers())

    def scenarios() -> int:
        from upriver.policy.scenario import library, read_scenario, shipped

        names = [*shipped(), *library()]
        for name in names:
            read_scenario(name)
        return len(names)

    def claims() -> int:
        from upriver.evidence.claims import claims

        return len(claims())

    def sources() -> int:
        from upriver.evidence.references import references

        return len(references())

    def places() -> int:
        from upriver.places.asked import places

        return len(places())

    return {
        "parameters": parameters,
        "handles": handles,
        "levers": levers,
        "scenarios": scenarios,
        "claims": claims,
        "sources": sources,
        "places": places,
    }
