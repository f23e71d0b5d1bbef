"""What every answer carries besides its numbers: of what they are, and what they cannot tell."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from upriver import __version__
from upriver.core.errors import InputError, OutOfBounds, UpriverError, one_line
from upriver.engine.run import load
from upriver.evidence.references import citation
from upriver.experiments.simulate import Run
from upriver.places.asked import place as place_of
from upriver.policy.lever import Lever
from upriver.policy.levers import levers
from upriver.policy.scenario import Scenario
from upriver.report import limits as of_country
from upriver.report import placed_limits as of_place
from upriver.report.answers.words import carried, graded, moving

from .limits import LARGEST_ANSWER

INSTEAD = {
    "upriver levers": "list_things(kind='levers')",
    "upriver scenarios": "list_things(kind='scenarios')",
    "upriver parameters --handles": "list_things(kind='handles')",
    "upriver parameters": "list_things(kind='parameters')",
    "upriver evidence": "list_things(kind='series')",
    "upriver claims": "list_things(kind='claims')",
}
"""What a message tells an agent to ask, in place of a command."""

GRADES_SAY = (
    "A grade is of what was studied (A randomised, B quasi-experimental, C observational, D a "
    "mechanism only, none: nothing causal), and not of a figure beside it."
)


@dataclass(frozen=True)
class Said:
    """An answer.

    text: in words, numbers rounded as the command line prints them. data: for programs.
    cannot: what it cannot tell.
    """

    text: str
    data: Mapping[str, Any]
    made: Mapping[str, Any] = field(default_factory=dict)
    cannot: Sequence[str] = ()

    def structured(self) -> dict[str, Any]:
        """All of it as plain JSON; a number that is not finite is null.

        Raises:
            OutOfBounds: it is larger than an answer may be.
        """
        whole = {**self.data, "made": {**versions(), **self.made}, "cannot_tell": list(self.cannot)}
        text = json.dumps(finite(whole), allow_nan=False)
        if len(text) > LARGEST_ANSWER:
            raise OutOfBounds(
                "the answer would be too large",
                found=f"{len(text) // 1024} KiB",
                allowed=f"at most {LARGEST_ANSWER // 1024} KiB",
                hint="Ask for less of it.",
            )
        found: dict[str, Any] = json.loads(text)
        return found


def versions() -> dict[str, Any]:
    """Of Upriver and of its equations."""
    manifest = load().manifest
    digest = manifest.get("equations_digest") or manifest["wasm_sha256"]
    return {"upriver_version": __version__, "equations_digest": digest}


def made_of(runs: Sequence[Run]) -> dict[str, Any]:
    """World, draws and place of runs, and each scenario by its title, text and digests."""
    one = runs[0]
    scenarios = [
        {
            "title": run.scenario.title,
            "scenario_digest": scenario_digest(str(run.provenance["scenario_yaml"])),
            "table_digest": run.provenance["table_digest"],
            "scenario_yaml": run.provenance["scenario_yaml"],
        }
        for run in runs
    ]
    more = {key: one.provenance[key] for key in ("fit", "place", "place_fit", "seed")
            if key in one.provenance}  # fmt: skip
    return {"world": one.world, "draws": one.draws, **more, "scenarios": scenarios}


def scenario_digest(text: str) -> str:
    """Of a scenario's whole text, as its results carry it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cannot_tell(run: Run) -> tuple[str, ...]:
    """What a run cannot tell, of the country or of its place."""
    if run.place:
        return of_place.cannot_tell(place_of(run.place))
    return of_country.cannot_tell(run.world)


def evidence_of(scenarios: Iterable[Scenario]) -> list[dict[str, Any]]:
    """Levers that scenarios pull, or that move the same: the grade of what is known of each."""
    pulled: dict[str, dict[str, Any]] = {}
    for scenario in scenarios:
        named = {change.lever for change in scenario.changes}
        for lever in moving(scenario):
            pulled.setdefault(lever.name, {**grade_of(lever), "pulled": False})
            pulled[lever.name]["pulled"] |= lever.name in named
    return sorted(pulled.values(), key=lambda one: not one["pulled"])


def grade_of(lever: Lever) -> dict[str, Any]:
    """What is known of a lever, in short."""
    return {
        "lever": lever.name,
        "title": lever.title,
        "grade": graded(lever),
        "studied": lever.evidence.design,
        "effect_hangs_on": carried(lever),
        "leaves_out": list(lever.cannot_capture),
    }


def graded_text(found: Sequence[Mapping[str, Any]]) -> str:
    """Grades of the levers that are pulled, else of those that move the same; empty of none."""
    shown = [one for one in found if one["pulled"]] or list(found)
    if not shown:
        return ""
    how = "" if shown[0]["pulled"] else " (levers that move the same)"
    told = "; ".join(f"{one['lever']} {one['grade']}" for one in shown)
    return f"Evidence{how}: {told}. {GRADES_SAY}"


def cited(keys: Iterable[str]) -> dict[str, str]:
    """Sources by key, with what to cite; several may stand in one text."""
    single = dict.fromkeys(key for one in keys for key in one.split("; ") if key)
    return {key: citation(key) for key in single}


def ends(cannot: Sequence[str]) -> str:
    """What an answer cannot tell, the first sentence of each."""
    if not cannot:
        return ""
    return "It cannot tell: " + " ".join(f"{one.partition('. ')[0].rstrip('.')}." for one in cannot)


def joined(*parts: str) -> str:
    """Paragraphs, without those that are empty."""
    return "\n\n".join(part.strip("\n") for part in parts if part)


def lever_grades() -> dict[str, str]:
    """Grade of every lever by its name."""
    return {name: graded(one) for name, one in levers().items()}


def error_line(error: UpriverError) -> str:
    """An error as an agent reads it: one line, options and commands as arguments and tools."""
    if isinstance(error, InputError) and error.file and error.file.startswith("--"):
        error.file = error.file.removeprefix("--")
    said = str(error)
    for command, instead in INSTEAD.items():
        said = re.sub(rf"`{re.escape(command)}(?: NAME| WORDS)?`", instead, said)
    return one_line(said, 400)


def finite(value: Any) -> Any:
    """The same without numbers that are not finite: JSON has no word for them."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): finite(entry) for key, entry in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return finite(value._asdict())
    if isinstance(value, list | tuple):
        return [finite(entry) for entry in value]
    if isinstance(value, float) and value - value != 0:
        return None
    return value
