"""What stands around the figures: how sure, where from, how made."""

from collections.abc import Sequence

from upriver.evidence.references import citation, link, references, short_citation
from upriver.experiments.caveats import unexplained
from upriver.experiments.placed_unexplained import unexplained_in
from upriver.experiments.simulate import Run

from .headline import caveat

COMPUTED = "computed"
WHOLE_SOURCE = {
    "key": COMPUTED,
    "text": "Computed by the whole system of Upriver, people, supply and diplomacy in one step, "
    "fitted to the record to January 2026. Each value has its source in the model book.",
    "short": "computed by Upriver",
    "url": "",
}
"""What stands as the source of a line that the whole system computes."""


def interval_note(run: Run) -> str:
    """How the bands are to be read."""
    if run.central:
        return caveat(run)
    bands = f"Bands are 95 % intervals over {run.draws} draws. {caveat(run)}"
    return f"{not_explained(run)} {bands}".strip()


def not_explained(run: Run) -> str:
    """A sentence on what nothing explains, in the country or in a run's place; empty if little."""
    return unexplained_in(run) if run.place else unexplained(run.world)


def sources(*, whole: bool = False) -> list[dict[str, str]]:
    """All references, for the list at the end; of the whole system, what it computes as well."""
    cited = [
        {"key": key, "text": citation(key), "short": short_citation(key), "url": link(key)}
        for key in references()
    ]
    return [*cited, WHOLE_SOURCE] if whole else cited


def provenance(runs: Sequence[Run]) -> dict[str, object]:
    """Versions, digests, world and draws that made these numbers; the scenarios stand apart."""
    found: dict[str, object] = dict(runs[0].provenance)
    del found["scenario_yaml"]
    if len(runs) > 1:
        found.pop("remarks", None)
        found["scenario"] = ", ".join(run.title for run in runs)
        found["table_digest"] = ", ".join(str(run.provenance["table_digest"])[:16] for run in runs)
    draws = runs[0].provenance["draws"]
    found["draws"] = (
        "0: central values alone"
        if not draws
        else f"{draws}, the first of 1,000 that ship in a fixed order"
        + (", and the place's own beside each" if runs[0].place else "")
    )
    return found


def texts(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Each scenario with its whole text, as a file that `upriver run` reads."""
    return [(run.scenario.title, str(run.provenance["scenario_yaml"])) for run in runs]


def made_lines(runs: Sequence[Run]) -> list[str]:
    """What made these numbers, for the comment lines of a file: versions, then each scenario."""
    first = runs[0].provenance
    where = (
        f" place {first['place']} by its fit {str(first['place_fit'])[:16]},"
        if runs[0].place
        else ""
    )
    lines = [
        f"Made by Upriver {first['upriver_version']}, world {first['world']},{where} "
        f"{first['draws']} draws of seed {first['seed']}, equations "
        f"{str(first['equations_digest'])[:16]}"
    ]
    for run in runs:
        digest = str(run.provenance["table_digest"])[:16]
        lines.append(f"Scenario '{run.scenario.title}', table {digest}, as a file:")
        lines += [f"  {line}" for line in str(run.provenance["scenario_yaml"]).splitlines()]
    return lines
