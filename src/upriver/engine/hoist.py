"""What a step need not compute again: costly terms that depend on inputs alone.

Most inputs are constant in most runs, but which ones is known only when a run starts. So the costly
terms that read no state are put in groups by the inputs they read. The runtime computes a group
once a draw, and again at each step only if one of its inputs is a path. Numbers do not change: each
operation is the same, only done less often.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .graph import Term, statements, written

CHEAP = {"add", "sub", "mul", "neg", "abs", "max", "min", "choose", "floor", "ceil", "sign"}
CHEAP |= {"eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "to_f", "to_b", "is_finite"}
"""Not worth keeping by themselves."""


@dataclass(frozen=True)
class Kept:
    """Terms that are kept between steps.

    place: of each kept term in the vector w, by its number. groups: terms that read the same
    inputs, by those inputs' places.
    """

    place: Mapping[int, int]
    groups: Mapping[tuple[int, ...], Sequence[Term]]

    def texts(self) -> dict[int, str]:
        """How C reads each kept term."""
        return {number: f"w[{i}]" for number, i in self.place.items()}


def kept(terms: Sequence[Term], inputs: Mapping[str, int], results: Sequence[Term]) -> Kept:
    """The largest costly terms of doubles that only inputs enter.

    Args:
        terms: of a graph, in order.
        inputs: the C text that loads an input, and its place.
        results: what the step gives.
    """
    reads: dict[int, frozenset[int] | None] = {}
    costly: set[int] = set()
    for term in terms:
        entering = [reads[a.number] for a in term.args]
        if term.op == "load":
            reads[term.number] = frozenset([inputs[term.text]]) if term.text in inputs else None
        elif any(e is None for e in entering):
            reads[term.number] = None
        else:
            reads[term.number] = frozenset().union(*(e for e in entering if e is not None))
        if (term.args and term.op not in CHEAP) or any(a.number in costly for a in term.args):
            costly.add(term.number)
    found: dict[int, Term] = {}
    seen: set[int] = set()
    waiting = list(results)
    while waiting:
        term = waiting.pop()
        if term.number in seen:
            continue
        seen.add(term.number)
        if term.kind == "f" and term.number in costly and reads[term.number] is not None:
            found[term.number] = term
        else:
            waiting.extend(term.args)
    groups: dict[tuple[int, ...], list[Term]] = {}
    for number in sorted(found):
        groups.setdefault(tuple(sorted(reads[number] or ())), []).append(found[number])
    ordered = [term.number for members in groups.values() for term in members]
    return Kept({number: i for i, number in enumerate(ordered)}, groups)


def prepare(terms: Sequence[Term], keep: Kept) -> str:
    """C: which inputs each group reads, and the function that computes a group."""
    begins, flat = [0], []
    for places in keep.groups:
        flat += list(places)
        begins.append(len(flat))
    lines = [
        f"enum {{ UP_KEPT = {len(keep.place)}, UP_GROUPS = {len(keep.groups)} }};",
        f"static const int up_reads[] = {{{', '.join(map(str, [*flat, 0]))}}};",
        f"static const int up_reads_from[] = {{{', '.join(map(str, begins))}}};",
        "",
        "static void up_prepare(int group, const double *restrict u, double *restrict w) {",
        "    switch (group) {",
    ]
    for group, members in enumerate(keep.groups.values()):
        lines += [f"    case {group}: {{", *statements(terms, members)]
        lines += [f"    w[{keep.place[term.number]}] = {written(term)};" for term in members]
        lines += ["    break; }"]
    return "\n".join([*lines, "    }", "}"])
