"""Scalar operations, each once, and how they are written in C.

A `Graph` holds every scalar that a program computes. Asking twice for the same operation on the
same operands gives the same `Term` (value numbering). What is known beforehand is computed at
once, but only where IEEE arithmetic leaves one answer: 0 x is not 0, since x may be infinite, and
x + 0 is not x, since x may be -0. `exp` and its kind are left to the engine, so that the written C
does not depend on the machine that wrote it, but for exact values such as exp(0).
"""

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Value = float | int | bool

LARGEST_WHOLE = 2**63 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A scalar of a program.

    number: its place in the graph. kind: `f` (double), `i` (integer) or `b` (truth). value: if it
    is known beforehand. op, args: how it is computed; an input is ("load", C expression).
    """

    number: int
    kind: str
    value: Value | None
    op: str
    args: tuple["Term", ...]
    text: str = ""


@dataclass(frozen=True)
class Operation:
    """How an operation is written and what it gives.

    c: a C expression with {0}, {1}, ... for its operands. gives: kind of the result; `same`: as the
    last operand. takes: kinds that the operands may have. fold: the same on numbers, or None.
    """

    c: str
    gives: str = "same"
    takes: str = "f"
    fold: Callable[..., Any] | None = None


def _sign(a: Any) -> Any:
    return a if a != a or a == 0 else np.float64(math.copysign(1.0, a))


def _choose(p: Any, a: Any, b: Any) -> Any:
    return a if p else b


def _to_int(a: Any) -> int:
    """As XLA does: toward zero, NaN to 0, out of range to the nearest."""
    if a != a:
        return 0
    return LARGEST_WHOLE if a >= 2.0**63 else int(max(a, -(2.0**63)))


def _greater(a: Any, b: Any) -> Any:
    """As WebAssembly does: NaN if either is, and 0.0 is greater than -0.0."""
    if a != a or b != b:
        return math.nan
    if a == b:
        return b if math.copysign(1.0, a) < 0 else a
    return a if a > b else b


def _smaller(a: Any, b: Any) -> Any:
    return -_greater(-a, -b)


OPERATIONS: Mapping[str, Operation] = {
    "add": Operation("{0} + {1}", takes="fi", fold=lambda a, b: a + b),
    "sub": Operation("{0} - {1}", takes="fi", fold=lambda a, b: a - b),
    "mul": Operation("{0} * {1}", takes="fi", fold=lambda a, b: a * b),
    "div": Operation("{0} / {1}", fold=lambda a, b: a / b),
    "neg": Operation("-{0}", takes="fi", fold=lambda a: -a),
    "max": Operation("up_max({0}, {1})", fold=_greater),
    "min": Operation("up_min({0}, {1})", fold=_smaller),
    "max_int": Operation("up_choose_i({0} > {1}, {0}, {1})", takes="i", fold=max),
    "min_int": Operation("up_choose_i({0} < {1}, {0}, {1})", takes="i", fold=min),
    "abs": Operation("up_abs({0})", fold=abs),
    "sqrt": Operation("up_sqrt({0})", fold=np.sqrt),
    "floor": Operation("up_floor({0})", fold=np.floor),
    "ceil": Operation("up_ceil({0})", fold=np.ceil),
    "sign": Operation("up_sign({0})", fold=_sign),
    "exp": Operation("up_exp({0})"),
    "log": Operation("up_log({0})"),
    "log1p": Operation("up_log1p({0})"),
    "expm1": Operation("up_expm1({0})"),
    "tanh": Operation("up_tanh({0})"),
    "erf": Operation("up_erf({0})"),
    "erfc": Operation("up_erfc({0})"),
    "pow": Operation("up_pow({0}, {1})"),
    "is_finite": Operation("up_is_finite({0})", "b", fold=np.isfinite),
    "eq": Operation("{0} == {1}", "b", "fib", lambda a, b: a == b),
    "ne": Operation("{0} != {1}", "b", "fib", lambda a, b: a != b),
    "lt": Operation("{0} < {1}", "b", "fi", lambda a, b: a < b),
    "le": Operation("{0} <= {1}", "b", "fi", lambda a, b: a <= b),
    "gt": Operation("{0} > {1}", "b", "fi", lambda a, b: a > b),
    "ge": Operation("{0} >= {1}", "b", "fi", lambda a, b: a >= b),
    "and": Operation("{0} & {1}", "b", "b", lambda a, b: a and b),
    "or": Operation("{0} | {1}", "b", "b", lambda a, b: a or b),
    "not": Operation("~{0}", "b", "b", lambda a: not a),
    "choose": Operation("up_choose_f({0}, {1}, {2})", takes="f", fold=_choose),
    "choose_i": Operation("up_choose_i({0}, {1}, {2})", takes="i", fold=_choose),
    "choose_b": Operation("up_choose_i({0}, {1}, {2})", takes="b", fold=_choose),
    "to_f_from_i": Operation("up_to_float({0})", "f", "i", float),
    "to_f_from_b": Operation("up_one_if({0})", "f", "b", float),
    "to_i_from_f": Operation("up_to_int({0})", "i", "f", _to_int),
    "to_i_from_b": Operation("-{0}", "i", "b", int),
    "to_b_from_f": Operation("{0} != UP_PAIR(0.0)", "b", "f", lambda a: a != 0),
    "to_b_from_i": Operation("{0} != UP_WHOLE(0)", "b", "i", lambda a: a != 0),
}
"""The closed list."""

C_TYPE = {"f": "up_pair", "i": "up_whole", "b": "up_whole"}
"""Two draws at once; a truth is all ones or all zeros."""

NAMED = {"f": "double", "i": "int64_t", "b": "bool"}

PYTHON_TYPE: Mapping[str, Callable[[Any], Value]] = {"f": float, "i": int, "b": bool}


class WrongKindError(Exception):
    """An operation is asked for on a kind of number that it does not take."""


@dataclass
class Graph:
    """All scalars of a program, in an order in which they can be computed."""

    terms: list[Term] = field(default_factory=list)
    known: dict[tuple[Any, ...], Term] = field(default_factory=dict)

    def constant(self, value: Value, kind: str) -> Term:
        """A number that is known beforehand; -0.0 and 0.0 are two, NaN is one."""
        number = PYTHON_TYPE[kind](value)
        bits: object = number
        if kind == "f":
            bits = "nan" if number != number else struct.pack("<d", number)
        return self._once((kind, bits), kind, number, "constant", (), "")

    def load(self, text: str) -> Term:
        """A double that is read from memory by a C expression."""
        return self._once(("load", text), "f", None, "load", (), text)

    def apply(self, op: str, *args: Term) -> Term:
        """The result of an operation of the closed list.

        Raises:
            WrongKindError: the operation does not take such operands.
        """
        if op in ("max", "min") and args[0].kind == "i":
            op += "_int"
        if (simple := _simpler(op, args)) is not None:
            return simple
        if (number := _number(op, args)) is not None:
            return self.constant(number, args[0].kind)
        if op == "choose" and args[-1].kind != "f":
            op += f"_{args[-1].kind}"
        if op in ("to_f", "to_b"):
            op += f"_from_{args[0].kind}"
        if op not in OPERATIONS:
            raise WrongKindError(f"{op} of {', '.join(NAMED[a.kind] for a in args)}")
        how = OPERATIONS[op]
        compared = args[1:] if op.startswith("choose") else args
        kinds = {a.kind for a in compared}
        if len(kinds) != 1 or not kinds <= set(how.takes):
            raise WrongKindError(f"{op} of {', '.join(NAMED[a.kind] for a in args)}")
        kind = args[-1].kind if how.gives == "same" else how.gives
        values = [a.value for a in args]
        if how.fold is not None and all(v is not None for v in values):
            exact = [np.float64(a.value) if a.kind == "f" else a.value for a in args]
            with np.errstate(all="ignore"):
                return self.constant(how.fold(*exact), kind)
        return self._once((op, *(a.number for a in args)), kind, None, op, args, "")

    def _once(
        self,
        key: tuple[Any, ...],
        kind: str,
        value: Value | None,
        op: str,
        args: tuple[Term, ...],
        text: str,
    ) -> Term:
        if key not in self.known:
            self.known[key] = Term(len(self.terms), kind, value, op, args, text)
            self.terms.append(self.known[key])
        return self.known[key]


def _simpler(op: str, args: Sequence[Term]) -> Term | None:
    """An operand that equals the result to the bit whatever the other operands are, if any."""
    last = args[-1]
    if op == "choose":
        if args[0].value is not None:
            return args[1] if args[0].value else args[2]
        return last if args[1] is last else None
    if op in ("and", "or") and last.kind == "b":
        # A truth that is known decides, or leaves it to the other.
        for known, other in (args, args[::-1]):
            if known.value is not None:
                return other if known.value is (op == "and") else known
        return last if args[0] is last else None
    if op in ("mul", "div") and last.value == 1:
        return args[0]
    if op == "mul" and args[0].value == 1:
        return last
    minus_zero = last.value == 0 and last.kind == "f" and math.copysign(1.0, last.value) < 0
    plus_zero = last.value == 0 and not minus_zero
    if (op == "sub" and plus_zero) or (op == "add" and minus_zero):
        return args[0]
    if op in ("neg", "not") and last.op == op:
        return last.args[0]
    return last if op in ("max", "min") and args[0] is last else None


def _number(op: str, args: Sequence[Term]) -> float | None:
    """What `exp` and its kind give exactly, where every library must agree; None elsewhere."""
    value = args[0].value
    if op == "pow":
        return 1.0 if args[1].value == 0 or value == 1 else None
    if op == "log":
        return 0.0 if value == 1 else None
    if value != 0:
        return None
    if op in ("exp", "erfc"):
        return 1.0
    return float(value) if op in ("log1p", "expm1", "tanh", "erf") else None


def written(term: Term) -> str:
    """A term as an operand in C: a constant that round-trips exactly, a load, or a temporary."""
    if term.op == "load":
        return term.text
    if term.value is None:
        return f"t{term.number}"
    if term.kind != "f":
        whole = int(term.value) * (1 if term.kind == "i" else -1)
        # C has no way to write the smallest one in one piece.
        text = f"{whole}LL" if whole >= -LARGEST_WHOLE else f"-{LARGEST_WHOLE}LL - 1"
        return f"UP_WHOLE({text})"
    number = float(term.value)
    if math.isnan(number):
        return "UP_PAIR(UP_NAN)"
    if math.isinf(number):
        return f"UP_PAIR({'' if number > 0 else '-'}UP_INFINITY)"
    return f"UP_PAIR({number!r})"


def statements(terms: Sequence[Term], results: Sequence[Term]) -> list[str]:
    """C declarations of the temporaries that the results need, each after its operands."""
    needed: set[int] = set()
    waiting = list(results)
    while waiting:
        term = waiting.pop()
        if term.number not in needed:
            needed.add(term.number)
            waiting.extend(term.args)
    lines = []
    for term in terms:
        if term.number in needed and term.args:
            expression = OPERATIONS[term.op].c.format(*(written(a) for a in term.args))
            lines.append(f"    const {C_TYPE[term.kind]} t{term.number} = {expression};")
    return lines
