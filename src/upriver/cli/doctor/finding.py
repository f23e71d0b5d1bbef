"""What checks give: facts, and findings, each with its cure."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Union


@dataclass(frozen=True)
class Fact:
    """What is so. section: where it is printed, `installed`, `data` or `machine`."""

    section: str
    name: str
    says: str


@dataclass(frozen=True)
class Finding:
    """What is wrong, or worth knowing.

    about: the check's name. says: a sentence. cure: a command, or what to do. wrong: something does
    not work, or not as it should; else it is only worth knowing.
    """

    about: str
    says: str
    cure: str
    wrong: bool = True


Found = Iterator[Union[Fact, Finding]]  # noqa: UP007 -- read by a Python that is too old


class Check(NamedTuple):
    """A check. needs: names of others, without which it cannot be made."""

    name: str
    needs: tuple[str, ...]
    look: Callable[[], Found]


@dataclass
class Report:
    """What all checks gave. skipped: checks that were not made, and for want of which others."""

    facts: list[Fact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)

    @property
    def wrong(self) -> list[Finding]:
        """Findings of what does not work."""
        return [one for one in self.findings if one.wrong]

    @property
    def notes(self) -> list[Finding]:
        """Findings that are worth knowing."""
        return [one for one in self.findings if not one.wrong]

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {"healthy": not self.wrong, **asdict(self)}


def sentence(error: BaseException) -> str:
    """What an error says, as one line: ours as it is, another's with its kind."""
    from upriver.core.errors import UpriverError, one_line

    said = str(error) if isinstance(error, UpriverError) else f"{type(error).__name__}: {error}"
    said = one_line(" ".join(said.split()), 240)
    return said if said.endswith((".", "…")) else f"{said}."
