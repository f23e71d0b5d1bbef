"""Slopes of a scalar program: what a small change of each operand does to results, backwards.

Every operation of the closed list has a slope in its operands; from the results back to the inputs
they are multiplied and added up (reverse accumulation), as terms of the same graph. Where a
function has a corner the slope of one side is taken; what rounds or compares has none.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from .graph import Graph, Term, WrongKindError

Slopes = tuple[Term | None, ...]
"""What an operation adds to the slopes of its operands; None for nothing."""

Rule = Callable[[Graph, Term, Term], Slopes]
"""From a graph, a term and the slope of the results in it."""


def slopes(
    graph: Graph, results: Sequence[tuple[Term, Term]], wanted: Sequence[Term]
) -> list[Term]:
    """Slopes of a weighted sum of results in the wanted terms, in their order.

    Args:
        results: terms and their weights, which are terms too.
        wanted: inputs, of which results are made.

    Raises:
        WrongKindError: an operation has no rule.
    """
    found: dict[int, Term] = {}

    def add(term: Term, slope: Term) -> None:
        here = found.get(term.number)
        found[term.number] = slope if here is None else graph.apply("add", here, slope)

    for term, weight in results:
        add(term, weight)
    before = graph.terms[: 1 + max(term.number for term, _ in results)]
    depends = {term.number for term in wanted}
    for term in before:
        if any(operand.number in depends for operand in term.args):
            depends.add(term.number)
    for term in reversed(before):
        if term.number not in found or term.number not in depends or not term.args:
            continue
        each = _of(graph, term, found[term.number])
        for operand, slope in zip(term.args, each, strict=True):
            if slope is not None and operand.number in depends and operand.kind == "f":
                add(operand, slope)
    zero = graph.constant(0.0, "f")
    return [found.get(term.number, zero) for term in wanted]


def _of(graph: Graph, term: Term, slope: Term) -> Slopes:
    if term.op in FLAT or term.kind != "f":
        return (None,) * len(term.args)
    if term.op not in RULES:
        raise WrongKindError(f"{term.op} has no slope")
    return RULES[term.op](graph, term, slope)


def _mul(graph: Graph, term: Term, slope: Term) -> Slopes:
    a, b = term.args
    return graph.apply("mul", slope, b), graph.apply("mul", slope, a)


def _div(graph: Graph, term: Term, slope: Term) -> Slopes:
    by = graph.apply("div", slope, term.args[1])
    return by, graph.apply("neg", graph.apply("mul", by, term))


def _of_two(compare: str) -> Rule:
    """Of the operand that is the result; of the second where both are."""

    def rule(graph: Graph, term: Term, slope: Term) -> Slopes:
        first = graph.apply(compare, *term.args)
        zero = graph.constant(0.0, "f")
        return graph.apply("choose", first, slope, zero), graph.apply("choose", first, zero, slope)

    return rule


def _choose(graph: Graph, term: Term, slope: Term) -> Slopes:
    which, zero = term.args[0], graph.constant(0.0, "f")
    return (
        None,
        graph.apply("choose", which, slope, zero),
        graph.apply("choose", which, zero, slope),
    )


def _pow(graph: Graph, term: Term, slope: Term) -> Slopes:
    base, exponent = term.args
    zero, one = graph.constant(0.0, "f"), graph.constant(1.0, "f")
    less = graph.apply("pow", base, graph.apply("sub", exponent, one))
    above = graph.apply("gt", base, zero)
    safe = graph.apply("log", graph.apply("choose", above, base, one))
    return (
        graph.apply("mul", slope, graph.apply("mul", exponent, less)),
        graph.apply("mul", slope, graph.apply("mul", term, safe)),
    )


def _times(factor: Callable[[Graph, Term], Term]) -> Rule:
    """Of one operand, whose slope is a factor on the result's."""
    return lambda graph, term, slope: (graph.apply("mul", slope, factor(graph, term)),)


def _over(divisor: Callable[[Graph, Term], Term]) -> Rule:
    return lambda graph, term, slope: (graph.apply("div", slope, divisor(graph, term)),)


def _one_more(graph: Graph, term: Term) -> Term:
    return graph.apply("add", term, graph.constant(1.0, "f"))


def _tanh(graph: Graph, term: Term) -> Term:
    return graph.apply("sub", graph.constant(1.0, "f"), graph.apply("mul", term, term))


def _bell(sign: float) -> Callable[[Graph, Term], Term]:
    def factor(graph: Graph, term: Term) -> Term:
        square = graph.apply("mul", term.args[0], term.args[0])
        height = graph.constant(sign * 2 / math.sqrt(math.pi), "f")
        return graph.apply("mul", height, graph.apply("exp", graph.apply("neg", square)))

    return factor


FLAT = frozenset({"floor", "ceil", "sign", "to_f_from_i", "to_f_from_b"})
"""What gives doubles in steps."""

RULES: Mapping[str, Rule] = {
    "add": lambda graph, term, slope: (slope, slope),
    "sub": lambda graph, term, slope: (slope, graph.apply("neg", slope)),
    "mul": _mul,
    "div": _div,
    "neg": lambda graph, term, slope: (graph.apply("neg", slope),),
    "max": _of_two("gt"),
    "min": _of_two("lt"),
    "abs": _times(lambda graph, term: graph.apply("sign", term.args[0])),
    "sqrt": _over(lambda graph, term: graph.apply("add", term, term)),
    "exp": _times(lambda graph, term: term),
    "log": _over(lambda graph, term: term.args[0]),
    "log1p": _over(lambda graph, term: _one_more(graph, term.args[0])),
    "expm1": _times(_one_more),
    "tanh": _times(_tanh),
    "erf": _times(_bell(1.0)),
    "erfc": _times(_bell(-1.0)),
    "pow": _pow,
    "choose": _choose,
}
