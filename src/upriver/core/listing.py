"""Things by name, for Python: a mapping that prints a line for each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .errors import unknown_name

Thing = TypeVar("Thing")


@dataclass(frozen=True, repr=False)
class Listing(Mapping[str, Thing], Generic[Thing]):
    """Things by name, which prints a line for each: its name and its title.

    kind: what each is called. titles: by name. read: gives the thing of a name.
    """

    kind: str
    titles: Mapping[str, str]
    read: Callable[[str], Thing] = field(compare=False)

    def __getitem__(self, name: str) -> Thing:
        """The thing of a name.

        Raises:
            UnknownName: there is none; the nearest is suggested.
        """
        if name not in self.titles:
            raise unknown_name(self.kind, str(name), self.titles)
        return self.read(name)

    def __contains__(self, name: object) -> bool:
        """Whether there is one of that name."""
        return name in self.titles

    def __iter__(self) -> Iterator[str]:
        """Names."""
        return iter(self.titles)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.titles)

    def __repr__(self) -> str:
        """A line each."""
        longest = max(map(len, self.titles), default=0)
        return "\n".join(f"{name:<{longest}}  {title}" for name, title in self.titles.items())

    def _repr_html_(self) -> str:
        """A row each, for a notebook."""
        from .card import card, table

        rows = [[name, title] for name, title in self.titles.items()]
        body = [table([self.kind, "what it is"], rows, numbers=False)]
        return card(f"{len(self)} by name ({self.kind})", body=body)
