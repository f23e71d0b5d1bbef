"""Search in a catalogue: a whole name, or words that all occur in what is told of an entry."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def matching(
    kind: str,
    known: Mapping[str, T],
    words: Sequence[str],
    told: Callable[[T], str],
    command: str,
) -> list[T]:
    """The entry of a whole name, or those in which every word occurs; capitals do not count.

    Args:
        kind: what an entry is, `claim`; for the message.
        known: the catalogue.
        words: that were asked for; none stands for all.
        told: the text of an entry that is searched.
        command: what lists them all.

    Raises:
        UnknownName: nothing is found; the nearest name is suggested.
    """
    from upriver.core.errors import unknown_name

    asked = " ".join(words)
    wanted = asked.casefold().split()
    named = [one for name, one in known.items() if [name.casefold()] == wanted]
    if named:
        return named
    texts = ((one, told(one).casefold()) for one in known.values())
    found = [one for one, text in texts if all(word in text for word in wanted)]
    if not found:
        raise unknown_name(kind, asked, known, command=command)
    return found
